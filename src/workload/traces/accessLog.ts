/**
 * The `access-log` format: the common and the combined log of Apache and nginx, one line an arrival. Dates are taken
 * off; method and path choose the entry.
 */
import type { EntryPatterns } from './entryPatterns.js';
import { type RowFaults, shown } from './rowFaults.js';
import { type RawRow, stampRows } from './stampedRows.js';
import { logStampToUs } from './stampText.js';
import type { StampedRows } from './trace.js';

/** host ident user [moment] "request" status bytes …; the user may hold spaces, the request escaped quotes. */
const linePattern = /^\S+ \S+ .*?\[([^\]]*)\] "((?:[^"\\]|\\.)*)" (\d{3}|-) (\d+|-)(?: |$)/;

/** Whether a line is one of a web log. */
export function isLogLine(line: string): boolean {
  return linePattern.test(line);
}

/** Null when something is wrong or nothing is left; `faults` says what. */
export function readAccessLog(text: string, entries: EntryPatterns, faults: RowFaults): StampedRows | null {
  const rows: RawRow[] = [];
  let unmatched: { count: number; readonly at: RawRow['at'] } | null = null;
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const match = linePattern.exec(line);
    if (match === null) {
      const hint = 'write host - - [17/May/2015:10:05:03 +0000] "GET /path HTTP/1.1" 200 1234';
      faults.add({ line: index + 1, column: 1 }, `${shown(line)} is no line of a web log`, hint);
      continue;
    }
    const at = { line: index + 1, column: line.indexOf('[') + 2 };
    const atUs = logStampToUs(match[1]!);
    if (atUs === null) {
      faults.add(at, `${shown(match[1]!)} is no date`, 'write 17/May/2015:10:05:03 +0000');
      continue;
    }
    const [method = '-', target = '-'] = match[2]!.split(' ');
    const entryIndex = entries.entryOf(method, target);
    if (entryIndex >= 0) rows.push({ atUs, entryIndex, waitUs: 0, at });
    else if (unmatched === null) unmatched = { count: 1, at };
    else unmatched.count++;
  }
  if (faults.issues.length > 0) return null;
  if (unmatched !== null) tellUnmatched(unmatched.count, unmatched.at, rows.length === 0, faults);
  return rows.length === 0 ? null : stampRows({ rows, isDated: true, hasEntries: true, hasWaits: false }, faults);
}

function tellUnmatched(count: number, at: RawRow['at'], isAll: boolean, faults: RowFaults): void {
  const hint = 'add `else: service.operation` to the entry to keep them';
  if (isAll) faults.add(at, 'no row matches a pattern of the entry', hint);
  else
    faults.warn(at, `${count === 1 ? '1 row matches' : `${count} rows match`} no pattern of the entry, left out`, hint);
}
