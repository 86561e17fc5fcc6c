/** Student's t against printed tables and the two cases with a closed inverse. */
import { expect, test } from 'vitest';
import { studentTQuantile } from '../../src/stats/studentT.js';

test('the two-sided 95% values of the tables', () => {
  // To six decimals as printed by R's qt(0.975, df).
  const table: readonly (readonly [freedom: number, t: number])[] = [
    [1, 12.706205],
    [2, 4.302653],
    [3, 3.182446],
    [4, 2.776445],
    [5, 2.570582],
    [9, 2.262157],
    [10, 2.228139],
    [19, 2.093024],
    [29, 2.04523],
    [30, 2.042272],
    [99, 1.984217],
    [1000, 1.962339],
  ];
  for (const [freedom, t] of table) expect(Math.abs(studentTQuantile(0.975, freedom) - t)).toBeLessThan(1e-6);
});

test('one and two degrees of freedom have closed inverses: tan, and (2p - 1) sqrt(2 / (4p(1 - p)))', () => {
  for (const share of [0.6, 0.75, 0.9, 0.99, 0.9995]) {
    const cauchy = Math.tan(Math.PI * (share - 0.5));
    expect(studentTQuantile(share, 1) / cauchy).toBeCloseTo(1, 10);
    const two = (2 * share - 1) * Math.sqrt(2 / (4 * share * (1 - share)));
    expect(studentTQuantile(share, 2) / two).toBeCloseTo(1, 10);
  }
});

test('it is odd around one half and tends to the normal', () => {
  expect(studentTQuantile(0.5, 7)).toBe(0);
  expect(studentTQuantile(0.1, 7)).toBe(-studentTQuantile(0.9, 7));
  expect(studentTQuantile(0.975, 1_000_001)).toBeCloseTo(1.959964, 5);
});

test('what is no share or no number of degrees is a bug of the caller', () => {
  for (const [share, freedom] of [
    [0, 1],
    [1, 1],
    [0.9, 0],
    [0.9, 1.5],
  ] as const)
    expect(() => studentTQuantile(share, freedom)).toThrow(RangeError);
});
