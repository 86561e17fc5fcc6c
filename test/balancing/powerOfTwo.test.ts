/** Two choices: that they differ, who wins, and how likely each pair is. */
import { expect, test } from 'vitest';
import { powerOfTwo } from '../../src/balancing/powerOfTwo.js';
import { Draws } from '../../src/random/draws.js';

test('the two drawn are different: of two instances the busier one is never picked', () => {
  const draws = new Draws(1, 1);
  const memory = powerOfTwo.start();
  memory.add(0, 1, 1);
  memory.add(1, 0, 1);
  for (let pick = 0; pick < 500; pick++) expect(memory.pick(draws.uniform(), draws.uniform(), 0)).toBe(1);
});

test('between equals the first drawn wins', () => {
  const memory = powerOfTwo.start();
  for (let instance = 0; instance < 10; instance++) memory.add(instance, 2, 1);
  for (let first = 0; first < 10; first++) expect(memory.pick((first + 0.5) / 10, 0.5, 0)).toBe(first);
});

test('each pair is equally likely: with one idle instance of 5 it is picked in 2 of 5 cases', () => {
  const draws = new Draws(2, 2);
  const memory = powerOfTwo.start();
  for (let instance = 0; instance < 5; instance++) memory.add(instance, instance === 3 ? 0 : 1, 1);
  let idleCount = 0;
  for (let pick = 0; pick < 20_000; pick++) if (memory.pick(draws.uniform(), draws.uniform(), 0) === 3) idleCount++;
  // 1 - C(4,2)/C(5,2) = 0.4; standard deviation 69.3, allowed 4 of them.
  expect(Math.abs(idleCount - 8000)).toBeLessThan(278);
});
