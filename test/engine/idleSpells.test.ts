/**
 * Idle spells: which environments go when, where the platform keeps some however long.
 */
import { expect, test } from 'vitest';
import type { Sampler } from '../../src/random/contract.js';
import { momentsOf, tell, visitorsAt } from './handMade.js';
import { constant, environments, model, sampler, seconds, service, wait } from './modelBuilder.js';

function goneAt(idleTimeout: Sampler): number[] {
  const told = tell(
    model({
      durationUs: 60 * seconds,
      traffic: [visitorsAt([0]), visitorsAt([5 * seconds], { name: 'later', entries: [{ service: 0, operation: 1 }] })],
      services: [
        {
          ...service([wait(constant(6 * seconds))], {
            concurrency: 1,
            dispatch: environments({ idleTimeout, minIdleCount: 1 }),
          }),
          operations: [
            { name: 'short', steps: [wait(constant(6 * seconds))] },
            { name: 'long', steps: [wait(constant(15 * seconds))] },
          ],
        },
      ],
    }),
  );
  return momentsOf(told, 'gone');
}

test('one that was kept goes as soon as another is idle: its time has long been over', () => {
  expect(goneAt(constant(4 * seconds))).toEqual([20]);
});

test('the same where each spell draws its own time', () => {
  expect(goneAt(sampler({ kind: 'uniform', low: 3 * seconds, high: 5 * seconds }))).toEqual([20]);
});
