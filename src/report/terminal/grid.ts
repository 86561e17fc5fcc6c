/**
 * Text in columns for a terminal: measured, aligned, coloured last.
 *
 * Its own file because widths are easy to get wrong: colour codes take no room, some characters take two places, and a
 * user's name may hold control characters, which must not reach a terminal.
 */
import { counted } from '../figures.js';

/** What a colour means; the caller turns it into escape codes, or into nothing. */
export type Tone = 'good' | 'bad' | 'quiet' | 'strong';
export type Colour = (tone: Tone, text: string) => string;

export interface Cell {
  readonly text: string;
  readonly tone?: Tone;
}

export interface GridColumn {
  readonly title: string;
  readonly align: 'left' | 'right';
}

/**
 * Lines of a table: a header (a title may have two lines, parted by a line end), then rows; two spaces between
 * columns, one before the first. Cells may be missing.
 */
export function gridLines(
  columns: readonly GridColumn[],
  rows: readonly (readonly Cell[])[],
  colour: Colour,
): string[] {
  const widths = gridWidths(columns, rows);
  const lineOf = (cells: readonly Cell[]): string =>
    ` ${columns
      .map(({ align }, index) => {
        const cell = cells[index] ?? { text: '' };
        const room = ' '.repeat((widths[index] ?? 0) - displayWidth(cell.text));
        const shown = cell.tone === undefined || cell.text === '' ? cell.text : colour(cell.tone, cell.text);
        return align === 'left' ? shown + room : room + shown;
      })
      .join('  ')}`.trimEnd();
  const titles = columns.map(({ title }) => title.split('\n'));
  const height = Math.max(1, ...titles.map((lines) => lines.length));
  // Titles of one line stand at the bottom, above their numbers.
  const header = Array.from({ length: height }, (_, row) =>
    lineOf(titles.map((lines): Cell => ({ text: lines[row - height + lines.length] ?? '', tone: 'strong' }))),
  );
  return [...header, ...rows.map(lineOf)];
}

/** Places the table takes, the leading space included. */
export function gridWidth(columns: readonly GridColumn[], rows: readonly (readonly Cell[])[]): number {
  return gridWidths(columns, rows).reduce((sum, width) => sum + width + 2, -1);
}

function gridWidths(columns: readonly GridColumn[], rows: readonly (readonly Cell[])[]): number[] {
  return columns.map(({ title }, index) =>
    rows.reduce(
      (most, row) => Math.max(most, displayWidth(row[index]?.text ?? '')),
      Math.max(...title.split('\n').map(displayWidth)),
    ),
  );
}

const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufe6f\uff00-\uff60\u{1f300}-\u{1faff}\u{20000}-\u{3ffff}]/u;

/** Places a text takes on a terminal: two for wide East Asian characters and emoji, none for combining marks. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    if (/\p{Mark}|\u200b|\u200d|\ufe0f/u.test(character)) continue;
    width += wide.test(character) ? 2 : 1;
  }
  return width;
}

/** Text fit for a terminal: control and direction characters become a dot, fine spaces plain ones. */
export function plainText(text: string): string {
  return text.replace(/[\u00a0\u2009\u202f]/g, ' ').replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/gu, '·');
}

/** A number of things for a terminal: `1 cell`, `12 345 cells`. */
export function countedPlainly(count: number, one: string, many?: string): string {
  return plainText(counted(count, one, many));
}
