/** Plans: on small grids the winner is what exhaustive search finds; a winner is sure; who is rejected is told why. */
import { describe, expect, test } from 'vitest';
import { plan, preparePlan, runHere } from '../../src/experiment/plan.js';
import { searchPlan } from '../../src/experiment/planSearch.js';
import { paretoFront, rejectionOf } from '../../src/experiment/planWords.js';
import { readVaried, type Varied } from '../../src/experiment/vary.js';
import { exhaustive, parsed } from './exhaustive.js';

/** Twelve visits a second of 100 ms of CPU each, on instances of a rented machine. */
const text = `
run: {warmup: 20s, duration: 100s, replications: 4}
traffic: {visitors: {entry: desk.serve, arrivals: {poisson: 12/s}}}
services:
  desk: {concurrency: 8, operations: {serve: [{cpu: {exponential: 100ms}}]}}
platforms:
  bench: {preset: fargate, defaults: {cpu: 1, memory: 2GB, replicas: 2}}
objectives: ['latency_p95 < 400ms']
`;

describe('small grids', () => {
  test.each([
    { 'platforms.bench.defaults.replicas': [1, 2, 3, 4, 5, 6] },
    { 'platforms.bench.defaults.replicas': [1, 2, 3, 4, 5], 'platforms.bench.defaults.cpu': [0.5, 1, 2] },
    { 'platforms.bench.defaults.replicas': [2, 3, 4], 'services.desk.concurrency': [1, 2, 8] },
  ])('the winner is that of exhaustive search: %j', (vary) => {
    const found = plan(parsed(text), { vary });
    if (!found.ok) throw new Error(JSON.stringify(found.issues));
    const { winner, isSure } = found.value;
    expect(winner!.settings.map(({ value }) => value)).toEqual(exhaustive(parsed(text), vary));
    expect(isSure).toBe(true);
    for (const { ci, limit } of winner!.result!.objectives) expect(ci![1]).toBeLessThan(limit);
  });
});

test('several services at once, and a size beside the counts: still the optimum of exhaustive search', () => {
  const shop = parsed(
    text
      .replace('{serve: [{cpu: {exponential: 100ms}}]}', '{serve: [{cpu: {exponential: 60ms}}, {call: stock.look}]}')
      .replace('platforms:', '  stock: {concurrency: 8, operations: {look: [{cpu: {exponential: 80ms}}]}}\nplatforms:')
      .replace('duration: 100s', 'duration: 60s')
      .replace('400ms', '700ms'),
  );
  const vary = {
    'platforms.bench.services.desk.replicas': [1, 2, 3],
    'platforms.bench.services.stock.replicas': [1, 2, 3],
    'platforms.bench.services.stock.cpu': [0.5, 1],
  };
  const found = plan(shop, { vary });
  if (!found.ok) throw new Error(JSON.stringify(found.issues));
  const { winner, isSure } = found.value;
  expect(winner!.settings.map(({ value }) => value)).toEqual(exhaustive(shop, vary));
  expect(isSure).toBe(true);
});

test('bisection of one monotone path finds what looking at all of it finds, with fewer cells', () => {
  const scenario = parsed(text);
  const varied = [readVaried('platforms.bench.defaults.replicas=1..40') as Varied];
  const space = preparePlan(scenario, varied, {});
  if (!space.ok) throw new Error(JSON.stringify(space.issues));
  const found = runHere(scenario, searchPlan(space.value));
  const [least] = exhaustive(scenario, { 'platforms.bench.defaults.replicas': [1, 2, 3, 4, 5, 6] });
  expect(found.winner!.settings[0]!.value).toBe(least);
  expect(found.candidates.length).toBeLessThan(12);
});

test('a grid too large to look at whole: sampled, then walked to the same optimum', () => {
  const scenario = parsed(text.replace('duration: 100s', 'duration: 40s'));
  const varied = ['platforms.bench.defaults.replicas=1..30', 'services.desk.concurrency=1..30'].map(
    (one) => readVaried(one) as Varied,
  );
  const space = preparePlan(scenario, varied, { firstReplications: 2 });
  if (!space.ok) throw new Error(JSON.stringify(space.issues));
  const found = runHere(scenario, searchPlan(space.value));
  // Concurrency costs nothing: the least number of replicas that meets at some concurrency is the optimum.
  const [least] = exhaustive(scenario, {
    'platforms.bench.defaults.replicas': [2, 3, 4],
    'services.desk.concurrency': [1, 4, 8, 30],
  });
  expect(found.winner!.settings[0]!.value).toBe(least);
  expect(found.candidates.length).toBeLessThan(450);
});

test('when nothing meets the objectives there is no winner, and everyone is told which one it misses', () => {
  const scenario = parsed(text.replace('400ms', '1ms'));
  const found = plan(scenario, { vary: { 'platforms.bench.defaults.replicas': [2, 3] } });
  if (!found.ok) throw new Error(JSON.stringify(found.issues));
  expect(found.value.winner).toBeNull();
  const space = preparePlan(scenario, [], {});
  if (!space.ok) throw new Error('the space without paths is right');
  for (const candidate of found.value.candidates)
    expect(rejectionOf(space.value, found.value, candidate)).toBe('misses latency_p95 < 1ms');
});

test('the Pareto front holds nobody that another beats on cost and latency both', () => {
  const found = plan(parsed(text), {
    vary: { 'platforms.bench.defaults.replicas': [2, 3, 4, 5], 'services.desk.concurrency': [1, 8] },
  });
  if (!found.ok) throw new Error(JSON.stringify(found.issues));
  const front = paretoFront(found.value);
  const p99s = front.map(({ result }) => result!.metrics['latency_p99']!.mean);
  const costs = front.map(({ cost }) => cost!.mean);
  expect(front.length).toBeGreaterThan(1);
  expect([...p99s].sort((a, b) => b - a)).toEqual(p99s);
  expect([...costs].sort((a, b) => a - b)).toEqual(costs);
});

describe('questions that cannot be answered', () => {
  test.each([
    [{ vary: { 'platforms.bench.defaults.replcas': [1, 2] } }, 'replcas'],
    [{ minimise: 'latency_p42' }, 'latency_p42'],
    [{ platforms: ['bnch'] }, 'bnch'],
    [{ objectives: ['latency_p95 <'] }, 'latency_p95'],
  ])('%j', (options, told) => {
    const found = plan(parsed(text), options);
    expect(found.ok).toBe(false);
    if (!found.ok) expect(found.issues.map(({ message }) => message).join()).toContain(told);
  });

  test('nothing to meet', () => {
    const found = plan(parsed(text.replace(/objectives.*/, '')), {});
    expect(found.ok).toBe(false);
  });
});
