/**
 * The `azure-2021` format: one row an invocation (app, func, end_timestamp, duration; seconds). It began at end minus
 * duration, and the duration feeds `wait: trace`. Source: Azure Functions Invocation Trace 2021 (Zhang et al., SOSP
 * 2021).
 */
import type { CsvReader } from './csvReader.js';
import { type RowFaults, shown } from './rowFaults.js';
import { type RawRow, stampRows } from './stampedRows.js';
import { hasWidth, numberOf, waitOf } from './timestamps.js';
import type { StampedRows } from './trace.js';

/** Null when something is wrong; `faults` says what. */
export function readAzure2021(reader: CsvReader, faults: RowFaults): StampedRows | null {
  const header = reader.next();
  if (header === null) return null;
  const endIndex = header.cells.indexOf('end_timestamp');
  const durationIndex = header.cells.indexOf('duration');
  if (endIndex < 0 || durationIndex < 0) {
    const hint = 'the header is app,func,end_timestamp,duration';
    faults.add(header.position(0), 'this is not a trace of Azure Functions 2021', hint);
    return null;
  }
  const rows: RawRow[] = [];
  let earlyCount = 0;
  for (let row = reader.next(); row !== null; row = reader.next()) {
    if (!hasWidth(row, header, faults)) continue;
    const at = row.position(endIndex);
    const end = numberOf(row.cells[endIndex]!);
    if (end === null || end < 0) {
      const fault = end === null ? `${shown(row.cells[endIndex]!)} is no number` : 'a time must not be negative';
      faults.add(at, fault, 'write seconds');
      continue;
    }
    const waitUs = waitOf(row, durationIndex, 1e6, faults);
    if (waitUs === null) continue;
    const atUs = Math.round(end * 1e6 - waitUs);
    if (atUs < 0) earlyCount++;
    rows.push({ atUs: Math.max(0, atUs), entryIndex: 0, waitUs, at });
  }
  if (rows.length === 0 || faults.issues.length > 0) return null;
  if (earlyCount > 0)
    faults.warn(rows[0]!.at, `${earlyCount} invocations began before the trace did; they come at its beginning`);
  return stampRows({ rows, isDated: false, hasEntries: false, hasWaits: true }, faults);
}
