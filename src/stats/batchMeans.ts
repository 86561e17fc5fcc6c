/**
 * Batch means: an interval from one long run, whose neighbouring values are not independent but whose batches nearly
 * are. For the theory tests and for diagnosis; reports take their intervals from replications.
 */
import { type Estimate, estimateMean } from './interval.js';

export interface BatchEstimate extends Estimate {
  readonly batchSize: number;
  /**
   * Lag-1 correlation of the batch means, in [-1, 1]; well above 0: the batches are too short to trust the interval.
   */
  readonly correlation: number;
}

/**
 * Mean and t-interval over `batchCount` batches of equal size; what is left over at the beginning is left out.
 *
 * @param series values in order of time, at least `batchCount` of them
 * @param batchCount whole number, >= 2; 20 to 30 are usual
 * @throws RangeError otherwise. Source: Law, Simulation Modeling and Analysis (2015), 9.5.3.
 */
export function batchMeans(series: readonly number[], batchCount: number, confidence: number): BatchEstimate {
  if (!Number.isInteger(batchCount) || batchCount < 2) throw new RangeError(`batchCount ${batchCount}`);
  const batchSize = Math.floor(series.length / batchCount);
  if (batchSize < 1) throw new RangeError(`${series.length} values make no ${batchCount} batches`);
  const from = series.length - batchSize * batchCount;
  const means = Array.from({ length: batchCount }, (_, batch) => {
    let sum = 0;
    for (let i = 0; i < batchSize; i++) sum += series[from + batch * batchSize + i]!;
    return sum / batchSize;
  });
  const estimate = estimateMean(means, confidence)!;
  return { ...estimate, batchSize, correlation: lagOne(means, estimate.mean) };
}

function lagOne(values: readonly number[], mean: number): number {
  let products = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    squares += (values[i]! - mean) ** 2;
    if (i > 0) products += (values[i]! - mean) * (values[i - 1]! - mean);
  }
  return squares === 0 ? 0 : products / squares;
}
