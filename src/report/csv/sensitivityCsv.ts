/** `sensitivity`, as CSV or Parquet: one row a platform and factor, the largest swing of each platform first. */
import type { SensitivityResult } from '../../experiment/sensitivityDocument.js';
import { type Table, tableCsv } from './table.js';

const columns = [
  'platform',
  'factor',
  'what',
  'by',
  'cost_month_usd',
  'less_usd',
  'less_ci_low',
  'less_ci_high',
  'more_usd',
  'more_ci_low',
  'more_ci_high',
] as const;

export function sensitivityCsv(result: SensitivityResult): string {
  return tableCsv(sensitivityTableOf(result));
}

export function sensitivityTableOf({ found, by }: SensitivityResult): Table {
  const rows = found.platforms.flatMap(({ platform, costMonthUsd, factors }) =>
    factors.map(({ factor, what, less, more }) => [
      ...[platform, factor, what, by, costMonthUsd],
      ...[less, more].flatMap((effect) => [effect?.differenceUsd, effect?.ci?.[0], effect?.ci?.[1]]),
    ]),
  );
  return { columns, rows };
}
