/**
 * From the text of a trace to a `Trace`: the one door to the formats of this folder. Every fault is an issue with the
 * trace's own file, line and column.
 */
import type { Checked, Issue } from '../../units/issue.js';
import { isLogLine, readAccessLog } from './accessLog.js';
import { readAzure2021 } from './azure2021.js';
import { readAzure2019, readCounts } from './counts.js';
import { CsvReader } from './csvReader.js';
import { type EntryPattern, EntryPatterns } from './entryPatterns.js';
import { RowFaults } from './rowFaults.js';
import { readTimestamps } from './timestamps.js';
import type { Trace, TraceFormat } from './trace.js';

export interface TraceOptions {
  /** Null or left out: by the first line. */
  readonly format?: TraceFormat | null;
  /** The column of the moments (`timestamps` only); null or left out: the first. */
  readonly column?: string | null;
  /** Patterns of method and path, in the order of the source's entries; left out: every row asks for the first. */
  readonly entries?: readonly EntryPattern[];
}

/**
 * Read a trace.
 *
 * @param text the whole file, decoded
 * @param file the name to report rows under
 * @returns at most one issue for bad rows (the first, with the count of the rest); warnings for rows sorted, left out,
 *   or in a suspicious unit. Cost: O(n log n) in rows.
 */
export function parseTrace(text: string, file: string, options: TraceOptions = {}): Checked<Trace> {
  const { column = null, entries = [null] } = options;
  const format = options.format ?? formatOf(text);
  const faults = new RowFaults(file);
  const misfit = optionFault(format, column, entries);
  if (misfit !== undefined) faults.add({ line: 1, column: 1 }, misfit);
  const rows =
    misfit === undefined ? readers[format](text, { column, entries: new EntryPatterns(entries), faults }) : null;
  if (rows !== null && faults.issues.length === 0)
    return { ok: true, value: { format, rows }, warnings: faults.warnings };
  return { ok: false, issues: faults.issues.length > 0 ? faults.issues : [noRows(file)] };
}

/** The format that the first line shows; what is none of the others is taken for `timestamps`. */
export function formatOf(text: string): TraceFormat {
  const line = /^\uFEFF?\s*([^\r\n]*)/.exec(text)![1]!;
  if (isLogLine(line)) return 'access-log';
  const names = new CsvReader(line).next()?.cells ?? [];
  if (names.includes('end_timestamp') && names.includes('duration')) return 'azure-2021';
  if (names.includes('HashFunction') && names.includes('1')) return 'azure-2019';
  if (names.includes('minute') && names.includes('requests')) return 'counts';
  return 'timestamps';
}

interface Reading {
  readonly column: string | null;
  readonly entries: EntryPatterns;
  readonly faults: RowFaults;
}

const readers: Readonly<Record<TraceFormat, (text: string, reading: Reading) => Trace['rows'] | null>> = {
  timestamps: (text, { column, faults }) => readTimestamps(new CsvReader(text), column, faults),
  counts: (text, { faults }) => readCounts(new CsvReader(text), faults),
  'access-log': (text, { entries, faults }) => readAccessLog(text, entries, faults),
  'azure-2019': (text, { faults }) => readAzure2019(new CsvReader(text), faults),
  'azure-2021': (text, { faults }) => readAzure2021(new CsvReader(text), faults),
};

function optionFault(format: TraceFormat, column: string | null, entries: readonly EntryPattern[]): string | undefined {
  if (column !== null && format !== 'timestamps') return `column is for the format timestamps, this is ${format}`;
  const hasPatterns = entries.some((pattern) => pattern !== null && pattern !== 'else');
  if (hasPatterns && format !== 'access-log')
    return `entries by method and path need a log with both (access-log), this is ${format}`;
  return undefined;
}

function noRows(file: string): Issue {
  const at = { file, line: 1, column: 1 };
  return { code: 'trace', severity: 'error', at, path: '', message: 'no rows', hint: 'give at least one arrival' };
}
