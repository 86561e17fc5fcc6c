/** The exact sentences of the scenario language about when each kind of arrivals comes first and next. */
import { expect, test } from 'vitest';
import { openStream } from '../../src/random/streams.js';
import { makeArrivals } from '../../src/workload/registry.js';
import { arrivalsOf, plain } from './arrivalsOf.js';

test('constant: the k-th at round(k / rate), never a sum of rounded gaps', () => {
  expect(arrivalsOf({ kind: 'constant', ratePerSecond: 3 }, { limit: 4 })).toEqual([
    333_333, 666_667, 1_000_000, 1_333_333,
  ]);
  const times = arrivalsOf({ kind: 'constant', ratePerSecond: 3 }, { limit: 300_000 });
  expect(times[299_999]).toBe(100_000_000_000);
  expect(arrivalsOf({ kind: 'constant', ratePerSecond: 0 })).toEqual([]);
});

test('renewal: the first gap begins at clock 0, and rounding does not accumulate', () => {
  const gap = { kind: 'constant', value: 333_333.4 } as const;
  expect(arrivalsOf({ kind: 'renewal', gap }, { limit: 5 })).toEqual([
    333_333, 666_667, 1_000_000, 1_333_334, 1_666_667,
  ]);
});

test('batch: the first group after its first gap, all of it at once', () => {
  const spec = { kind: 'batch', every: { kind: 'constant', value: 10e6 }, size: 3 } as const;
  expect(arrivalsOf(spec, { limit: 7 })).toEqual([10e6, 10e6, 10e6, 20e6, 20e6, 20e6, 30e6]);
});

test('batch: geometric sizes have their mean', () => {
  const spec = { kind: 'batch', every: { kind: 'constant', value: 1e6 }, size: { geometricMean: 20 } } as const;
  const count = arrivalsOf(spec, { untilUs: 5000e6 }).length;
  // Variance of a size: 20 x 19.
  expect(Math.abs(count / 4999 - 20)).toBeLessThan((5 * Math.sqrt(380)) / Math.sqrt(4999));
});

test('bursty: starts in its first state, visits the states in turn, each at its own rate', () => {
  const spec = {
    kind: 'bursty',
    states: [
      { ratePerSecond: 0, lasts: { kind: 'constant', value: 60e6 } },
      { ratePerSecond: 100, lasts: { kind: 'constant', value: 5e6 } },
      { ratePerSecond: 10, lasts: { kind: 'constant', value: 35e6 } },
    ],
  } as const;
  const times = arrivalsOf(spec, { untilUs: 10_000e6 });
  const inState = (from: number, to: number): number =>
    times.filter((atUs) => atUs % 100e6 >= from * 1e6 && atUs % 100e6 < to * 1e6).length;
  expect(inState(0, 60)).toBe(0);
  expect(Math.abs(inState(60, 65) - 50_000)).toBeLessThan(5 * Math.sqrt(50_000));
  expect(Math.abs(inState(65, 100) - 35_000)).toBeLessThan(5 * Math.sqrt(35_000));
  expect(makeArrivals(spec, plain).meanPerSecond(0, 1e6)).toBeCloseTo(8.5, 12);
});

test('bursty: counts scatter more than Poisson ones by what the states explain', () => {
  const spec = {
    kind: 'bursty',
    states: [
      { ratePerSecond: 5, lasts: { kind: 'exponential', mean: 10e6 } },
      { ratePerSecond: 45, lasts: { kind: 'exponential', mean: 10e6 } },
    ],
  } as const;
  const counts = new Float64Array(20_000);
  for (const atUs of arrivalsOf(spec, { untilUs: 20_000e6 })) counts[Math.floor(atUs / 1e6)]!++;
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length;
  // Mean 25. Over one second: 25 + 400 x 2 (r - 1 + e^-r)/r^2 with r = 1/10 + 1/10 (states' correlation e^-0.2t).
  const r = 0.2;
  const explained = 25 + (400 * 2 * (r - 1 + Math.exp(-r))) / (r * r);
  expect(Math.abs(mean - 25)).toBeLessThan(2);
  expect(variance / explained).toBeGreaterThan(0.9);
  expect(variance / explained).toBeLessThan(1.1);
});

test('none: nobody comes', () => {
  expect(arrivalsOf({ kind: 'none' })).toEqual([]);
  expect(makeArrivals({ kind: 'none' }, plain).start(openStream('none'))).toMatchObject({
    entryIndex: 0,
    traceWaitUs: 0,
  });
});
