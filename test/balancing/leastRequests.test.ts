/** Least requests against a plain scan of all instances, and what follows from it. */
import { expect, test } from 'vitest';
import { leastRequests } from '../../src/balancing/leastRequests.js';
import { Draws } from '../../src/random/draws.js';

test('an instance with the fewest outstanding requests is picked, as a plain scan finds it', () => {
  for (let seed = 0; seed < 30; seed++) {
    const draws = new Draws(seed, 99);
    const memory = leastRequests.start();
    const loads = new Map<number, number>();
    for (let step = 0; step < 400; step++) {
      const instance = Math.floor(draws.uniform() * 25);
      const action = draws.uniform();
      if (action < 0.2) {
        loads.delete(instance);
        memory.remove(instance);
      } else {
        const load = action < 0.5 ? Math.floor(draws.uniform() * 30) : Math.max(0, (loads.get(instance) ?? 0) + 1);
        if (loads.has(instance) && action < 0.9) memory.loadChanged(instance, load);
        else memory.add(instance, load, 1);
        loads.set(instance, load);
      }
      const least = Math.min(...loads.values());
      const tied = [...loads].filter(([, load]) => load === least).map(([one]) => one);
      // Equally spaced draws reach every tied instance exactly once.
      const reached = tied.map((_, index) => memory.pick((index + 0.5) / tied.length, 0, 0));
      expect(new Set(reached)).toEqual(new Set(tied));
    }
  }
});

test('requests that stay spread evenly: after n per instance every instance holds n', () => {
  const draws = new Draws(1, 1);
  const memory = leastRequests.start();
  const loads = new Int32Array(1000);
  for (let instance = 0; instance < 1000; instance++) memory.add(instance, 0, 1);
  for (let request = 0; request < 20_000; request++) {
    const picked = memory.pick(draws.uniform(), 0, 0);
    memory.loadChanged(picked, ++loads[picked]!);
  }
  expect(new Set(loads)).toEqual(new Set([20]));
});

test('a new instance without requests is preferred until it has caught up', () => {
  const memory = leastRequests.start();
  memory.add(0, 4, 1);
  memory.add(1, 0, 1);
  for (let load = 1; load <= 4; load++) {
    expect(memory.pick(0.99, 0, 0)).toBe(1);
    memory.loadChanged(1, load);
  }
  expect([memory.pick(0, 0, 0), memory.pick(0.99, 0, 0)].sort()).toEqual([0, 1]);
});
