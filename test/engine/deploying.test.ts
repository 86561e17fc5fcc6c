/** A release of replicas: how the engine walks a rollout, at moments known by hand. */
import { expect, test } from 'vitest';
import { schedule } from '../../src/autoscaling/schedule.js';
import { makeRollout } from '../../src/rollout/registry.js';
import { outcomesOf, tell, visitorsAt } from './handMade.js';
import { constant, model, replicas, seconds, service, wait } from './modelBuilder.js';

const unchanged = { service: 0, version: 'v2', cpuFactor: 1, memoryFactor: 1, failChance: 0, application: null };
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
      releases: [{ ...unchanged, name: 'v2', atUs: 20.1 * seconds }],
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

test('scaled out in the middle of a release, the old version grows as well as the new one', () => {
  const rollout = makeRollout('rolling', { maxSurge: 2, maxUnavailable: 0 });
  const doubled = schedule.make({ changes: [{ atUs: 25 * seconds, count: 20 }] });
  if (!rollout.ok || !doubled.ok) throw new Error('not made');
  const told = tell(
    model({
      durationUs: 40 * seconds,
      traffic: [visitorsAt([])],
      services: [
        service([wait(constant(seconds))], {
          start: { ...service([]).start, whole: constant(60 * seconds) },
          dispatch: replicas(10, { minCount: 1, maxCount: 20, rollout: rollout.value, scalers: [doubled.value] }),
        }),
      ],
      releases: [{ ...unchanged, name: 'v2', atUs: 20 * seconds }],
    }),
  );
  // Ten old and two new of ten, then of twenty: 22 may be there, and each version keeps its share, 10/12 and 2/12.
  const begun = told.life.filter((line) => line.endsWith('starting @ 25'));
  expect(begun).toHaveLength(10);
  expect(told.notes.filter(({ kind }) => kind === 'release-step').map(({ detail }) => detail)).toEqual([
    'new ones start',
    'both versions are scaled',
  ]);
});
