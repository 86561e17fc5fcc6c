/**
 * The issues that compiling finds, gathered as they are met so that all are told at once. Its own file because every
 * part of the compiler reports through it, in the words and places of `scenario`.
 */
import { issueAt } from '../scenario/options.js';
import type { Path, Positions } from '../scenario/positions.js';
import type { Issue } from '../units/issue.js';

/** What is wrong at a path; `code` is one of `scenario/rules`, or a warning's own. */
export interface Finding {
  readonly path: Path;
  readonly code: string;
  /** Follows the path: `is not sold on lambda`. */
  readonly message: string;
  readonly hint?: string | undefined;
  readonly part?: 'key' | 'value';
}

export class Findings {
  readonly positions: Positions;
  readonly errors: Issue[] = [];
  readonly warnings: Issue[] = [];

  constructor(positions: Positions) {
    this.positions = positions;
  }

  error(finding: Finding): void {
    this.errors.push(issueAt({ positions: this.positions, ...finding }));
  }

  warn(finding: Finding): void {
    this.warnings.push(issueAt({ positions: this.positions, severity: 'warning', ...finding }));
  }

  addAll(issues: readonly Issue[]): void {
    for (const issue of issues) (issue.severity === 'error' ? this.errors : this.warnings).push(issue);
  }
}

export function distinct(issues: readonly Issue[]): Issue[] {
  const seen = new Set<string>();
  return issues.filter(({ at, code, message }) => {
    const key = `${at.file}:${at.line}:${at.column} ${code} ${message}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
