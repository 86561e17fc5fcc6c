/**
 * A platform's recorded replication as the charts over time want it: visitors a second, instances, p99, and the share
 * of visitors who were failed, refused or gave up, window by window.
 *
 * Its own file because two charts and the page's readout draw from it, and because the timeline counts per window what
 * the charts show per second or as shares.
 */
import type { PlatformResult } from '../../experiment/contract.js';
import type { Point } from './thinning.js';

export interface PlatformDay {
  readonly fromS: number;
  readonly toS: number;
  /** Where the measured time begins. */
  readonly measuredFromS: number;
  readonly visitorsPerSecond: readonly Point[];
  readonly instances: readonly Point[];
  readonly latencyP99Ms: readonly Point[];
  /** Shares of the visitors of the window, [0, 1]; null where nobody came. */
  readonly failedShare: readonly Point[];
  readonly rejectedShare: readonly Point[];
  readonly timedOutShare: readonly Point[];
  readonly unansweredShare: readonly Point[];
}

/** Null when no timeline was recorded. Series that the timeline lacks are empty. */
export function platformDay(platform: PlatformResult): PlatformDay | null {
  const { timeline } = platform;
  if (timeline === null || timeline.startsS.length === 0) return null;
  const { startsS, lengthsS } = timeline;
  const valuesOf = (metric: string): readonly (number | null)[] | null =>
    timeline.series.find((series) => series.scope === 'platform' && series.metric === metric)?.values ?? null;
  const points = (values: readonly (number | null)[] | null): readonly Point[] =>
    values === null ? [] : startsS.map((startS, index) => [startS, values[index] ?? null]);
  const offered = valuesOf('requests_offered');
  const shareOf = (metric: string): readonly (number | null)[] | null => {
    const counts = valuesOf(metric);
    if (counts === null || offered === null) return null;
    return counts.map((count, index) => shareOrNull(count, offered[index] ?? null));
  };
  const [failed, rejected, timedOut] = ['requests_failed', 'requests_rejected', 'requests_timed_out'].map(shareOf);
  const last = startsS.length - 1;
  return {
    fromS: startsS[0] ?? 0,
    toS: (startsS[last] ?? 0) + (lengthsS[last] ?? 0),
    measuredFromS: startsS[timeline.firstMeasuredIndex] ?? 0,
    visitorsPerSecond: points(
      offered?.map((count, index) => (count === null ? null : count / (lengthsS[index] || 1))) ?? null,
    ),
    instances: points(valuesOf('instances_mean')),
    latencyP99Ms: points(valuesOf('latency_p99')),
    failedShare: points(failed ?? null),
    rejectedShare: points(rejected ?? null),
    timedOutShare: points(timedOut ?? null),
    unansweredShare: points(
      failed && rejected && timedOut
        ? failed.map((share, index) =>
            share === null ? null : share + (rejected[index] ?? 0) + (timedOut[index] ?? 0),
          )
        : null,
    ),
  };
}

function shareOrNull(count: number | null, offered: number | null): number | null {
  return count === null || offered === null || offered === 0 ? null : Math.min(1, count / offered);
}

/** The points of the measured time. */
export function measured({ measuredFromS }: PlatformDay, points: readonly Point[]): readonly Point[] {
  return points.filter(([atS]) => atS >= measuredFromS);
}

/** The point with the largest value; null when no point has one. */
export function highestPoint(points: readonly Point[]): readonly [number, number] | null {
  let highest: readonly [number, number] | null = null;
  for (const [x, y] of points) if (y !== null && (highest === null || y > highest[1])) highest = [x, y];
  return highest;
}
