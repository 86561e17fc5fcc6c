/** `breakeven.csv`: one row a point that was looked at, and one a crossing. */
import type { BreakEvenResult } from '../../experiment/breakEvenDocument.js';
import { csvText, numberCell, textCell } from './cells.js';

const columns = ['kind', 'vary', 'value', 'unit', 'ci_low', 'ci_high', 'first_usd', 'second_usd', 'served'] as const;

/** Points first, then crossings; the costs of the first platform and of the second, in the order of `--between`. */
export function breakEvenCsv({ question: { axis }, found }: BreakEvenResult): string {
  const head = (kind: string, value: number): string[] => [
    kind,
    textCell(axis.vary),
    numberCell(value),
    textCell(axis.unit),
  ];
  return csvText(columns, [
    ...found.points.map(({ value, costsUsd, isServed }) => [
      ...head('point', value),
      '',
      '',
      ...costsUsd.map(numberCell),
      String(isServed),
    ]),
    ...found.crossings.map(({ value, ci, costMonthUsd }) => [
      ...head('crossing', value),
      numberCell(ci?.[0]),
      numberCell(ci?.[1]),
      numberCell(costMonthUsd),
      numberCell(costMonthUsd),
      'true',
    ]),
  ]);
}
