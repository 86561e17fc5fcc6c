/**
 * What stands in a CSV cell, and the writing of rows: RFC 4180 quotes, LF, a header always.
 *
 * Its own file because the rules are the same for every table and easy to get wrong: csv-stringify would write booleans
 * as `1`, and its own formula escaping would spoil negative numbers; so cells reach it as finished text.
 */
import { stringify } from 'csv-stringify/browser/esm/sync';

/** Rows of finished cells to CSV text; the first row is the header. */
export function csvText(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return stringify([header, ...rows] as string[][], { record_delimiter: '\n', quoted_match: /[\r\n]/ });
}

/** Rows alone, for a table that is written bit by bit. */
export function csvRows(rows: readonly (readonly string[])[]): string {
  return rows.length === 0 ? '' : stringify(rows as string[][], { record_delimiter: '\n', quoted_match: /[\r\n]/ });
}

/**
 * A number in its shortest form that reads back as the same number; empty where there is no value.
 * NaN and the infinities are no values either: an empty cell, never their names. `-0` is `0`.
 */
export function numberCell(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '';
  return value === 0 ? '0' : String(value);
}

/** An exact decimal (money, quantities) as it is; whatever isn't one is treated as text. Empty stays empty. */
export function decimalCell(decimal: string): string {
  return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(decimal) ? decimal : textCell(decimal);
}

/**
 * Text that a spreadsheet will not run as a formula: one that begins with `=`, `+`, `-`, `@` (or their full-width
 * forms), a tab, a carriage return or a line feed gets an apostrophe in front. Source: OWASP, CSV Injection.
 */
export function textCell(text: string): string {
  return /^[=+\-@＝＋－＠\t\r\n]/.test(text) ? `'${text}` : text;
}
