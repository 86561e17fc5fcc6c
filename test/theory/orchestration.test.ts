/**
 * Orchestration against closed forms, with the engine: how many are up, how soon a hang is seen, how long a release
 * takes. Parameters and expected values are those of the oracles of the same families.
 */
import { expect, test } from 'vitest';
import { startRun } from '../../src/engine/run.js';
import { makeHealth } from '../../src/healing/health.js';
import { makeRestart } from '../../src/healing/registry.js';
import type { Model } from '../../src/model/contract.js';
import { makeRollout } from '../../src/rollout/registry.js';
import { momentsOf, notesOf, tell, visitorsAt } from '../engine/handMade.js';
import { constant, exponential, model, replicas, seconds, service, wait } from '../engine/modelBuilder.js';

const steps = [wait(constant(1000))];

/** Share of the time in which at least `neededCount` are ready. */
function upShare(world: Model, neededCount: number): number {
  let readyCount = 0;
  let sinceUs = 0;
  let upUs = 0;
  const settle = (nowUs: number): void => {
    if (readyCount >= neededCount) upUs += nowUs - sinceUs;
    sinceUs = nowUs;
  };
  const observer = {
    instanceChanged: ({ phase, nowUs }: { readonly phase: string; readonly nowUs: number }): void => {
      if (phase !== 'ready' && phase !== 'crashed') return;
      settle(nowUs);
      readyCount += phase === 'ready' ? 1 : -1;
    },
  };
  startRun(world, { replicationIndex: 0 }, [observer]).advance();
  settle(world.durationUs);
  return upUs / world.durationUs;
}

test.each([
  { instances: 3, needed: 2, mtbfS: 3600, mttrS: 120, lastsS: 2e7, expected: 0.9969453861904602 },
  { instances: 10, needed: 8, mtbfS: 21_600, mttrS: 600, lastsS: 2e8, expected: 0.9979460857769609 },
])('at least $needed of $instances are up as often as the binomial says', (row) => {
  const restart = makeRestart({ quantileUs: (share) => -Math.log(1 - share) * row.mttrS * seconds });
  if (!restart.ok) throw new Error(restart.fault);
  const world = model({
    durationUs: row.lastsS * seconds,
    windowUs: row.lastsS * seconds,
    traffic: [visitorsAt([])],
    services: [service(steps, { dispatch: replicas(row.instances), restart: restart.value })],
    faults: [{ kind: 'crash-at-random', name: 'crash', service: 0, mtbf: exponential(row.mtbfS * seconds) }],
  });
  // A thousand spells below `needed` in the first case, two thousand in the second: three standard errors are 14%.
  expect(Math.abs((1 - upShare(world, row.needed)) / (1 - row.expected) - 1)).toBeLessThan(0.14);
});

test('a hang is seen after U(0, P) + (F - 1) P + timeout: 26 s on the mean for 10 s, 1 s and three failures', () => {
  const { value: health } = madeHealth();
  const afterS = Array.from({ length: 20 }, (_, k) => {
    const atUs = (100 + k / 2 + 0.25) * seconds;
    const told = tell(
      model({
        durationUs: 200 * seconds,
        traffic: [visitorsAt([])],
        services: [service(steps, { health, concurrency: 10 })],
        faults: [{ kind: 'hang', name: 'hang', service: 0, atUs, forUs: 100 * seconds, count: 1 }],
      }),
    );
    const seen = told.notes.find(({ kind }) => kind === 'crash')!;
    return (seen.nowUs - atUs) / seconds;
  });
  expect(Math.min(...afterS)).toBeGreaterThanOrEqual(21);
  expect(Math.max(...afterS)).toBeLessThanOrEqual(31);
  // The hangs are spread evenly over one period, so the mean is exact.
  expect(afterS.reduce((sum, each) => sum + each, 0) / afterS.length).toBeCloseTo(26, 9);
});

function madeHealth() {
  const liveness = {
    initialDelayUs: 0,
    everyUs: 10 * seconds,
    timeoutUs: 1 * seconds,
    failureCount: 3,
    successCount: 1,
  };
  return { value: makeHealth({ liveness }, true) };
}

test.each([
  { replicaCount: 10, maxSurge: 3, maxUnavailable: 0, startS: 30, durationS: 120, least: 10, most: 13 },
  { replicaCount: 20, maxSurge: 5, maxUnavailable: 5, startS: 12, durationS: 24, least: 15, most: 25 },
  { replicaCount: 7, maxSurge: 0, maxUnavailable: 2, startS: 20, durationS: 80, least: 5, most: 7 },
  { replicaCount: 9, maxSurge: '25%', maxUnavailable: '25%', startS: 40, durationS: 80, least: 7, most: 12 },
] as const)('a release of $replicaCount, surge $maxSurge, unavailable $maxUnavailable takes $durationS s', (row) => {
  const rollout = makeRollout('rolling', { maxSurge: row.maxSurge, maxUnavailable: row.maxUnavailable });
  if (!rollout.ok) throw new Error(rollout.fault);
  const start = { ...service([]).start, whole: constant(row.startS * seconds) };
  const release = { service: 0, version: 'v2', cpuFactor: 1, memoryFactor: 1, failChance: 0, application: null };
  const told = tell(
    model({
      durationUs: 400 * seconds,
      traffic: [visitorsAt([])],
      services: [service(steps, { start, dispatch: replicas(row.replicaCount, { rollout: rollout.value }) })],
      releases: [{ ...release, name: 'v2', atUs: 100 * seconds }],
    }),
  );
  expect(notesOf(told, 'release-done')).toEqual([`v2: v2 everywhere @ ${100 + row.durationS}`]);
  expect(told.final.service.instancesMin[0]).toBe(row.least);
  // Of old and new together, those that start included.
  const born = momentsOf(told, 'requested');
  const gone = momentsOf(told, 'gone');
  const counts = born.map((at) => born.filter((t) => t <= at).length - gone.filter((t) => t <= at).length);
  expect(Math.max(...counts.slice(row.replicaCount - 1))).toBeLessThanOrEqual(row.most);
});
