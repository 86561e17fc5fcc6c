/** `breakeven`, as CSV or Parquet: one row a point that was looked at, and one a crossing. */
import type { BreakEvenResult } from '../../experiment/breakEvenDocument.js';
import { type Table, tableCsv } from './table.js';

const columns = ['kind', 'vary', 'value', 'unit', 'ci_low', 'ci_high', 'first_usd', 'second_usd', 'served'] as const;

export function breakEvenCsv(result: BreakEvenResult): string {
  return tableCsv(breakEvenTableOf(result));
}

/** Points first, then crossings; the costs of the first platform and of the second, in the order of `--between`. */
export function breakEvenTableOf({ question: { axis }, found }: BreakEvenResult): Table {
  const points = found.points.map(({ value, costsUsd: [first, second], isServed }) =>
    // A point has no interval.
    ['point', axis.vary, value, axis.unit, null, null, first, second, isServed],
  );
  const crossings = found.crossings.map(({ value, ci, costMonthUsd }) => [
    'crossing',
    axis.vary,
    value,
    axis.unit,
    ci?.[0],
    ci?.[1],
    costMonthUsd,
    costMonthUsd,
    true,
  ]);
  return { columns, rows: [...points, ...crossings] };
}
