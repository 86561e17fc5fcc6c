/**
 * What is billed of calls that are in flight when a run ends: a call that began inside the measured interval is billed,
 * for as long as it has taken by then. Its own file because it needs the engine and the meters; expected figures are by
 * hand.
 */
import { expect, test } from 'vitest';
import type { Meter } from '../../src/billing/contract.js';
import { startMeters } from '../../src/billing/meterSet.js';
import { startRun } from '../../src/engine/run.js';
import type { Model, TrafficModel } from '../../src/model/contract.js';
import { charge, planOf } from '../billing/run.js';
import { call, timeout } from './handMade.js';
import { constant, cpu, environments, model, ms, replicas, seconds, service, source, wait } from './modelBuilder.js';

const requests: Meter = { kind: 'invocations', service: 'server', watched: 'all' };
const lambdaTime: Meter = {
  kind: 'invocation-time',
  service: 'server',
  watched: 'all',
  billsStart: true,
  startUnbilledUs: 0,
  granularityMs: 1,
  minimumMs: 0,
};
const minimumTime: Meter = { ...lambdaTime, granularityMs: 100, minimumMs: 5000 };
const activeTime: Meter = {
  kind: 'active-time',
  service: 'server',
  watched: 'all',
  billsStart: true,
  granularityMs: 100,
  minimumMs: 0,
};

/** Who comes at 7 s, and again every 7 s. */
function everySeven(parts: Partial<TrafficModel> = {}): readonly TrafficModel[] {
  return [source({ kind: 'constant', ratePerSecond: 1 / 7 }, parts)];
}

/** Of requests, Lambda's time, time with a minimum, active time: quantity, worked and waiting time, in seconds. */
function billed(world: Model) {
  const meters = startMeters(planOf([requests, lambdaTime, minimumTime, activeTime].map((meter) => charge(meter))));
  startRun(world, { replicationIndex: 0 }, [meters]).advance();
  const [count, time, withMinimum, active] = meters.usage().charges;
  const inSeconds = (us: string): number => Number(us) / seconds;
  return {
    requests: Number(count!.quantity),
    timeS: inSeconds(time!.quantity),
    workedS: inSeconds(time!.workedUs),
    waitingS: inSeconds(time!.waitingUs),
    withMinimumS: inSeconds(withMinimum!.quantity),
    minimumS: inSeconds(withMinimum!.minimumUs ?? '0'),
    activeS: inSeconds(active!.quantity),
    activeWorkedS: inSeconds(active!.workedUs),
  };
}

for (const walks of ['the short way', 'step by step']) {
  const steps = walks === 'the short way' ? [10] : [1, 9];

  test(`${walks}: a call of 10 s that began 3 s before the end is one request of 3 s, with no minimum`, () => {
    const works = steps.map((tookS) => wait(constant(tookS * seconds)));
    const world = { traffic: everySeven(), durationUs: 10 * seconds };
    const there = billed(model({ ...world, services: [service(works, { dispatch: environments(), concurrency: 1 })] }));
    expect(there).toEqual({
      requests: 1,
      timeS: 3,
      workedS: 3,
      waitingS: 3,
      withMinimumS: 3,
      minimumS: 0,
      activeS: 3,
      activeWorkedS: 3,
    });
  });

  test(`${walks}: one that began in the warm-up is not billed, though it is still there`, () => {
    const works = steps.map((tookS) => cpu(constant(tookS * seconds)));
    const world = { traffic: everySeven(), warmupUs: 8 * seconds, durationUs: 2 * seconds };
    const there = billed(model({ ...world, services: [service(works, { dispatch: replicas(1) })] }));
    expect(there).toMatchObject({ requests: 0, timeS: 0, activeS: 2 });
  });

  test(`${walks}: start-up is billed as far as it has come, with the call behind it`, () => {
    const works = steps.map((tookS) => cpu(constant(tookS * seconds)));
    const start = { ...service([]).start, whole: constant(2 * seconds) };
    const parts = { dispatch: environments(), concurrency: 1, start };
    const until = (durationUs: number) =>
      model({ traffic: everySeven(), durationUs, services: [service(works, parts)] });
    expect(billed(until(8 * seconds))).toMatchObject({ requests: 1, timeS: 1, workedS: 0, waitingS: 0 });
    expect(billed(until(10 * seconds))).toMatchObject({ requests: 1, timeS: 3, workedS: 1, waitingS: 0 });
  });

  test(`${walks}: whoever waits in a replica's line is not worked on, and not billed`, () => {
    const works = steps.map((tookS) => cpu(constant(tookS * seconds)));
    const parts = { dispatch: replicas(1), concurrency: 1 };
    const there = billed(model({ traffic: everySeven(), durationUs: 16 * seconds, services: [service(works, parts)] }));
    expect(there).toMatchObject({ requests: 1, timeS: 9, workedS: 9 });
  });
}

test('whose caller has left is billed on: work goes on for nobody', () => {
  const traffic = everySeven({ timeout: timeout(500 * ms) });
  const parts = { dispatch: environments(), concurrency: 1 };
  const services = [service([cpu(constant(10 * seconds))], parts)];
  expect(billed(model({ traffic, durationUs: 10 * seconds, services }))).toMatchObject({ requests: 1, timeS: 3 });
});

test('a call below and its caller are both in flight: each is billed at its own service, the caller as waiting', () => {
  const services = [
    service([wait(constant(seconds)), call(1)], { dispatch: environments(), concurrency: 1 }),
    service([cpu(constant(10 * seconds))], { name: 'below', dispatch: environments(), concurrency: 1 }),
  ];
  const there = billed(model({ traffic: everySeven(), durationUs: 10 * seconds, services }));
  expect(there).toMatchObject({ requests: 1, timeS: 3, waitingS: 3 });
});
