/**
 * Direct visits go a shorter way through the engine; nothing that anybody is told may differ from the general way.
 * Every world here runs both ways, and all facts, states and counts are compared in the order in which they were told.
 */
import { expect, test } from 'vitest';
import { openDirectSources } from '../../src/engine/directSources.js';
import { startRun } from '../../src/engine/run.js';
import { RunState } from '../../src/engine/state.js';
import type { Model, StepModel } from '../../src/model/contract.js';
import type { Observer, StateView } from '../../src/observation/contract.js';
import type { DistributionSpec } from '../../src/random/contract.js';
import {
  constant,
  cpu,
  environments,
  exponential,
  model,
  ms,
  replicas,
  sampler,
  seconds,
  service,
  source,
  wait,
} from './modelBuilder.js';

/** Everything that a run tells, one line a fact, and how many events and requests it had. */
function everythingTold(world: Model, walksAllInFull: boolean): string[] {
  const told: string[] = [];
  const keep =
    (kind: string) =>
    (...facts: unknown[]): void => {
      // A slot or a row only tells apart who are inside at once: which number it is means nothing.
      const without = (key: string, value: unknown): unknown => (['slot', 'row'].includes(key) ? undefined : value);
      told.push(`${kind} ${JSON.stringify(facts, without)}`);
    };
  const observer: Observer = {
    visitorArrived: keep('visitorArrived'),
    visitorBegan: keep('visitorBegan'),
    spanBegan: keep('spanBegan'),
    visitorEnded: keep('visitorEnded'),
    spanEnded: keep('spanEnded'),
    traced: keep('traced'),
    invocationEnded: keep('invocationEnded'),
    invocationInFlight: keep('invocationInFlight'),
    visitorInFlight: keep('visitorInFlight'),
    spanInFlight: keep('spanInFlight'),
    instanceChanged: keep('instanceChanged'),
    instanceBusyChanged: keep('instanceBusyChanged'),
    sampled: ({ service: state, visitorsInside }: StateView, moment) => keep('sampled')(moment, visitorsInside, state),
  };
  const run = startRun(world, { replicationIndex: 1, walksAllInFull }, [observer]);
  run.advance();
  told.push(`${run.eventCount} events, ${run.requestCount} requests, ${run.spanCount} spans, ${run.stopped?.code}`);
  return told;
}

function expectSameBothWays(world: Model): void {
  const general = everythingTold(world, true);
  const direct = everythingTold(world, false);
  expect(general.length).toBeGreaterThan(100);
  const differs = direct.findIndex((line, place) => line !== general[place]);
  expect(differs < 0 ? [] : direct.slice(differs, differs + 3)).toEqual(
    differs < 0 ? [] : general.slice(differs, differs + 3),
  );
  expect(direct.length).toBe(general.length);
}

const works: Readonly<Record<string, StepModel>> = {
  'exponential work': cpu(exponential(90 * ms)),
  'constant work, many ends at one instant': cpu(constant(100 * ms)),
  'a wait, often of no time at all': wait(
    sampler({ kind: 'empirical', values: [0, 0, 50 * ms, 300 * ms] } as DistributionSpec),
  ),
  'work of no time': cpu(constant(0)),
};

const traffic = [
  source({ kind: 'poisson', ratePerSecond: 30 }),
  source({ kind: 'constant', ratePerSecond: 10 }, { name: 'steady' }),
];

for (const [name, step] of Object.entries(works)) {
  test(`${name}: replicas with lines before them tell the same`, () => {
    const parts = { vCpu: 2, concurrency: 2, dispatch: replicas(2) };
    expectSameBothWays(model({ traffic, services: [service([step], parts)], durationUs: 20 * seconds }));
  });

  test(`${name}: small replicas that refuse whom they cannot hold tell the same`, () => {
    const parts = { vCpu: 0.5, concurrency: 1, queueLimit: 2, dispatch: replicas(3) };
    const world = { traffic, services: [service([step], parts)], warmupUs: 5 * seconds, durationUs: 20 * seconds };
    expectSameBothWays(model(world));
  });

  test.each(['most-recently-used', 'least-recently-used', 'oldest', 'random'] as const)(
    `${name}: environments, %s first, tell the same`,
    (pick) => {
      for (const concurrency of [1, 3]) {
        const dispatch = environments({ pick, idleTimeout: sampler({ kind: 'uniform', low: 0, high: 2 * seconds }) });
        const start = { ...service([]).start, whole: exponential(200 * ms) };
        const parts = { vCpu: concurrency, concurrency, start, dispatch };
        const world = { traffic, services: [service([step], parts)], warmupUs: 3 * seconds, durationUs: 15 * seconds };
        expectSameBothWays(model(world));
      }
    },
  );
}

test('one step at one service is direct; a second step, patience or a fault make it none', () => {
  const step = works['exponential work']!;
  const plain = model({ traffic, services: [service([step], { concurrency: 1 })] });
  const isDirect = (parts: Partial<Model>): boolean => {
    const s = new RunState({ ...plain, ...parts }, 0, []);
    openDirectSources(s);
    return s.services[0]!.direct;
  };
  expect(isDirect({})).toBe(true);
  expect(isDirect({ services: [service([step, step], { concurrency: 1 })] })).toBe(false);
  const timeout = { after: constant(seconds), isWhileQueued: false, cancels: false };
  expect(isDirect({ traffic: [source({ kind: 'constant', ratePerSecond: 1 }, { timeout })] })).toBe(false);
  expect(isDirect({ faults: [{ name: 'x', kind: 'crash', service: 0, atUs: 1, count: 1 }] })).toBe(false);
});

test('environments that start in no time, kept for one fixed time, tell the same', () => {
  const dispatch = environments({ idleTimeout: constant(seconds), provisionedCount: 1 });
  const parts = { concurrency: 1, dispatch };
  expectSameBothWays(
    model({ traffic, services: [service([works['exponential work']!], parts)], durationUs: 20 * seconds }),
  );
});

test('a service that another one calls is none of direct visits alone: both tell the same', () => {
  const call: StepModel = { kind: 'call', service: 1, operation: 0, timeout: null, retries: null, isOptional: false };
  const back = service([works['exponential work']!], { name: 'back', concurrency: 1 });
  const second = source({ kind: 'poisson', ratePerSecond: 3 }, { name: 'b', entries: [{ service: 1, operation: 0 }] });
  const world = { traffic: [source({ kind: 'poisson', ratePerSecond: 3 }), second], services: [service([call]), back] };
  expectSameBothWays(model(world));
});
