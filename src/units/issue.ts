/**
 * An issue: a fault in what a user wrote, as a value a person can act on and an editor can underline.
 *
 * It lives in `units` because every room that reads a user's words reports this one shape; nothing here throws.
 * Checked by test/units/issue.test.ts against the layout the command line promises for `validate`.
 */

/** Where in a file: both count from 1. `file` is the name to print, `--set` for a value given on the command line. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One mistake. `code` is the stable, documented rule name (kebab-case); `message` is a whole clause with the path. */
export interface Issue {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly at: Position;
  /** Dotted path in the scenario; empty where there is none (a syntax error, a missing file). */
  readonly path: string;
  readonly message: string;
  /** How to put it right, a clause without a full stop. */
  readonly hint?: string;
  /** How many characters to underline from `at`; 1 when unknown. */
  readonly length?: number;
}

/** A value that passed, with what is doubtful about it; or everything that is wrong with it. */
export type Checked<T> =
  | { readonly ok: true; readonly value: T; readonly warnings: readonly Issue[] }
  | { readonly ok: false; readonly issues: readonly Issue[] };

/** `scenarios/a.yaml:14:15 error range  services.booking.memory must be above 0, got 0MB; write 128MB` */
export function printIssue({ at, severity, code, message, hint }: Issue): string {
  return `${at.file}:${at.line}:${at.column} ${severity} ${code}  ${message}${hint ? `; ${hint}` : ''}`;
}

/** By file as first met, then line, then column; equal places keep their order. Returns a new list. */
export function sortIssues(issues: readonly Issue[]): Issue[] {
  const fileOrder = new Map<string, number>();
  for (const { at } of issues) if (!fileOrder.has(at.file)) fileOrder.set(at.file, fileOrder.size);
  return [...issues].sort(
    (a, b) =>
      fileOrder.get(a.at.file)! - fileOrder.get(b.at.file)! || a.at.line - b.at.line || a.at.column - b.at.column,
  );
}
