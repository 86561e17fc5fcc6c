/**
 * `timeline.csv`: one row a window and series of a platform's recorded replications. Long form: a spreadsheet pivots
 * it.
 */
import type { Comparison, Timeline } from '../../experiment/contract.js';
import { csvText, numberCell, textCell } from './cells.js';

export const timelineColumns = ['platform', 'replication', 't_s', 'scope', 'name', 'metric', 'value'] as const;

/** By platform, replication, time (`t_s`: a window's beginning, from clock 0), series; no value is an empty cell. */
export function timelineCsv(comparison: Comparison): string {
  const rows: string[][] = [];
  for (const { name, timeline, otherRecordings = [] } of comparison.platforms) {
    if (timeline === null) continue;
    for (const one of [timeline, ...otherRecordings.map((recording) => recording.timeline)])
      for (const row of rowsOf(textCell(name), one)) rows.push(row);
  }
  return csvText(timelineColumns, rows);
}

function rowsOf(platform: string, timeline: Timeline): readonly string[][] {
  const replication = numberCell(timeline.replication);
  return timeline.startsS.flatMap((startS, index) => {
    const time = numberCell(startS);
    return timeline.series.map(({ scope, name, metric, values }) => [
      platform,
      replication,
      time,
      scope,
      textCell(name),
      metric,
      numberCell(values[index]),
    ]);
  });
}
