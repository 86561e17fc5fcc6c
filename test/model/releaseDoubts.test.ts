/** Releases that cannot get through, told before the run: no room, no time, fence posts that round to none. */
import { expect, test } from 'vitest';
import { compileText, oneService } from './scenarioText.js';

function warnings(platform: string, rest = '', service = 'startup: 20s') {
  const result = compileText(oneService(platform, service, rest));
  if (!result.ok) throw new Error(result.issues.map(({ message }) => message).join());
  const codes = ['never-rolls-out', 'no-effect', 'memory-too-small'];
  return result.warnings.filter(({ code }) => codes.includes(code)).map(({ message }) => message);
}

const node = 'nodes: {cpu: 4, memory: 8GB, price: $50/mo, count: 2}';
const release = 'releases: [{at: 1m, service: a, version: v2}]';
const full = (rollout: string, count = 8): string =>
  `{preset: data-center, ${node}, defaults: {cpu: 1, replicas: ${count}, rollout: ${rollout}}}`;

test('where none may be missing and no node has room for one more, a release cannot begin', () => {
  const stuck = ['releases[0] finds no room: all nodes hold 8 instances of a, and rolling starts new ones first'];
  expect(warnings(full('{rolling: {maxSurge: 1, maxUnavailable: 0}}'), release)).toEqual(stuck);
  expect(warnings(full('{rolling: {maxSurge: 25%, maxUnavailable: 0}}'), release)).toEqual(stuck);
  expect(warnings(full('{rolling: {maxSurge: 1, maxUnavailable: 0}}', 7), release)).toEqual([]);
  expect(warnings(full('{rolling: {maxSurge: 1, maxUnavailable: 1}}'), release)).toEqual([]);
  expect(warnings(full('{recreate: {}}'), release)).toEqual([]);
  expect(warnings(full('{rolling: {maxSurge: 1, maxUnavailable: 0}}'))).toEqual([]); // No release, no doubt.
  const elsewhere = 'releases: [{at: 1m, service: a, version: v2, on: []}]';
  expect(() => warnings(full('{rolling: {maxSurge: 1, maxUnavailable: 0}}'), elsewhere)).toThrow();
});

test('a progress deadline that is over before an instance can be ready is told', () => {
  const within = (rollout: string): string => `{preset: fixed, defaults: {replicas: 4, rollout: ${rollout}}}`;
  const late = (ready: string) =>
    `releases[0] makes no progress in time: an instance takes ${ready}, longer than progressDeadline`;
  expect(warnings(within('{rolling: {progressDeadline: 10s}}'), release)).toEqual([late('20s')]);
  expect(warnings(within('{rolling: {progressDeadline: 30s}}'), release)).toEqual([]);
  expect(warnings(within('{rolling: {minReady: 15s, progressDeadline: 30s}}'), release)).toEqual([late('35s')]);
  expect(warnings(within('{recreate: {progressDeadline: 10s}}'), release)).toEqual([late('20s')]);
  expect(warnings(within('{canary: {steps: [{weight: 10%}], progressDeadline: 10s}}'), release)).toEqual([late('20s')]);
  const slower = 'releases: [{at: 1m, service: a, version: v2, startup: 40s}]';
  expect(warnings(within('{rolling: {progressDeadline: 30s}}'), slower)).toEqual([late('40s')]);
});

test('percentages that both round to none at the fewest replicas are told', () => {
  const of = (rollout: string, replicas: string): readonly string[] =>
    warnings(`{preset: fixed, defaults: {replicas: ${replicas}, rollout: {rolling: ${rollout}}}}`);
  expect(of('{maxSurge: 0, maxUnavailable: 25%}', '3')).toEqual([
    'platforms.p.defaults.rollout.rolling.maxUnavailable of 25% rounds to none of 3, ' +
      'and one will be missing during a release',
  ]);
  expect(of('{maxSurge: 0, maxUnavailable: 25%}', '4')).toEqual([]);
  expect(of('{maxSurge: 0, maxUnavailable: 1}', '3')).toEqual([]);
  expect(of('{maxSurge: 1%, maxUnavailable: 0}', '3')).toEqual([]);
});

test('a change of a schedule after the end of the run does nothing, and is told so', () => {
  const at = (moment: string): readonly string[] =>
    warnings(`{preset: fixed, defaults: {replicas: 1..5, scale: {schedule: [{at: ${moment}, replicas: 4}]}}}`);
  expect(at('59m')).toEqual([]);
  expect(at('1h')).toEqual(['platforms.p.defaults.scale.schedule[0].at is after the end of the run, 1h from clock 0']);
});

test('a version that takes more memory than an instance has, before any request', () => {
  const of = (memory: string): readonly string[] =>
    warnings('{preset: fixed}', `releases: [{at: 1m, service: a, version: v2, memory: ${memory}}]`, 'memory: 100MB');
  expect(of('166%')).toEqual([]);
  expect(of('200%')).toEqual(['releases[0].memory lets an instance take 120MB before any request, and it has 100MB']);
});
