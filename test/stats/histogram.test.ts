/**
 * The histogram against exact order statistics. Values come from a fixed multiplicative sequence, so that the test needs
 * no generator; the promised error is 0.5% at every quantile.
 */
import { expect, test } from 'vitest';
import { LatencyHistogram } from '../../src/stats/histogram.js';

/** A fixed pseudo-random walk over shares in (0, 1): Weyl's sequence of the golden ratio. */
const shares = (count: number): number[] => Array.from({ length: count }, (_, i) => (i * 0.6180339887498949) % 1);

function histogramOf(values: readonly number[]): LatencyHistogram {
  const histogram = new LatencyHistogram();
  for (const value of values) histogram.record(value);
  return histogram;
}

/** The smallest value that at least `share` of the sorted values do not exceed. */
const exactQuantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.max(1, Math.ceil(share * sorted.length - 1e-9)) - 1]!;

test('every quantile is right to 0.5%, from microseconds to months', () => {
  const values = shares(20_000).map((u) => Math.round(Math.exp(u * Math.log(2e12)) - 1));
  const sorted = values.toSorted((a, b) => a - b);
  const histogram = histogramOf(values);
  for (let permille = 0; permille <= 1000; permille++) {
    const exact = exactQuantile(sorted, permille / 1000);
    expect(Math.abs(histogram.quantile(permille / 1000) - exact)).toBeLessThanOrEqual(exact * 0.005);
  }
});

test('whole values below 256 are exact, zero among them', () => {
  const values = Array.from({ length: 256 }, (_, i) => i);
  const histogram = histogramOf(values);
  for (const value of values) {
    expect(histogram.quantile((value + 1) / 256)).toBe(value);
    expect(histogram.countAtMost(value)).toBe(value + 1);
  }
});

test('count, sum, mean, minimum and maximum are exact', () => {
  const values = [1_234_567, 89, 0, 7_654_321_012];
  const histogram = histogramOf(values);
  expect(histogram.count).toBe(4);
  expect(histogram.sumUs).toBe(7_655_555_668);
  expect(histogram.meanUs).toBe(7_655_555_668 / 4);
  expect([histogram.minUs, histogram.maxUs]).toEqual([0, 7_654_321_012]);
  expect([histogram.quantile(0), histogram.quantile(1)]).toEqual([0, 7_654_321_012]);
});

test('the median of one value, and of equal values, is that value', () => {
  expect(histogramOf([1_234_567]).quantile(0.5)).toBe(1_234_567);
  expect(histogramOf(new Array<number>(9).fill(987_654)).quantile(0.99)).toBe(987_654);
});

test('a share times the count that is whole but for its last bit asks for that rank, not the next', () => {
  const histogram = histogramOf(Array.from({ length: 100 }, (_, i) => i + 1));
  expect(0.07 * 100).toBeGreaterThan(7);
  expect(histogram.quantile(0.07)).toBe(7);
});

test('merging is the same as recording all values in one', () => {
  const values = shares(3000).map((u) => Math.floor(u ** 3 * 1e9));
  const merged = new LatencyHistogram();
  for (const from of [2000, 0, 1000]) merged.merge(histogramOf(values.slice(from, from + 1000)));
  expect(merged.toData()).toEqual(histogramOf(values).toData());
  merged.merge(new LatencyHistogram());
  expect(merged.count).toBe(3000);
});

test('as plain data it survives JSON and comes back the same', () => {
  const histogram = histogramOf(shares(500).map((u) => Math.floor(u * 5e6)));
  const back = LatencyHistogram.fromData(JSON.parse(JSON.stringify(histogram.toData())));
  expect(back.toData()).toEqual(histogram.toData());
  back.record(3);
  expect(back.count).toBe(501);
  expect(LatencyHistogram.fromData(new LatencyHistogram().toData()).count).toBe(0);
});

test('counting what is at most a limit is right to the width of one bucket', () => {
  const values = shares(10_000).map((u) => 1000 + Math.floor(u * 1e6));
  const histogram = histogramOf(values);
  for (const limit of [999, 1000, 20_000, 300_000, 800_000, 1_000_999, 2_000_000]) {
    const below = values.filter((value) => value <= limit * (1 - 1 / 128)).length;
    const above = values.filter((value) => value <= limit * (1 + 1 / 128)).length;
    expect(histogram.countAtMost(limit)).toBeGreaterThanOrEqual(below);
    expect(histogram.countAtMost(limit)).toBeLessThanOrEqual(above);
  }
  expect(histogram.countAtMost(999)).toBe(0);
  expect(histogram.countAtMost(2_000_000)).toBe(10_000);
});

test('its buckets hold all values once, in order, and do not overlap', () => {
  const values = shares(2000).map((u) => Math.floor(u ** 4 * 1e7));
  const buckets = histogramOf(values).buckets();
  for (const { lowUs, highUs, count } of buckets)
    expect(values.filter((value) => value >= lowUs && value <= highUs).length).toBe(count);
  for (let i = 1; i < buckets.length; i++) expect(buckets[i]!.lowUs).toBeGreaterThan(buckets[i - 1]!.highUs);
});

test('an empty histogram has no quantiles, and one that was cleared is empty', () => {
  const histogram = histogramOf([5, 6]);
  histogram.clear();
  expect(histogram.count).toBe(0);
  expect(histogram.quantile(0.5)).toBeNaN();
  expect(histogram.countAtMost(1e9)).toBe(0);
  expect(histogram.toData()).toEqual(new LatencyHistogram().toData());
});

test('negative, infinite and missing values are a bug of the caller, the largest whole number is not', () => {
  const histogram = new LatencyHistogram();
  for (const value of [-1, Infinity, Number.NaN]) expect(() => histogram.record(value)).toThrow(RangeError);
  histogram.record(Number.MAX_SAFE_INTEGER);
  expect(histogram.quantile(1)).toBe(Number.MAX_SAFE_INTEGER);
});
