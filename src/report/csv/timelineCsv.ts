/**
 * `timeline.csv`: one row a window and series of a platform's recorded replication. Long form: a spreadsheet pivots
 * it.
 */
import type { Comparison } from '../../experiment/contract.js';
import { csvText, numberCell, textCell } from './cells.js';

export const timelineColumns = ['platform', 'replication', 't_s', 'scope', 'name', 'metric', 'value'] as const;

/** By platform, then time (`t_s`: where the window begins, from clock 0), then series; no value is an empty cell. */
export function timelineCsv(comparison: Comparison): string {
  const rows: string[][] = [];
  for (const { name, timeline } of comparison.platforms) {
    if (timeline === null) continue;
    const platform = textCell(name);
    const replication = numberCell(timeline.replication);
    timeline.startsS.forEach((startS, index) => {
      const time = numberCell(startS);
      for (const { scope, name: own, metric, values } of timeline.series)
        rows.push([platform, replication, time, scope, textCell(own), metric, numberCell(values[index])]);
    });
  }
  return csvText(timelineColumns, rows);
}
