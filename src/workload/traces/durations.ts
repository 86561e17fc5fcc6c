/**
 * Measured durations for `{empirical: durations.csv}`: one column whose name ends in the unit (`duration_ms`), one
 * value a row. Beside the traces because it is read by the same means and reports faults in the same way.
 */
import type { Checked } from '../../units/issue.js';
import { CsvReader } from './csvReader.js';
import { RowFaults } from './rowFaults.js';
import { hasWidth, unitOfColumn, waitOf } from './timestamps.js';

/** The values in microseconds, real, in file order; at least one. Faults and warnings as `parseTrace` gives them. */
export function parseDurations(text: string, file: string): Checked<readonly number[]> {
  const reader = new CsvReader(text);
  const faults = new RowFaults(file);
  const header = reader.next();
  const values: number[] = [];
  const start = { line: 1, column: 1 };
  const unitUs = header === null ? null : unitOfColumn(header.cells[0]!);
  if (header !== null && header.cells.length > 1) faults.add(header.position(1), 'measured durations are one column');
  else if (header !== null && unitUs === null)
    faults.add(header.position(0), 'the column does not say its unit', 'end its name in _s, _ms or _us');
  else if (header !== null)
    for (let row = reader.next(); row !== null; row = reader.next()) {
      const value = hasWidth(row, header, faults) ? waitOf(row, 0, unitUs!, faults) : null;
      if (value !== null) values.push(value);
    }
  if (faults.issues.length === 0 && values.length === 0) faults.add(start, 'no rows', 'give at least one duration');
  return faults.issues.length > 0
    ? { ok: false, issues: faults.issues }
    : { ok: true, value: values, warnings: faults.warnings };
}
