/**
 * The comparison as a terminal shows it: platforms as rows, or as columns where few are compared, whichever fits; then
 * the objectives, the verdict, and where the files are.
 *
 * Its own file because what is a row and what a column depends on the width. Every figure but a difference is one of
 * `summary.csv`, rounded; a test looks each of them up.
 */
import type { Comparison, MetricValue, ObjectiveResult, PlatformResult } from '../../experiment/contract.js';
import { cents, figure, shortName } from '../figures.js';
import { verdictSentence } from '../page/verdict.js';
import { weakReason } from '../weakReason.js';
import { differenceCell } from './differences.js';
import { type Cell, type Colour, type GridColumn, gridLines, gridWidth, plainText } from './grid.js';
import { baselineLines } from './storedTable.js';

export interface TableOptions {
  readonly widthColumns: number;
  readonly colour: Colour;
  /** Where the report was written, and what is in it; empty: nothing was. */
  readonly paths?: readonly string[];
}

/** The whole text, without a last line end. */
export function comparisonTable(comparison: Comparison, options: TableOptions): string {
  const lines = [
    ...figureLines(comparison, options),
    ...wrapped(levelSentence, options.widthColumns),
    ...wrapped(yoursSentence(comparison.platforms), options.widthColumns),
    ...weakNotes(comparison.platforms).flatMap((note) => wrapped(note, options.widthColumns)),
    '',
    ...objectiveLines(comparison, options),
    ...wrapped(verdictSentence(comparison), options.widthColumns).map((line) => options.colour('strong', line)),
    ...comparison.warnings.flatMap(({ message }) => wrapped(`note: ${message}`, options.widthColumns)),
    ...baselineLines(comparison.baseline, options),
    ...(options.paths ?? []).map((path) => ` ${plainText(path)}`),
  ];
  return lines.join('\n');
}

interface Measure {
  readonly title: string;
  readonly cell: (platform: PlatformResult, hasInterval: boolean) => Cell;
  /** The metric by which platforms differ, where a difference is shown. */
  readonly metric?: string;
}

/** What is shown of a platform, in order. Numbers stand as in summary.csv, rounded for reading. */
const measures: readonly Measure[] = [
  { title: 'LEVEL\n(claimed)', cell: ({ level }) => levelCell(level.observed, level.claimed) },
  { title: 'p50', cell: ({ metrics }) => metricCell(metrics['latency_p50']), metric: 'latency_p50' },
  {
    title: 'p99',
    cell: ({ metrics }, hasInterval) => metricCell(metrics['latency_p99'], hasInterval),
    metric: 'latency_p99',
  },
  { title: 'SUCCESS', cell: ({ metrics }) => metricCell(metrics['success_ratio']), metric: 'success_ratio' },
  {
    title: 'INSTANCES\navg / max',
    cell: ({ metrics }) => ({
      text: `${metricText(metrics['instances_mean'])} / ${metricText(metrics['instances_max'])}`,
    }),
  },
  { title: 'COLD\nSTARTS', cell: ({ metrics }) => metricCell(metrics['cold_starts']), metric: 'cold_starts' },
  {
    title: 'USD/MONTH',
    cell: ({ metrics }, hasInterval) => moneyCell(metrics['cost_month'], hasInterval),
    metric: 'cost_month',
  },
  { title: 'OF IT\nIDLE', cell: ({ metrics }) => moneyCell(metrics['cost_month_idle']) },
  { title: 'AT\nZERO', cell: ({ metrics }) => moneyCell(metrics['cost_month_at_zero']) },
];

/** What is given up, step by step, to keep one line a platform: first the intervals, then what decides least. */
const narrowings: readonly (readonly [hasInterval: boolean, without: readonly string[]])[] = [
  [true, []],
  [false, []],
  [false, ['p50']],
  [false, ['p50', 'OF IT\nIDLE']],
];

function figureLines(comparison: Comparison, { widthColumns, colour }: TableOptions): string[] {
  const { platforms } = comparison;
  const names = platforms.map(({ title }) => plainText(shortName(title, 24)));
  if (platforms.length <= 3) {
    const grid = measuresAsRows(comparison, names, [...platforms.keys()], true);
    if (gridWidth(...grid) <= widthColumns)
      return [
        ...gridLines(...grid, colour),
        ...footnote(comparison, { hasInterval: true, hasDifferences: true, isCut: false }),
      ];
  }
  for (const [hasInterval, without] of narrowings) {
    const shown = measures.filter(({ title }) => !without.includes(title));
    const grid = platformsAsRows(comparison, names, shown, hasInterval);
    if (gridWidth(...grid) <= widthColumns)
      return [
        ...gridLines(...grid, colour),
        ...footnote(comparison, { hasInterval, hasDifferences: false, isCut: without.length > 0 }),
      ];
  }
  const lines: string[] = [];
  for (let from = 0; from < platforms.length; ) {
    let to = platforms.length;
    const gridTo = (end: number): [GridColumn[], Cell[][]] => {
      const places = [...platforms.keys()].slice(from, end);
      return measuresAsRows(comparison, names, places, false);
    };
    while (to > from + 1 && gridWidth(...gridTo(to)) > widthColumns) to--;
    lines.push(...(lines.length === 0 ? [] : ['']), ...gridLines(...gridTo(to), colour));
    from = to;
  }
  return [...lines, ...footnote(comparison, { hasInterval: false, hasDifferences: false, isCut: false })];
}

function platformsAsRows(
  { platforms }: Comparison,
  names: readonly string[],
  shown: readonly Measure[],
  hasInterval: boolean,
): [GridColumn[], Cell[][]] {
  const columns = [
    { title: 'PLATFORM', align: 'left' as const },
    ...shown.map(({ title }) => ({ title, align: 'right' as const })),
  ];
  const rows = platforms.map((platform, index): Cell[] => [
    { text: names[index] ?? '' },
    ...shown.map(({ cell }) => cell(platform, hasInterval)),
  ]);
  return [columns, rows];
}

function measuresAsRows(
  comparison: Comparison,
  names: readonly string[],
  places: readonly number[],
  hasDifferences: boolean,
): [GridColumn[], Cell[][]] {
  const isBaseline = (place: number): boolean => place === 0 && comparison.platforms.length > 1;
  const columns: GridColumn[] = [
    { title: '', align: 'left' },
    ...places.flatMap((place): GridColumn[] => [
      { title: `${names[place] ?? ''}${isBaseline(place) ? ' (baseline)' : ''}`, align: 'right' },
      ...(hasDifferences && place > 0 ? [{ title: '', align: 'left' as const }] : []),
    ]),
  ];
  const rows = measures.map(({ title, cell, metric }): Cell[] => [
    { text: title.replace('\n', ' ') },
    ...places.flatMap((place): Cell[] => {
      const platform = comparison.platforms[place];
      if (platform === undefined) return [{ text: '' }];
      const own = cell(platform, hasDifferences);
      return hasDifferences && place > 0 ? [own, differenceCell(comparison, platform.name, metric)] : [own];
    }),
  ]);
  return [columns, rows];
}

function footnote(
  { replications, platforms, confidence }: Comparison,
  shown: { readonly hasInterval: boolean; readonly hasDifferences: boolean; readonly isCut: boolean },
): string[] {
  const interval = shown.hasInterval ? `; [low, high]: ${plainText(figure(confidence, 'share'))} interval` : '';
  const lines = replications > 1 ? [` Means of ${replications} replications${interval}.`] : [];
  if (shown.hasDifferences && platforms.length > 1)
    lines.push(' Same visitors on every platform (paired); "~": the interval of the difference contains 0.');
  if (shown.isCut) lines.push(' A wider terminal shows more columns; summary.csv has every figure.');
  return lines;
}

const levelSentence = 'Serverless level: 1 no servers and nothing to pay with nobody there; 2 pays for requests alone.';

/** How many of the matters of running a service each platform leaves to its user, the most first. */
function yoursSentence(platforms: readonly PlatformResult[]): string {
  const counts = [...new Set(platforms.map(({ level }) => level.yours.length))].sort((a, b) => b - a);
  const groups = counts.map((count) => {
    const names = platforms
      .filter(({ level }) => level.yours.length === count)
      .map(({ title }) => shortName(title, 24));
    return `${count} on ${names.join(', ')}`;
  });
  return `Left to you, of ${matters}: ${groups.join('; ')}.`;
}

const matters = '9 matters (servers, OS, runtime, scaling, replicas, health, balancing, roll-outs, zones)';

/** Why a number bears a star: once a reason, with the platforms it is true of. */
function weakNotes(platforms: readonly PlatformResult[]): string[] {
  const shown = ['latency_p50', 'latency_p99', 'success_ratio', 'cold_starts', 'cost_month'];
  const byReason = new Map<string, string[]>();
  for (const { title, metrics, warnings } of platforms) {
    const codes = new Set(shown.flatMap((name) => metrics[name]?.weak ?? []));
    for (const code of codes) {
      const reason = weakReason(code, warnings);
      byReason.set(reason, [...(byReason.get(reason) ?? []), shortName(title, 24)]);
    }
  }
  return [...byReason].map(([reason, titles]) => {
    const whose = titles.length === platforms.length && titles.length > 1 ? '' : `${titles.join(', ')}: `;
    return `* ${whose}${reason}`;
  });
}

function levelCell(observed: number, claimed: number | null): Cell {
  return { text: claimed === null || claimed === observed ? String(observed) : `${observed} (${claimed})` };
}

function metricText(metric: MetricValue | undefined): string {
  return metric === undefined ? '-' : plainText(figure(metric.mean, metric.unit));
}

function metricCell(metric: MetricValue | undefined, hasInterval = false): Cell {
  const text = metricText(metric);
  const mark = metric?.weak === undefined ? '' : '*';
  if (!hasInterval || metric?.ci === undefined) return { text: text + mark };
  return { text: `${text + mark} ${intervalText(metric.ci, metric.unit, text)}` };
}

function moneyCell(metric: MetricValue | undefined, hasInterval = false): Cell {
  if (metric === undefined) return { text: '-' };
  const text = plainText(cents(metric.mean)) + (metric.weak === undefined ? '' : '*');
  if (!hasInterval || metric.ci === undefined) return { text };
  return { text: `${text} [${plainText(cents(metric.ci[0]))}, ${plainText(cents(metric.ci[1]))}]` };
}

/** An interval without its unit where that stands before it: `[224, 238]`; else with it: `[9 320 ms, 10.8 s]`. */
function intervalText(ci: readonly [number, number], unit: string, mean: string): string {
  const unitOf = (text: string): string => / ?(ms|s|h|\/s|%)$/.exec(text)?.[0] ?? '';
  const [low = '', high = ''] = ci.map((bound) => plainText(figure(bound, unit)));
  const isShared = [low, high].every((text) => unitOf(text) === unitOf(mean));
  const bare = (text: string): string => (isShared ? text.slice(0, text.length - unitOf(text).length) : text);
  return `[${bare(low)}, ${bare(high)}]`;
}

/** Where there is no objective, what to do about it, and a blank line. */
export function noObjectiveLines(widthColumns: number): string[] {
  return [...wrapped('No objective was set: see `objectives` in the scenario language.', widthColumns), ''];
}

/** One line an objective and platform, the missed first: the exit code's reasons. */
export function objectiveLines({ platforms }: Comparison, { colour, widthColumns }: TableOptions): string[] {
  const texts = [...new Set(platforms.flatMap(({ objectives }) => objectives.map(({ text }) => text)))];
  if (texts.length === 0) return noObjectiveLines(widthColumns);
  const columns: GridColumn[] = [
    { title: 'OBJECTIVES', align: 'left' },
    { title: '', align: 'left' },
    { title: '', align: 'right' },
    { title: '', align: 'left' },
    { title: '', align: 'left' },
  ];
  const rows = texts.flatMap((text) => {
    const judged = platforms.flatMap((platform) => {
      const objective = platform.objectives.find((one) => one.text === text);
      return objective === undefined ? [] : [{ platform, objective }];
    });
    const met = judged.filter(({ objective }) => objective.met);
    const missed = judged.filter(({ objective }) => !objective.met);
    return [...missed, ...met].map(({ platform, objective }, index): Cell[] => [
      { text: index === 0 ? plainText(text) : '' },
      objective.met ? { text: 'ok', tone: 'good' } : { text: 'MISS', tone: 'bad' },
      { text: objective.value === null ? 'no value' : plainText(figure(objective.value, objective.unit)) },
      { text: objectiveNote(objective) },
      { text: plainText(shortName(platform.title, 24)) },
    ]);
  });
  const isTight = gridWidth(columns, rows) > widthColumns;
  const without = <T>(cells: readonly T[]): T[] => cells.filter((_, index) => index !== 3);
  const lines = isTight ? gridLines(without(columns), rows.map(without), colour) : gridLines(columns, rows, colour);
  return [...lines, ''];
}

/** `[224, 238]`, and whether the verdict is less than certain. */
export function objectiveNote({ value, ci, unit, sure, baseline }: ObjectiveResult): string {
  const against = baseline === undefined ? '' : ` (was ${plainText(figure(baseline, unit))})`;
  if (ci === undefined) return against.trim();
  return `${intervalText(ci, unit, plainText(figure(value, unit)))}${sure ? '' : ' not certain'}${against}`;
}

/** Text broken between words so that no line is wider; a word that is wider stands alone. */
export function wrapped(text: string, widthColumns: number): string[] {
  const lines = [''];
  for (const word of plainText(text).split(' ')) {
    const longer = `${lines[lines.length - 1]} ${word}`;
    if (longer.length <= widthColumns || lines[lines.length - 1] === '') lines[lines.length - 1] = longer;
    else lines.push(` ${word}`);
  }
  return lines;
}
