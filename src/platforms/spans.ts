/**
 * How presets write times: in the milliseconds that their sources use, turned into the microseconds of a
 * `DistributionSpec`. A unit conversion and nothing else, so that preset files stay data.
 */
import type { DistributionSpec } from '../random/contract.js';

const usPerMs = 1000;

/** Always `ms`. */
export const always = (ms: number): DistributionSpec => ({ kind: 'constant', value: ms * usPerMs });

/** Anything between `lowMs` and `highMs`, equally likely. */
export const between = (lowMs: number, highMs: number): DistributionSpec => ({
  kind: 'uniform',
  low: lowMs * usPerMs,
  high: highMs * usPerMs,
});

/** Lognormal with this median and this 99th percentile. */
export const lognormal = (p50Ms: number, p99Ms: number): DistributionSpec => ({
  kind: 'lognormal-quantiles',
  p50: p50Ms * usPerMs,
  p99: p99Ms * usPerMs,
});

/**
 * Straight lines, in the logarithm of the time, between [percent, milliseconds]; beyond the ends the end values hold.
 */
export function percentiles(pointsMs: readonly (readonly [number, number])[]): DistributionSpec {
  const points = pointsMs.map(([percent, ms]) => [percent / 100, ms * usPerMs] as const);
  const first = points[0];
  const last = points[points.length - 1];
  if (!first || !last) throw new RangeError('a table of percentiles has at least one point');
  if (first[0] > 0) points.unshift([0, first[1]]);
  if (last[0] < 1) points.push([1, last[1]]);
  return { kind: 'quantiles', points, isLog: true };
}
