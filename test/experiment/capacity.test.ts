/** Headroom against an edge known in closed form; the bottleneck named; what a scaler that sees ahead would save. */
import { describe, expect, test } from 'vitest';
import { type Headroom, monthsUntil, searchHeadroom } from '../../src/experiment/headroom.js';
import { runHere } from '../../src/experiment/plan.js';
import { regretOf } from '../../src/experiment/regret.js';
import type { Scenario } from '../../src/scenario/contract.js';
import { parseScenario } from '../../src/scenario/parse.js';

function parsed(text: string): Scenario {
  const checked = parseScenario(text, 'edge.yaml');
  if (!checked.ok) throw new Error(JSON.stringify(checked.issues));
  return checked.value;
}

/** One server, exponential work of 10 ms, 20 visits a second: M/M/1, whose mean stay is 1/(100/s - rate). */
const queue = `
run: {warmup: 50s, duration: 500s, replications: 4}
traffic: {all: {entry: server.work, arrivals: {poisson: 20/s}}}
services: {server: {cpu: 1, concurrency: 1, operations: {work: [{cpu: {exponential: 10ms}}]}}}
network: {hop: 0ms, client: 0ms}
platforms: {bench: {preset: fixed, defaults: {replicas: 1}}}
objectives: ['latency_mean < 50ms']
`;

function headroomOf(scenario: Scenario): Headroom {
  return runHere(scenario, searchHeadroom({ scenario, platform: 'bench', settings: [], replications: 4 }));
}

describe('headroom', () => {
  test('an M/M/1 queue may be loaded until its mean stay is the limit: 80/s, four times as many', () => {
    const { load, breaksAt, bottleneck } = headroomOf(parsed(queue));
    // 1/(100 - 20 x) = 0.05 s at x = 4; the mean of 4 x 40,000 stays at 80 % load is known to about 3 %.
    expect(load).toBeGreaterThan(3.8);
    expect(load).toBeLessThan(4.2);
    expect(breaksAt! / load).toBeLessThan(1.021);
    expect(bottleneck).toMatchObject({ kind: 'cpu', name: 'server', missed: ['latency_mean < 50ms'] });
  });

  test('what never gives way is tried up to a million visitors of a replication, and four times today at least', () => {
    const endless = queue.replace('preset: fixed, defaults: {replicas: 1}', 'preset: faas, defaults: {}');
    // 20/s for 500 s are 10,000 visitors at load 1: 64 is the last power of two below a hundred.
    const few = parsed(endless.replace('replications: 4', 'replications: 1'));
    expect(headroomOf(few)).toMatchObject({ load: 64, breaksAt: null, bottleneck: null, complete: true });
    const many = parsed(endless.replace('20/s', '700/s').replace('duration: 500s', 'duration: 200s'));
    expect(
      runHere(many, searchHeadroom({ scenario: many, platform: 'bench', settings: [], replications: 1 })).load,
    ).toBe(4);
  });

  test('a limit that is passed already is found below the load of today', () => {
    const { load } = headroomOf(parsed(queue.replace('20/s', '160/s')));
    expect(load).toBeGreaterThan(0.47);
    expect(load).toBeLessThan(0.53);
  });
});

test('6 % a month doubles a load in 11.9 months', () => {
  expect(monthsUntil(1, 2, 0.06)).toBeCloseTo(Math.log(2) / Math.log(1.06), 9);
  expect(monthsUntil(1, 0.5, 0.06)).toBe(0);
  expect(monthsUntil(1, 2, 0)).toBeNull();
});

describe('regret', () => {
  const scaled = (replicas: string): Scenario =>
    parsed(`
run: {warmup: 5m, duration: 30m, replications: 1, window: 1m}
traffic: {all: {entry: server.work, arrivals: {poisson: 40/s}}}
services: {server: {cpu: 1, memory: 2GB, operations: {work: [{cpu: 10ms}]}}}
platforms: {fargate: {preset: fargate, defaults: {replicas: ${replicas}, scale: {targetTracking: {cpu: 60%}}}}}
`);

  test('four tasks kept for the work of one: three quarters of their hours are regretted', () => {
    const regret = regretOf(scaled('1..4'), { settings: [], platforms: ['fargate'], replications: 1 })!;
    const [service] = regret.services;
    // 40/s x 10 ms is 0.4 of one instance: one is needed in every minute of the half hour.
    expect(service!.neededHours).toBeCloseTo(0.5, 9);
    expect(regret.clairvoyantMonthUsd + regret.regretMonthUsd).toBeCloseTo(regret.realMonthUsd, 9);
  });

  test('within limits that leave no choice there is nothing to regret', () => {
    const regret = regretOf(scaled('4..4'), { settings: [], platforms: ['fargate'], replications: 1 })!;
    expect(regret.regretMonthUsd).toBe(0);
  });
});
