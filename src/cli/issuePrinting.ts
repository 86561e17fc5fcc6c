/**
 * Issues on their way out: for people in colour, and the forms of `validate` for programs, for GitHub and for SARIF
 * readers. Its own file because all of them must show the same issues. Checked by test/cli/issuePrinting.test.ts.
 */
import { printIssues } from '../scenario/printIssues.js';
import { explainRule } from '../scenario/rules.js';
import type { Issue } from '../units/issue.js';
import type { Colors } from './terminal.js';

/** Issues for people, in colour where there is any; with the text of the files, each with its line underlined. */
export function issueText(
  issues: readonly Issue[],
  colors: Colors,
  textOf?: (file: string) => string | undefined,
): string {
  return printIssues(issues, textOf)
    .split('\n')
    .map((line) =>
      line.replace(/^(\S.*?:\d+:\d+) (error|warning) /, (_, place: string, severity: string) => {
        const paint = severity === 'error' ? colors.red : colors.yellow;
        return `${place} ${paint(severity)} `;
      }),
    )
    .join('\n');
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

/** Escapes of GitHub's workflow commands. */
function annotation(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
function property(text: string): string {
  return annotation(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
