/** `events.csv`: one row an event of a platform's recorded replication, in order of time. */
import type { Comparison } from '../../experiment/contract.js';
import { csvText, numberCell, textCell } from './cells.js';

export const eventsColumns = ['platform', 'replication', 't_s', 'kind', 'service', 'instance', 'detail'] as const;

/** By platform, then time; an event of no single service or instance has an empty cell there. */
export function eventsCsv(comparison: Comparison): string {
  const rows: string[][] = [];
  for (const { name, events } of comparison.platforms) {
    if (events === null) continue;
    const head = [textCell(name), numberCell(events.replication)];
    for (const { tS, kind, service, instance, detail } of events.rows)
      rows.push([...head, numberCell(tS), textCell(kind), textCell(service), numberCell(instance), textCell(detail)]);
  }
  return csvText(eventsColumns, rows);
}
