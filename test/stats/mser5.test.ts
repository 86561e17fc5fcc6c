/** MSER-5 on series whose warm-up is known. */
import { expect, test } from 'vitest';
import { mser5 } from '../../src/stats/mser5.js';

const noise = (i: number): number => ((i * 0.6180339887498949) % 1) - 0.5;

test('a series that starts 50 values too high is cut there, or a few batches later', () => {
  const series = Array.from({ length: 1000 }, (_, i) => (i < 50 ? 10 : 0) + noise(i));
  const { cutCount, isUnsettled } = mser5(series)!;
  expect(cutCount).toBeGreaterThanOrEqual(50);
  expect(cutCount).toBeLessThanOrEqual(100);
  expect(isUnsettled).toBe(false);
});

test('a constant series needs no cut', () => {
  expect(mser5(new Array<number>(200).fill(3))).toEqual({ cutCount: 0, isUnsettled: false });
});

test('a series that rises all the way never settles', () => {
  expect(mser5(Array.from({ length: 500 }, (_, i) => i))!.isUnsettled).toBe(true);
});

test('fewer than fifty values say nothing', () => expect(mser5(new Array<number>(49).fill(1))).toBeNull());
