/** Sweeps: each cell is what a run with those settings would have been. */
import { expect, test } from 'vitest';
import { simulate } from '../../src/experiment/compare.js';
import { sweep } from '../../src/experiment/sweep.js';
import type { Scenario } from '../../src/scenario/contract.js';
import { parseScenario } from '../../src/scenario/parse.js';

const text = `
run: {warmup: 10s, duration: 60s, replications: 3}
traffic: {visitors: {entry: desk.serve, arrivals: {poisson: 5/s}}}
services:
  desk:
    operations: {serve: [{cpu: {exponential: 100ms}}]}
platforms:
  bench: {preset: fixed, defaults: {cpu: 1, replicas: 2}}
  other: {preset: fixed, defaults: {cpu: 1, replicas: 3}}
`;

function parsed(source = text): Scenario {
  const checked = parseScenario(source, 'desk.yaml');
  if (!checked.ok) throw new Error(JSON.stringify(checked.issues));
  return checked.value;
}

test('a cell has the numbers of a run with the same settings', () => {
  const swept = sweep(
    parsed(),
    { 'platforms.bench.defaults.replicas': [1, 2], load: [0.5, 1] },
    { platforms: ['bench'] },
  );
  if (!swept.ok) throw new Error(JSON.stringify(swept.issues));
  expect(swept.value.map(({ settings }) => settings.map(({ value }) => value))).toEqual([
    ['1', '0.5'],
    ['1', '1'],
    ['2', '0.5'],
    ['2', '1'],
  ]);
  const alone = simulate(parsed(text.replace('replicas: 2', 'replicas: 1').replace('run:', 'load: 0.5\nrun:')));
  if (!alone.ok) throw new Error('the same scenario, written out, is right');
  const [first] = swept.value;
  expect(first!.platforms.map(({ name }) => name)).toEqual(['bench']);
  expect(first!.platforms[0]!.metrics['latency_p99']).toEqual(alone.value.metrics['latency_p99']);
  expect(first!.platforms[0]!.services).toEqual(alone.value.services);
});

test('a path that does not exist is named, and nothing is simulated', () => {
  const swept = sweep(parsed(), { 'platforms.bench.defaults.replica': [1, 2] });
  expect(swept.ok).toBe(false);
  if (!swept.ok) expect(swept.issues[0]!.message).toContain('replica');
});

test('a combination that contradicts itself is a refused cell, the others are simulated', () => {
  const faulty = `${text}faults: [{crash: desk, at: 30s}]`;
  const varied = { 'faults[0].at': ['30s', '65s'], 'run.duration': ['50s', '60s'] };
  const swept = sweep(parsed(faulty), varied, { replications: 1 });
  if (!swept.ok) throw new Error(JSON.stringify(swept.issues));
  expect(swept.value.map(({ refusals }) => refusals.length > 0)).toEqual([false, false, true, false]);
  expect(swept.value[2]!.refusals[0]).toContain('must be before the end of the run');
});
