/**
 * `sweep.csv`: the rows of `summary.csv` of every cell, preceded by one column for each varied path. Its own file: a
 * tidy table, one row a number, is what other tools read. Refused cells have no rows. It is written cell by cell, for
 * all of it need not fit in memory.
 */
import type { Cell } from '../../experiment/cells.js';
import { csvRows, csvText, textCell } from './cells.js';
import { summaryColumns, summaryRows } from './summaryCsv.js';

/** @param paths the varied paths, in the order of the cells' settings */
export function sweepCsvHead(paths: readonly string[]): string {
  return csvText([...paths.map(textCell), ...summaryColumns], []);
}

export function sweepCsvRows({ settings, platforms }: Cell): string {
  const values = settings.map(({ value }) => textCell(value));
  return csvRows(platforms.flatMap((platform) => summaryRows(platform).map((row) => [...values, ...row])));
}
