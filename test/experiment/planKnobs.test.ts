/**
 * Plans over what a platform is set by, one knob or couple of knobs a test: the winner is what looking at the whole
 * grid finds. Its own file beside `plan.test.ts`, which asks how the search goes and not what it may turn.
 */
import { expect, test } from 'vitest';
import { plan } from '../../src/experiment/plan.js';
import { exhaustive, parsed } from './exhaustive.js';

function expectOptimum(text: string, vary: Record<string, (string | number)[]>): void {
  const scenario = parsed(text);
  const found = plan(scenario, { vary });
  if (!found.ok) throw new Error(JSON.stringify(found.issues));
  const { winner, isSure } = found.value;
  // Every candidate is far from its limits on one side or the other: few replications tell which is right.
  expect(winner!.settings.map(({ value }) => value)).toEqual(exhaustive(scenario, vary, 5));
  expect(isSure).toBe(true);
}

test('the target of a scaler: the highest that still keeps the latency, as the load goes up and down', () => {
  expectOptimum(
    `
run: {warmup: 5m, duration: 20m, replications: 2}
traffic:
  visitors: {entry: desk.serve, arrivals: {poisson: {profile: [[0m, 4/s], [10m, 16/s], [20m, 4/s]], period: 20m}}}
services: {desk: {operations: {serve: [{cpu: {exponential: 100ms}}]}}}
platforms:
  bench:
    preset: fargate
    defaults: {cpu: 1, memory: 2GB, replicas: 1..12, startup: 5s, scale: {targetTracking: {cpu: 50%}}}
objectives: ['latency_p95 < 1s']
`,
    { 'platforms.bench.defaults.scale.targetTracking.cpu': ['20%', '35%', '50%', '65%', '80%'] },
  );
});

test('provisioned concurrency: as many as keep cold starts rare, and no more', () => {
  expectOptimum(
    `
run: {warmup: 60s, duration: 600s, replications: 4}
traffic:
  visitors:
    entry: desk.serve
    arrivals: {bursty: {states: [{rate: 2/s, lasts: {exponential: 60s}}, {rate: 40/s, lasts: {exponential: 15s}}]}}
services: {desk: {operations: {serve: [{cpu: {exponential: 100ms}}]}}}
platforms: {fun: {preset: lambda, defaults: {memory: 1769MB, coldStart: 2s, idleTimeout: 20s}}}
objectives: ['cold_start_ratio < 0.8%']
`,
    { 'platforms.fun.defaults.provisioned': [0, 3, 6, 8, 10] },
  );
});

test('the type of the nodes beside their number: the cheapest machines on which everybody has room', () => {
  expectOptimum(
    `
run: {warmup: 20s, duration: 80s, replications: 4}
traffic: {visitors: {entry: desk.serve, arrivals: {poisson: 30/s}}}
services: {desk: {cpu: 1, memory: 2GB, concurrency: 8, operations: {serve: [{cpu: {exponential: 100ms}}]}}}
platforms:
  cluster: {preset: eks, nodes: {type: m6i.large, count: 2}, defaults: {replicas: 5, balancer: least-requests}}
objectives: ['latency_p95 < 500ms']
`,
    {
      'platforms.cluster.nodes.type': ['m6i.large', 'm6i.xlarge', 'c6i.xlarge'],
      'platforms.cluster.nodes.count': [1, 2, 3, 5],
    },
  );
});

test('memory and concurrency together: more at once is cheaper until it no longer fits', () => {
  expectOptimum(
    `
run: {warmup: 20s, duration: 120s, replications: 4}
traffic: {visitors: {entry: desk.serve, arrivals: {poisson: 20/s}}}
services:
  desk:
    memoryUse: {base: 200MB, perRequest: 60MB}
    operations: {serve: [{cpu: {exponential: 20ms}}, {wait: {exponential: 300ms}}]}
platforms: {run: {preset: cloud-run, defaults: {cpu: 1, memory: 1GB, concurrency: 8, coldStart: 500ms}}}
objectives: ['success_ratio >= 99.9%', 'latency_p95 < 1500ms']
`,
    {
      'platforms.run.defaults.memory': ['512MB', '1GB', '2GB'],
      'platforms.run.defaults.concurrency': [4, 12, 30],
    },
  );
});
