/** `daily` and `weekly` on arrivals that are made of gaps: where the integral of the rate says, by hand. */
import { expect, test } from 'vitest';
import { makeModulation } from '../../src/workload/rateModulation.js';
import { makeArrivals } from '../../src/workload/registry.js';
import { arrivalsOf } from './arrivalsOf.js';

const hourUs = 3_600_000_000;
/** Nobody in the first hour of a day, twice as many as usual in the second, as usual else. */
const daily = Array.from({ length: 24 }, (_, hour) => (hour === 0 ? 0 : hour === 1 ? 2 : 1));
const rhythm = (load = 1, startsUs = 0) => ({
  context: { load, modulation: makeModulation({ daily, weekly: null, startsUs }) },
  untilUs: 4 * hourUs,
});
const perHour = (count: number) => ({ kind: 'constant', ratePerSecond: count / 3600 }) as const;
const inHours = (times: readonly number[]): number[] => times.map((atUs) => atUs / hourUs);

test('constant arrivals come where the integral of the rate reaches a whole number', () => {
  expect(inHours(arrivalsOf(perHour(2), rhythm()))).toEqual([1.25, 1.5, 1.75, 2, 2.5, 3, 3.5]);
  expect(inHours(arrivalsOf(perHour(1), rhythm(2)))).toEqual([1.25, 1.5, 1.75, 2, 2.5, 3, 3.5]);
  expect(inHours(arrivalsOf(perHour(2), rhythm(1, hourUs)))).toEqual([0.25, 0.5, 0.75, 1, 1.5, 2, 2.5, 3, 3.5]);
});

test('gaps of a renewal process and between groups pass at the pace of the hour', () => {
  const gap = { kind: 'constant', value: hourUs / 2 } as const;
  expect(inHours(arrivalsOf({ kind: 'renewal', gap }, rhythm()))).toEqual([1.25, 1.5, 1.75, 2, 2.5, 3, 3.5]);
  const groups = arrivalsOf({ kind: 'batch', every: { kind: 'constant', value: hourUs }, size: 2 }, rhythm());
  expect(inHours(groups)).toEqual([1.5, 1.5, 2, 2, 3, 3]);
});

test('no rounding accumulates: the millionth of a third of a second each is where it belongs', () => {
  const times = arrivalsOf(
    { kind: 'constant', ratePerSecond: 3 },
    { ...rhythm(), untilUs: Infinity, limit: 1_000_000 },
  );
  const days = Math.floor(1_000_000 / 3 / 86_400);
  const intoDayS = 1_000_000 / 3 - days * 86_400; // Past the second hour plain and real time agree.
  expect(times.at(-1)).toBe(Math.round((days * 86_400 + intoDayS) * 1e6));
});

test('mean rates are those of the hours in question', () => {
  const { context } = rhythm(3);
  const plans = [
    makeArrivals(perHour(2), context),
    makeArrivals({ kind: 'renewal', gap: { kind: 'constant', value: hourUs / 2 } }, context),
    makeArrivals({ kind: 'batch', every: { kind: 'constant', value: hourUs }, size: 2 }, context),
  ];
  for (const plan of plans) {
    expect(plan.isStationary).toBe(false);
    expect(plan.meanPerSecond(0, hourUs)).toBe(0);
    expect(plan.meanPerSecond(hourUs / 2, 1.5 * hourUs) * 3600).toBeCloseTo(6, 9);
    expect(plan.meanPerSecond(0, 24 * hourUs) * 3600).toBeCloseTo(6, 9);
    expect(plan.meanPerSecond(5, 5)).toBe(0);
  }
});

test('a load of 0 brings nobody, whatever the hour', () => {
  expect(arrivalsOf(perHour(2), rhythm(0))).toEqual([]);
  expect(arrivalsOf(perHour(0), rhythm())).toEqual([]);
});
