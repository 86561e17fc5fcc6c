/**
 * A sweep of one number: what a month costs and how long the slowest hundredth waits, at each value, a line a platform,
 * on logarithmic axes. Its own file: it draws cells of a sweep, where the other charts draw one comparison.
 * Checked by test/report/charts/sweepChart.test.ts.
 */
import type { Cell } from '../../experiment/cells.js';
import { figure, shortName } from '../figures.js';
import { floorUsd } from './cheapest.js';
import type { Axis, ChartDescription, Panel, Series } from './contract.js';
import { logAxis } from './ticks.js';

const secondsPerMonth = 730 * 3600;

/** @param paths what was varied: one path, or there is nothing to draw along */
export function sweepChart(paths: readonly string[], cells: readonly Cell[]): ChartDescription {
  const [path] = paths;
  const points = path !== undefined && paths.length === 1 ? pointsOf(path, cells) : null;
  const title = path === 'load' ? 'requests a month' : (path ?? '');
  const lines = linesOf(points ?? []);
  return {
    name: 'bill-and-latency',
    title: `Bill and latency against ${title}`,
    caption: points === null ? '' : caption(lines, title),
    reading:
      'Above the bill of a month, below the time within which 99% were answered; all axes are logarithmic; ' +
      'what costs a cent or less is drawn at the foot.',
    empty:
      lines.length === 0 ? 'A chart needs a sweep of one path through numbers above 0, over a decade at least.' : null,
    panels: lines.length === 0 ? [] : [panel(lines, title)],
    table: {
      columns: ['platform', title, 'cost a month (USD)', 'latency_p99 (ms)'],
      rows: lines.flatMap(({ name, along }) => along.map(({ x, usd, p99Ms }) => [name, x, usd, p99Ms])),
      note: null,
    },
  };
}

interface Point {
  readonly x: number;
  readonly cell: Cell;
}

interface Line {
  readonly name: string;
  readonly along: readonly AlongPoint[];
}

interface AlongPoint {
  readonly x: number;
  readonly usd: number | null;
  readonly p99Ms: number | null;
  readonly meetsObjectives: boolean;
}

/** Null unless every value is a number above 0, over a decade at least. Load is told as requests a month. */
function pointsOf(path: string, cells: readonly Cell[]): readonly Point[] | null {
  const points = cells.map((cell) => ({ x: Number(cell.settings[0]?.value ?? Number.NaN), cell }));
  if (!points.every(({ x }) => x > 0 && x < Number.POSITIVE_INFINITY)) return null;
  const sorted = points.sort((a, b) => a.x - b.x);
  if ((sorted.at(-1)?.x ?? 0) < 10 * (sorted[0]?.x ?? 0) || sorted.length < 2) return null;
  const perLoad = path === 'load' ? requestsPerLoad(sorted) : 1;
  return sorted.map(({ x, cell }) => ({ x: x * perLoad, cell }));
}

/** Requests a month at load 1, of all points together, in each by whoever completes most. */
function requestsPerLoad(points: readonly Point[]): number {
  const perSecond = points.map(({ cell }) =>
    Math.max(0, ...cell.platforms.map(({ metrics }) => metrics['throughput']?.mean ?? 0)),
  );
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const rate = (sum(perSecond) * secondsPerMonth) / sum(points.map(({ x }) => x));
  return rate > 0 ? rate : 1;
}

function linesOf(points: readonly Point[]): readonly Line[] {
  const names = [...new Set(points.flatMap(({ cell }) => cell.platforms.map(({ name }) => name)))];
  return names.map((name) => ({
    name,
    along: points.flatMap(({ x, cell }) => {
      const platform = cell.platforms.find((one) => one.name === name);
      if (!platform) return [];
      const { metrics, meetsObjectives } = platform;
      const [usd, p99Ms] = [metrics['cost_month']?.mean ?? null, metrics['latency_p99']?.mean ?? null];
      return [{ x, usd, p99Ms, meetsObjectives }];
    }),
  }));
}

function panel(lines: readonly Line[], title: string): Panel {
  const all = lines.flatMap(({ along }) => along);
  const xs = all.map(({ x }) => x);
  const usd = all.flatMap((point) => (point.usd === null ? [] : [Math.max(floorUsd, point.usd)]));
  const ms = all.flatMap(({ p99Ms }) => (p99Ms === null || p99Ms <= 0 ? [] : [p99Ms]));
  const x = logAxis('x', `${title} (log)`, '1', Math.min(...xs), Math.max(...xs));
  const axisOf = (id: string, words: string, unit: string, values: readonly number[]): Axis[] =>
    values.length === 0 ? [] : [logAxis(id, words, unit, Math.min(...values), Math.max(...values))];
  const cost = axisOf('y', 'US dollars a month (log)', 'USD', usd).map((axis) => ({
    ...axis,
    ticks: axis.ticks.map((tick) => (tick.value === floorUsd ? { ...tick, label: '≤ $0.01' } : tick)),
  }));
  return {
    title: '',
    platform: null,
    heightPx: 620,
    x: { ...x, min: Math.min(...xs), max: Math.max(...xs) },
    ys: [...cost, ...axisOf('latency', 'p99, ms (log)', 'ms', ms)],
    series: [
      ...lines.map((line, place) => lineOf(line, place, 'y')),
      ...lines.map((line, place) => lineOf(line, place, 'latency')),
    ].filter(({ points }) => points.length > 0),
    bars: [],
    regions: [],
    marks: [],
  };
}

function lineOf({ name, along }: Line, place: number, axis: 'y' | 'latency'): Series {
  const points = along.flatMap(({ x, usd, p99Ms }): (readonly [number, number])[] => {
    if (axis === 'y') return usd === null ? [] : [[x, Math.max(floorUsd, usd)]];
    return p99Ms === null || p99Ms <= 0 ? [] : [[x, p99Ms]];
  });
  return { label: shortName(name, 24), role: place, form: 'line', axis, points, intervals: null, isLabelled: true };
}

/** Who is cheapest at the least and at the most, of those that meet every objective there. */
function caption(lines: readonly Line[], title: string): string {
  const at = (end: 0 | -1): string => {
    const there = lines.flatMap(({ name, along }) => {
      const point = along.at(end);
      return point?.usd === null || point === undefined ? [] : [{ ...point, name, usd: point.usd }];
    });
    const [first] = there;
    const [cheapest] = there.filter(({ meetsObjectives }) => meetsObjectives).sort((a, b) => a.usd - b.usd);
    if (!first) return '';
    const where = `at ${figure(first.x, '1')} ${title}`;
    return cheapest ? `${where} ${cheapest.name} is the cheapest` : `${where} nobody meets every objective`;
  };
  const text = [at(0), at(-1)].filter((each) => each !== '').join('; ');
  return text === '' ? '' : `${text[0]!.toUpperCase()}${text.slice(1)}.`;
}
