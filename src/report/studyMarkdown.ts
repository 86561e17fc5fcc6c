/** A study as Markdown, for a pull request: sentences, and the first table. Its own file: the page is another form. */
import { printNumber } from '../units/print.js';
import type { Table, TableValue } from './csv/table.js';
import type { StudyReport } from './study.js';
import { markdownText } from './terminal/comparisonMarkdown.js';

/** Longer tables are in the CSV. */
const mostRows = 100;

/** Ends with a line end. Names are text: nothing in them is markup. */
export function studyMarkdown({
  scenario,
  sentences,
  tables,
}: Pick<StudyReport, 'scenario' | 'sentences' | 'tables'>): string {
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

/** The same of a search that has a finding and one table. */
export function tableMarkdown(scenario: string, verdict: string, { columns, rows }: Table): string {
  const isNumber = columns.map((_, place) => rows.some((row) => typeof row[place] === 'number'));
  const table = {
    title: '',
    columns: columns.map((title, place) => ({ title, isNumber: isNumber[place] ?? false })),
    rows: rows.map((row) => row.map(shown)),
  };
  return studyMarkdown({ scenario, sentences: [verdict], tables: [table] });
}

function shown(value: TableValue): string {
  if (typeof value === 'number') return Number.isFinite(value) ? printNumber(value) : '';
  return value === null || value === undefined ? '' : String(value);
}
