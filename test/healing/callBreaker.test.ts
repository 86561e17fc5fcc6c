/** A breaker by hand: closed, open, half-open and back; and how many retries a budget allows. */
import { expect, test } from 'vitest';
import { callBreaker } from '../../src/healing/callBreaker.js';
import { retryBudget } from '../../src/healing/retryBudget.js';

const second = 1_000_000;

function failing(times: readonly number[], options = {}) {
  const memory = callBreaker(options).start();
  for (const at of times) memory.answered(true, at * second);
  return memory;
}

test('it opens at the fifth error in a row', () => {
  expect(failing([0, 1, 2, 3]).admits(4 * second)).toBe(true);
  expect(failing([0, 1, 2, 3, 4]).admits(4 * second)).toBe(false);
});

test('a good answer in between starts the count again', () => {
  const memory = failing([0, 1, 2, 3]);
  memory.answered(false, 3 * second);
  memory.answered(true, 4 * second);
  expect(memory.phase).toBe('closed');
});

test('errors further apart than the interval do not open it', () => {
  expect(failing([0, 3, 6, 9, 12]).phase).toBe('closed');
  expect(failing([0, 3, 6, 9, 12, 12.5, 12.6]).phase).toBe('open'); // 6 to 12.6: five within 10 s.
});

test('after 30 s one trial passes and no other; its answer closes the breaker', () => {
  const memory = failing([0, 0, 0, 0, 0]);
  expect(memory.admits(29.9 * second)).toBe(false);
  expect([memory.admits(30 * second), memory.admits(30 * second)]).toEqual([true, false]);
  expect(memory.phase).toBe('half-open');
  memory.answered(false, 31 * second);
  expect([memory.phase, memory.admits(31 * second)]).toEqual(['closed', true]);
});

test('a trial that fails opens it for another 30 s; one that is broken off lets the next one try', () => {
  const memory = failing([0, 0, 0, 0, 0]);
  memory.admits(30 * second);
  memory.answered(true, 31 * second);
  expect([memory.admits(60 * second), memory.admits(61 * second)]).toEqual([false, true]);
  memory.brokenOff();
  expect(memory.admits(62 * second)).toBe(true);
});

test('a budget of 20%: three retries always, of 50 calls up to ten', () => {
  const { allows } = retryBudget(0.2);
  expect([allows(2, 2), allows(3, 3)]).toEqual([true, false]);
  expect([allows(9, 50), allows(10, 50)]).toEqual([true, false]);
});
