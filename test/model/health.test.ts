/** Probes as scenarios write them: Kubernetes' defaults, and what is refused or warned about. */
import { expect, test } from 'vitest';
import { compiled, issuesOf, oneService, onlyPlatform } from './scenarioText.js';

const healthOn = (platform: string, service = '') =>
  onlyPlatform(oneService(platform, service)).model.services[0]!.health;

test('what is not written is as in Kubernetes: every 10 s, 1 s of patience, three failures, one success', () => {
  expect(
    healthOn('{preset: eks, defaults: {health: {liveness: {}, readiness: {every: 5s, failures: 1}}}}'),
  ).toMatchObject({
    isSupervised: true,
    liveness: { initialDelayUs: 0, everyUs: 10e6, timeoutUs: 1e6, failureCount: 3, successCount: 1 },
    readiness: { initialDelayUs: 0, everyUs: 5e6, timeoutUs: 1e6, failureCount: 1, successCount: 1 },
  });
});

test('bare instances have nobody who sees a process end', () => {
  expect(healthOn('{preset: fixed, defaults: {health: {readiness: {every: 5s}}}}')).toMatchObject({
    isSupervised: false,
  });
});

test('without health nobody asks', () => {
  expect(healthOn('{preset: eks}')).toBeUndefined();
});

test('where requests start instances health says nothing, and is refused at its place', () => {
  const [issue] = issuesOf(oneService('{preset: lambda, defaults: {health: {liveness: {}}}}'));
  expect(issue).toMatchObject({ code: 'conflict', message: expect.stringContaining('lambda') });
});

test('only readiness counts successes', () => {
  const [issue] = issuesOf(oneService('{preset: eks, defaults: {health: {liveness: {successes: 2}}}}'));
  expect(issue?.message).toContain('must be 1');
});

test('readiness that fails later than liveness restarts an instance before it is left alone', () => {
  const warned = (health: string) =>
    compiled(oneService(`{preset: eks, defaults: {health: ${health}}}`))
      .platforms[0]!.warnings.filter(({ code }) => code === 'readiness-too-late')
      .map(({ path }) => path);
  const late = '{readiness: {every: 30s, failures: 5}, liveness: {every: 5s, failures: 2}}';
  expect(warned(late)).toEqual(['platforms.p.defaults.health.readiness']);
  expect(warned('{readiness: {every: 5s, failures: 1}, liveness: {every: 10s, failures: 3}}')).toEqual([]);
  expect(warned('{readiness: {every: 10s, failures: 3}, liveness: {every: 10s, failures: 3}}')).toEqual([]);
});
