/**
 * Was the warm-up long enough? MSER-5 on the latencies of all replications together, stretch by stretch of the measured
 * time. It only warns: cutting each replication by what it shows was measured to ruin the coverage of the intervals.
 * Its own file because it is the one diagnostic that looks at order in time.
 */
import { mser5 } from '../stats/mser5.js';
import type { Warning } from './contract.js';

/** Sum and number of latencies by stretch of the measured time, one entry per replication. */
export interface LatencyStretches {
  readonly sumUs: readonly number[];
  readonly count: readonly number[];
}

/** Below this part of the measured time, what MSER-5 would cut is chance. */
const noticeableCutShare = 0.1;
/** And the cut must move the mean by more than this part of it. */
const noticeableChangeShare = 0.02;

/**
 * A warning when the first part of the measured time looks unlike the rest; null when it does not, or when too few
 * stretches have answers to tell. Only meaningful under arrivals whose rate never changes.
 */
export function checkWarmup(replications: readonly LatencyStretches[]): Warning | null {
  const stretches = replications[0]?.count.length ?? 0;
  const total = (read: (replication: LatencyStretches) => readonly number[], stretch: number): number =>
    replications.reduce((sum, replication) => sum + (read(replication)[stretch] ?? 0), 0);
  const sums: number[] = [];
  const counts: number[] = [];
  for (let stretch = 0; stretch < stretches; stretch++) {
    const count = total((replication) => replication.count, stretch);
    if (count === 0) continue;
    sums.push(total((replication) => replication.sumUs, stretch));
    counts.push(count);
  }
  const verdict = mser5(sums.map((sum, stretch) => sum / counts[stretch]!));
  if (!verdict || verdict.cutCount < noticeableCutShare * sums.length) return null;
  const meanFrom = (first: number): number => added(sums.slice(first)) / added(counts.slice(first));
  const [whole, rest] = [meanFrom(0), meanFrom(verdict.cutCount)];
  if (Math.abs(rest - whole) <= noticeableChangeShare * whole) return null;
  const share = Math.round((100 * verdict.cutCount) / sums.length);
  const message = verdict.isUnsettled
    ? 'latency had not settled by the middle of the measured time (MSER-5): lengthen run.warmup or add capacity'
    : `the first ${share}% of the measured time differ from the rest (MSER-5): lengthen run.warmup`;
  return { code: 'warm-up-short', message };
}

function added(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
