/** Random picks: equal parts of the draw, whatever the load. */
import { expect, test } from 'vitest';
import { random } from '../../src/balancing/random.js';

test('a draw is spread over the known instances in equal parts', () => {
  const memory = random.start();
  for (const instance of [8, 3, 5]) memory.add(instance, 0, 1);
  const picked = [0, 0.3, 0.34, 0.66, 0.67, 0.999].map((draw) => memory.pick(draw, 0, 0));
  expect(picked).toEqual([8, 8, 3, 3, 5, 5]);
});

test('load is no reason to avoid an instance', () => {
  const memory = random.start();
  memory.add(0, 0, 1);
  memory.add(1, 0, 1);
  memory.loadChanged(0, 1000);
  expect(memory.pick(0.1, 0, 0)).toBe(0);
});
