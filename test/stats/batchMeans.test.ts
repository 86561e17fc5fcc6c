/** Batch means, worked by hand. */
import { expect, test } from 'vitest';
import { batchMeans } from '../../src/stats/batchMeans.js';

test('seven values in three batches: the first is left over, the means are 2.5, 4.5 and 6.5', () => {
  const { mean, batchSize, count } = batchMeans([1, 2, 3, 4, 5, 6, 7], 3, 0.95);
  expect([mean, batchSize, count]).toEqual([4.5, 2, 3]);
});

test('a trend shows as correlation of the batches, alternation as its opposite', () => {
  const rising = Array.from({ length: 100 }, (_, i) => i);
  expect(batchMeans(rising, 20, 0.95).correlation).toBeGreaterThan(0.8);
  const alternating = rising.map((i) => i % 2);
  expect(batchMeans(alternating, 100, 0.95).correlation).toBeLessThan(-0.9);
});

test('equal values have no correlation; too few values are a bug of the caller', () => {
  expect(batchMeans([3, 3, 3, 3], 2, 0.95).correlation).toBe(0);
  expect(() => batchMeans([1], 2, 0.95)).toThrow(RangeError);
});
