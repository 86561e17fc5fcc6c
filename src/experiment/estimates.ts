/**
 * From one number per replication to a mean with its interval, and to paired differences between platforms.
 * Its own file because every number of a result passes through here, and nothing else may make an interval.
 * The statistics are `stats/interval.ts`: Student t over replications, never over observations within a run.
 */
import { estimateDifference, estimateMean } from '../stats/interval.js';
import type { Metrics, MetricUnit, MetricValue, PairedDifference } from './contract.js';
import type { Numbers } from './measures.js';
import { metricEntry, metricOrder } from './metricCatalogue.js';

/**
 * Means over the replications, in the catalogue's order. A metric without a value in a replication is averaged over
 * those that have one; without any it is left out. Names must be in the catalogue: another is a bug of ours, and
 * thrown.
 *
 * @param confidence in (0, 1)
 */
export function estimateMetrics(replications: readonly Numbers[], confidence: number): Metrics {
  const metrics: Record<string, MetricValue> = {};
  for (const name of namesIn(replications)) {
    const values = replications.flatMap((numbers) => numberOf(numbers, name) ?? []);
    const estimate = estimateMean(values, confidence);
    if (!estimate) continue;
    metrics[name] = {
      mean: estimate.mean,
      ...(estimate.interval ? { ci: estimate.interval } : {}),
      unit: unitOf(name),
      replicationCount: estimate.count,
    };
  }
  return metrics;
}

/** The platform's metrics minus the baseline's, over the replications in which both have a value. */
export function pairedDifferences(
  platform: string,
  ours: readonly Numbers[],
  baseline: readonly Numbers[],
  confidence: number,
): PairedDifference[] {
  return namesIn(ours).flatMap((name) => {
    const pairs = ours.flatMap((numbers, replication) => {
      const first = numberOf(numbers, name);
      const second = numberOf(baseline[replication] ?? {}, name);
      return first === undefined || second === undefined ? [] : [{ first, second }];
    });
    const seconds = pairs.map((pair) => pair.second);
    const estimate = estimateDifference(
      pairs.map((pair) => pair.first),
      seconds,
      confidence,
    );
    const baselineMean = estimateMean(seconds, confidence)?.mean ?? 0;
    if (!estimate) return [];
    const { mean, interval } = estimate;
    return {
      platform,
      metric: name,
      unit: unitOf(name),
      mean,
      ...(interval ? { ci: interval } : {}),
      relative: baselineMean === 0 ? null : mean / baselineMean,
      moreIs: metricEntry(name)?.moreIs ?? 'neither',
      isReal: interval !== null && (interval[0] > 0 || interval[1] < 0),
    };
  });
}

function namesIn(replications: readonly Numbers[]): string[] {
  const names = new Set(replications.flatMap((numbers) => Object.keys(numbers)));
  return [...names].sort((a, b) => metricOrder(a) - metricOrder(b) || (a < b ? -1 : 1));
}

function numberOf(numbers: Numbers, name: string): number | undefined {
  const value = Object.hasOwn(numbers, name) ? numbers[name] : undefined;
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

function unitOf(name: string): MetricUnit {
  const entry = metricEntry(name);
  if (!entry) throw new Error(`metric ${name} is not in the catalogue`);
  return entry.unit;
}
