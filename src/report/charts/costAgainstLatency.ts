/**
 * Cost against latency: one dot a platform, the front that nothing beats on both, and the region the objectives allow.
 */

import type { Comparison } from '../../experiment/contract.js';
import { figure, listNames, shortName } from '../figures.js';
import { colourPlace } from '../platformColour.js';
import { floorUsd } from './cheapest.js';
import type { Axis, ChartDescription, Mark, Region, Series } from './contract.js';
import { logAxis } from './ticks.js';

interface Dot {
  readonly title: string;
  readonly index: number;
  readonly colour: number;
  /** Where the dot is: a logarithmic axis has no zero. */
  readonly costUsd: number;
  readonly billUsd: number;
  readonly costCi: readonly [number, number];
  readonly p99Ms: number;
  readonly p99Ci: readonly [number, number];
  readonly successShare: number | null;
}

/** Platforms without a latency or a bill have no dot, and the caption names them. */
export function costAgainstLatency(comparison: Comparison): ChartDescription {
  const dots = comparison.platforms.flatMap(({ title, metrics }, index): Dot[] => {
    const cost = metrics['cost_month'];
    const p99 = metrics['latency_p99'];
    if (cost === undefined || p99 === undefined || p99.mean <= 0) return [];
    return [
      {
        title: shortName(title, 24),
        index,
        colour: colourPlace(comparison.platforms, index),
        costUsd: Math.max(floorUsd, cost.mean),
        billUsd: cost.mean,
        costCi: cost.ci ?? [cost.mean, cost.mean],
        p99Ms: p99.mean,
        p99Ci: p99.ci ?? [p99.mean, p99.mean],
        successShare: metrics['success_ratio']?.mean ?? null,
      },
    ];
  });
  const front = paretoFront(dots);
  const limits = limitsOf(comparison);
  const missing = comparison.platforms.filter((_, index) => !dots.some((dot) => dot.index === index));
  return {
    name: 'cost-against-latency',
    title: 'Cost against latency',
    caption: caption(
      dots,
      front,
      missing.map(({ title }) => shortName(title, 40)),
    ),
    reading:
      'Further left is cheaper, further down is faster; both axes are logarithmic. Crosses are the intervals. ' +
      'The line joins those that no other beats on both. Shaded: what the objectives allow.',
    empty: dots.length === 0 ? 'No platform has both a latency and a bill, so there is nothing to compare.' : null,
    panels:
      dots.length === 0
        ? []
        : [
            {
              title: '',
              platform: null,
              heightPx: 420,
              ...axes(dots, limits),
              series: [frontSeries(front), ...dots.map(dotSeries)],
              bars: [],
              regions: wantedRegions(limits, axes(dots, limits)),
              marks: limitMarks(limits),
            },
          ],
    table: {
      columns: ['platform', 'cost a month (USD)', 'p99 (ms)', 'success (share)', 'on the front'],
      rows: dots.map((dot) => [
        dot.title,
        dot.billUsd,
        dot.p99Ms,
        dot.successShare,
        front.includes(dot) ? 'yes' : 'no',
      ]),
      note: null,
    },
  };
}

/** The objectives on either axis: the lowest limit of each, in the metric's unit, with its words. */
interface Limits {
  readonly p99: { readonly limit: number; readonly text: string } | null;
  readonly cost: { readonly limit: number; readonly text: string } | null;
}

interface Axes {
  readonly x: Axis;
  readonly ys: readonly Axis[];
}

const room = 1.5;

/** Limits are on the axes, so that one sees where what is allowed ends. */
function axes(dots: readonly Dot[], { p99, cost }: Limits): Axes {
  const costs = [...dots.map(({ costUsd }) => costUsd), ...(cost === null ? [] : [Math.max(floorUsd, cost.limit)])];
  const latencies = [...dots.map(({ p99Ms }) => p99Ms), ...(p99 === null || p99.limit <= 0 ? [] : [p99.limit])];
  return {
    x: logAxis('x', 'US dollars a month (log)', 'USD', Math.min(...costs) / room, Math.max(...costs) * room),
    ys: [logAxis('y', 'p99 latency, ms (log)', 'ms', Math.min(...latencies) / room, Math.max(...latencies) * room)],
  };
}

/** Those that no other dot beats on both, cheapest first. Equal dots are both kept. */
export function paretoFront<T extends { readonly costUsd: number; readonly p99Ms: number }>(dots: readonly T[]): T[] {
  const beats = (a: T, b: T): boolean =>
    a.costUsd <= b.costUsd && a.p99Ms <= b.p99Ms && (a.costUsd < b.costUsd || a.p99Ms < b.p99Ms);
  return dots
    .filter((dot) => !dots.some((other) => beats(other, dot)))
    .sort((a, b) => a.costUsd - b.costUsd || a.p99Ms - b.p99Ms);
}

function frontSeries(front: readonly Dot[]): Series {
  return {
    label: 'nothing is cheaper and faster',
    role: 'front',
    form: 'line',
    axis: 'y',
    points: front.map(({ costUsd, p99Ms }) => [costUsd, p99Ms]),
    intervals: null,
    isLabelled: false,
  };
}

function dotSeries({ title, colour, costUsd, costCi, p99Ms, p99Ci }: Dot): Series {
  return {
    label: title,
    role: colour,
    form: 'points',
    axis: 'y',
    points: [[costUsd, p99Ms]],
    intervals: [[Math.max(floorUsd, costCi[0]), Math.max(floorUsd, costCi[1]), p99Ci[0], p99Ci[1]]],
    isLabelled: true,
  };
}

function limitsOf({ platforms }: Comparison): Limits {
  const lowest = (metric: string): Limits['p99'] =>
    platforms
      .flatMap(({ objectives }) => objectives)
      .filter((o) => o.metric === metric && (o.scope === '' || o.scope === 'platform') && o.operator.startsWith('<'))
      .reduce<Limits['p99']>((least, o) => (least === null || o.limit < least.limit ? o : least), null);
  return { p99: lowest('latency_p99'), cost: lowest('cost_month') };
}

function wantedRegions({ p99, cost }: Limits, { x, ys }: Axes): Region[] {
  const region = (axis: Axis | undefined, limit: number | undefined): Region[] =>
    axis === undefined || limit === undefined
      ? []
      : [{ axis: axis.id, from: axis.min, to: limit, label: 'objective', role: 'wanted' }];
  return [...region(ys[0], p99?.limit), ...region(x, cost?.limit)];
}

function limitMarks({ p99, cost }: Limits): Mark[] {
  const mark = (axis: string, one: Limits['p99']): Mark[] =>
    one === null ? [] : [{ axis, at: one.limit, label: `objective ${shortName(one.text, 40)}`, role: 'limit' }];
  return [...mark('y', p99), ...mark('x', cost)];
}

function caption(dots: readonly Dot[], front: readonly Dot[], missing: readonly string[]): string {
  const none = missing.length === 0 ? '' : ` No dot for ${listNames(missing)}: no latency or no bill.`;
  const best = front[0];
  const fastest = front[front.length - 1];
  if (best === undefined || fastest === undefined) return `There is nothing to compare.${none}`;
  const shares = dots.flatMap(({ successShare }) => (successShare === null ? [] : [successShare]));
  const leastAnswering = dots.reduce((a, b) => ((b.successShare ?? 1) < (a.successShare ?? 1) ? b : a));
  const flattered =
    shares.length > 1 && Math.max(...shares) - Math.min(...shares) > 0.001
      ? ` Latencies are of completed requests only: ${leastAnswering.title} completed ` +
        `${figure(Math.min(...shares), 'share')}.`
      : '';
  const pair = `${figure(best.billUsd, 'USD')} a month at p99 ${figure(best.p99Ms, 'ms')}`;
  if (front.length === 1) return `${best.title} ${soleWords(best, dots)}: ${pair}.${flattered}${none}`;
  return (
    `${best.title} is the cheapest (${pair}), ${fastest.title} the fastest (p99 ${figure(fastest.p99Ms, 'ms')} for ` +
    `${figure(fastest.billUsd, 'USD')}); ${front.length} of ${dots.length} are beaten by none on both.` +
    `${flattered}${none}`
  );
}

/** Nobody is the cheapest, or the fastest, who shares it to the last digit that is told. */
function soleWords(best: Dot, dots: readonly Dot[]): string {
  const others = dots.filter((dot) => dot !== best);
  const isSame = (pick: (dot: Dot) => number, unit: string): boolean =>
    others.some((dot) => figure(pick(dot), unit) === figure(pick(best), unit));
  const [isCostShared, isSpeedShared] = [isSame(({ billUsd }) => billUsd, 'USD'), isSame(({ p99Ms }) => p99Ms, 'ms')];
  if (others.length === 0) return 'stands alone';
  if (isCostShared && isSpeedShared) return 'is beaten by none on cost or latency';
  if (isCostShared) return 'is the fastest, and none is cheaper';
  return isSpeedShared ? 'is the cheapest, and none is faster' : 'is both the cheapest and the fastest';
}
