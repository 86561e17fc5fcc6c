/** The gamma functions against factorials, roots of pi and chi-square tables. */
import { expect, test } from 'vitest';
import { gammaQuantile, gammaShareBelow, logGamma } from '../../src/random/gammaFunction.js';

test('Gamma(n) is (n - 1)!, Gamma(1/2) is the root of pi', () => {
  expect(logGamma(5)).toBeCloseTo(Math.log(24), 12);
  expect(logGamma(21)).toBeCloseTo(Math.log(2432902008176640000), 10);
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 13);
  expect(logGamma(1.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI) / 2), 13);
  expect(Math.abs(logGamma(1))).toBeLessThan(1e-13);
});

test('shape 1 is the exponential; whole shapes are Erlang', () => {
  for (const x of [0.01, 1, 3, 20]) {
    expect(gammaShareBelow(1, x)).toBeCloseTo(1 - Math.exp(-x), 13);
    expect(gammaShareBelow(3, x)).toBeCloseTo(1 - Math.exp(-x) * (1 + x + (x * x) / 2), 13);
  }
  expect([gammaShareBelow(2, 0), gammaShareBelow(2, Infinity)]).toEqual([0, 1]);
});

test('half of a chi-square with k degrees of freedom is gamma with shape k/2 (printed 95% points)', () => {
  expect(2 * gammaQuantile(0.5, 0.95)).toBeCloseTo(3.841458820694124, 9);
  expect(2 * gammaQuantile(5, 0.95)).toBeCloseTo(18.307038053275146, 9);
  expect(2 * gammaQuantile(50, 0.95)).toBeCloseTo(124.34211340400407, 8);
});
