/**
 * From rows with a moment each to a trace: epoch taken off, sorted, whole microseconds. Shared by the formats that
 * stamp every row, so that all of them treat dates and disorder alike.
 */
import type { CellPosition } from './csvReader.js';
import type { RowFaults } from './rowFaults.js';
import type { StampedRows } from './trace.js';

export interface RawRow {
  /** Whole microseconds: from 1970 where the cell was a date, else as the file counts. */
  readonly atUs: number;
  readonly entryIndex: number;
  readonly waitUs: number;
  readonly at: CellPosition;
}

export interface RawTrace {
  readonly rows: readonly RawRow[];
  /** Whether the stamps are dates: then the first is clock 0. */
  readonly isDated: boolean;
  readonly hasEntries: boolean;
  readonly hasWaits: boolean;
}

/** Seconds since 1970 or nothing: above 10^9 a first stamp is taken off all. */
const epochUs = 1e9 * 1e6;

/** Null when a row is at fault (a negative time); `faults` says which. `rows` has at least one. */
export function stampRows({ rows, isDated, hasEntries, hasWaits }: RawTrace, faults: RowFaults): StampedRows | null {
  // Stable, so rows of equal time keep their order in the file.
  const sorted = rows.toSorted((a, b) => a.atUs - b.atUs);
  warnOfDisorder(rows, faults);
  const firstUs = sorted[0]!.atUs;
  const offsetUs = isDated || firstUs > epochUs ? firstUs : 0;
  if (firstUs < 0 && !isDated) {
    for (const row of rows) if (row.atUs < 0) faults.add(row.at, 'a time must not be negative', 'count from 0');
    return null;
  }
  return {
    kind: 'stamps',
    atUs: Float64Array.from(sorted, (row) => row.atUs - offsetUs),
    entryIndices: hasEntries ? Int32Array.from(sorted, (row) => row.entryIndex) : null,
    waitsUs: hasWaits ? Float64Array.from(sorted, (row) => row.waitUs) : null,
  };
}

function warnOfDisorder(rows: readonly RawRow[], faults: RowFaults): void {
  let lateCount = 0;
  let first: RawRow | null = null;
  for (let i = 1; i < rows.length; i++) {
    if (rows[i]!.atUs >= rows[i - 1]!.atUs) continue;
    lateCount++;
    first ??= rows[i]!;
  }
  if (first === null) return;
  const steps = lateCount === 1 ? '1 row is' : `${lateCount} rows are`;
  faults.warn(first.at, `${steps} earlier than the row before, this the first; the trace was sorted by time`);
}
