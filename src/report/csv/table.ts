/**
 * A table before it is written: columns, and rows of plain values. Its own file because the same rows become CSV here
 * and Parquet in `host`, and neither form should know what is in them.
 */
import { csvText, numberCell, textCell } from './cells.js';

/** Null, and a number that is not finite, is no value. */
export type TableValue = string | number | boolean | null | undefined;

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly TableValue[])[];
}

export function tableCsv({ columns, rows }: Table): string {
  return csvText(
    columns.map(textCell),
    rows.map((row) => row.map(cellOf)),
  );
}

function cellOf(value: TableValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return numberCell(value);
  return typeof value === 'string' ? textCell(value) : String(value);
}
