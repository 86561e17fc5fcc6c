/**
 * One suite over the whole table of distributions: what a sampler says of itself (mean, variance, quantiles) is what it
 * samples, it takes its chances from its draws alone, and it never gives a negative or infinite sample. Fixed seeds.
 */
import { describe, expect, test } from 'vitest';
import type { DistributionSpec } from '../../src/random/contract.js';
import { Draws } from '../../src/random/draws.js';
import { distributions, makeSampler, samplerFault } from '../../src/random/registry.js';
import { openStream } from '../../src/random/streams.js';

const specs: readonly DistributionSpec[] = [
  { kind: 'constant', value: 20_000 },
  { kind: 'exponential', mean: 20_000 },
  { kind: 'uniform', low: 10_000, high: 30_000 },
  { kind: 'normal', mean: 20_000, sd: 4000 },
  { kind: 'normal', mean: 10_000, sd: 20_000 },
  { kind: 'lognormal', mean: 20_000, cv: 0.5 },
  { kind: 'lognormal-quantiles', p50: 12_000, p99: 60_000 },
  { kind: 'gamma', mean: 20_000, cv: 0.5 },
  { kind: 'gamma', mean: 20_000, cv: 2 },
  { kind: 'weibull', mean: 20_000, shape: 0.7 },
  { kind: 'weibull', mean: 20_000, shape: 3 },
  { kind: 'pareto', mean: 20_000, alpha: 6 },
  { kind: 'hyperexponential', mean: 20_000, cv: 2 },
  {
    kind: 'quantiles',
    points: [
      [0, 2000],
      [0.5, 11_000],
      [0.99, 160_000],
      [1, 900_000],
    ],
  },
  {
    kind: 'quantiles',
    points: [
      [0.1, 2000],
      [0.5, 11_000],
      [0.9, 30_000],
    ],
    isLog: true,
  },
  { kind: 'empirical', values: [5, 1, 9, 9, 2, 700] },
];

const count = 30_000;

describe.each(specs)('$kind %#', (spec) => {
  const sampler = makeSampler(spec);
  const draws = openStream('families', JSON.stringify(spec));
  const samples = Float64Array.from({ length: count }, () => sampler.sample(draws)).sort();
  const mean = samples.reduce((sum, x) => sum + x, 0) / count;

  test('its mean is the mean of its samples, to five standard errors', () => {
    const standardError = Math.sqrt(sampler.variance / count);
    expect(Math.abs(mean - sampler.mean)).toBeLessThanOrEqual(5 * standardError + 1e-9 * sampler.mean);
  });

  test('its variance is the variance of its samples, to five standard errors', () => {
    const squares = samples.map((x) => (x - mean) ** 2);
    const variance = squares.reduce((sum, square) => sum + square, 0) / count;
    const spread = Math.sqrt(squares.reduce((sum, square) => sum + (square - variance) ** 2, 0) / count / count);
    expect(Math.abs(variance - sampler.variance)).toBeLessThanOrEqual(5 * spread + 1e-9 * sampler.variance);
  });

  test('its quantiles are those of its samples: so many are below as the share says, to five standard errors', () => {
    for (const share of [0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999]) {
      const value = sampler.quantile(share);
      const below = samples.filter((x) => x < value * (1 - 1e-12)).length / count;
      const atMost = samples.filter((x) => x <= value * (1 + 1e-12)).length / count;
      const allowed = 5 * Math.sqrt((share * (1 - share)) / count);
      expect(below, `below ${share}`).toBeLessThanOrEqual(share + allowed);
      expect(atMost, `at most ${share}`).toBeGreaterThanOrEqual(share - allowed);
    }
  });

  test('its quantiles rise, and every sample is finite and lies between the first and the last', () => {
    const points = [0, 0.001, 0.3, 0.5, 0.7, 0.999, 1].map((share) => sampler.quantile(share));
    for (let i = 1; i < points.length; i++) expect(points[i]!).toBeGreaterThanOrEqual(points[i - 1]!);
    expect(samples[0]!).toBeGreaterThanOrEqual(Math.max(0, points[0]! * (1 - 1e-12)));
    expect(samples[count - 1]!).toBeLessThanOrEqual(points[points.length - 1]! * (1 + 1e-12));
    expect(samples[count - 1]!).toBeLessThan(Infinity);
  });

  test('the same place gives the same samples', () => {
    const place = new Draws(12, 34);
    const first = [sampler.sample(place), sampler.sample(place)];
    place.moveTo(12, 34);
    expect([sampler.sample(place), sampler.sample(place)]).toEqual(first);
  });
});

test('every kind of the table is tried above', () => {
  expect(new Set(specs.map(({ kind }) => kind))).toEqual(new Set(Object.keys(distributions)));
});

test('a constant takes no draws', () => {
  const draws = new Draws(1, 2);
  makeSampler({ kind: 'constant', value: 7 }).sample(draws);
  expect(draws.uniform()).toBe(new Draws(1, 2).uniform());
});

test('the condition that is broken is said, and making such a sampler is a bug of the caller', () => {
  const wrong: readonly (readonly [spec: DistributionSpec, condition: RegExp])[] = [
    [{ kind: 'pareto', mean: 1, alpha: 1 }, /alpha must be above 1/],
    [{ kind: 'weibull', mean: 1, shape: 0 }, /shape must be above 0/],
    [{ kind: 'hyperexponential', mean: 1, cv: 1 }, /cv must be above 1/],
    [{ kind: 'gamma', mean: 1, cv: 0 }, /cv must be above 0/],
    [{ kind: 'lognormal', mean: 0, cv: 1 }, /mean must be above 0/],
    [{ kind: 'lognormal-quantiles', p50: 5, p99: 4 }, /p99 must not be below p50/],
    [{ kind: 'uniform', low: 30, high: 10 }, /must rise/],
    [
      {
        kind: 'quantiles',
        points: [
          [0, 5],
          [0.5, 4],
        ],
      },
      /must rise/,
    ],
    [
      {
        kind: 'quantiles',
        points: [
          [0.5, 4],
          [0.5, 5],
        ],
      },
      /must rise/,
    ],
    [
      {
        kind: 'quantiles',
        points: [
          [0, 0],
          [1, 5],
        ],
        isLog: true,
      },
      /above 0/,
    ],
    [{ kind: 'quantiles', points: [[0, 1]] }, /two points/],
    [
      {
        kind: 'quantiles',
        points: [
          [0, 1],
          [1.2, 5],
        ],
      },
      /between 0% and 100%/,
    ],
    [{ kind: 'empirical', values: [] }, /at least one/],
    [{ kind: 'empirical', values: [1, -1] }, /negative/],
    [{ kind: 'exponential', mean: -1 }, /negative/],
    [{ kind: 'exponential', mean: Infinity }, /finite/],
    [{ kind: 'normal', mean: 1, sd: Number.NaN }, /finite/],
    [{ kind: 'constant', value: -1 }, /negative/],
  ];
  for (const [spec, condition] of wrong) {
    expect(samplerFault(spec)).toMatch(condition);
    expect(() => makeSampler(spec)).toThrow(RangeError);
  }
});

test('known moments: a truncated normal, a Pareto without variance, a lognormal by median and p99', () => {
  // Half normal: mean sd sqrt(2/pi), variance sd^2 (1 - 2/pi).
  const half = makeSampler({ kind: 'normal', mean: 0, sd: 10 });
  expect(half.mean).toBeCloseTo(10 * Math.sqrt(2 / Math.PI), 10);
  expect(half.variance).toBeCloseTo(100 * (1 - 2 / Math.PI), 10);
  expect(makeSampler({ kind: 'pareto', mean: 20, alpha: 1.5 }).variance).toBe(Infinity);
  const lognormal = makeSampler({ kind: 'lognormal-quantiles', p50: 12, p99: 180 });
  expect(lognormal.quantile(0.5)).toBeCloseTo(12, 10);
  expect(lognormal.quantile(0.99)).toBeCloseTo(180, 8);
  expect(Math.sqrt(makeSampler({ kind: 'lognormal', mean: 20, cv: 1.5 }).variance)).toBeCloseTo(30, 10);
});

test('distributions without spread are their value', () => {
  for (const spec of [
    { kind: 'normal', mean: 5, sd: 0 },
    { kind: 'lognormal', mean: 5, cv: 0 },
    { kind: 'uniform', low: 5, high: 5 },
    { kind: 'exponential', mean: 0 },
  ] as const) {
    const sampler = makeSampler(spec);
    const value = spec.kind === 'exponential' ? 0 : 5;
    expect(sampler.sample(new Draws(1, 2))).toBeCloseTo(value, 12);
    expect(sampler.quantile(1)).toBeCloseTo(value, 12);
    expect(sampler.variance).toBe(0);
  }
});

test('outside its points a distribution of quantiles holds the nearest value', () => {
  const sampler = makeSampler({
    kind: 'quantiles',
    points: [
      [0.5, 10],
      [0.99, 100],
    ],
  });
  expect([sampler.quantile(0), sampler.quantile(0.5), sampler.quantile(1)]).toEqual([10, 10, 100]);
  // Half at 10, 49% evenly between 10 and 100, 1% at 100.
  expect(sampler.mean).toBeCloseTo(0.5 * 10 + 0.49 * 55 + 0.01 * 100, 12);
});
