/** Every chart of the registry: plain data, with a finding, readable axes, a table, and a sentence when empty. */
import { describe, expect, test } from 'vitest';
import type { Comparison } from '../../../src/experiment/contract.js';
import { cheapestRanges } from '../../../src/report/charts/cheapest.js';
import { paretoFront } from '../../../src/report/charts/costAgainstLatency.js';
import { ninesOf } from '../../../src/report/charts/latencyPercentiles.js';
import { chartMakers, chartNames, describeCharts } from '../../../src/report/charts/registry.js';
import { thinned } from '../../../src/report/charts/thinning.js';
import { clockLabel, logAxis, timeAxis, zeroAxis } from '../../../src/report/charts/ticks.js';
import { movieComparison } from '../fixtures/comparison.js';

/** A comparison in which nobody was answered: no latency, no bill, no timeline values. */
function silence(): Comparison {
  const comparison = movieComparison({ platformCount: 2, windowCount: 9 });
  return {
    ...comparison,
    ranking: [0, 1],
    platforms: comparison.platforms.map((platform) => ({
      ...platform,
      metrics: {
        requests_offered: { mean: 10, unit: '1' as const, replicationCount: 10 },
        success_ratio: { mean: 0, unit: 'share' as const, replicationCount: 10 },
      },
      latencyCurve: [],
      costCurve: null,
      bill: { ...platform.bill, lines: [], monthUsd: '0', runUsd: '0', monthIdleUsd: '0', monthAtZeroUsd: '0' },
      timeline: platform.timeline && {
        ...platform.timeline,
        series: platform.timeline.series.map((series) => ({ ...series, values: series.values.map(() => null) })),
      },
      events: null,
    })),
  };
}

describe.each([
  ['eight platforms', movieComparison({ windowCount: 90 })],
  ['one platform, one replication', movieComparison({ platformCount: 1, replications: 1 })],
  ['nobody answered', silence()],
  ['no platform at all', { ...movieComparison({ platformCount: 1 }), platforms: [], ranking: [] }],
])('%s', (_name, comparison) => {
  const charts = describeCharts(comparison);

  test('every chart is plain data that survives JSON unchanged', () => {
    expect(JSON.parse(JSON.stringify(charts))).toEqual(charts);
  });

  test('every chart has a name, a title and a finding that ends like a sentence and holds no word for nothing', () => {
    expect(charts).toHaveLength(chartMakers.length);
    for (const { name, title, caption, reading, empty } of charts) {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(title).not.toBe('');
      expect(caption).toMatch(/\.$/);
      for (const text of [caption, reading, empty ?? ''])
        expect(text).not.toMatch(/NaN|Infinity|undefined|null|\[object/);
    }
  });

  test('a chart has something to draw or a sentence instead, never both and never neither', () => {
    for (const { panels, empty } of charts) expect(panels.length === 0).toBe(empty !== null);
  });

  test('axes are finite, in order, labelled inside their range; each shown one says its unit or lists names', () => {
    for (const panel of charts.flatMap(({ panels }) => panels))
      for (const axis of [panel.x, ...panel.ys]) {
        expect(axis.min).toBeLessThanOrEqual(axis.max);
        if (axis.scale === 'log') expect(axis.min).toBeGreaterThan(0);
        for (const { value } of axis.ticks) {
          expect(value).toBeGreaterThanOrEqual(axis.min - 1e-9);
          expect(value).toBeLessThanOrEqual(axis.max * (1 + 1e-9));
        }
      }
  });

  test('tables have as many cells as columns', () => {
    for (const { table } of charts) for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
  });
});

test('the bars are as long as the bills, and the idle part is hatched', () => {
  const comparison = movieComparison();
  const bars = describeCharts(comparison).find(({ name }) => name === 'bill-by-line')?.panels[0]?.bars ?? [];
  bars.forEach((bar, index) => {
    const bill = comparison.platforms[index]?.bill;
    const sum = (pattern?: string): number =>
      bar.segments.filter((one) => !pattern || one.pattern === pattern).reduce((total, { value }) => total + value, 0);
    expect(sum()).toBeCloseTo(Number(bill?.monthUsd), 6);
    expect(sum('idle')).toBeCloseTo(Number(bill?.monthIdleUsd), 6);
    expect(sum('waiting')).toBeCloseTo(Number(bill?.monthWaitingUsd), 6);
  });
});

test('each further nine takes the same room', () => {
  expect(ninesOf(0.9)).toBeCloseTo(1, 12);
  expect(ninesOf(0.99)).toBeCloseTo(2, 12);
  expect(ninesOf(0.999)).toBeCloseTo(3, 10);
});

test('two cost lines cross where they were drawn to cross: $50 flat and $0.00001 a request meet at 5 million', () => {
  const grid = [1e5, 1e6, 1e7, 1e8];
  const flat = { title: 'flat', points: grid.map((requestsPerMonth) => ({ requestsPerMonth, costMonthUsd: 50 })) };
  const used = { title: 'used', points: grid.map((r) => ({ requestsPerMonth: r, costMonthUsd: r * 1e-5 })) };
  const ranges = cheapestRanges([flat, used]);
  expect(ranges.map(({ names }) => names)).toEqual([['used'], ['flat']]);
  expect(ranges[0]?.toRequests).toBeCloseTo(5e6, -1);
  expect(ranges[1]?.fromRequests).toBe(ranges[0]?.toRequests);
});

test('free is shared by all who cost nothing, and one line is cheapest everywhere', () => {
  const line = (title: string, costs: readonly number[]) => ({
    title,
    points: costs.map((costMonthUsd, index) => ({ requestsPerMonth: 10 ** index, costMonthUsd })),
  });
  const ranges = cheapestRanges([line('a', [0, 0, 5]), line('b', [0, 0, 9])]);
  expect(ranges[0]).toMatchObject({ names: ['a', 'b'], isFree: true });
  expect(ranges.at(-1)).toMatchObject({ names: ['a'], isFree: false });
  expect(cheapestRanges([line('only', [1, 2])])).toHaveLength(1);
  // Nothing at first, and still the cheapest when it costs something: cheapest, not free, to the crossing.
  const [growing] = cheapestRanges([line('grows', [0, 1, 100]), line('flat', [10, 10, 10])]);
  expect(growing).toMatchObject({ names: ['grows'], isFree: false });
  expect(cheapestRanges([])).toEqual([]);
});

test('the front keeps what nothing beats on both, cheapest first', () => {
  const dots = [
    { costUsd: 10, p99Ms: 100 },
    { costUsd: 5, p99Ms: 200 },
    { costUsd: 10, p99Ms: 300 },
    { costUsd: 20, p99Ms: 50 },
    { costUsd: 21, p99Ms: 50 },
  ];
  expect(paretoFront(dots).map(({ costUsd }) => costUsd)).toEqual([5, 10, 20]);
});

test('thinning keeps every spike: the extremes of a thousand buckets are those of all points', () => {
  const points = Array.from({ length: 86_400 }, (_, x): [number, number] => [x, x === 43_217 ? 9999 : x % 7]);
  points[70_001] = [70_001, -5];
  const kept = thinned(points, 500);
  expect(kept.length).toBeLessThanOrEqual(1000);
  expect(kept).toContainEqual([43_217, 9999]);
  expect(kept).toContainEqual([70_001, -5]);
  expect(kept.map(([x]) => x)).toEqual(kept.map(([x]) => x).sort((a, b) => a - b));
});

test('thinning leaves short series alone and keeps gaps', () => {
  const short: [number, number | null][] = [
    [0, 1],
    [1, null],
    [2, 3],
  ];
  expect(thinned(short, 2)).toBe(short);
  const gap = Array.from({ length: 100 }, (_, x): [number, number | null] => [x, x < 50 ? 1 : null]);
  expect(thinned(gap, 10).some(([, value]) => value === null)).toBe(true);
});

test('a day of ten-second windows makes charts of less than a megabyte and a half', () => {
  const text = JSON.stringify(describeCharts(movieComparison({ windowCount: 8640 })));
  expect(text.length).toBeLessThan(1_500_000);
});

test('the clock goes on past midnight by name of the day', () => {
  const friday = { minuteOfDay: 18 * 60, dayIndex: 4 };
  expect(clockLabel(friday, 3720)).toBe('19:02');
  expect(clockLabel(friday, 6.25 * 3600)).toBe('Sat 00:15');
  expect(clockLabel({ minuteOfDay: 1380, dayIndex: 6 }, 2 * 3600)).toBe('Mon 01:00');
  expect(clockLabel({ minuteOfDay: 1380, dayIndex: null }, 2 * 3600)).toBe('day 2 01:00');
  expect(clockLabel(null, 3720)).toBe('1:02');
});

test('axes end on round numbers, from zero; the time axis is labelled at whole quarters of an hour', () => {
  const { min, max, ticks } = zeroAxis('y', 'instances', '1', 44);
  expect([min, max, ...ticks.map(({ label }) => label)]).toEqual([0, 60, '0', '20', '40', '60']);
  expect(zeroAxis('y', '', '1', 0).max).toBe(1);
  expect(logAxis('y', '', 'ms', 0.5, 50_000).ticks.map(({ value }) => value)).toEqual([1, 10, 100, 1000, 10_000]);
  const labels = timeAxis(movieComparison({ platformCount: 1 }).run, 0, 8100).ticks.map(({ label }) => label);
  expect(labels.slice(0, 3)).toEqual(['18:00', '18:15', '18:30']);
});

test('the names after --chart are those of the charts there are', () => {
  expect(describeCharts(silence()).map(({ name }) => name)).toEqual(chartNames);
});
