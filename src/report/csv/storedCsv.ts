/**
 * Two stored reports compared, as CSV: one row for what was asked differently, then one for each metric of each
 * platform that both have. Its own file because it goes to stdout alone: no report has such a file.
 */
import type { StoredComparison } from '../../experiment/storedComparison.js';
import { csvText, numberCell, textCell } from './cells.js';

const columns = [
  'kind',
  'platform_before',
  'platform_after',
  'name',
  'unit',
  'before',
  'after',
  'difference',
  'ci_low',
  'ci_high',
  'real',
] as const;

/** `kind` is `input` (a setting, as it was written) or `metric`. */
export function storedCsv({ inputs, platforms }: StoredComparison): string {
  const nothing = ['', '', '', ''];
  const asked = inputs.map(({ path, before, after }) => [
    'input',
    '',
    '',
    textCell(path),
    '',
    textCell(before ?? ''),
    textCell(after ?? ''),
    ...nothing,
  ]);
  const found = platforms.flatMap(({ before, after, differences }) =>
    differences.map((difference) => [
      'metric',
      textCell(before),
      textCell(after),
      difference.metric,
      difference.unit,
      numberCell(difference.before),
      numberCell(difference.after),
      numberCell(difference.mean),
      numberCell(difference.ci?.[0]),
      numberCell(difference.ci?.[1]),
      String(difference.isReal),
    ]),
  );
  return csvText(columns, [...asked, ...found]);
}
