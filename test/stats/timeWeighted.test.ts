/** Time-weighted means, worked by hand. */
import { expect, test } from 'vitest';
import { TimeWeighted } from '../../src/stats/timeWeighted.js';

test('two for 10 us, then five for 30 us, is 4.25 on average', () => {
  const instances = new TimeWeighted(2, 0);
  instances.set(5, 10);
  expect(instances.mean(40)).toBe((2 * 10 + 5 * 30) / 40);
  expect(instances.areaUs(40)).toBe(170);
});

test('values held for no time are extremes but weigh nothing', () => {
  const queue = new TimeWeighted(1, 0);
  queue.set(9, 5);
  queue.set(1, 5);
  expect(queue.mean(10)).toBe(1);
  expect([queue.min, queue.max]).toEqual([1, 9]);
});

test('a restart forgets the past and keeps the value', () => {
  const queue = new TimeWeighted(8, 0);
  queue.set(3, 10);
  queue.restart(20);
  expect([queue.min, queue.max, queue.mean(20), queue.mean(30)]).toEqual([3, 3, 3, 3]);
});

test('time does not go back', () => {
  const queue = new TimeWeighted(0, 10);
  expect(() => queue.set(1, 9)).toThrow(RangeError);
});
