/**
 * `sweep.csv`: the rows of `summary.csv` of every cell, preceded by one column for each varied path. Its own file: a
 * tidy table, one row a number, is what other tools read. Refused cells have no rows.
 */
import type { Cell } from '../../experiment/cells.js';
import { csvText, textCell } from './cells.js';
import { summaryColumns, summaryRows } from './summaryCsv.js';

/** @param paths the varied paths, in the order of the cells' settings */
export function sweepCsv(paths: readonly string[], cells: readonly Cell[]): string {
  const rows = cells.flatMap(({ settings, platforms }) => {
    const values = settings.map(({ value }) => textCell(value));
    return platforms.flatMap((platform) => summaryRows(platform).map((row) => [...values, ...row]));
  });
  return csvText([...paths.map(textCell), ...summaryColumns], rows);
}
