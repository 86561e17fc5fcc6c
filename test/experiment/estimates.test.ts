/** Means, intervals and paired differences of replications. */
import { expect, test } from 'vitest';
import { estimateMetrics, pairedDifferences } from '../../src/experiment/estimates.js';
import { metricCatalogue } from '../../src/experiment/metricCatalogue.js';

test('the interval is Student t over replications: t(0.975, 2) = 4.302653, s of 1 2 3 is 1', () => {
  const { latency_mean } = estimateMetrics([{ latency_mean: 1 }, { latency_mean: 2 }, { latency_mean: 3 }], 0.95);
  expect(latency_mean?.mean).toBe(2);
  expect(latency_mean?.ci?.[0]).toBeCloseTo(2 - 4.302653 / Math.sqrt(3), 5);
  expect(latency_mean).toMatchObject({ unit: 'ms', replicationCount: 3 });
});

test('one replication has a mean and no interval; a metric without a value is left out', () => {
  const metrics = estimateMetrics([{ throughput: 5, latency_p99: Number.NaN }], 0.95);
  expect(metrics).toEqual({ throughput: { mean: 5, unit: '1/s', replicationCount: 1 } });
});

test('a replication without a value is left out of the mean, not counted as nothing', () => {
  const { latency_mean } = estimateMetrics([{ latency_mean: 10 }, {}], 0.95);
  expect(latency_mean).toEqual({ mean: 10, unit: 'ms', replicationCount: 1 });
});

test('metrics stand in the order of the catalogue, whatever order they were measured in', () => {
  const metrics = estimateMetrics([{ availability: 1, within_800ms: 1, latency_mean: 1, requests_offered: 1 }], 0.95);
  expect(Object.keys(metrics)).toEqual(['requests_offered', 'latency_mean', 'within_800ms', 'availability']);
  expect(metrics['within_800ms']?.unit).toBe('share');
});

test('no name stands twice in the catalogue', () => {
  expect(new Set(metricCatalogue.map((entry) => entry.name)).size).toBe(metricCatalogue.length);
});

test('a paired difference is as sure as what replications do not have in common', () => {
  const ours = [{ latency_mean: 11 }, { latency_mean: 101 }, { latency_mean: 51 }];
  const theirs = [{ latency_mean: 10 }, { latency_mean: 100 }, { latency_mean: 50 }];
  const [difference] = pairedDifferences('lambda', ours, theirs, 0.95);
  expect(difference).toMatchObject({ mean: 1, ci: [1, 1], isReal: true, moreIs: 'worse' });
  expect(difference?.relative).toBeCloseTo(3 / 160, 12);
});

test('a difference that may be nothing is not called real, and one from zero has no relative size', () => {
  const zeros = [{ cold_starts: 0 }, { cold_starts: 0 }, { cold_starts: 0 }];
  const few = [{ cold_starts: 0 }, { cold_starts: 3 }, { cold_starts: 0 }];
  expect(pairedDifferences('lambda', few, zeros, 0.95)[0]).toMatchObject({ isReal: false, relative: null });
});
