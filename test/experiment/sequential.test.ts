/** Sequential stopping: which interval counts, and how many replications come next. */
import { expect, test } from 'vitest';
import type { Metrics, ObjectiveResult } from '../../src/experiment/contract.js';
import { nextReplicationCount, widestInterval } from '../../src/experiment/sequential.js';

const metric = (mean: number, half: number): Metrics[string] => ({
  mean,
  ci: [mean - half, mean + half],
  unit: 'ms',
  replicationCount: 10,
});
const objective = (value: number, half: number): ObjectiveResult => ({
  text: 'latency_p95 < 1s',
  met: true,
  sure: true,
  value,
  ci: [value - half, value + half],
  unit: 'ms',
  metric: 'latency_p95',
  scope: '',
  operator: '<',
  limit: 1000,
});

test('without objectives mean, p99 and bill count; with them only what they name', () => {
  const metrics: Metrics = { latency_mean: metric(100, 1), latency_p99: metric(400, 20), queue_mean: metric(1, 0.5) };
  expect(widestInterval({ metrics, objectives: [] }, 0.02)).toEqual({ what: 'latency_p99', halfShare: 0.05 });
  expect(widestInterval({ metrics, objectives: [objective(200, 2)] }, 0.02)).toBeNull();
  expect(widestInterval({ metrics, objectives: [objective(200, 20)] }, 0.02)?.what).toBe('latency_p95 < 1s');
});

test('what never varies is narrow, what varies around nothing is not', () => {
  expect(widestInterval({ metrics: { cost_month: metric(0, 0) }, objectives: [] }, 0.02)).toBeNull();
  expect(widestInterval({ metrics: { cost_month: metric(0, 1) }, objectives: [] }, 0.02)?.halfShare).toBe(Infinity);
});

test('half as wide needs four times as many; a step is at most a doubling, and never beyond the cap', () => {
  const of = (half: number) => [{ metrics: { latency_mean: metric(100, half) }, objectives: [] }];
  expect(nextReplicationCount(of(2), { count: 10, share: 0.02, most: 64 })).toBeNull();
  // 1.1 x 10 x (2.4 / 2)^2 = 15.84
  expect(nextReplicationCount(of(2.4), { count: 10, share: 0.02, most: 64 })).toBe(16);
  expect(nextReplicationCount(of(4), { count: 10, share: 0.02, most: 64 })).toBe(20);
  expect(nextReplicationCount(of(4), { count: 40, share: 0.02, most: 64 })).toBe(64);
  expect(nextReplicationCount(of(4), { count: 64, share: 0.02, most: 64 })).toBeNull();
});
