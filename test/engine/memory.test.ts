/** Memory: who is killed for taking too much, when, and what that costs; against moments worked out by hand. */
import { expect, test } from 'vitest';
import type { MemoryUseModel, ServiceModel } from '../../src/model/contract.js';
import {
  constant,
  cpu,
  environments,
  model,
  ms,
  replicas,
  runToEnd,
  seconds,
  service,
  source,
  wait,
} from './modelBuilder.js';

const hour = 3600 * seconds;

function world(memoryUse: MemoryUseModel, ratePerSecond: number, parts: Partial<ServiceModel> = {}, durationUs = hour) {
  return model({
    durationUs,
    windowUs: 60 * seconds,
    traffic: [source({ kind: 'constant', ratePerSecond })],
    services: [service([wait(constant(950 * ms))], { memoryMb: 500, memoryUse, ...parts })],
  });
}

const killsOf = (notes: readonly string[]): number[] =>
  notes.filter((note) => note.includes('out of memory')).map((note) => Number(note.split(' ')[0]));

test('a leak of 400 MB an hour over 200 MB fills 500 MB after 45 minutes, and begins anew with the process', () => {
  const leaking = { baseMb: 200, perRequestMb: 0, leakMbPerHour: 400 };
  const { notes, visitors, final } = runToEnd(world(leaking, 1, {}, 2 * hour));
  const [first, second, ...more] = killsOf(notes);
  expect(first).toBeCloseTo(2700, 3);
  expect(second).toBeCloseTo(5400, 3);
  expect(more).toEqual([]);
  expect(final.service.restartCount[0]).toBe(2);
  expect(visitors.filter(({ outcome }) => outcome !== 0).map(({ beganUs }) => beganUs / seconds)).toEqual([2700, 5400]);
});

test('the request that does not fit any more kills the instance and all that is on it', () => {
  const perRequest = { baseMb: 200, perRequestMb: 100, leakMbPerHour: 0 };
  // Requests of 0.95 s, four a second: with the fourth it takes 600 MB.
  const { notes, visitors } = runToEnd(world(perRequest, 4, {}, 1 * seconds + ms));
  expect(killsOf(notes)).toEqual([1]);
  expect(visitors.filter(({ outcome }) => outcome === 1)).toHaveLength(4);
});

test('exactly at its limit it lives', () => {
  const perRequest = { baseMb: 200, perRequestMb: 100, leakMbPerHour: 0 };
  const { notes, visitors } = runToEnd(world(perRequest, 3, {}, 60 * seconds));
  expect(killsOf(notes)).toEqual([]);
  expect(visitors.every(({ outcome }) => outcome === 0)).toBe(true);
});

test('a process larger than its limit never gets ready: it restarts after 0, 10, 20 and 40 s', () => {
  const large = { baseMb: 501, perRequestMb: 0, leakMbPerHour: 0 };
  const start = { ...service([]).start, whole: null, runtime: constant(2 * seconds) };
  const { notes, phases } = runToEnd(world(large, 0.1, { start }, 100 * seconds));
  expect(killsOf(notes)).toEqual([0, 2, 14, 36, 78]);
  expect(phases.filter(({ phase, nowUs }) => phase === 'ready' && nowUs > 0)).toEqual([]);
});

test('a version that takes twice the usual share of its memory outgrows it', () => {
  const { notes } = runToEnd({
    ...model({
      durationUs: 100 * seconds,
      services: [service([cpu(constant(ms))], { memoryMb: 500, memoryUsedMb: 300, dispatch: replicas(1) })],
    }),
    releases: [
      {
        name: 'server v2',
        atUs: 50 * seconds,
        service: 0,
        version: 'v2',
        cpuFactor: 1,
        memoryFactor: 2,
        failChance: 0,
        application: null,
      },
    ],
  });
  expect(killsOf(notes)[0]).toBe(50);
});

test('where requests start instances the environment is gone, and the next request starts another', () => {
  const leaking = { baseMb: 200, perRequestMb: 0, leakMbPerHour: 3600 };
  const parts = { dispatch: environments(), concurrency: 1 };
  const { notes, phases } = runToEnd(world(leaking, 0.5, parts, 600 * seconds));
  expect(killsOf(notes)[0]).toBeCloseTo(302, 3); // 300 s and a microsecond after its start at 2 s.
  expect(phases.filter(({ phase }) => phase === 'ready').map(({ nowUs }) => nowUs / seconds)).toEqual([2, 304]);
});
