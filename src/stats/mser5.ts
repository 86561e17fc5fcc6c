/**
 * MSER-5: how much of a series' beginning disturbs its mean. It only checks a warm-up and warns; cutting by it, per
 * replication, ruins the coverage of the intervals.
 */

export interface Mser5 {
  /** So many values at the beginning are better left out; a multiple of 5. */
  readonly cutCount: number;
  /** The best cut lies at the end of what was searched (the first half): the series never settled, or is too short. */
  readonly isUnsettled: boolean;
}

const batchSize = 5;

/**
 * The cut that makes the mean of the rest most certain.
 *
 * @param series values in order of time; null below 50 of them, which say nothing
 * Cost: O(n). Source: White, Simulation 69(6), 1997; the search is limited to the first half, after Spratt (1998).
 */
export function mser5(series: readonly number[]): Mser5 | null {
  const batchCount = Math.floor(series.length / batchSize);
  if (batchCount < 10) return null;
  const means = Array.from({ length: batchCount }, (_, batch) => {
    let sum = 0;
    for (let i = 0; i < batchSize; i++) sum += series[batch * batchSize + i]!;
    return sum / batchSize;
  });
  const lastCut = Math.floor(batchCount / 2);
  let best = Infinity;
  let bestCut = 0;
  // From the end on: count, mean and squared deviations of the rest are carried along (Welford).
  let count = 0;
  let mean = 0;
  let squares = 0;
  for (let cut = batchCount - 1; cut >= 0; cut--) {
    count++;
    const step = means[cut]! - mean;
    mean += step / count;
    squares += step * (means[cut]! - mean);
    const score = squares / (count * count);
    if (cut <= lastCut && score <= best) {
      best = score;
      bestCut = cut;
    }
  }
  return { cutCount: bestCut * batchSize, isUnsettled: bestCut === lastCut };
}
