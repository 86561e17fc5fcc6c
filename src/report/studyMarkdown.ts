/** A study as Markdown, for a pull request: sentences, and the first table. Its own file: the page is another form. */
import type { StudyReport } from './study.js';
import { markdownText } from './terminal/comparisonMarkdown.js';

/** Longer tables are in the CSV. */
const mostRows = 100;

/** Ends with a line end. Names are text: nothing in them is markup. */
export function studyMarkdown({ scenario, sentences, tables }: StudyReport): string {
  const [table] = tables;
  const lineOf = (cells: readonly string[]): string => `| ${cells.map(markdownText).join(' | ')} |`;
  const lines = table
    ? [
        lineOf(table.columns.map(({ title }) => title)),
        `| ${table.columns.map(({ isNumber }) => (isNumber ? '---:' : '---')).join(' | ')} |`,
        ...table.rows.slice(0, mostRows).map(lineOf),
        ...(table.rows.length > mostRows ? ['', `… and ${table.rows.length - mostRows} more rows.`] : []),
      ]
    : [];
  return [`**${markdownText(scenario)}**`, '', ...sentences.map(markdownText), '', ...lines, ''].join('\n');
}
