/** Zipf's law against the chance of every rank, for exponents below, at and above 1. */
import { expect, test } from 'vitest';
import { openStream } from '../../src/random/streams.js';
import { zipf } from '../../src/random/zipf.js';

test.each([0, 0.5, 0.9, 1, 1.2, 3])('ranks come in proportion to 1 / rank^%s', (exponent) => {
  const ranks = Array.from({ length: 20 }, (_, i) => i + 1);
  const weights = ranks.map((rank) => rank ** -exponent);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const sampler = zipf.make({ count: 20, exponent });
  const draws = openStream('zipf', exponent);
  const count = 200_000;
  const seen = new Float64Array(21);
  for (let i = 0; i < count; i++) seen[sampler.sample(draws)]!++;
  // 19 degrees of freedom: the 99.99% point of chi-square is 53.
  const chiSquare = ranks.reduce((sum, rank) => {
    const expected = (count * weights[rank - 1]!) / total;
    return sum + (seen[rank]! - expected) ** 2 / expected;
  }, 0);
  expect(chiSquare).toBeLessThan(53);
  expect(sampler.mean).toBeCloseTo(ranks.reduce((sum, rank) => sum + rank * weights[rank - 1]!, 0) / total, 10);
});

test('with many ranks mean, variance and median are those of the sums', () => {
  const [count, exponent] = [50_000, 0.9];
  let [total, first, second] = [0, 0, 0];
  for (let rank = 1; rank <= count; rank++) {
    total += rank ** -exponent;
    first += rank ** (1 - exponent);
    second += rank ** (2 - exponent);
  }
  let [median, passed] = [0, 0];
  while (passed < total / 2) passed += (++median) ** -exponent;
  const sampler = zipf.make({ count, exponent });
  expect(sampler.mean / (first / total)).toBeCloseTo(1, 10);
  expect(sampler.variance / (second / total - (first / total) ** 2)).toBeCloseTo(1, 9);
  expect(sampler.quantile(0.5)).toBe(median);
  expect([sampler.quantile(0), sampler.quantile(1)]).toEqual([1, count]);
});

test('samples stay within the ranks, for one rank and for a billion', () => {
  const draws = openStream('zipf range');
  const [one, billion] = [zipf.make({ count: 1, exponent: 0.9 }), zipf.make({ count: 1e9, exponent: 1.1 })];
  const ones = new Set(Array.from({ length: 1000 }, () => one.sample(draws)));
  expect([...ones]).toEqual([1]);
  const ranks = Array.from({ length: 10_000 }, () => billion.sample(draws));
  expect(ranks.every((rank) => Number.isInteger(rank) && rank >= 1 && rank <= 1e9)).toBe(true);
});

test('what is no number of ranks or no exponent is said', () => {
  expect(zipf.fault({ count: 0, exponent: 1 })).toMatch(/ranks/);
  expect(zipf.fault({ count: 10, exponent: -1 })).toMatch(/exponent/);
});
