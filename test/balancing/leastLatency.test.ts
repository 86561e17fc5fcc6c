/** Peak EWMA by hand: what Finagle's PeakEwma.scala computes at the same moments. */
import { expect, test } from 'vitest';
import { leastLatency } from '../../src/balancing/leastLatency.js';

/** Two instances; drawing 0 then 0 looks at instance 0 first and 1 second, so 0 wins where they cost the same. */
function two() {
  const memory = leastLatency.start();
  memory.add(0, 0, 1);
  memory.add(1, 0, 1);
  return { memory, pickAt: (nowUs: number) => memory.pick(0, 0, 0, nowUs) };
}

test('the slower of two idle ones is left alone', () => {
  const { memory, pickAt } = two();
  memory.answered!(0, 50_000, 0);
  memory.answered!(1, 10_000, 0);
  expect(pickAt(0)).toBe(1);
});

test('requests in flight count: 10 ms with five of them costs more than 50 ms with none', () => {
  const { memory, pickAt } = two();
  memory.answered!(0, 50_000, 0);
  memory.answered!(1, 10_000, 0);
  memory.loadChanged(1, 5);
  expect(pickAt(0)).toBe(0);
  memory.loadChanged(1, 3);
  expect(pickAt(0)).toBe(1);
});

test('a peak counts in full at once, and a shorter time after 10 s pulls it down by 1 - 1/e', () => {
  const { memory, pickAt } = two();
  memory.answered!(0, 100_000, 0);
  memory.answered!(0, 10_000, 10_000_000); // 100 e^-1 + 10 (1 - e^-1) = 43.11 ms
  memory.answered!(1, 43_000, 10_000_000);
  expect(pickAt(10_000_000)).toBe(1);
  memory.answered!(1, 43_200, 10_000_000);
  expect(pickAt(10_000_000)).toBe(0);
});

test('one nobody has heard from gets a first request, and no second before it has answered', () => {
  const { memory, pickAt } = two();
  memory.answered!(0, 1000, 0);
  expect(pickAt(0)).toBe(1);
  memory.loadChanged(1, 1);
  memory.loadChanged(0, 100);
  expect(pickAt(0)).toBe(0);
});
