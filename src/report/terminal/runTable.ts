/** One platform as a terminal shows it: its objectives, its services line by line, what it costs. */
import type { Comparison, LevelResult, Metrics, ScopeResult } from '../../experiment/contract.js';
import { cents, figure, shortName } from '../figures.js';
import { worstMinutes } from '../why.js';
import { type TableOptions, wrapped } from './comparisonTable.js';
import { type Cell, type GridColumn, gridLines, gridWidth, plainText } from './grid.js';
import { runObjectiveLines } from './runObjectives.js';
import { baselineLines } from './storedTable.js';

/** Columns in the order in which they are given up, last first, when the terminal is too narrow. */
const columnTitles = [
  'SERVICE',
  'requests',
  'p50',
  'p95',
  'p99',
  'errors',
  'instances avg/max',
  'cold starts',
  'USD/month',
];
const leastNeeded = ['p95', 'p50', 'cold starts', 'requests', 'errors'];

/** The first platform of a comparison (the only one, after `run`); the whole text, without a last line end. */
export function runTable(comparison: Comparison, options: TableOptions): string {
  const platform = comparison.platforms[0];
  if (platform === undefined) return ' No platform was run.';
  const total: ScopeResult = { name: '', title: 'TOTAL', metrics: platform.metrics };
  const rows = [...platform.services, total].map(({ title, metrics }) => [
    { text: plainText(shortName(title, 28)) },
    ...cellsOf(metrics),
  ]);
  const { level, bill } = platform;
  const atZero = plainText(figure(Number(bill.monthAtZeroUsd), 'USD'));
  const claim = level.claimed === null || level.claimed === level.observed ? '' : ` (claimed: ${level.claimed})`;
  const lines = [
    ...runObjectiveLines(platform, comparison.run, options),
    ...fitted(rows, options),
    '',
    ...wrapped(`Serverless level ${level.observed}${claim}: ${level.why}`, options.widthColumns),
    ...wrapped(yoursSentence(level), options.widthColumns),
    ...wrapped(`${bill.monthAssumption} With nobody there: ${atZero} a month.`, options.widthColumns),
    ...whyLines(comparison, options),
    ...[...comparison.warnings, ...platform.warnings].flatMap(({ message }) =>
      wrapped(`note: ${message}`, options.widthColumns),
    ),
    ...baselineLines(comparison.baseline, options),
    ...(options.paths ?? []).map((path) => ` ${plainText(path)}`),
  ];
  return lines.join('\n');
}

function yoursSentence({ yours, theirs }: LevelResult): string {
  if (yours.length === 0)
    return 'Nothing is left to you to decide of servers, scaling, health, balancing and the like.';
  const others = theirs.length === 0 ? '' : `; not yours: ${theirs.join(', ')}`;
  return `Yours to decide: ${yours.join(', ')} (${yours.length} of ${yours.length + theirs.length})${others}.`;
}

/** The worst minute in a few lines; none where no minute stands out. */
function whyLines(comparison: Comparison, { widthColumns }: TableOptions): string[] {
  const [story] = worstMinutes(comparison, 1);
  if (story === undefined) return [];
  const lines = [`${story.clock} ${story.headline.slice(story.headline.indexOf(': ') + 2)}.`, ...story.sentences];
  const indented = lines.flatMap((line) => wrapped(line, widthColumns - 6));
  return ['', ...indented.map((line, place) => (place === 0 ? ` WHY  ${line}` : `      ${line}`))];
}

function cellsOf(metrics: Metrics): Cell[] {
  const text = (name: string): string => {
    const metric = metrics[name];
    return metric === undefined ? '-' : plainText(figure(metric.mean, metric.unit));
  };
  const cost = metrics['cost_month'];
  return [
    { text: text('requests_offered') },
    { text: text('latency_p50') },
    { text: text('latency_p95') },
    { text: text('latency_p99') },
    { text: text('error_ratio') },
    { text: `${text('instances_mean')} / ${text('instances_max')}` },
    { text: text('cold_starts') },
    { text: cost === undefined ? '-' : plainText(cents(cost.mean)) },
  ];
}

function fitted(rows: readonly (readonly Cell[])[], { widthColumns, colour }: TableOptions): string[] {
  const dropped = new Set<string>();
  for (;;) {
    const kept = columnTitles.flatMap((title, index) => (dropped.has(title) ? [] : [index]));
    const columns = kept.map((index): GridColumn => {
      return { title: columnTitles[index] ?? '', align: index === 0 ? 'left' : 'right' };
    });
    const cells = rows.map((row) => kept.map((index) => row[index] ?? { text: '' }));
    const next = leastNeeded.find((title) => !dropped.has(title));
    if (gridWidth(columns, cells) <= widthColumns || next === undefined) return gridLines(columns, cells, colour);
    dropped.add(next);
  }
}
