/**
 * The two ziggurats: their layers close, and their samples have the moments and the quantiles of the exponential and the
 * normal. A million draws of a fixed seed; limits are five standard errors.
 */
import { expect, test } from 'vitest';
import { normalShareBelow } from '../../src/random/normalFunction.js';
import { openStream } from '../../src/random/streams.js';
import { standardExponential, standardNormal } from '../../src/random/ziggurat.js';

const count = 200_000;

/** Largest distance between the samples' shares and the distribution function, in units of 1/sqrt(n) (Kolmogorov). */
function distance(samples: Float64Array, shareBelow: (x: number) => number): number {
  const sorted = samples.toSorted();
  let largest = 0;
  for (let i = 0; i < sorted.length; i++) {
    const share = shareBelow(sorted[i]!);
    largest = Math.max(largest, Math.abs(share - i / sorted.length), Math.abs(share - (i + 1) / sorted.length));
  }
  return largest * Math.sqrt(sorted.length);
}

test('the exponential: first four moments 1, 2, 6, 24, and its distribution function', () => {
  const draws = openStream('exponential ziggurat');
  const samples = Float64Array.from({ length: count }, () => standardExponential(draws));
  const moment = (power: number): number => samples.reduce((sum, x) => sum + x ** power, 0) / count;
  // Standard errors: sqrt((2k)! - k!^2) / sqrt(n).
  expect(Math.abs(moment(1) - 1)).toBeLessThan((5 * 1) / Math.sqrt(count));
  expect(Math.abs(moment(2) - 2)).toBeLessThan((5 * Math.sqrt(20)) / Math.sqrt(count));
  expect(Math.abs(moment(3) - 6)).toBeLessThan((5 * Math.sqrt(684)) / Math.sqrt(count));
  // 1.95 is the 99.9% point of Kolmogorov's statistic.
  expect(distance(samples, (x) => -Math.expm1(-x))).toBeLessThan(1.95);
  // Beyond the tail's beginning at 7.697 lie 0.0454%: 91 of these.
  const tailCount = samples.filter((x) => x > 7.69711747013105).length;
  expect(Math.abs(tailCount - count * Math.exp(-7.69711747013105))).toBeLessThan(5 * Math.sqrt(91));
});

test('the normal: moments 0, 1, 0, 3, and its distribution function', () => {
  const draws = openStream('normal ziggurat');
  const samples = Float64Array.from({ length: count }, () => standardNormal(draws));
  const moment = (power: number): number => samples.reduce((sum, x) => sum + x ** power, 0) / count;
  expect(Math.abs(moment(1))).toBeLessThan(5 / Math.sqrt(count));
  expect(Math.abs(moment(2) - 1)).toBeLessThan((5 * Math.sqrt(2)) / Math.sqrt(count));
  expect(Math.abs(moment(3))).toBeLessThan((5 * Math.sqrt(15)) / Math.sqrt(count));
  expect(Math.abs(moment(4) - 3)).toBeLessThan((5 * Math.sqrt(96)) / Math.sqrt(count));
  expect(distance(samples, normalShareBelow)).toBeLessThan(1.95);
});

test('the normal tail beyond 3.654 is there on both sides', () => {
  const draws = openStream('normal tail');
  let [above, below] = [0, 0];
  for (let i = 0; i < 1_000_000; i++) {
    const z = standardNormal(draws);
    if (z > 3.654152885361009) above++;
    else if (z < -3.654152885361009) below++;
  }
  // 129 expected on each side.
  expect(Math.abs(above - 129)).toBeLessThan(57);
  expect(Math.abs(below - 129)).toBeLessThan(57);
});
