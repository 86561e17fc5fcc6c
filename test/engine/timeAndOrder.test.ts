/** Whole microseconds, and who goes first when two things are due at the same instant. */
import { expect, test } from 'vitest';
import { endings, outcomesOf, tell, timeout, visitorsAt } from './handMade.js';
import { constant, cpu, environments, model, ms, replicas, seconds, service, source, wait } from './modelBuilder.js';

const busyFor = (timeUs: number) => [wait(constant(timeUs))];

test('the k-th visitor of a constant rate comes at k/r, and the run stops at its end', () => {
  const told = tell(
    model({
      durationUs: 1 * seconds,
      traffic: [source({ kind: 'constant', ratePerSecond: 3 })],
      services: [service(busyFor(100 * ms))],
    }),
  );
  // The third comes at 1 s: the run is over.
  expect(endings(told.visitors)).toEqual(['completed 333333..433333', 'completed 666667..766667']);
});

test('a sampled duration is rounded to the nearest microsecond', () => {
  const told = tell(
    model({ traffic: [visitorsAt([0])], services: [service([wait(constant(1000.4)), wait(constant(1000.6))])] }),
  );
  expect(endings(told.visitors)).toEqual(['completed 0..2001']);
});

test('CPU work left is a real number and its completion is rounded up', () => {
  // 1,000 us on 0.3 vCPU take 3333.33 us; on 3/7 vCPU 2333.33 us.
  const on = (vCpu: number) =>
    endings(tell(model({ traffic: [visitorsAt([0])], services: [service([cpu(constant(1000))], { vCpu })] })).visitors);
  expect(on(0.3)).toEqual(['completed 0..3334']);
  expect(on(3 / 7)).toEqual(['completed 0..2334']);
  expect(on(0.5)).toEqual(['completed 0..2000']);
  expect(on(0.1)).toEqual(['completed 0..10000']); // 1000 / 0.1 is 10000 and nothing more.
});

test('whoever finishes at an instant makes room for whoever arrives at it', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0, 1 * seconds, 2 * seconds])],
      services: [service(busyFor(1 * seconds), { concurrency: 1, queueLimit: 0 })],
    }),
  );
  expect(outcomesOf(told.visitors)).toEqual({ completed: 3 });
});

test('an answer that arrives at the instant of the time-out is in time', () => {
  const world = (afterUs: number) =>
    model({
      traffic: [visitorsAt([0], { timeout: timeout(afterUs), client: constant(5 * ms) })],
      services: [service(busyFor(90 * ms))],
    });
  expect(endings(tell(world(100 * ms)).visitors)).toEqual(['completed 0..100000']);
  expect(endings(tell(world(100 * ms - 1)).visitors)).toEqual(['timed_out 0..99999']);
});

test('whoever gives up at an instant makes room for whoever arrives at it', () => {
  const told = tell(
    model({
      traffic: [
        visitorsAt([0]),
        visitorsAt([100 * ms], { name: 'impatient', timeout: timeout(400 * ms, { isWhileQueued: true }) }),
        visitorsAt([500 * ms], { name: 'late' }),
      ],
      services: [service(busyFor(1 * seconds), { concurrency: 1, queueLimit: 1 })],
    }),
  );
  expect(endings(told.visitors)).toEqual([
    'timed_out 100000..500000',
    'completed 0..1000000',
    'completed 500000..2000000',
  ]);
});

test('an instance that gets ready at an instant is known to whoever arrives at it', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0, 3 * seconds])],
      services: [
        service(busyFor(10 * ms), {
          start: {
            whole: constant(3 * seconds),
            placement: constant(0),
            pullUs: 0,
            runtime: constant(0),
            application: constant(0),
          },
          dispatch: environments({ pick: 'newest' }),
          concurrency: 1,
        }),
      ],
    }),
  );
  // The second finds the first one's environment working, and starts one more: a cold start of its own.
  expect(told.spans.map(({ coldKind }) => coldKind)).toEqual([1, 1]);
  expect(endings(told.visitors)).toEqual(['completed 0..3010000', 'completed 3000000..6010000']);
});

test('an environment whose idle time ends at an instant still serves whoever arrives at it', () => {
  const world = (secondUs: number) =>
    model({
      traffic: [visitorsAt([0, secondUs])],
      services: [service(busyFor(1 * seconds), { dispatch: environments({ idleTimeout: constant(9 * seconds) }) })],
    });
  expect(tell(world(10 * seconds)).spans.map(({ coldKind }) => coldKind)).toEqual([1, 0]);
  expect(tell(world(10 * seconds + 1)).spans.map(({ coldKind }) => coldKind)).toEqual([1, 1]);
});

test('a service that would fall asleep at an instant stays awake for whoever arrives at it', () => {
  const world = (secondUs: number) =>
    model({
      traffic: [visitorsAt([0, secondUs])],
      services: [
        service(busyFor(1 * seconds), {
          dispatch: replicas(0, { maxCount: 3, wakesOnRequest: true, idleTimeoutUs: 9 * seconds }),
        }),
      ],
    });
  expect(tell(world(10 * seconds)).spans.map(({ coldKind }) => coldKind)).toEqual([1, 0]);
  expect(tell(world(10 * seconds + 1)).spans.map(({ coldKind }) => coldKind)).toEqual([1, 1]);
});

test('a sample shows what stands after everything else at its instant', () => {
  const told = tell(
    model({
      durationUs: 30 * seconds,
      traffic: [visitorsAt([5 * seconds, 10 * seconds])],
      services: [service(busyFor(5 * seconds))],
    }),
  );
  // At 10 s the first has gone and the second has come; its stay weighs nothing yet.
  expect(told.windows[0]!.service.inSystemNow[0]).toBe(1);
  expect(told.windows[0]!.service.inSystemAreaUs[0]).toBe(5 * seconds);
});

test('of two arrivals at one instant the one scheduled first goes first', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([1 * seconds, 1 * seconds])],
      services: [service(busyFor(10 * ms), { concurrency: 1 })],
    }),
  );
  expect(told.visitors.map(({ visitorNumber, endedUs }) => [visitorNumber, endedUs])).toEqual([
    [0, 1_010_000],
    [1, 1_020_000],
  ]);
});

test('time that never moves on is stopped, naming the operation', () => {
  const world = model({
    traffic: [visitorsAt([0])],
    services: [service([{ kind: 'repeat', times: 30_000_000, steps: [] }])],
  });
  expect(() => tell(world)).toThrow(/server\.work goes round without time passing/);
});

test('a run that would handle more events than its limit is stopped', () => {
  const world = model({
    traffic: [source({ kind: 'constant', ratePerSecond: 100 })],
    services: [service(busyFor(ms))],
    eventLimit: 50,
  });
  expect(() => tell(world)).toThrow(/stopped after 50 events/);
});
