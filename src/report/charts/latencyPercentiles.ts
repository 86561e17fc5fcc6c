/**
 * Latency by percentile: x is the share of requests answered, spaced by -log(1 - p) so that every further nine takes
 * the
 * same room; y is milliseconds on a logarithmic axis. Tails, where platforms differ, get the room that a histogram
 * denies.
 */

import type { Comparison, CurvePoint, ObjectiveResult } from '../../experiment/contract.js';
import { figure, listNames, shortName } from '../figures.js';
import { colourPlace } from '../platformColour.js';
import type { Axis, ChartDescription, Mark, Series } from './contract.js';
import { inPanels, mostLabelled } from './crowds.js';
import { logAxis } from './ticks.js';

/** Platforms where nothing was completed have no line, and the caption names them. */
export function latencyPercentiles(comparison: Comparison): ChartDescription {
  const curves = comparison.platforms.map(
    ({ title, latencyCurve }, index): Curve => ({
      title,
      colour: colourPlace(comparison.platforms, index),
      points: latencyCurve.filter(({ share, ms }) => share >= 0.5 && share < 1 && ms > 0),
    }),
  );
  const drawn = curves.filter(({ points }) => points.length > 0);
  const values = drawn.flatMap(({ points }) => points.map(({ ms }) => ms));
  const limits = latencyLimits(comparison);
  const highest = Math.max(...values, ...limits.map(({ at }) => at));
  return {
    name: 'latency-percentiles',
    title: 'Latency by percentile',
    caption: caption(
      comparison,
      curves.filter(({ points }) => points.length === 0).map(({ title }) => title),
    ),
    reading:
      'The further right, the rarer: each further nine takes the same room. Both axes are logarithmic. ' +
      'Latency of completed requests, as the visitor sees it; bars are intervals at 50, 90, 99, 99.9 and 99.99 %.',
    empty: drawn.length === 0 ? 'No request was completed on any platform, so no latency is known.' : null,
    panels: inPanels(drawn, (group) => ({
      title: '',
      platform: null,
      heightPx: 420,
      x: ninesAxis(Math.max(...drawn.flatMap(({ points }) => points.map(({ share }) => share)))),
      ys: [logAxis('y', 'latency, ms (log)', 'ms', Math.min(...values), highest)],
      series: group.map((curve) => curveSeries(curve, drawn.length <= mostLabelled)),
      bars: [],
      regions: [],
      marks: limits,
    })),
    table: {
      columns: ['platform', 'share of requests (%)', 'latency (ms)', 'interval low (ms)', 'interval high (ms)'],
      rows: comparison.platforms.flatMap(({ title, latencyCurve }) =>
        latencyCurve.map(({ share, ms, ci }) => [
          title,
          Number((share * 100).toPrecision(8)),
          ms,
          ci?.[0] ?? null,
          ci?.[1] ?? null,
        ]),
      ),
      note: null,
    },
  };
}

interface Curve {
  readonly title: string;
  readonly colour: number;
  readonly points: readonly CurvePoint[];
}

function curveSeries({ title, colour, points }: Curve, isLabelled: boolean): Series {
  return {
    label: shortName(title, 24),
    role: colour,
    form: 'line',
    axis: 'y',
    points: points.map(({ share, ms }) => [ninesOf(share), ms]),
    intervals: intervalsOf(points),
    isLabelled,
  };
}

function caption(comparison: Comparison, silent: readonly string[]): string {
  const known = comparison.platforms.flatMap(({ title, metrics }) => {
    const p50 = metrics['latency_p50']?.mean;
    const p99 = metrics['latency_p99']?.mean;
    return p50 === undefined || p99 === undefined ? [] : [{ title: shortName(title, 40), p50, p99 }];
  });
  const none =
    silent.length === 0 ? '' : ` Nothing was completed on ${listNames(silent.map((n) => shortName(n, 40)))}.`;
  if (known.length === 0) return `No latency is known.${none}`;
  const fastest = known.reduce((a, b) => (b.p99 < a.p99 ? b : a));
  const slowest = known.reduce((a, b) => (b.p99 > a.p99 ? b : a));
  if (fastest === slowest)
    return (
      `Half of the visitors wait ${figure(fastest.p50, 'ms')} or less, one in a hundred ` +
      `${figure(fastest.p99, 'ms')} or more.${none}`
    );
  return (
    `One visitor in a hundred waits ${figure(fastest.p99, 'ms')} or more on ${fastest.title}, ` +
    `${figure(slowest.p99, 'ms')} on ${slowest.title}; the medians are ${figure(fastest.p50, 'ms')} and ` +
    `${figure(slowest.p50, 'ms')}.${none}`
  );
}

/** Intervals at the percentiles people name; at every point they would hide the lines. Null without any. */
function intervalsOf(points: readonly CurvePoint[]): Series['intervals'] {
  const named = [0.5, 0.9, 0.99, 0.999, 0.9999];
  if (points.every(({ ci }) => ci === undefined)) return null;
  return points.map(({ share, ms, ci }) => {
    const isNamed = named.some((one) => Math.abs(one - share) < 1e-9);
    const [low, high] = isNamed && ci !== undefined ? ci : [ms, ms];
    return [ninesOf(share), ninesOf(share), low, high];
  });
}

/** How many nines: 0.9 is 1, 0.99 is 2. @param share in [0, 1) */
export function ninesOf(share: number): number {
  return -Math.log10(1 - share);
}

function ninesAxis(highestShare: number): Axis {
  const ticks = [
    [0.5, '50 %'],
    [0.75, '75 %'],
    [0.9, '90 %'],
    [0.95, '95 %'],
    [0.99, '99 %'],
    [0.999, '99.9 %'],
    [0.9999, '99.99 %'],
    [0.99999, '99.999 %'],
  ] as const;
  const max = Math.max(ninesOf(highestShare), 1);
  return {
    id: 'x',
    title: 'share of requests answered within that time',
    scale: 'linear',
    min: ninesOf(0.5),
    max,
    unit: 'nines',
    weight: 1,
    clock: null,
    ticks: ticks.map(([share, label]) => ({ value: ninesOf(share), label })).filter(({ value }) => value <= max + 1e-9),
  };
}

/** The limits that objectives set to the latency of all visitors, each once. */
export function latencyLimits(comparison: Comparison): Mark[] {
  const isOfVisitors = ({ scope, metric, unit, operator }: ObjectiveResult): boolean =>
    (scope === '' || scope === 'platform') &&
    metric.startsWith('latency_p') &&
    unit === 'ms' &&
    operator.startsWith('<');
  const marks = new Map<string, Mark>();
  for (const { objectives } of comparison.platforms)
    for (const objective of objectives.filter(isOfVisitors))
      marks.set(objective.text, {
        axis: 'y',
        at: objective.limit,
        label: `objective ${objective.text}`,
        role: 'limit',
      });
  return [...marks.values()];
}
