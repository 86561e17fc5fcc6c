/** `events.csv`: one row an event of a platform's recorded replications, each in order of time. */
import type { Comparison } from '../../experiment/contract.js';
import { csvText, numberCell, textCell } from './cells.js';

export const eventsColumns = ['platform', 'replication', 't_s', 'kind', 'service', 'instance', 'detail'] as const;

/** By platform, then replication, then time; an event of no single service or instance has an empty cell there. */
export function eventsCsv(comparison: Comparison): string {
  const rows: string[][] = [];
  for (const { name, events, otherRecordings = [] } of comparison.platforms)
    for (const log of [events, ...otherRecordings.map((recording) => recording.events)]) {
      if (log === null) continue;
      const head = [textCell(name), numberCell(log.replication)];
      for (const { tS, kind, service, instance, detail } of log.rows)
        rows.push([...head, numberCell(tS), textCell(kind), textCell(service), numberCell(instance), textCell(detail)]);
    }
  return csvText(eventsColumns, rows);
}
