/**
 * Issues as the terminal shows them: one line each, the line of the file below it, a count at the end.
 *
 * Its own file because `validate`, `run` and every other command print mistakes the same way.
 */
import { type Issue, printIssue, sortIssues } from '../units/issue.js';

/** Issues printed before `… and N more`. */
const mostPrinted = 50;
const widestLine = 160;

/**
 * All issues in order of place, at most 50, then `… and N more`, then the counts.
 *
 * @param textOf the text of a file by the name in its issues, for the code frame; without it no frames are drawn
 */
export function printIssues(issues: readonly Issue[], textOf?: (file: string) => string | undefined): string {
  const sorted = sortIssues(issues);
  const linesOf = new Map<string, readonly string[] | undefined>();
  const lines = sorted.slice(0, mostPrinted).flatMap((issue) => {
    const { file } = issue.at;
    if (!linesOf.has(file))
      linesOf.set(
        file,
        textOf?.(file)
          ?.replace(/^\uFEFF/, '')
          .split(/\r\n|\n|\r/),
      );
    const source = linesOf.get(file);
    const frame = source ? frameOf(issue, source) : undefined;
    if (!frame) return [printIssue(issue)];
    const { hint: _, ...withoutHint } = issue;
    return [printIssue(withoutHint), ...frame];
  });
  if (sorted.length > mostPrinted) lines.push(`… and ${sorted.length - mostPrinted} more`);
  return [...lines, countIssues(sorted)].join('\n');
}

/** `3 errors, 1 warning` */
export function countIssues(issues: readonly Issue[]): string {
  const errorCount = issues.filter(({ severity }) => severity === 'error').length;
  const warningCount = issues.length - errorCount;
  const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
  if (warningCount === 0) return counted(errorCount, 'error');
  return errorCount === 0
    ? counted(warningCount, 'warning')
    : `${counted(errorCount, 'error')}, ${counted(warningCount, 'warning')}`;
}

/** The line before, the line itself, and carets under what is meant with the mend beside them. */
function frameOf({ at, length = 1, hint }: Issue, source: readonly string[]): string[] | undefined {
  const line = source[at.line - 1];
  if (line === undefined || at.column > widestLine) return undefined;
  const width = String(at.line).length;
  const numbered = (number: number, text: string) =>
    `   ${String(number).padStart(width)} | ${visible(text.slice(0, widestLine))}`;
  const before = at.line > 1 ? [numbered(at.line - 1, source[at.line - 2]!)] : [];
  const carets = '^'.repeat(Math.max(1, Math.min(length, line.length - at.column + 1, widestLine - at.column + 1)));
  const under = `   ${' '.repeat(width)} | ${' '.repeat(at.column - 1)}${carets}${hint ? ` ${hint}` : ''}`;
  return [...before, numbered(at.line, line), under];
}

/** Control characters as pictures of themselves: what a file holds must not steer the terminal. */
function visible(text: string): string {
  return text.replaceAll('\t', ' ').replaceAll(/\p{Cc}/gu, '\u00b7');
}
