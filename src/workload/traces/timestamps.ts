/**
 * The `timestamps` format: CSV with a header, one row an arrival. The first column is the moment, or the one named; its
 * suffix gives the unit or its cells are ISO 8601. A `duration_s`, `duration_ms` or `duration_us` column feeds
 * `wait: trace`.
 */
import type { CellPosition, CsvReader, CsvRow } from './csvReader.js';
import { type RowFaults, shown } from './rowFaults.js';
import { type RawRow, type RawTrace, stampRows } from './stampedRows.js';
import { isoToUs } from './stampText.js';
import type { StampedRows } from './trace.js';

/** Microseconds of the unit at the end of a column's name. */
const unitsUs: ReadonlyMap<string, number> = new Map([
  ['s', 1e6],
  ['ms', 1e3],
  ['us', 1],
]);

/** Null when something is wrong; `faults` says what. `column` null: the first. */
export function readTimestamps(reader: CsvReader, column: string | null, faults: RowFaults): StampedRows | null {
  const header = reader.next();
  if (header === null) return null;
  const stampIndex = column === null ? 0 : header.cells.indexOf(column);
  if (stampIndex < 0) {
    faults.add(header.position(0), `there is no column ${shown(column ?? '')}`, `columns: ${columnList(header)}`);
    return null;
  }
  if (isMoment(header.cells[stampIndex]!)) {
    faults.add(header.position(stampIndex), 'the first line must be a header', 'write t_s above the stamps');
    return null;
  }
  const waitIndex = header.cells.findIndex((name, index) => index !== stampIndex && /^duration_(s|ms|us)$/.test(name));
  const raw = readRows(reader, { header, stampIndex, waitIndex }, faults);
  return raw === null || faults.issues.length > 0 || raw.rows.length === 0 ? null : stampRows(raw, faults);
}

/** The unit a column's name ends in, as microseconds; null without one. */
export function unitOfColumn(name: string): number | null {
  const suffix = /_(s|ms|us)$/.exec(name);
  return suffix === null ? null : unitsUs.get(suffix[1]!)!;
}

/** A finite number in plain or exponent form; null for anything else, an empty cell included. */
export function numberOf(cell: string): number | null {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(cell)) return null;
  const value = Number(cell);
  return Number.isFinite(value) ? value : null;
}

interface Columns {
  readonly header: CsvRow;
  readonly stampIndex: number;
  /** -1 without a duration. */
  readonly waitIndex: number;
}

function readRows(reader: CsvReader, columns: Columns, faults: RowFaults): RawTrace | null {
  const { header, stampIndex, waitIndex } = columns;
  const unitUs = unitOfColumn(header.cells[stampIndex]!);
  const waitUnitUs = waitIndex < 0 ? 1 : unitOfColumn(header.cells[waitIndex]!)!;
  const rows: RawRow[] = [];
  let isDated = false;
  for (let row = reader.next(); row !== null; row = reader.next()) {
    if (!hasWidth(row, header, faults)) continue;
    const cell = row.cells[stampIndex]!;
    const at = row.position(stampIndex);
    const dateUs = isoToUs(cell);
    const number = numberOf(cell);
    if (rows.length === 0) {
      isDated = dateUs !== null;
      if (!isDated && number !== null && unitUs === null) {
        const name = shown(header.cells[stampIndex]!);
        faults.add(
          header.position(stampIndex),
          `column ${name} does not say its unit`,
          'end its name in _s, _ms or _us',
        );
        return null;
      }
      if (!isDated && number !== null) warnOfUnit(number, unitUs!, at, faults);
    }
    const atUs = isDated ? dateUs : number === null ? null : number * unitUs!;
    if (atUs === null) {
      faults.add(
        at,
        `${shown(cell)} is no ${isDated ? 'date' : 'number'}`,
        isDated ? 'write 2026-01-31T12:00:00Z' : 'write 1.5',
      );
      continue;
    }
    const waitUs = waitIndex < 0 ? 0 : waitOf(row, waitIndex, waitUnitUs, faults);
    if (waitUs !== null) rows.push({ atUs: Math.round(atUs), entryIndex: 0, waitUs, at });
  }
  return { rows, isDated, hasEntries: false, hasWaits: waitIndex >= 0 };
}

/** The duration a row carries; null when it is none, and `faults` knows. */
export function waitOf(row: CsvRow, index: number, unitUs: number, faults: RowFaults): number | null {
  const cell = row.cells[index]!;
  const value = numberOf(cell);
  if (value !== null && value >= 0) return Math.round(value * unitUs);
  const fault = value === null ? `${shown(cell)} is no number` : 'a duration must not be negative';
  faults.add(row.position(index), fault, 'write 0.25');
  return null;
}

/** Whether the row has as many cells as the header; if not, `faults` knows. */
export function hasWidth(row: CsvRow, header: CsvRow, faults: RowFaults): boolean {
  if (row.cells.length === header.cells.length) return true;
  const wanted = header.cells.length;
  faults.add(row.position(0), `the row has ${row.cells.length} cells, the header ${wanted}`, `write ${wanted} cells`);
  return false;
}

/** A stamp where a column's name should be. */
function isMoment(cell: string): boolean {
  return numberOf(cell) !== null || isoToUs(cell) !== null;
}

/** Seconds since 1970 of a day between 2001 and 2052. */
const isLikelyEpochS = (seconds: number): boolean => seconds > 1e9 && seconds < 2.6e9;

/** Stamps of another unit than the name says show by an epoch: no trace begins in the year 50,000 or after 20 days. */
function warnOfUnit(first: number, unitUs: number, at: CellPosition, faults: RowFaults): void {
  if (isLikelyEpochS((first * unitUs) / 1e6)) return;
  for (const [unit, us] of unitsUs) {
    // Seconds since 1970 read as microseconds are half an hour: a trace may well begin there.
    const isPlausible = unit === 's' && unitUs === 1;
    if (isPlausible || !isLikelyEpochS((first * us) / 1e6)) continue;
    faults.warn(at, `the first stamp looks like ${unit} since 1970, not like the unit in the column's name`);
  }
}

function columnList({ cells }: CsvRow): string {
  return cells.slice(0, 10).map(shown).join(', ');
}
