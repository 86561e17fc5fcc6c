/**
 * Fewer points that look the same: the smallest and the largest of every bucket.
 *
 * Its own file because the rule is what keeps a day's report small without hiding its spikes: a mean over a bucket
 * would.
 */

export type Point = readonly [number, number | null];

/**
 * At most `2 * bucketCount` points of `points` (in order of x), the minimum and maximum of each bucket in their order;
 * as they are when there are no more than that. A bucket without any value keeps its first point, so gaps stay gaps.
 *
 * @param bucketCount whole number >= 1
 */
export function thinned(points: readonly Point[], bucketCount: number): readonly Point[] {
  if (points.length <= 2 * bucketCount) return points;
  const kept: Point[] = [];
  for (let bucket = 0; bucket < bucketCount; bucket++) {
    const from = Math.floor((bucket * points.length) / bucketCount);
    const to = Math.floor(((bucket + 1) * points.length) / bucketCount);
    kept.push(...extremes(points.slice(from, to)));
  }
  return kept;
}

function extremes(bucket: readonly Point[]): Point[] {
  let low: Point | undefined;
  let high: Point | undefined;
  for (const point of bucket) {
    const value = point[1];
    if (value === null) continue;
    if (low === undefined || value < (low[1] ?? 0)) low = point;
    if (high === undefined || value > (high[1] ?? 0)) high = point;
  }
  if (low === undefined || high === undefined) return bucket.slice(0, 1);
  if (low === high) return [low];
  return low[0] < high[0] ? [low, high] : [high, low];
}
