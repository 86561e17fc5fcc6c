/** Intervals against an example worked by hand, and their edges. */
import { expect, test } from 'vitest';
import { estimateDifference, estimateMean } from '../../src/stats/interval.js';

test('ten values, 90%: Law, Simulation Modeling and Analysis, example 4.26', () => {
  const values = [1.2, 1.5, 1.68, 1.89, 0.95, 1.49, 1.58, 1.55, 0.5, 1.09];
  const { mean, interval } = estimateMean(values, 0.9)!;
  expect(mean).toBeCloseTo(1.343, 10);
  // Printed there as 1.34 +- 0.24.
  expect((interval![1] - interval![0]) / 2).toBeCloseTo(0.24, 2);
  expect((interval![0] + interval![1]) / 2).toBeCloseTo(mean, 12);
});

test('fewer than two values give no interval, none give nothing', () => {
  expect(estimateMean([7], 0.95)).toEqual({ mean: 7, interval: null, count: 1 });
  expect(estimateMean([], 0.95)).toBeNull();
});

test('equal values have exactly their value as mean and an interval of no width', () => {
  expect(estimateMean([0.1, 0.1, 0.1], 0.95)).toEqual({ mean: 0.1, interval: [0.1, 0.1], count: 3 });
});

test('a difference is paired: what both have in common does not widen it', () => {
  const common = [10, 500, 90, 3];
  const difference = estimateDifference(
    common.map((value) => value + 2),
    common,
    0.95,
  );
  expect(difference).toEqual({ mean: 2, interval: [2, 2], count: 4 });
});

test('lists of different lengths, and a confidence that is no share, are a bug of the caller', () => {
  expect(() => estimateDifference([1, 2], [1], 0.95)).toThrow(RangeError);
  expect(() => estimateMean([1, 2], 95)).toThrow(RangeError);
});
