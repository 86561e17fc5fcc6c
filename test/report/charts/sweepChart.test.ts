/** The chart of a sweep: bill and latency of each platform along one number, all axes logarithmic. */
import { expect, test } from 'vitest';
import type { Cell, CellPlatform } from '../../../src/experiment/cells.js';
import { sweepChart } from '../../../src/report/charts/sweepChart.js';

const metric = (mean: number, unit: string) => ({ mean, ci: null, unit, replicationCount: 1 });

function cellAt(value: string, costs: Readonly<Record<string, number>>, misses: readonly string[] = []): Cell {
  const platforms = Object.entries(costs).map(([name, usd]) => ({
    name,
    title: name,
    meetsObjectives: !misses.includes(name),
    metrics: {
      cost_month: metric(usd, 'USD'),
      latency_p99: metric(120, 'ms'),
      throughput: metric(Number(value) * 2, '1/s'),
    },
  }));
  return {
    settings: [{ path: 'load', value }],
    replications: 1,
    refusals: [],
    platforms: platforms as unknown as readonly CellPlatform[],
    eventCount: 0,
    complete: true,
  } as Cell;
}

test('load is drawn as requests a month, with the bill above and the latency below, both of every platform', () => {
  const cells = [cellAt('10', { lambda: 20, eks: 160 }), cellAt('1', { lambda: 0, eks: 160 })];
  const chart = sweepChart(['load'], cells);
  expect(chart.empty).toBeNull();
  const [panel] = chart.panels;
  expect([panel!.x, ...panel!.ys].map(({ scale }) => scale)).toEqual(['log', 'log', 'log']);
  expect(panel!.series.map(({ label, axis }) => `${label} ${axis}`)).toEqual([
    'lambda y',
    'eks y',
    'lambda latency',
    'eks latency',
  ]);
  // Two a second at load 1: 2 x 2,628,000 requests a month; nothing costs a cent at the foot.
  expect(panel!.series[0]!.points).toEqual([
    [5_256_000, 0.01],
    [52_560_000, 20],
  ]);
  expect(chart.caption).toMatch(
    /^At 5\.26.M requests a month lambda is the cheapest; at 52\.6.M requests a month lambda is the cheapest\.$/,
  );
});

test('who misses an objective is not the cheapest, however little it costs', () => {
  const cells = [
    cellAt('1', { lambda: 0, eks: 160 }, ['lambda']),
    cellAt('10', { lambda: 20, eks: 160 }, ['lambda', 'eks']),
  ];
  expect(sweepChart(['load'], cells).caption).toMatch(
    /^At 5\.26.M requests a month eks is the cheapest; at 52\.6.M requests a month nobody meets every objective\.$/,
  );
});

test('two paths, words, or one value alone have no chart', () => {
  const one = [cellAt('1', { lambda: 1 })];
  expect(sweepChart(['load'], one).empty).not.toBeNull();
  expect(sweepChart(['load', 'seed'], [...one, cellAt('20', { lambda: 2 })]).empty).not.toBeNull();
  expect(
    sweepChart(['platforms.a.region'], [cellAt('here', { a: 1 }), cellAt('there', { a: 2 })]).empty,
  ).not.toBeNull();
});
