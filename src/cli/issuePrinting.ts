/**
 * Issues on their way out: the one-line form every command uses, and the forms of `validate` for people (with the line
 * underlined), for programs, for GitHub and for SARIF readers. Its own file because all of them must show the same
 * issues, in the same order, under the same limit. Checked by test/cli/issuePrinting.test.ts.
 */
import { explainRule } from '../scenario/rules.js';
import { type Issue, printIssue } from '../units/issue.js';
import type { Colors } from './terminal.js';

/** At most so many issues are printed for people; the rest is counted. */
export const printedLimit = 50;

/** The lines of a file, for underlining; empty when the file is not at hand. */
export type LinesOf = (file: string) => readonly string[];

/** One line per issue, at most 50 and then `… and N more`, and the count. */
export function issueLines(issues: readonly Issue[], colors: Colors): readonly string[] {
  const lines = issues.slice(0, printedLimit).map((issue) => colored(printIssue(issue), issue, colors));
  return [...lines, ...moreLine(issues)];
}

/** The same, each followed by its place in the file. */
export function prettyLines(issues: readonly Issue[], linesOf: LinesOf, colors: Colors): readonly string[] {
  const lines = issues
    .slice(0, printedLimit)
    .flatMap((issue) => [colored(printIssue(issue), issue, colors), ...frame(issue, linesOf(issue.at.file), colors)]);
  return [...lines, ...moreLine(issues)];
}

/** `3 errors, 1 warning. Nothing was simulated.` */
export function countSentence(issues: readonly Issue[]): string {
  const errors = issues.filter(({ severity }) => severity === 'error').length;
  const warnings = issues.length - errors;
  const parts = [
    ...(errors > 0 ? [`${errors} ${errors === 1 ? 'error' : 'errors'}`] : []),
    ...(warnings > 0 ? [`${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`] : []),
  ];
  return `${parts.length > 0 ? parts.join(', ') : 'no errors'}. Nothing was simulated.`;
}

/** One JSON document, all issues. */
export function issuesJson(files: readonly string[], issues: readonly Issue[]): string {
  const errors = issues.filter(({ severity }) => severity === 'error').length;
  const rows = issues.map(({ at, severity, code, path, message, hint }) => ({
    file: at.file,
    line: at.line,
    column: at.column,
    severity,
    rule: code,
    path,
    message,
    ...(hint === undefined ? {} : { mend: hint }),
  }));
  return `${JSON.stringify({ formatVersion: '1.0', files, errors, warnings: issues.length - errors, issues: rows })}\n`;
}

/** Workflow commands: one annotation per issue. */
export function issuesGithub(issues: readonly Issue[]): string {
  return issues
    .map(({ at, severity, code, message, hint }) => {
      const place = `file=${property(at.file)},line=${at.line},col=${at.column},title=${property(code)}`;
      return `::${severity} ${place}::${annotation(hint === undefined ? message : `${message}; ${hint}`)}\n`;
    })
    .join('');
}

/** SARIF 2.1.0, for code scanning. */
export function issuesSarif(issues: readonly Issue[], version: string): string {
  const rules = [...new Set(issues.map(({ code }) => code))].sort().map((id) => ({
    id,
    ...(explainRule(id) === undefined ? {} : { shortDescription: { text: explainRule(id) } }),
  }));
  const results = issues.map(({ at, severity, code, message, hint, length }) => ({
    ruleId: code,
    level: severity,
    message: { text: hint === undefined ? message : `${message}; ${hint}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(at.file.replaceAll('\\', '/')) },
          region: { startLine: at.line, startColumn: at.column, endColumn: at.column + Math.max(1, length ?? 1) },
        },
      },
    ],
  }));
  const driver = { name: 'windtunnel', version, rules };
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, results }],
  };
  return `${JSON.stringify(log)}\n`;
}

function colored(line: string, { severity }: Issue, colors: Colors): string {
  const mark = ` ${severity} `;
  const at = line.indexOf(mark);
  const paint = severity === 'error' ? colors.red : colors.yellow;
  return at < 0 ? line : `${line.slice(0, at)} ${paint(severity)} ${line.slice(at + mark.length)}`;
}

function moreLine(issues: readonly Issue[]): readonly string[] {
  return issues.length > printedLimit ? [`… and ${issues.length - printedLimit} more`] : [];
}

/** The line before, the line, and what is underlined; a line too long to be read is not shown. */
function frame({ at, severity, length }: Issue, lines: readonly string[], colors: Colors): readonly string[] {
  const text = lines[at.line - 1];
  if (text === undefined || text.length > 160) return [];
  const width = String(at.line).length + 3;
  const numbered = (line: number): string => `${String(line).padStart(width)} | ${visible(lines[line - 1] ?? '')}`;
  const before = lines[at.line - 2];
  const marks = '^'.repeat(Math.max(1, Math.min(length ?? 1, text.length - at.column + 1)));
  const paint = severity === 'error' ? colors.red : colors.yellow;
  return [
    ...(before === undefined || before.trim() === '' || before.length > 160 ? [] : [colors.dim(numbered(at.line - 1))]),
    numbered(at.line),
    `${' '.repeat(width)} | ${' '.repeat(at.column - 1)}${paint(marks)}`,
  ];
}

/** Without what would move the cursor or colour the terminal. */
function visible(line: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those are taken out
  return line.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ');
}

/** Escapes of GitHub's workflow commands. */
function annotation(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
function property(text: string): string {
  return annotation(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
