/**
 * Counts per minute: the `counts` format (`minute,requests`) and the invocations of Azure Functions 2019 (one row a
 * function, one column a minute of the day; all functions are added up).
 */
import type { CsvReader, CsvRow } from './csvReader.js';
import { type RowFaults, shown } from './rowFaults.js';
import { isoToUs } from './stampText.js';
import { hasWidth, numberOf } from './timestamps.js';
import type { CountedRows } from './trace.js';

const minuteUs = 60_000_000;
/** Minutes since 1970 or nothing: 10^9 seconds. */
const epochMinutes = 1e9 / 60;

/** `minute,requests`, in either order of columns; others are left alone. Null when something is wrong. */
export function readCounts(reader: CsvReader, faults: RowFaults): CountedRows | null {
  const header = reader.next();
  if (header === null) return null;
  const minuteIndex = header.cells.indexOf('minute');
  const countIndex = header.cells.indexOf('requests');
  if (minuteIndex < 0 || countIndex < 0) {
    const missing = minuteIndex < 0 ? 'minute' : 'requests';
    faults.add(header.position(0), `there is no column '${missing}'`, 'write the header minute,requests');
    return null;
  }
  const rows: { minute: number; count: number; row: CsvRow }[] = [];
  let isDated = false;
  for (let row = reader.next(); row !== null; row = reader.next()) {
    if (!hasWidth(row, header, faults)) continue;
    const cell = row.cells[minuteIndex]!;
    const dateUs = isoToUs(cell);
    if (rows.length === 0) isDated = dateUs !== null;
    const minute = isDated ? dateUs && Math.floor(dateUs / minuteUs) : wholeOf(cell);
    if (minute === null) faults.add(row.position(minuteIndex), `${shown(cell)} is no minute`, 'write 0, 1, 2 ...');
    const count = countOf(row, countIndex, faults);
    if (minute !== null && count !== null) rows.push({ minute, count, row });
  }
  if (faults.issues.length > 0 || rows.length === 0) return null;
  warnOfDisorder(rows, minuteIndex, faults);
  const first = rows.reduce((least, { minute }) => Math.min(least, minute), Infinity);
  const offset = isDated || first > epochMinutes ? first : 0;
  const sums = new Map<number, number>();
  for (const { minute, count } of rows) sums.set(minute - offset, (sums.get(minute - offset) ?? 0) + count);
  return countedRows([...sums].sort(([a], [b]) => a - b));
}

/** HashOwner, HashApp, HashFunction, Trigger, 1, 2, … : column m is minute m - 1. Null when something is wrong. */
export function readAzure2019(reader: CsvReader, faults: RowFaults): CountedRows | null {
  const header = reader.next();
  if (header === null) return null;
  const firstIndex = header.cells.indexOf('1');
  const isCounted = firstIndex > 0 && header.cells.slice(firstIndex).every((name, index) => name === String(index + 1));
  if (!isCounted) {
    const hint = 'the header is HashOwner,HashApp,HashFunction,Trigger,1,2,3 ... one column a minute';
    faults.add(header.position(0), 'this is not the invocations file of Azure Functions 2019', hint);
    return null;
  }
  const sums = new Float64Array(header.cells.length - firstIndex);
  let rowCount = 0;
  for (let row = reader.next(); row !== null; row = reader.next()) {
    if (!hasWidth(row, header, faults)) continue;
    rowCount++;
    for (let index = firstIndex; index < row.cells.length; index++) {
      const count = countOf(row, index, faults);
      if (count !== null) sums[index - firstIndex]! += count;
    }
  }
  return rowCount === 0 || faults.issues.length > 0 ? null : countedRows([...sums].map((count, m) => [m, count]));
}

function countedRows(sums: readonly (readonly [minute: number, count: number])[]): CountedRows {
  return {
    kind: 'counts',
    minutes: Float64Array.from(sums, ([minute]) => minute),
    counts: Float64Array.from(sums, ([, count]) => count),
  };
}

function wholeOf(cell: string): number | null {
  const value = numberOf(cell);
  return value !== null && Number.isInteger(value) && value >= 0 ? value : null;
}

function countOf(row: CsvRow, index: number, faults: RowFaults): number | null {
  const count = wholeOf(row.cells[index]!);
  if (count === null)
    faults.add(row.position(index), `${shown(row.cells[index]!)} is no whole number of requests`, 'write 0, 1, 2 ...');
  return count;
}

function warnOfDisorder(
  rows: readonly { readonly minute: number; readonly row: CsvRow }[],
  minuteIndex: number,
  faults: RowFaults,
): void {
  const late = rows.filter(({ minute }, i) => i > 0 && minute < rows[i - 1]!.minute);
  if (late.length === 0) return;
  const count = late.length === 1 ? '1 row is' : `${late.length} rows are`;
  const at = late[0]!.row.position(minuteIndex);
  faults.warn(at, `${count} earlier than the row before, this the first; the trace was sorted by time`);
}
