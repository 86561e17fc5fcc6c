/** A release of replicas: how the engine walks a rollout, at moments known by hand. */
import { expect, test } from 'vitest';
import { makeRollout } from '../../src/rollout/registry.js';
import { outcomesOf, tell, visitorsAt } from './handMade.js';
import { constant, model, replicas, seconds, service, wait } from './modelBuilder.js';

const everySecond = Array.from({ length: 60 }, (_, k) => k * seconds);

test('recreate starts the new version when the last old instance has ended, as Kubernetes does', () => {
  const rollout = makeRollout('recreate');
  if (!rollout.ok) throw new Error(rollout.fault);
  const told = tell(
    model({
      traffic: [visitorsAt(everySecond)],
      services: [
        service([wait(constant(2.5 * seconds))], {
          start: { ...service([]).start, whole: constant(4 * seconds) },
          dispatch: replicas(2, { rollout: rollout.value }),
        }),
      ],
      releases: [
        {
          name: 'v2',
          atUs: 20.1 * seconds,
          service: 0,
          version: 'v2',
          cpuFactor: 1,
          memoryFactor: 1,
          failChance: 0,
          application: null,
        },
      ],
    }),
  );
  // The visitor of second 20 holds his instance till 22.5; four seconds later the two new ones are there.
  expect(told.life.filter((line) => line.includes('@ 2') && !line.includes('requested'))).toEqual([
    '0.0 draining @ 20.1',
    '0.1 draining @ 20.1',
    '0.1 gone @ 21.5',
    '0.0 gone @ 22.5',
    '0.2 starting @ 22.5',
    '0.3 starting @ 22.5',
    '0.2 ready @ 26.5',
    '0.3 ready @ 26.5',
  ]);
  // Those of seconds 21 to 26 find nobody.
  expect(outcomesOf(told.visitors)).toEqual({ completed: 54, rejected: 6 });
});
