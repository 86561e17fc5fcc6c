/**
 * Reading CSV as RFC 4180 has it: quoted cells, doubled quotes, commas and line ends inside quotes; with the position
 * of every cell, so that a fault in row 40,000 can be pointed at. A byte-order mark, CRLF, a missing last line end and
 * empty lines are taken as they come.
 *
 * Its own file, and not a package, because traces need positions and this room may load no package.
 */

/** Line and column count from 1. */
export interface CellPosition {
  readonly line: number;
  readonly column: number;
}

const quote = 34;
const comma = 44;
const lineFeed = 10;
const carriageReturn = 13;

export class CsvRow {
  /** Blanks around an unquoted cell are taken off. */
  readonly cells: readonly string[];
  private readonly text: string;
  private readonly line: number;
  private readonly lineBegin: number;
  /** Where in the text each cell begins. */
  private readonly begins: readonly number[];

  constructor(cells: readonly string[], text: string, place: { line: number; lineBegin: number; begins: number[] }) {
    this.cells = cells;
    this.text = text;
    this.line = place.line;
    this.lineBegin = place.lineBegin;
    this.begins = place.begins;
  }

  /** Where a cell begins; quoted line ends before it in its row count as lines. Worked out only when asked for. */
  position(cellIndex: number): CellPosition {
    const begin = this.begins[cellIndex] ?? this.begins[0]!;
    const lines = this.text.slice(this.lineBegin, begin).split(/\r\n|\n|\r/);
    return { line: this.line + lines.length - 1, column: lines[lines.length - 1]!.length + 1 };
  }
}

/** The rows that are not empty, one at a time, from the first. */
export class CsvReader {
  private readonly text: string;
  private at: number;
  private line = 1;
  private lineBegin: number;

  constructor(text: string) {
    this.text = text;
    this.at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
    this.lineBegin = this.at;
  }

  /** The next row, or null at the end. A quote that is never closed ends with the text. */
  next(): CsvRow | null {
    while (this.isLineEnd()) this.endLine();
    if (this.at >= this.text.length) return null;
    const cells: string[] = [];
    const place = { line: this.line, lineBegin: this.lineBegin, begins: [] as number[] };
    for (;;) {
      place.begins.push(this.at);
      cells.push(this.text.charCodeAt(this.at) === quote ? this.quotedCell() : this.plainCell());
      if (this.text.charCodeAt(this.at) !== comma) break;
      this.at++;
    }
    if (this.isLineEnd()) this.endLine();
    return new CsvRow(cells, this.text, place);
  }

  private plainCell(): string {
    const { text, at } = this;
    let end = at;
    for (; end < text.length; end++) {
      const code = text.charCodeAt(end);
      if (code === comma || code === lineFeed || code === carriageReturn) break;
    }
    this.at = end;
    return text.slice(at, end).trim();
  }

  /** What follows the closing quote up to the comma belongs to the cell too: nothing is lost. */
  private quotedCell(): string {
    const { text } = this;
    let cell = '';
    this.at++;
    while (this.at < text.length) {
      const code = text.charCodeAt(this.at);
      if (code === quote) {
        if (text.charCodeAt(this.at + 1) !== quote) break;
        cell += '"';
        this.at += 2;
      } else if (this.isLineEnd()) {
        this.endLine();
        cell += '\n';
      } else {
        cell += text[this.at];
        this.at++;
      }
    }
    this.at++;
    return cell + this.plainCell();
  }

  private isLineEnd(): boolean {
    const code = this.text.charCodeAt(this.at);
    return code === lineFeed || code === carriageReturn;
  }

  private endLine(): void {
    if (this.text.charCodeAt(this.at) === carriageReturn && this.text.charCodeAt(this.at + 1) === lineFeed) this.at++;
    this.at++;
    this.line++;
    this.lineBegin = this.at;
  }
}
