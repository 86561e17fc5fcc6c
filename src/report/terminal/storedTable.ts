/**
 * Two stored reports compared, as a terminal shows it: what was asked differently, then for each platform the figures
 * that readers ask for first, and all others that really differ. Its own file because it has inputs and outputs, where
 * a comparison of platforms has only outputs.
 */
import type { StoredComparison, StoredDifference, StoredPlatform } from '../../experiment/storedComparison.js';
import { figure } from '../figures.js';
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

function platformLines({ before, after, differences }: StoredPlatform, colour: Colour): readonly string[] {
  const name = before === after ? before : `${before} and ${after}`;
  const columns: readonly GridColumn[] = [
    { title: plainText(name).toUpperCase(), align: 'left' },
    { title: 'FIRST', align: 'right' },
    { title: 'SECOND', align: 'right' },
    { title: 'DIFFERENCE', align: 'left' },
    { title: '', align: 'left' },
  ];
  const first = headline.flatMap((metric) => differences.find((one) => one.metric === metric) ?? []);
  const others = differences.filter(({ metric, isReal }) => isReal && !headline.includes(metric));
  const shown = [...first, ...others.slice(0, mostOthers)];
  const more = others.length > mostOthers ? [` … and ${others.length - mostOthers} more that really differ`] : [];
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
