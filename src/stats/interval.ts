/**
 * Means of replications and how sure they are: Student-t intervals, and paired differences of two platforms that served
 * the same visitors.
 */
import { studentTQuantile } from './studentT.js';

export interface Estimate {
  readonly mean: number;
  /** Lower and upper end; null with fewer than two values, which say nothing about their spread. */
  readonly interval: readonly [low: number, high: number] | null;
  readonly count: number;
}

/**
 * Mean of independent values and its two-sided t-interval; null when there are no values.
 *
 * @param values finite numbers, one per replication
 * @param confidence share in (0, 1), e.g. 0.95
 * Source: Law, Simulation Modeling and Analysis (2015), 4.5. Equal values have exactly their value as mean, and an
 * interval of no width.
 */
export function estimateMean(values: readonly number[], confidence: number): Estimate | null {
  if (!(confidence > 0 && confidence < 1)) throw new RangeError(`confidence ${confidence}`);
  const first = values[0];
  if (first === undefined) return null;
  // Around the first value, so that nothing is lost when all are large and close together.
  const count = values.length;
  const mean = first + values.reduce((sum, value) => sum + (value - first), 0) / count;
  if (!Number.isFinite(mean)) throw new RangeError(`values ${values}`);
  if (count < 2) return { mean, interval: null, count };
  const half = halfWidth(values, mean, confidence);
  return { mean, interval: [mean - half, mean + half], count };
}

/**
 * Mean of `first[i] - second[i]` and its t-interval: what differs between two platforms when both faced the same
 * visitors. Paired, so what the replications have in common cancels.
 *
 * @throws RangeError when the lists are not of one length
 */
export function estimateDifference(
  first: readonly number[],
  second: readonly number[],
  confidence: number,
): Estimate | null {
  if (first.length !== second.length) throw new RangeError(`${first.length} and ${second.length} replications`);
  return estimateMean(
    first.map((value, replication) => value - second[replication]!),
    confidence,
  );
}

/**
 * Mean of `first` minus mean of `second`, of runs that share nothing: half widths add in squares. Student's quantile of
 * each side stands for Welch's, which is never larger than the larger of the two: the interval is a little too wide,
 * never too narrow. Null where one of them is empty.
 */
export function estimateIndependentDifference(
  first: readonly number[],
  second: readonly number[],
  confidence: number,
): Estimate | null {
  const [ours, theirs] = [estimateMean(first, confidence), estimateMean(second, confidence)];
  if (!ours || !theirs) return null;
  const mean = ours.mean - theirs.mean;
  const count = Math.min(ours.count, theirs.count);
  if (!ours.interval || !theirs.interval) return { mean, interval: null, count };
  const half = Math.hypot(ours.interval[1] - ours.mean, theirs.interval[1] - theirs.mean);
  return { mean, interval: [mean - half, mean + half], count };
}

function halfWidth(values: readonly number[], mean: number, confidence: number): number {
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  if (squares === 0) return 0;
  const standardError = Math.sqrt(squares / (values.length - 1) / values.length);
  return studentTQuantile((1 + confidence) / 2, values.length - 1) * standardError;
}
