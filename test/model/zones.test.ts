/** Zones as scenarios write them: which ways they change, and where the words say nothing. */
import { expect, test } from 'vitest';
import { compiled, issuesOf, oneService, onlyPlatform } from './scenarioText.js';

const specOf = (platform: string, rest = '') => onlyPlatform(oneService(platform, '', rest)).model.services[0]!;
const warningsOf = (platform: string, rest = '') =>
  compiled(oneService(platform, '', rest)).platforms[0]!.warnings.filter(({ code }) => code === 'no-effect');

test('crossZone is each way, the platform’s own first; a locality alone leaves it as the hop', () => {
  const general = 'network: {hop: 1ms, crossZone: 3ms}';
  expect(specOf('{preset: eks}', general).betweenZones!.hopOut.mean).toBe(3000);
  expect(specOf('{preset: eks, network: {crossZone: 4ms}}', general).betweenZones!.hopBack.mean).toBe(4000);
  const alone = specOf('{preset: fargate, defaults: {locality: prefer}}', 'network: {hop: {out: 1ms, back: 2ms}}');
  expect([alone.betweenZones!.hopOut.mean, alone.betweenZones!.hopBack.mean]).toEqual([1000, 2000]);
});

test('zones make no difference unsaid, where there is one, or where requests start instances', () => {
  expect(specOf('{preset: eks}').betweenZones).toBe(undefined);
  expect(specOf('{preset: eks, defaults: {locality: none}}').betweenZones).toBe(undefined);
  expect(specOf('{preset: eks, zones: 1}', 'network: {crossZone: 3ms}').betweenZones).toBe(undefined);
  expect(specOf('{preset: lambda}', 'network: {crossZone: 3ms}').betweenZones).toBe(undefined);
});

test('a locality stands around the balancer', () => {
  const { dispatch } = specOf('{preset: fixed, zones: 2, defaults: {replicas: 4, locality: strict}}');
  expect(dispatch).toMatchObject({ balancer: { kind: 'round-robin', usesZones: true } });
});

test('in one zone both say nothing, and a warning says so', () => {
  expect(warningsOf('{preset: kubernetes}', 'network: {crossZone: 3ms}')).toMatchObject([
    { path: 'network.crossZone', message: 'network.crossZone says nothing on p: all its instances stand in one zone' },
  ]);
  expect(warningsOf('{preset: fixed, defaults: {locality: prefer}}')).toMatchObject([
    { path: 'platforms.p.defaults.locality', hint: 'write zones: 3 there, or leave it out' },
  ]);
});

test('Knative’s activator knows no zones: warned of', () => {
  const knative = '{preset: knative, zones: 3, defaults: {replicas: 0..5, locality: prefer}}';
  expect(warningsOf(knative)).toMatchObject([{ path: 'platforms.p.defaults.locality' }]);
});

test('where requests start instances a locality is refused', () => {
  expect(issuesOf(oneService('{preset: lambda, defaults: {locality: prefer}}'))).toMatchObject([
    { path: 'platforms.p.defaults.locality', code: 'conflict' },
  ]);
});
