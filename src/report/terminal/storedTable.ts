/**
 * Two stored reports compared, as a terminal shows it: what was asked differently, then for each platform the figures
 * that readers ask for first, and all others that really differ. Its own file because it has inputs and outputs, where
 * a comparison of platforms has only outputs.
 */
import type { StoredComparison, StoredDifference, StoredPlatform } from '../../experiment/storedComparison.js';
import { figure } from '../figures.js';
import { markdownText } from './comparisonMarkdown.js';
import { sizedDifference } from './differences.js';
import { type Cell, type Colour, type GridColumn, gridLines, plainText } from './grid.js';

export interface StoredTableOptions {
  readonly widthColumns: number;
  readonly colour: Colour;
}

/** Always shown, whether they differ or not. */
const headline = ['latency_p50', 'latency_p99', 'success_ratio', 'instances_mean', 'cold_starts', 'cost_month'];
const mostInputs = 20;
const mostOthers = 12;

/** The whole text, without a last line end. */
export function storedTable(comparison: StoredComparison, { colour }: StoredTableOptions): string {
  const { inputs, isPaired, platforms, onlyBefore, onlyAfter } = comparison;
  return [
    ...inputLines(inputs, colour),
    '',
    ...platforms.flatMap((platform) => [...platformLines(platform, colour), '']),
    ...onlyBefore.map((name) => ` ${plainText(name)} is only in the first`),
    ...onlyAfter.map((name) => ` ${plainText(name)} is only in the second`),
    isPaired
      ? ' Same visitors in both (paired by replication); "~": the interval of the difference contains 0.'
      : ' Independent runs; "~": the interval of the difference contains 0.',
  ].join('\n');
}

/** The same below a result that was held against a stored one; nothing where it was not. */
export function baselineLines(baseline: StoredComparison | undefined, options: StoredTableOptions): readonly string[] {
  if (!baseline) return [];
  return ['', options.colour('strong', ' BASELINE (first) AND THIS (second)'), storedTable(baseline, options)];
}

/** What a change did, below the result that has it; `compared` holds what really differs and nothing else. */
export function sinceLastLines(compared: StoredComparison, options: StoredTableOptions): readonly string[] {
  const title = options.colour('strong', ' SINCE THE LAST RUN (first) TO THIS (second)');
  const isSame = compared.platforms.length === 0;
  const same = [...inputLines(compared.inputs, options.colour), '', ' Nothing really differs from the last run.'];
  return ['', title, ...(isSame ? same : [storedTable(compared, options)])];
}

/** The same as Markdown, for a pull request. Names are text: nothing in them is markup. */
export function storedMarkdown({ inputs, platforms }: StoredComparison): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const table = (titles: readonly string[], rows: readonly (readonly string[])[]): readonly string[] =>
    [titles, titles.map((_, index) => (index === 0 ? '---' : '---:')), ...rows].map(line);
  const texts = inputs.map((one) => [one.path, one.before ?? '-', one.after ?? '-'].map(markdownText));
  const asked = inputs.length === 0 ? ['Nothing was asked differently.'] : table(['asked', 'first', 'second'], texts);
  const found = platforms.flatMap((platform) => [
    '',
    ...table(
      [markdownText(nameOf(platform)), 'first', 'second', 'difference', 'interval'],
      shownOf(platform).map((one) => rowOf(one).map(({ text }) => markdownText(text))),
    ),
  ]);
  return [...asked, ...found, ''].join('\n');
}

function inputLines(inputs: StoredComparison['inputs'], colour: Colour): readonly string[] {
  if (inputs.length === 0) return [' Nothing was asked differently.'];
  const rows = inputs
    .slice(0, mostInputs)
    .map(({ path, before, after }): readonly Cell[] => [
      { text: plainText(path) },
      { text: shortText(before), tone: 'quiet' },
      { text: shortText(after) },
    ]);
  const columns: readonly GridColumn[] = [
    { title: 'ASKED', align: 'left' },
    { title: 'FIRST', align: 'left' },
    { title: 'SECOND', align: 'left' },
  ];
  const more = inputs.length > mostInputs ? [` … and ${inputs.length - mostInputs} more`] : [];
  return [...gridLines(columns, rows, colour), ...more];
}

function shortText(text: string | null): string {
  return text === null ? '-' : plainText(text.slice(0, 40));
}

function nameOf({ before, after }: StoredPlatform): string {
  return before === after ? before : `${before} and ${after}`;
}

/** Those that are always shown, then all others that really differ. */
function shownOf({ differences }: StoredPlatform): readonly StoredDifference[] {
  const first = headline.flatMap((metric) => differences.find((one) => one.metric === metric) ?? []);
  return [...first, ...differences.filter(({ metric, isReal }) => isReal && !headline.includes(metric))];
}

function platformLines(platform: StoredPlatform, colour: Colour): readonly string[] {
  const columns: readonly GridColumn[] = [
    { title: plainText(nameOf(platform)).toUpperCase(), align: 'left' },
    { title: 'FIRST', align: 'right' },
    { title: 'SECOND', align: 'right' },
    { title: 'DIFFERENCE', align: 'left' },
    { title: '', align: 'left' },
  ];
  const all = shownOf(platform);
  const shown = all.slice(0, headline.length + mostOthers);
  const more = all.length > shown.length ? [` … and ${all.length - shown.length} more that really differ`] : [];
  return [...gridLines(columns, shown.map(rowOf), colour), ...more];
}

function rowOf(difference: StoredDifference): readonly Cell[] {
  const { metric, unit, before, after, ci } = difference;
  const interval = ci ? `[${plainText(figure(ci[0], unit))}, ${plainText(figure(ci[1], unit))}]` : '';
  return [
    { text: metric },
    { text: plainText(figure(before, unit)) },
    { text: plainText(figure(after, unit)) },
    sizedDifference(difference),
    { text: interval, tone: 'quiet' },
  ];
}
