/**
 * Probes in the engine: the time to detect against its closed form (the next probe is uniform in its period away, the
 * last of F failures comes F - 1 periods later, one that hangs takes the probe's patience on top), and what follows.
 */
import { expect, test } from 'vitest';
import { startRun } from '../../src/engine/run.js';
import type { HealthPolicy, ProbeRule } from '../../src/healing/contract.js';
import { makeHealth } from '../../src/healing/health.js';
import { makeRestart } from '../../src/healing/registry.js';
import type { FaultModel, ServiceModel } from '../../src/model/contract.js';
import { Incidents } from '../../src/observation/incidents.js';
import { constant, cpu, model, ms, replicas, runToEnd, seconds, service, source, wait } from './modelBuilder.js';

const probe = (everyS: number, failureCount: number): ProbeRule => ({
  initialDelayUs: 0,
  everyUs: everyS * seconds,
  timeoutUs: seconds,
  failureCount,
  successCount: 1,
});

function idleFleet(health: HealthPolicy, parts: Partial<ServiceModel> = {}): ServiceModel {
  const restart = makeRestart();
  if (!restart.ok) throw new Error(restart.fault);
  return service([cpu(constant(ms))], { dispatch: replicas(10), health, restart: restart.value, ...parts });
}

/** 200 faults of ten minutes' distance, at all phases of a probe's period. */
function timesToDetect(kind: 'hang' | 'crash', server: ServiceModel): number[] {
  const faults = Array.from({ length: 200 }, (_, k): FaultModel => {
    const atUs = (k + 1) * 600 * seconds + Math.round(((k * 0.618034) % 1) * 10 * seconds);
    const head = { name: `f${k}`, service: 0, count: 1, atUs };
    return kind === 'crash' ? { ...head, kind } : { ...head, kind, forUs: 300 * seconds };
  });
  const world = model({ durationUs: 201 * 600 * seconds, services: [server], faults });
  const incidents = new Incidents(
    faults.map((fault) => ({ ...fault, services: [0], atUs: 'atUs' in fault ? fault.atUs : 0 })),
  );
  startRun(world, { replicationIndex: 0 }, [incidents]).advance();
  return incidents.facts().map(({ detectedUs }) => detectedUs! / seconds);
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

test('a hung instance is found by its liveness probe after U(0, 10) + 2 x 10 + 1 seconds', () => {
  const found = timesToDetect('hang', idleFleet(makeHealth({ liveness: probe(10, 3) }, true)));
  expect(Math.min(...found)).toBeGreaterThanOrEqual(21);
  expect(Math.max(...found)).toBeLessThanOrEqual(31);
  expect(mean(found)).toBeCloseTo(26, 0);
});

test('a dead one that nobody else sees is found after U(0, 5): the connection is refused at once', () => {
  const found = timesToDetect('crash', idleFleet(makeHealth({ readiness: probe(5, 1) }, false)));
  expect(Math.min(...found)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...found)).toBeLessThanOrEqual(5);
  expect(mean(found)).toBeGreaterThan(2.3);
  expect(mean(found)).toBeLessThan(2.7);
});

test('where somebody watches the process a crash is seen at once', () => {
  const found = timesToDetect('crash', idleFleet(makeHealth({ readiness: probe(5, 1) }, true)));
  expect(Math.max(...found)).toBe(0);
});

test('until readiness has failed callers still send to the hung one, then never; it comes back with its first success', () => {
  const traffic = [
    source(
      { kind: 'constant', ratePerSecond: 1 / 1.9 },
      {
        timeout: { after: constant(100 * ms), isWhileQueued: false, cancels: true },
      },
    ),
  ];
  const heard = runToEnd(
    model({
      durationUs: 60 * seconds,
      traffic,
      services: [idleFleet(makeHealth({ readiness: probe(5, 2) }, true), { dispatch: replicas(2) })],
      faults: [{ kind: 'hang', name: 'hang server', service: 0, count: 1, atUs: 12 * seconds, forUs: 20 * seconds }],
    }),
  );
  // Asked at 15 and 20, no answer by 21: callers forget it then. It hangs until 32 and answers at 35.
  const lostS = heard.visitors.filter(({ outcome }) => outcome !== 0).map(({ beganUs }) => beganUs / seconds);
  expect(lostS.length).toBeGreaterThanOrEqual(2); // Every second request of those from 12 to 21.
  expect(lostS.every((atS) => atS > 12 && atS < 21)).toBe(true);
  expect(heard.notes.filter((note) => /ready/.test(note))).toEqual([
    '21 unready its readiness probe failed',
    '35 ready-again its readiness probe succeeds',
  ]);
});

test('a full instance answers its probe when those ahead have left, or fails it', () => {
  const steps = [wait(constant(3 * seconds))];
  const health: HealthPolicy = makeHealth({ readiness: probe(10, 1) }, true);
  const busy = (firstS: number) =>
    runToEnd(
      model({
        durationUs: 2 * firstS * seconds - 1,
        traffic: [source({ kind: 'constant', ratePerSecond: 1 / firstS })],
        services: [service(steps, { concurrency: 1, dispatch: replicas(1), health })],
      }),
    ).notes.filter((note) => note.includes('ready'));
  // In service from 7.5 to 10.5: the probe of 10 is answered within its second. From 9 to 12: it is not.
  expect(busy(7.5)).toEqual([]);
  expect(busy(9)).toEqual(['11 unready its readiness probe failed']);
});

test('a start-up slower than its liveness probe’s patience ends in a crash loop', () => {
  const heard = runToEnd(
    model({
      durationUs: 200 * seconds,
      services: [
        service([cpu(constant(ms))], {
          dispatch: replicas(1),
          start: {
            whole: constant(40 * seconds),
            placement: constant(0),
            pullUs: 0,
            runtime: constant(0),
            application: constant(0),
          },
          health: makeHealth({ liveness: probe(10, 3) }, true),
        }),
      ],
      faults: [{ kind: 'crash', name: 'crash server', service: 0, count: 1, atUs: 5 * seconds }],
    }),
  );
  const crashes = heard.phases.filter(({ phase }) => phase === 'crashed').map(({ nowUs }) => nowUs / seconds);
  // Dead at 5, started at once, killed 20 s later (refused at 0, 10 and 20); back-off of 10 s, 20 s, 40 s between.
  expect(crashes).toEqual([5, 25, 55, 95, 155]);
});
