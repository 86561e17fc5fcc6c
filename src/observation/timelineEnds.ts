/**
 * Beginnings and ends as columns of the timeline: of the visitors of one source or of the platform, or of the spans of
 * one service. Its own file because the tally counts, and only here do counts become rates and means of a window.
 */
import { outcomeNames } from './contract.js';
import { endFields, type OutcomeTally, type WindowQuantiles } from './outcomeTally.js';
import type { TimelineColumn } from './timelineRecorder.js';

const usPerMs = 1000;
const usPerS = 1e6;

export interface EndsOf {
  readonly scope: TimelineColumn['scope'];
  readonly slot: number;
  readonly ends: OutcomeTally;
  /** The slots that are meant, together. */
  readonly slots: readonly number[];
  readonly quantiles: WindowQuantiles;
  /** Cold starts by window; null where they are not told. */
  readonly coldStarts: Float64Array | null;
}

export function endColumns({ scope, slot, ends, slots, quantiles, coldStarts }: EndsOf): TimelineColumn[] {
  const { grid } = ends;
  const lengthS = (index: number): number => (grid.startUs(index + 1) - grid.startUs(index)) / usPerS;
  const of = (field: number): Float64Array => ends.byWindow(slots, field);
  const completed = of(endFields.ended);
  const column = (metric: string, values: Float64Array): TimelineColumn => ({ scope, slot, metric, values });
  const inMs = (values: Float64Array): Float64Array => values.map((us) => us / usPerMs);
  // 0 / 0 is NaN: a window in which nobody began has no mean.
  const meansMs = of(endFields.latencySumUs).map((sumUs, index) => sumUs / usPerMs / completed[index]!);
  return [
    column('requests_offered', of(endFields.offered)),
    ...outcomeNames.map((name, outcome) => column(`requests_${name}`, of(endFields.ended + outcome))),
    column(
      'throughput',
      of(endFields.answered).map((count, index) => count / lengthS(index)),
    ),
    column('latency_mean', meansMs),
    column('latency_p50', inMs(quantiles.p50Us)),
    column('latency_p99', inMs(quantiles.p99Us)),
    ...(coldStarts ? [column('cold_starts', coldStarts)] : []),
  ];
}
