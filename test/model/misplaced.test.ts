/**
 * Settings of replicas on platforms where requests start instances: harmless ones are warned of, once at their place;
 * limits of what may be kept ready.
 */
import { expect, test } from 'vitest';
import { issuesOf, oneService, onlyPlatform } from './scenarioText.js';

const warningsOf = (text: string) =>
  onlyPlatform(text)
    .warnings.filter(({ code }) => code === 'says-nothing')
    .map(({ message }) => message);

test.each(['queue: 5', 'restart: {after: 10s}', 'drain: 5s', 'discovery: {delay: 5s}'])(
  '%s changes nothing where requests start instances, and the reader is told once',
  (setting) => {
    const [key] = setting.split(':');
    for (const preset of ['lambda', 'cloud-run', 'azure-functions', 'app-engine-standard', 'faas']) {
      const two = oneService(`{preset: ${preset}, defaults: {${setting}}}`).replace(
        'services: {',
        'services: {other: {operations: {op: [{cpu: 10ms}]}}, ',
      );
      const warnings = warningsOf(two);
      expect(warnings, preset).toHaveLength(1);
      expect(warnings[0]).toMatch(new RegExp(`^platforms.p.defaults.${key} says nothing on ${preset}: `));
    }
  },
);

test('replicas heed them all; of a mixed platform’s defaults only the services that do are meant', () => {
  const settings = '{queue: 5, restart: {after: 10s}, drain: 5s, discovery: {delay: 5s}}';
  expect(warningsOf(oneService(`{preset: fargate, defaults: ${settings}}`))).toEqual([]);
  expect(warningsOf(oneService(`{preset: fargate, defaults: ${settings}, services: {a: {preset: lambda}}}`))).toEqual(
    [],
  );
});

test('Azure Premium keeps 20 instances ready for an app at most', () => {
  expect(issuesOf(oneService('{preset: azure-functions-premium, defaults: {replicas: 20..30}}'))).toEqual([]);
  const [issue] = issuesOf(oneService('{preset: azure-functions-premium, defaults: {replicas: 21..30}}'));
  expect(issue).toMatchObject({ code: 'range' });
  expect(issue?.hint).toContain('begin at 20 at most (verified: MicrosoftDocs');
});
