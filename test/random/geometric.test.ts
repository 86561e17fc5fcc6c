/** The geometric on 1, 2, 3 … against its own chances. */
import { expect, test } from 'vitest';
import { Draws } from '../../src/random/draws.js';
import { geometric } from '../../src/random/geometric.js';
import { openStream } from '../../src/random/streams.js';

test('with mean 4 each number comes with a quarter of what is left: chances, mean, variance, quantiles', () => {
  const sampler = geometric.make({ mean: 4 });
  const draws = openStream('geometric');
  const count = 200_000;
  const seen = new Map<number, number>();
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const value = sampler.sample(draws);
    sum += value;
    seen.set(value, (seen.get(value) ?? 0) + 1);
  }
  for (let k = 1; k <= 12; k++) {
    const chance = 0.25 * 0.75 ** (k - 1);
    expect(Math.abs(seen.get(k)! / count - chance)).toBeLessThan(5 * Math.sqrt((chance * (1 - chance)) / count));
  }
  expect(Math.abs(sum / count - 4)).toBeLessThan(5 * Math.sqrt(12 / count));
  expect(sampler.variance).toBe(12);
  expect([0, 0.25, 0.26, 0.4375, 0.44].map((share) => sampler.quantile(share))).toEqual([1, 1, 2, 2, 3]);
});

test('with mean 1 it is always 1; below there is none', () => {
  const sampler = geometric.make({ mean: 1 });
  const draws = new Draws(5, 6);
  expect([sampler.sample(draws), sampler.sample(draws), sampler.quantile(1)]).toEqual([1, 1, 1]);
  expect(geometric.fault({ mean: 0.5 })).toMatch(/at least 1/);
  expect(geometric.fault({ mean: Number.NaN })).toMatch(/finite/);
});
