/**
 * A distribution in one short line, for the list of inputs. Its own file because nothing else prints one.
 */
import type { DistributionSpec } from '../random/contract.js';
import { printDuration } from '../units/print.js';

/** `20ms`, `exponential 20ms`, `lognormal p50 12ms p99 180ms`, `50% 11ms … 100% 900ms`. */
export function printDistribution(spec: DistributionSpec): string {
  switch (spec.kind) {
    case 'constant':
      return printDuration(spec.value);
    case 'uniform':
      return `uniform ${printDuration(spec.low)} to ${printDuration(spec.high)}`;
    case 'lognormal-quantiles':
      return `lognormal p50 ${printDuration(spec.p50)} p99 ${printDuration(spec.p99)}`;
    case 'quantiles':
      return spec.points
        .filter(([share]) => share > 0)
        .map(([share, value]) => `${Number((share * 100).toPrecision(6))}% ${printDuration(value)}`)
        .join(', ');
    case 'empirical':
      return `${spec.values.length} measured durations`;
    case 'normal':
      return `normal ${printDuration(spec.mean)} sd ${printDuration(spec.sd)}`;
    case 'weibull':
      return `weibull ${printDuration(spec.mean)} shape ${spec.shape}`;
    case 'pareto':
      return `pareto ${printDuration(spec.mean)} alpha ${spec.alpha}`;
    case 'exponential':
      return `exponential ${printDuration(spec.mean)}`;
    default:
      return `${spec.kind} ${printDuration(spec.mean)} cv ${spec.cv}`;
  }
}

/** `50% 11ms, 100% 900ms`, of points in milliseconds. */
export function percentileText(pointsMs: readonly (readonly [number, number])[]): string {
  return pointsMs.map(([percent, ms]) => `${percent}% ${printDuration(ms * 1000)}`).join(', ');
}
