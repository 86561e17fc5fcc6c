/** The restart rule of a plain time to repair. */
import { expect, test } from 'vitest';
import { makeRestart } from '../../src/healing/registry.js';

test('every crash waits for a repair of its own, start-up included, whatever came before', () => {
  const made = makeRestart({ quantileUs: (share) => -1e6 * Math.log(1 - share) });
  if (!made.ok) throw new Error(made.fault);
  expect(made.value.coversStartUp).toBe(true);
  expect(made.value.afterCrash(0, 10, null, 0)).toEqual({ waitUs: 0, memory: null });
  // The median of an exponential of mean 1 s is ln 2.
  expect(made.value.afterCrash(0, 10, { delayUs: 9, lastUpdateUs: 9 }, 0.5).waitUs).toBe(693_147);
});
