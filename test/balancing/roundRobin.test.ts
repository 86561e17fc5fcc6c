/** Whose turn it is, when instances come and go. */
import { expect, test } from 'vitest';
import { roundRobin } from '../../src/balancing/roundRobin.js';

const ringOf = (...instances: readonly number[]) => {
  const memory = roundRobin.start();
  for (const instance of instances) memory.add(instance, 0, 1);
  return memory;
};
const picks = (memory: ReturnType<typeof ringOf>, count: number) =>
  Array.from({ length: count }, () => memory.pick(0, 0, 0));

test('instances take turns in the order in which they became known', () => {
  expect(picks(ringOf(4, 2, 9), 7)).toEqual([4, 2, 9, 4, 2, 9, 4]);
});

test('when an instance goes nobody is skipped and nobody served twice', () => {
  const memory = ringOf(0, 1, 2, 3);
  expect(picks(memory, 2)).toEqual([0, 1]);
  memory.remove(0);
  expect(picks(memory, 3)).toEqual([2, 3, 1]);
  memory.remove(2); // Whose turn it was.
  expect(picks(memory, 4)).toEqual([3, 1, 3, 1]);
});

test('a new instance comes last in the round under way', () => {
  const memory = ringOf(0, 1, 2);
  expect(picks(memory, 1)).toEqual([0]);
  memory.add(7, 0, 1);
  expect(picks(memory, 5)).toEqual([1, 2, 0, 7, 1]);
});

test('the last one gone, the next one known begins anew', () => {
  const memory = ringOf(3);
  memory.remove(3);
  expect(memory.pick(0, 0, 0)).toBe(-1);
  memory.add(100, 0, 1);
  expect(picks(memory, 2)).toEqual([100, 100]);
});
