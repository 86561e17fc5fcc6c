/** The warm-up check on hand-made series. */
import { expect, test } from 'vitest';
import { checkWarmup } from '../../src/experiment/warmupCheck.js';

/** A fixed jitter without chance: the fractional parts of multiples of the golden ratio. */
const jitter = (k: number): number => ((k * 0.618034) % 1) - 0.5;
const stretches = (latencyUs: (k: number) => number) => ({
  sumUs: Array.from({ length: 200 }, (_, k) => 10 * latencyUs(k)),
  count: Array.from({ length: 200 }, () => 10),
});

test('a steady series needs no more warm-up', () => {
  expect(checkWarmup([stretches((k) => 1000 + 100 * jitter(k))])).toBeNull();
});

test('a series that starts three times as high is noticed', () => {
  const high = stretches((k) => (k < 50 ? 3000 : 1000) + 100 * jitter(k));
  expect(checkWarmup([high])).toMatchObject({ code: 'warm-up-short' });
});

test('a series that grows to its end has not settled', () => {
  expect(checkWarmup([stretches((k) => 1000 + 50 * k)])?.message).toContain('had not settled');
});

test('nothing is said of a run with too few answers to tell', () => {
  expect(checkWarmup([{ sumUs: [5, 0, 1], count: [1, 0, 1] }])).toBeNull();
});
