/**
 * Poisson arrivals against the definition: numbers in disjoint intervals are independent Poisson numbers whose mean is
 * the integral of the rate. Also the profile's ends, its period, and days and weeks.
 */
import { expect, test } from 'vitest';
import type { PoissonProfileSpec } from '../../src/workload/arrivalSpec.js';
import { makeModulation } from '../../src/workload/rateModulation.js';
import { makeArrivals } from '../../src/workload/registry.js';
import { arrivalsOf, plain } from './arrivalsOf.js';

const minuteUs = 60e6;
const hourUs = 3_600_000_000;

/** Sum over cells of (came - expected)^2 / expected, where `expected` is the integral of the rate over each cell; 0: left out. */
function dispersion(times: readonly number[], expected: readonly number[], cellUs: number): number {
  const came = new Float64Array(expected.length);
  for (const atUs of times) if (atUs < cellUs * expected.length) came[Math.floor(atUs / cellUs)]!++;
  return expected.reduce((sum, mean, cell) => (mean === 0 ? sum : sum + (came[cell]! - mean) ** 2 / mean), 0);
}

/** Within five standard deviations of chi-square's mean, above and below: neither clumped nor evenly spread. */
function expectPoisson(times: readonly number[], expected: readonly number[], cellUs: number): void {
  const cellCount = expected.filter((mean) => mean > 0).length;
  const score = (dispersion(times, expected, cellUs) - cellCount) / Math.sqrt(2 * cellCount);
  expect(Math.abs(score)).toBeLessThan(5);
}

test('one rate: numbers per second scatter as Poisson numbers do', () => {
  const times = arrivalsOf({ kind: 'poisson', ratePerSecond: 40 }, { untilUs: 1000e6 });
  expectPoisson(times, new Array<number>(1000).fill(40), 1e6);
});

test('one rate: the gaps are exponential and uncorrelated, the first from clock 0', () => {
  const times = [0, ...arrivalsOf({ kind: 'poisson', ratePerSecond: 10 }, { limit: 50_000 })];
  const gaps = times.slice(1).map((atUs, i) => (atUs - times[i]!) / 100_000);
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  const square = gaps.reduce((sum, gap) => sum + gap * gap, 0) / gaps.length;
  expect(Math.abs(mean - 1)).toBeLessThan(5 / Math.sqrt(gaps.length));
  expect(Math.abs(square - 2)).toBeLessThan((5 * Math.sqrt(20)) / Math.sqrt(gaps.length));
  const serial = gaps.slice(1).reduce((sum, gap, i) => sum + (gap - 1) * (gaps[i]! - 1), 0) / gaps.length;
  expect(Math.abs(serial)).toBeLessThan(5 / Math.sqrt(gaps.length));
});

const evening: PoissonProfileSpec = {
  kind: 'poisson-profile',
  profile: [
    { atUs: 10 * minuteUs, ratePerSecond: 2 },
    { atUs: 30 * minuteUs, ratePerSecond: 40 },
    { atUs: 60 * minuteUs, ratePerSecond: 5 },
  ],
  periodUs: null,
};

/** The evening's rate at a minute, from the contract: straight lines between the points, end rates hold. */
function eveningRate(minute: number): number {
  if (minute <= 10) return 2;
  if (minute <= 30) return 2 + ((minute - 10) / 20) * 38;
  return minute <= 60 ? 40 - ((minute - 30) / 30) * 35 : 5;
}

test('a profile: numbers per minute are Poisson with the integral of the rate, its ends included', () => {
  const times = arrivalsOf(evening, { untilUs: 90 * minuteUs });
  // The rate is straight within each minute, so its middle gives the integral exactly.
  const expected = Array.from({ length: 90 }, (_, minute) => 60 * eveningRate(minute + 0.5));
  expectPoisson(times, expected, minuteUs);
  const plan = makeArrivals(evening, plain);
  expect(plan.meanPerSecond(0, 90 * minuteUs)).toBeCloseTo(expected.reduce((a, b) => a + b) / 5400, 9);
  expect(plan.meanPerSecond(20 * minuteUs, 30 * minuteUs)).toBeCloseTo(30.5, 9);
  expect(plan.isStationary).toBe(false);
});

test('within a rising line the arrivals lie as the integral of the line says', () => {
  const spec: PoissonProfileSpec = {
    kind: 'poisson-profile',
    profile: [
      { atUs: 0, ratePerSecond: 0 },
      { atUs: 1000e6, ratePerSecond: 100 },
      { atUs: 1000e6, ratePerSecond: 0 },
    ],
    periodUs: null,
  };
  const times = arrivalsOf(spec);
  expect(Math.abs(times.length - 50_000)).toBeLessThan(5 * Math.sqrt(50_000));
  // (t/T)^2 is uniform; 1.95 is the 99.9% point of Kolmogorov's statistic. A step down to 0 ends it.
  const largest = times.reduce((most, atUs, i) => Math.max(most, Math.abs((atUs / 1000e6) ** 2 - i / times.length)), 0);
  expect(largest * Math.sqrt(times.length)).toBeLessThan(1.95);
});

test('a period repeats the profile, end rates holding up to its end', () => {
  const spec: PoissonProfileSpec = {
    kind: 'poisson-profile',
    profile: [
      { atUs: 0, ratePerSecond: 10 },
      { atUs: 30e6, ratePerSecond: 50 },
    ],
    periodUs: minuteUs,
  };
  const times = arrivalsOf(spec, { untilUs: 100 * minuteUs });
  const expected = Array.from({ length: 200 }, (_, half) => (half % 2 === 0 ? 30 * 30 : 50 * 30));
  expectPoisson(times, expected, 30e6);
  expect(makeArrivals(spec, plain).meanPerSecond(0, 100 * minuteUs)).toBeCloseTo(40, 9);
});

test('days and weeks: factors by hour and by day, each scaled to a mean of 1, counted from what clock 0 is called', () => {
  const daily = Array.from({ length: 24 }, (_, hour) => (hour < 12 ? 1 : 3));
  const weekly = [2, 2, 2, 2, 2, 4, 0];
  // Clock 0 is Friday, 18:00.
  const modulation = makeModulation({ daily, weekly, startsUs: (4 * 24 + 18) * hourUs })!;
  const context = { load: 1, modulation };
  const spec = { kind: 'poisson', ratePerSecond: 0.5 } as const;
  const expected = Array.from({ length: 336 }, (_, hour) => {
    const ofWeek = (hour + 4 * 24 + 18) % 168;
    return (1800 * (ofWeek % 24 < 12 ? 0.5 : 1.5) * weekly[Math.floor(ofWeek / 24)]!) / 2;
  });
  const plan = makeArrivals(spec, context);
  expect(plan.isStationary).toBe(false);
  expect(plan.meanPerSecond(0, 168 * hourUs)).toBeCloseTo(0.5, 9);
  expect(plan.meanPerSecond(0, 6 * hourUs)).toBeCloseTo(0.75, 9);
  const times = arrivalsOf(spec, { untilUs: 336 * hourUs, context });
  expect(times.filter((atUs) => expected[Math.floor(atUs / hourUs)] === 0)).toEqual([]);
  expectPoisson(times, expected, hourUs);
});

test('a rate of zero, and a profile that ends at zero, let nobody come any more', () => {
  expect(arrivalsOf({ kind: 'poisson', ratePerSecond: 0 })).toEqual([]);
  const ends: PoissonProfileSpec = {
    kind: 'poisson-profile',
    profile: [
      { atUs: 0, ratePerSecond: 5 },
      { atUs: 10e6, ratePerSecond: 0 },
    ],
    periodUs: null,
  };
  expect(Math.max(...arrivalsOf(ends))).toBeLessThanOrEqual(10e6);
});

test('a rhythm and a profile that never meet let nobody come, in finite time', () => {
  const daily = Array.from({ length: 24 }, (_, hour) => (hour === 0 ? 0 : 1));
  const modulation = makeModulation({ daily, weekly: null, startsUs: 0 });
  const spec: PoissonProfileSpec = {
    kind: 'poisson-profile',
    profile: [
      { atUs: 0, ratePerSecond: 1 },
      { atUs: hourUs, ratePerSecond: 1 },
      { atUs: hourUs, ratePerSecond: 0 },
    ],
    periodUs: 24 * hourUs,
  };
  expect(arrivalsOf(spec, { context: { load: 1, modulation } })).toEqual([]);
});
