/** Ranks that hold a quantile: David and Nagaraja's tables for the median, and what too few values cannot tell. */
import { expect, test } from 'vitest';
import { quantileRanks } from '../../src/stats/quantileRanks.js';

test('the median of ten values lies between the second and the ninth in 97.9% of all cases', () => {
  // 1 - 2 (1 + 10) / 2^10: fewer than two, or more than eight, of ten values below the median.
  const { low, high, coverage } = quantileRanks(10, 0.5, 0.95);
  expect([low, high]).toEqual([2, 9]);
  expect(coverage).toBeCloseTo(1 - 22 / 1024, 12);
});

test('too few values bound a far quantile on one side only, or on none', () => {
  expect(quantileRanks(10, 0.99, 0.95)).toMatchObject({ low: 9, high: null });
  const one = quantileRanks(1, 0.5, 0.95);
  expect(one).toMatchObject({ low: null, high: null });
  expect(one.coverage).toBeCloseTo(1, 12);
});

test('many values and a confidence near one are no trouble', () => {
  const { low, high, coverage } = quantileRanks(1_000_000, 0.5, 0.999);
  // Normal approximation: 500,000.5 ± 3.29 x 500.
  expect(low).toBeCloseTo(500_000 - 1645, -1);
  expect(high).toBeCloseTo(500_001 + 1645, -1);
  expect(coverage).toBeGreaterThan(0.999);
});
