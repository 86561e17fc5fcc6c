/**
 * Cost against latency: one dot a platform, the front that nothing beats on both, and the region the objectives allow.
 */
import type { Comparison } from '../../experiment/contract.js';
import { figure, listNames, shortName } from '../figures.js';
import { floorUsd } from './cheapest.js';
import type { ChartDescription, Region, Series } from './contract.js';
import { logAxis } from './ticks.js';

interface Dot {
  readonly title: string;
  readonly index: number;
  readonly costUsd: number;
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
        costUsd: Math.max(floorUsd, cost.mean),
        costCi: cost.ci ?? [cost.mean, cost.mean],
        p99Ms: p99.mean,
        p99Ci: p99.ci ?? [p99.mean, p99.mean],
        successShare: metrics['success_ratio']?.mean ?? null,
      },
    ];
  });
  const front = paretoFront(dots);
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
              ...axes(dots),
              series: [frontSeries(front), ...dots.map(dotSeries)],
              bars: [],
              regions: wantedRegions(comparison, axes(dots).ys[0]?.min ?? 0, axes(dots).x.min),
              marks: [],
            },
          ],
    table: {
      columns: ['platform', 'cost a month (USD)', 'p99 (ms)', 'success (share)', 'on the front'],
      rows: dots.map((dot) => [
        dot.title,
        dot.costUsd,
        dot.p99Ms,
        dot.successShare,
        front.includes(dot) ? 'yes' : 'no',
      ]),
      note: null,
    },
  };
}

function axes(dots: readonly Dot[]): { x: ReturnType<typeof logAxis>; ys: ReturnType<typeof logAxis>[] } {
  const costs = dots.map(({ costUsd }) => costUsd);
  const latencies = dots.map(({ p99Ms }) => p99Ms);
  const room = 1.5;
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

function dotSeries({ title, index, costUsd, costCi, p99Ms, p99Ci }: Dot): Series {
  return {
    label: title,
    role: index,
    form: 'points',
    axis: 'y',
    points: [[costUsd, p99Ms]],
    intervals: [[Math.max(floorUsd, costCi[0]), Math.max(floorUsd, costCi[1]), p99Ci[0], p99Ci[1]]],
    isLabelled: true,
  };
}

function wantedRegions(comparison: Comparison, lowestMs: number, lowestUsd: number): Region[] {
  const limits = (metric: string): number[] =>
    comparison.platforms.flatMap(({ objectives }) =>
      objectives
        .filter((o) => o.metric === metric && (o.scope === '' || o.scope === 'platform') && o.operator.startsWith('<'))
        .map(({ limit }) => limit),
    );
  const region = (axis: string, from: number, metric: string): Region[] => {
    const all = limits(metric);
    if (all.length === 0) return [];
    return [{ axis, from, to: Math.min(...all), label: 'objective', role: 'wanted' }];
  };
  return [...region('y', lowestMs, 'latency_p99'), ...region('x', lowestUsd, 'cost_month')];
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
  const pair = `${figure(best.costUsd, 'USD')} a month at p99 ${figure(best.p99Ms, 'ms')}`;
  if (front.length === 1) return `${best.title} is both the cheapest and the fastest: ${pair}.${flattered}${none}`;
  return (
    `${best.title} is the cheapest (${pair}), ${fastest.title} the fastest (p99 ${figure(fastest.p99Ms, 'ms')} for ` +
    `${figure(fastest.costUsd, 'USD')}); ${front.length} of ${dots.length} are beaten by none on both.` +
    `${flattered}${none}`
  );
}
