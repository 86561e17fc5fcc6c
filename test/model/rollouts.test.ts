/** Roll-outs as scenarios write them: bound, or refused at the place with the mend. */
import { expect, test } from 'vitest';
import { issuesOf, oneService, onlyPlatform } from './scenarioText.js';

const eks = (rollout: string): string => oneService(`{preset: eks, defaults: {rollout: ${rollout}}}`);

function rolloutOf(rollout: string) {
  const { dispatch } = onlyPlatform(eks(rollout)).model.services[0]!;
  return dispatch.kind === 'balanced' ? dispatch.rollout : null;
}

test('blue/green and canary are bound under their names', () => {
  expect(rolloutOf('{blueGreen: {}}')?.kind).toBe('blueGreen');
  const canary = rolloutOf('{canary: {steps: [{weight: 10%, for: 5m}], abortIf: "error_ratio > 2%"}}');
  expect(canary).toMatchObject({ kind: 'canary', watches: { kind: 'error-ratio' } });
  const slow = rolloutOf('{canary: {steps: [{weight: 10%, for: 5m}], abortIf: "latency_p99 > 800ms"}}');
  expect(slow?.watches).toEqual({ kind: 'latency-quantile', share: 0.99 });
});

test.each([
  ['{rolling: {maxSurge: 0, maxUnavailable: 0}}', 'maxUnavailable', 'both 0'],
  ['{rolling: {maxSurge: 0%, maxUnavailable: 0%}}', 'maxUnavailable', 'both 0'],
  ['{canary: {}}', 'canary', 'has no steps'],
  ['{canary: {steps: []}}', 'canary', 'has no steps'],
  ['{canary: {steps: [{weight: 50%, for: 5m}, {weight: 20%, for: 5m}]}}', 'steps[1].weight', 'above the step before'],
  ['{canary: {steps: [{weight: 0%, for: 5m}]}}', 'steps[0].weight', 'no share'],
  ['{canary: {steps: [{weight: 120%, for: 5m}]}}', 'steps[0].weight', '0% to 100%'],
  ['{canary: {steps: [{for: 5m}]}}', 'steps[0]', 'has no weight'],
  ['{canary: {steps: [{weight: 10%, length: 5m}]}}', 'steps[0].length', 'not a known setting'],
  ['{canary: {steps: [{weight: 10%}], abortIf: "eror_ratio > 2%"}}', 'abortIf', 'names no metric'],
  ['{canary: {steps: [{weight: 10%}], abortIf: "restarts > 2"}}', 'abortIf', 'not supported yet'],
  ['{canary: {steps: [{weight: 10%}], abortIf: "error_ratio > 200ms"}}', 'abortIf', 'another kind'],
  ['{canary: {steps: [{weight: 10%}], abortIf: "latency_p99 > 2%"}}', 'abortIf', 'another kind'],
  ['{canary: {steps: [{weight: 10%}], abortIf: "error_ratio"}}', 'abortIf', 'must be'],
  ['{blueGreen: {maxSurge: 1}}', 'maxSurge', 'not a known setting'],
  ['{rolling: {minReady: 1h}}', 'progressDeadline', 'longer than minReady'],
  ['{bluegreen: {}}', 'bluegreen', 'names no roll-out'],
])('%s is refused at %s', (rollout, place, words) => {
  const [issue, ...others] = issuesOf(eks(rollout));
  expect(issue?.message).toContain(place);
  expect(`${issue?.message} ${issue?.hint}`).toContain(words);
  expect(others).toEqual([]);
});
