/**
 * Knative's windows: the averages its autoscaler decides on, over a ring of buckets of one granularity each.
 *
 * Its own file because the average of a window that is not full, has gaps, or got late samples is where the numbers
 * come from that people cannot explain. Times are in any one unit, >= 0. Held to Knative's bucketing_test.go.
 */

/** A window's buckets by index (time / granularity, whole), and between which it was written to. */
export interface WindowMemory {
  readonly window: number;
  readonly granularity: number;
  readonly bucketCount: number;
  readonly buckets: ReadonlyMap<number, number>;
  /** Indices of the first and the last write since the window was last empty; null before any. */
  readonly firstIndex: number | null;
  readonly lastIndex: number | null;
}

export function windowStart(window: number, granularity: number): WindowMemory {
  const bucketCount = Math.ceil(window / granularity);
  return { window, granularity, bucketCount, buckets: new Map(), firstIndex: null, lastIndex: null };
}

/** With `value` added to the bucket of time `at`. A sample a whole window older than the last one is dropped. */
export function recorded(memory: WindowMemory, at: number, value: number): WindowMemory {
  const { window, granularity, bucketCount, firstIndex, lastIndex } = memory;
  const index = Math.floor(at / granularity);
  const isFirst = firstIndex === null || lastIndex === null;
  if (isFirst || (index - lastIndex) * granularity >= window)
    return { ...memory, buckets: new Map([[index, value]]), firstIndex: index, lastIndex: index };
  if (index !== lastIndex && index * granularity + window <= lastIndex * granularity) return memory;
  const newestIndex = Math.max(lastIndex, index);
  const buckets = new Map([...memory.buckets].filter(([key]) => key > newestIndex - bucketCount));
  buckets.set(index, (buckets.get(index) ?? 0) + value);
  return { ...memory, buckets, firstIndex: Math.min(firstIndex, index), lastIndex: newestIndex };
}

/**
 * The average per bucket at `now`, cut off after six digits: over the buckets between the first and the last write, no
 * more than the window holds; what has left the window by `now` is left out. 0 after a whole window without a write.
 */
export function windowAverage(memory: WindowMemory, now: number): number {
  const { firstIndex, lastIndex, bucketCount } = memory;
  if (firstIndex === null || lastIndex === null) return 0;
  const aheadCount = Math.max(0, Math.floor(now / memory.granularity) - lastIndex);
  if (aheadCount > 0 && aheadCount * memory.granularity >= memory.window) return 0;
  const countedCount = Math.min(lastIndex - firstIndex + 1, bucketCount - aheadCount);
  let total = 0;
  for (const [index, value] of memory.buckets) if (index > lastIndex + aheadCount - bucketCount) total += value;
  return Math.floor((total / countedCount) * 1e6) / 1e6;
}

/**
 * The exponentially weighted average at `now`: each older bucket weighs less by one factor, the lost ones count as 0.
 */
export function windowWeightedAverage(memory: WindowMemory, now: number): number {
  const { lastIndex, bucketCount } = memory;
  if (lastIndex === null) return 0;
  const aheadCount = Math.max(0, Math.floor(now / memory.granularity) - lastIndex);
  if (aheadCount * memory.granularity > memory.window) return 0;
  const smoothing = Math.max(1 - 0.0001 ** (1 / bucketCount), 0.2);
  let weight = smoothing * (1 - smoothing) ** aheadCount;
  let average = 0;
  for (let age = 0; age < bucketCount - aheadCount; age++) {
    average += (memory.buckets.get(lastIndex - age) ?? 0) * weight;
    weight *= 1 - smoothing;
  }
  return average;
}
