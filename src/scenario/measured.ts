/**
 * One column of measured durations (`empirical:`): CSV text to microseconds.
 *
 * Its own file because it reads data, not a scenario; a wrong row is reported at its own place in its own file.
 */
import type { DistributionSpec } from '../units/distributionSpec.js';
import { usPerUnit } from '../units/duration.js';
import type { Reading } from '../units/number.js';
import type { Fault } from './form.js';
import type { Rule } from './rules.js';

type MeasuredReading = Reading<DistributionSpec> & { readonly rule?: Rule; readonly at?: NonNullable<Fault['at']> };

/** The column; its header's suffix (`duration_ms`) is the unit. Blank lines, a byte order mark, CRLF are no matter. */
export function readMeasured(text: string, file: string): MeasuredReading {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const first = lines.findIndex((line) => line.trim() !== '');
  const header = unquoted(lines[first] ?? '');
  const unit = /_(us|ms|s|m|h)$/.exec(header)?.[1];
  const fault = (line: number, message: string, hint?: string): MeasuredReading => {
    const at = { file, line: line + 1, column: 1 };
    return { ok: false, code: 'range', rule: 'trace', message, at, ...(hint ? { hint } : {}) };
  };
  if (first < 0) return fault(0, 'names a file with no rows');
  if (header.includes(',')) return fault(first, 'must be a file of one column', 'keep only the durations');
  if (!unit) {
    const hint = 'name it duration_us, duration_ms or duration_s';
    return fault(
      first,
      `must be a column whose name ends in its unit, got ${JSON.stringify(header.slice(0, 60))}`,
      hint,
    );
  }
  const factorUs = usPerUnit.get(unit)!;
  const values: number[] = [];
  let wrongCount = 0;
  let wrongLine = -1;
  for (let line = first + 1; line < lines.length; line++) {
    const cell = unquoted(lines[line]!);
    if (cell === '') continue;
    const value = /^\d+(\.\d+)?([eE][+-]?\d+)?$/.test(cell) ? Number(cell) * factorUs : Number.NaN;
    if (Number.isFinite(value)) values.push(value);
    else if (wrongCount++ === 0) wrongLine = line;
  }
  if (wrongCount > 0) {
    const rest = wrongCount > 1 ? ` (and ${wrongCount - 1} more rows like it)` : '';
    return fault(wrongLine, `has a row that is no duration of at least 0${rest}`, 'one number a row');
  }
  return values.length === 0
    ? fault(first, 'names a file with no rows')
    : { ok: true, value: { kind: 'empirical', values } };
}

function unquoted(line: string): string {
  return line
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .trim();
}
