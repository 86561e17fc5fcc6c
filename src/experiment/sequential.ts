/**
 * Sequential stopping: replications are added until the intervals that matter are narrow enough. Its own file because
 * whoever adds replications and whoever judges the result must mean the same intervals. Checked by
 * test/experiment/sequential.test.ts.
 *
 * The rule is looked at only between batches of whole replications, from ten on: looked at earlier or more often it
 * would stop when the interval is narrow by chance (Law, Simulation Modeling and Analysis, 5th ed., 9.4.1).
 */
import type { Interval, Metrics, ObjectiveResult } from './contract.js';

/** Fewer replications than this say too little about their own spread. */
export const leastReplications = 10;
/** What is spent at most where nobody says how much. */
export const usualMostReplications = 64;

/** What an interval is asked of: the objectives' metrics; without objectives these. */
const usualMetrics = ['latency_mean', 'latency_p99', 'cost_month'] as const;

export interface Judged {
  readonly metrics: Metrics;
  readonly objectives: readonly ObjectiveResult[];
}

export interface WideInterval {
  /** The objective as it is written, or the metric's name. */
  readonly what: string;
  /** Half the interval's width over the mean. */
  readonly halfShare: number;
}

/** The widest interval that is asked for, over its mean; null when all are at most `share` to either side. */
export function widestInterval({ metrics, objectives }: Judged, share: number): WideInterval | null {
  // A regression is asked of the same metric as its objective, about another middle.
  const own = objectives.filter(({ baseline }) => baseline === undefined);
  const asked =
    own.length > 0
      ? own.map(({ text, value, ci }) => ({ what: text, mean: value, ci }))
      : usualMetrics.map((name) => ({ what: name, mean: metrics[name]?.mean ?? null, ci: metrics[name]?.ci }));
  let widest: WideInterval | null = null;
  for (const { what, mean, ci } of asked) {
    const halfShare = halfWidthShare(mean, ci);
    if (halfShare > share && halfShare > (widest?.halfShare ?? 0)) widest = { what, halfShare };
  }
  return widest;
}

/** 0 for what has no value, or is the same in every replication; infinite around a mean of 0. */
function halfWidthShare(mean: number | null, ci: Interval | undefined): number {
  if (mean === null || !ci) return 0;
  const half = (ci[1] - ci[0]) / 2;
  return half === 0 ? 0 : half / Math.abs(mean);
}

/**
 * How many replications to have next; null when no more are wanted or allowed. Widths shrink with the square root of
 * the count: as many as should do, a tenth more, at most twice as many at once.
 */
export function nextReplicationCount(
  platforms: readonly Judged[],
  { count, share, most }: { readonly count: number; readonly share: number; readonly most: number },
): number | null {
  const widest = Math.max(0, ...platforms.map((platform) => widestInterval(platform, share)?.halfShare ?? 0));
  if (widest === 0 || count >= most) return null;
  const wanted = Math.ceil(1.1 * count * (widest / share) ** 2);
  return Math.min(most, Math.max(count + 1, Math.min(wanted, 2 * count)));
}
