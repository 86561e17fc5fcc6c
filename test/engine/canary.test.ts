/** Blue/green, canary and rollbacks: who gets which request when, at moments and shares known by hand. */
import { expect, test } from 'vitest';
import type { ReleaseModel, ServiceModel } from '../../src/model/contract.js';
import { makeRollout, type RolloutOptions } from '../../src/rollout/registry.js';
import { momentsOf, notesOf, outcomesOf, type Told, tell, visitorsAt } from './handMade.js';
import { constant, model, replicas, seconds, service, wait } from './modelBuilder.js';

function released(
  kind: string,
  options: RolloutOptions,
  parts: {
    readonly release?: Partial<ReleaseModel>;
    readonly service?: Partial<ServiceModel>;
    readonly lastsS?: number;
  },
): Told {
  const rollout = makeRollout(kind, options);
  if (!rollout.ok) throw new Error(rollout.fault);
  const { lastsS = 300 } = parts;
  return tell(
    model({
      traffic: [visitorsAt(Array.from({ length: lastsS * 50 }, (_, k) => k * 0.02 * seconds))],
      services: [
        service([wait(constant(0.3 * seconds))], {
          start: { ...service([]).start, whole: null, application: constant(8 * seconds) },
          discoveryDelay: constant(1 * seconds),
          dispatch: replicas(4, { rollout: rollout.value }),
          ...parts.service,
        }),
      ],
      releases: [
        {
          name: 'v2',
          atUs: 20 * seconds,
          service: 0,
          version: 'v2',
          cpuFactor: 1,
          memoryFactor: 1,
          failChance: 0,
          application: null,
          ...parts.release,
        },
      ],
      durationUs: lastsS * seconds,
    }),
  );
}

/** Share of the spans begun in [fromS, toS) that went to instances numbered from 4 on: the new ones. */
function newShare(told: Told, fromS: number, toS: number): number {
  const spans = told.spans.filter(({ beganUs }) => beganUs >= fromS * seconds && beganUs < toS * seconds);
  return spans.filter(({ instance }) => instance >= 4).length / spans.length;
}

test('blue/green: all of the new version, then every request at once; the old one stays 30 s (Argo Rollouts)', () => {
  const told = released('blueGreen', {}, { lastsS: 90 });
  expect(momentsOf(told, 'ready').filter((at) => at > 1)).toEqual([28, 28, 28, 28]);
  expect(notesOf(told, 'release-done')).toEqual(['v2: v2 everywhere @ 28']);
  // Callers hear of the switch as late as of an instance, 1 s.
  expect(newShare(told, 0, 29)).toBe(0);
  expect(newShare(told, 29, 90)).toBe(1);
  expect(momentsOf(told, 'draining')).toEqual([58, 58, 58, 58]);
  expect(momentsOf(told, 'gone')).toEqual([59, 59, 59, 59]);
  expect(outcomesOf(told.visitors)).toEqual({ completed: told.visitors.length });
});

const steps = [
  { weight: 0.25, forUs: 60 * seconds },
  { weight: 0.5, forUs: 60 * seconds },
];

test('canary: a quarter of the requests for a minute, half for another, then all; the old version stays whole', () => {
  const told = released('canary', { steps }, {});
  // One new instance for 25% of four, two for 50%, all four; each step begins when its instances are there.
  expect(momentsOf(told, 'ready').filter((at) => at > 1)).toEqual([28, 96, 164, 164]);
  expect(momentsOf(told, 'draining')).toEqual([194, 194, 194, 194]);
  expect(notesOf(told, 'release-done')).toEqual(['v2: v2 everywhere @ 164']);
  // 3,350 and 3,300 requests: a share of p is right to three standard errors, 0.026.
  expect(Math.abs(newShare(told, 29, 96) - 0.25)).toBeLessThan(0.026);
  expect(Math.abs(newShare(told, 97, 164) - 0.5)).toBeLessThan(0.026);
  expect(newShare(told, 165, 299)).toBe(1);
  expect(outcomesOf(told.visitors)).toEqual({ completed: told.visitors.length });
});

const abortIf = { watches: { kind: 'error-ratio' }, op: '>', limit: 0.02, text: 'error_ratio > 2%' } as const;

test('a canary that fails more than it may is taken back at the first look, and the old version has never left', () => {
  const told = released('canary', { steps, abortIf }, { release: { failChance: 0.3 } });
  // Looked at once a minute (Flagger) from 28 s on.
  expect(notesOf(told, 'release-aborted')).toEqual(['v2: error_ratio > 2%: taken back @ 88']);
  expect(notesOf(told, 'release-done')).toEqual(['v2: taken back: v2 is gone @ 88']);
  expect(newShare(told, 89, 299)).toBe(0);
  expect(momentsOf(told, 'draining')).toEqual([118]);
  // A quarter of the requests of 60 s met a version that fails three in ten: 225 are expected, three sd are 42.
  const { failed = 0, ...rest } = outcomesOf(told.visitors);
  expect(Math.abs(failed - 225)).toBeLessThan(42);
  expect(Object.keys(rest)).toEqual(['completed']);
});

test('a canary within its limit goes on', () => {
  const told = released('canary', { steps, abortIf }, { release: { failChance: 0.001 } });
  expect(notesOf(told, 'release-aborted')).toEqual([]);
  expect(notesOf(told, 'release-done')).toEqual(['v2: v2 everywhere @ 164']);
});

test('a rolling release past its deadline is undone where that is asked for, and only stalls where not', () => {
  const never = { release: { application: constant(3600 * seconds) } };
  const rolling = { maxSurge: 1, maxUnavailable: 1 };
  const undone = released('rolling', { ...rolling, progressDeadlineUs: 60 * seconds }, never);
  expect(notesOf(undone, 'release-aborted').map((note) => note.slice(0, 50))).toEqual([
    'v2: progress deadline exceeded @ 80.000001',
  ]);
  // Surge and unavailability let two new ones start; both go, and the old one that went is started again.
  expect(momentsOf(undone, 'requested').filter((at) => at > 1)).toEqual([20, 20, 80.000001]);
  expect(momentsOf(undone, 'ready').filter((at) => at > 1)).toEqual([88.000001]);
  expect(notesOf(undone, 'release-done')).toEqual(['v2: taken back: v2 is gone @ 88.000001']);
  const stalled = released('rolling', { ...rolling, progressDeadlineUs: 60 * seconds, rollsBack: false }, never);
  expect(notesOf(stalled, 'release-aborted')).toEqual([]);
  expect(notesOf(stalled, 'release-stalled')).toEqual(['v2: progress deadline exceeded @ 80.000001']);
  expect(notesOf(stalled, 'release-done')).toEqual([]);
});

test('a second release in the middle of a canary puts every version behind one balancer again', () => {
  const rollout = makeRollout('canary', { steps });
  if (!rollout.ok) throw new Error(rollout.fault);
  const release = { service: 0, cpuFactor: 1, memoryFactor: 1, failChance: 0, application: null };
  const told = tell(
    model({
      traffic: [visitorsAt(Array.from({ length: 6000 }, (_, k) => k * 0.05 * seconds))],
      services: [
        service([wait(constant(0.3 * seconds))], {
          start: { ...service([]).start, whole: null, application: constant(8 * seconds) },
          dispatch: replicas(4, { rollout: rollout.value }),
        }),
      ],
      releases: [
        { ...release, name: 'v2', version: 'v2', atUs: 20 * seconds },
        { ...release, name: 'v3', version: 'v3', atUs: 60 * seconds },
      ],
      durationUs: 300 * seconds,
    }),
  );
  expect(outcomesOf(told.visitors)).toEqual({ completed: told.visitors.length });
  expect(notesOf(told, 'release-done').map((note) => note.slice(0, 18))).toEqual(['v3: v3 everywhere ']);
  expect(momentsOf(told, 'requested').length).toBe(4 + 1 + 4);
});
