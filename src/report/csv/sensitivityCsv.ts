/** `sensitivity.csv`: one row a platform and factor, the largest swing of each platform first. */
import type { SensitivityResult } from '../../experiment/sensitivityDocument.js';
import { csvText, numberCell, textCell } from './cells.js';

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

export function sensitivityCsv({ found, by }: SensitivityResult): string {
  const rows = found.platforms.flatMap(({ platform, costMonthUsd, factors }) =>
    factors.map(({ factor, what, less, more }) => [
      textCell(platform),
      factor,
      textCell(what),
      numberCell(by),
      numberCell(costMonthUsd),
      ...[less, more].flatMap((effect) => [
        numberCell(effect?.differenceUsd),
        numberCell(effect?.ci?.[0]),
        numberCell(effect?.ci?.[1]),
      ]),
    ]),
  );
  return csvText(columns, rows);
}
