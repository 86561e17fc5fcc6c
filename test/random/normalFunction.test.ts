/** The normal's distribution function and its inverse against printed values. */
import { expect, test } from 'vitest';
import { normalQuantile, normalShareBelow } from '../../src/random/normalFunction.js';

test('the distribution function: printed values from the middle far into the tail', () => {
  expect(normalShareBelow(0)).toBe(0.5);
  expect(normalShareBelow(1)).toBeCloseTo(0.8413447460685429, 15);
  expect(normalShareBelow(-1.96)).toBeCloseTo(0.024997895148220435, 14);
  expect(normalShareBelow(-3.5) / 2.32629079035525e-4).toBeCloseTo(1, 12);
  expect(normalShareBelow(-10) / 7.61985302416052e-24).toBeCloseTo(1, 12);
  expect(normalShareBelow(9)).toBe(1);
  expect(normalShareBelow(-100)).toBe(0);
});

test('the quantiles of the tables', () => {
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 12);
  expect(normalQuantile(0.99)).toBeCloseTo(2.3263478740408408, 12);
  expect(normalQuantile(0.001)).toBeCloseTo(-3.090232306167813, 12);
  expect([normalQuantile(0), normalQuantile(0.5), normalQuantile(1)]).toEqual([
    -Infinity,
    expect.closeTo(0, 15),
    Infinity,
  ]);
});

test('the inverse undoes the distribution function', () => {
  for (const share of [1e-12, 1e-5, 0.02, 0.024, 0.025, 0.3, 0.7, 0.999])
    expect(normalShareBelow(normalQuantile(share)) / share).toBeCloseTo(1, 10);
});
