/**
 * The faults of a trace's rows: the first is told with its place, the rest are counted. A log of a million lines in the
 * wrong format is one mistake, not a million. Warnings are counted the same way.
 */
import type { Issue } from '../../units/issue.js';
import type { CellPosition } from './csvReader.js';

export class RowFaults {
  private readonly file: string;
  private first: Issue | null = null;
  private lastLine = 0;
  /** Rows beyond the first that are at fault. */
  private restCount = 0;
  private readonly warned: Issue[] = [];

  constructor(file: string) {
    this.file = file;
  }

  /** A row is at fault. Faults come in order of lines; several of one line count once. */
  add(at: CellPosition, message: string, hint?: string): void {
    if (this.first === null) {
      this.first = this.issue('error', at, message, hint);
    } else if (at.line !== this.lastLine) this.restCount++;
    this.lastLine = at.line;
  }

  warn(at: CellPosition, message: string, hint?: string): void {
    this.warned.push(this.issue('warning', at, message, hint));
  }

  /** Empty when no row is at fault. */
  get issues(): readonly Issue[] {
    if (this.first === null) return [];
    if (this.restCount === 0) return [this.first];
    const rows = this.restCount === 1 ? '1 more row' : `${this.restCount} more rows`;
    return [{ ...this.first, message: `${this.first.message} (and ${rows} of this file)` }];
  }

  get warnings(): readonly Issue[] {
    return this.warned;
  }

  private issue(severity: Issue['severity'], { line, column }: CellPosition, message: string, hint?: string): Issue {
    const at = { file: this.file, line, column };
    return { code: 'trace', severity, at, path: '', message, ...(hint === undefined ? {} : { hint }) };
  }
}

/** How a found cell is shown in a message: short, on one line. The rest of the file is never printed. */
export function shown(cell: string): string {
  const line = cell.replace(/\s+/g, ' ');
  return line.length > 40 ? `'${line.slice(0, 37)}...'` : `'${line}'`;
}
