/** Whoever gives up: what ends with him, what goes on for nobody, and what is given back when. */
import { expect, test } from 'vitest';
import { call, endings, outcomesOf, query, send, tell, timeout, visitorsAt } from './handMade.js';
import { constant, cpu, database, environments, model, ms, replicas, seconds, service, wait } from './modelBuilder.js';

const hold = (timeUs: number) => [wait(constant(timeUs))];

test('cancels: false: the server works on for nobody, and who comes next waits for that', () => {
  const told = tell(
    model({
      durationUs: 10 * seconds,
      traffic: [visitorsAt([0], { timeout: timeout(200 * ms) }), visitorsAt([100 * ms], { name: 'patient' })],
      services: [service([cpu(constant(1 * seconds))], { concurrency: 1 })],
    }),
  );
  expect(endings(told.visitors)).toEqual(['timed_out 0..200000', 'completed 100000..2000000']);
  // The span is told to have ended where its caller left, and once.
  expect(endings(told.spans)).toEqual(['timed_out 0..200000', 'completed 100000..2000000']);
  // Of 2 s of CPU the 0.8 s after he left were for nobody.
  expect(told.final.service.cpuUsedUs[0]).toBe(2 * seconds);
  expect(told.final.service.cpuWastedUs[0]).toBeCloseTo(0.8 * seconds, 3);
});

test('work in progress for nobody is counted until the run ends', () => {
  const told = tell(
    model({
      durationUs: 600 * ms,
      traffic: [visitorsAt([0], { timeout: timeout(200 * ms) }), visitorsAt([0], { name: 'patient' })],
      services: [service([cpu(constant(1 * seconds))])],
    }),
  );
  // Two share the CPU for 0.6 s: 0.3 s for each, of which 0.2 s after he left.
  expect(told.final.service.cpuUsedUs[0]).toBe(600 * ms);
  expect(told.final.service.cpuWastedUs[0]).toBeCloseTo(200 * ms, 3);
});

test('of work for nobody that spans the beginning of measuring, what comes after it counts', () => {
  const told = tell(
    model({
      warmupUs: 1500 * ms,
      durationUs: 5 * seconds,
      traffic: [visitorsAt([0], { timeout: timeout(100 * ms) })],
      services: [service([cpu(constant(2 * seconds))])],
    }),
  );
  const wastedUs = told.final.service.cpuWastedUs[0]! - told.atMeasuring.service.cpuWastedUs[0]!;
  expect(wastedUs).toBeCloseTo(500 * ms, 3);
});

test('cancels: true: the slot is free at that instant, and nothing is wasted from then on', () => {
  const told = tell(
    model({
      durationUs: 10 * seconds,
      traffic: [
        visitorsAt([0], { timeout: timeout(200 * ms, { cancels: true }) }),
        visitorsAt([100 * ms], { name: 'patient' }),
      ],
      services: [service([cpu(constant(1 * seconds))], { concurrency: 1 })],
    }),
  );
  expect(endings(told.visitors)).toEqual(['timed_out 0..200000', 'completed 100000..1200000']);
  expect(told.final.service.cpuUsedUs[0]).toBeCloseTo(1.2 * seconds, 3);
  expect(told.final.service.cpuWastedUs[0]).toBe(0);
});

test('cancels: true, in the queue: the place is free at once', () => {
  const told = tell(
    model({
      traffic: [
        visitorsAt([0]),
        visitorsAt([100 * ms], { name: 'impatient', timeout: timeout(100 * ms, { cancels: true }) }),
        visitorsAt([300 * ms], { name: 'third' }),
      ],
      services: [service(hold(1 * seconds), { concurrency: 1, queueLimit: 1 })],
    }),
  );
  expect(endings(told.visitors)).toEqual([
    'timed_out 100000..200000',
    'completed 0..1000000',
    'completed 300000..2000000',
  ]);
  expect(told.spans[0]!.waitUs).toBe(100 * ms);
});

test('cancels: false, in the queue: the place stays taken, and the work is done for nobody in its turn', () => {
  const told = tell(
    model({
      traffic: [
        visitorsAt([0]),
        visitorsAt([100 * ms], { name: 'impatient', timeout: timeout(100 * ms) }),
        visitorsAt([300 * ms], { name: 'refused' }),
        visitorsAt([1500 * ms], { name: 'fourth' }),
      ],
      services: [service([cpu(constant(1 * seconds))], { concurrency: 1, queueLimit: 1 })],
    }),
  );
  expect(endings(told.visitors)).toEqual([
    'timed_out 100000..200000',
    'rejected 300000..300000',
    'completed 0..1000000',
    'completed 1500000..3000000',
  ]);
  expect(told.final.service.cpuWastedUs[0]).toBe(1 * seconds);
});

test('while: queued counts only until the first step begins', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0, 0, 0], { timeout: timeout(1500 * ms, { isWhileQueued: true }) })],
      services: [service(hold(1 * seconds), { concurrency: 1 })],
    }),
  );
  // The second begins at 1 s and may take until 2 s; the third leaves the queue at 1.5 s.
  expect(endings(told.visitors)).toEqual(['completed 0..1000000', 'timed_out 0..1500000', 'completed 0..2000000']);
});

test('while: queued counts the way to the entry, too', () => {
  const told = tell(
    model({
      traffic: [
        visitorsAt([0, 1 * seconds], {
          client: constant(300 * ms),
          timeout: timeout(500 * ms, { isWhileQueued: true }),
        }),
      ],
      services: [service(hold(2 * seconds), { concurrency: 1 })],
    }),
  );
  expect(endings(told.visitors)).toEqual(['timed_out 1000000..1500000', 'completed 0..2600000']);
});

test('a message that begins its work does not end its sender’s visitor’s patience', () => {
  // Attempt 1 sends a message that starts late at `slow`, then fails. Attempt 2 waits in the queue of the entry.
  const told = tell(
    model({
      traffic: [
        visitorsAt([0], {
          retries: { attempts: 1, backoffUs: 100 * ms, jitter: 0 },
          timeout: timeout(500 * ms, { isWhileQueued: true }),
        }),
        visitorsAt([50 * ms], { name: 'holder', entries: [{ service: 0, operation: 1 }] }),
      ],
      services: [
        service([], {
          operations: [
            { name: 'work', steps: [send(1), { kind: 'fail', chance: 1 }] },
            { name: 'hold', steps: hold(10 * seconds) },
          ],
          concurrency: 1,
        }),
        service(hold(ms), { name: 'slow', hopOut: constant(300 * ms) }),
      ],
    }),
  );
  // Attempt 2 begins at 100 ms, finds the entry held, and is given up at 600 ms.
  expect(endings(told.visitors)).toEqual(['timed_out 0..600000', 'completed 50000..10050000']);
});

test('a call’s timeout fails the caller at that instant, without a hop; the callee goes on or not as it says', () => {
  const world = (cancels: boolean) =>
    model({
      traffic: [visitorsAt([0])],
      services: [
        service([call(1, { timeout: timeout(100 * ms, { cancels }) })]),
        service([cpu(constant(1 * seconds))], {
          name: 'callee',
          hopOut: constant(10 * ms),
          hopBack: constant(10 * ms),
        }),
      ],
    });
  const going = tell(world(false));
  expect(endings(going.spans)).toEqual(['timed_out 0..100000', 'failed 0..100000']);
  expect(going.final.service.cpuUsedUs[1]).toBe(1 * seconds);
  expect(going.final.service.cpuWastedUs[1]).toBe(910 * ms);
  const cancelled = tell(world(true));
  expect(endings(cancelled.spans)).toEqual(['timed_out 0..100000', 'failed 0..100000']);
  expect(cancelled.final.service.cpuUsedUs[1]).toBe(90 * ms);
  expect(cancelled.final.service.cpuWastedUs[1]).toBe(0);
});

test('an optional call that times out lets its caller go on; a retry comes first', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0])],
      services: [
        service([
          call(1, {
            timeout: timeout(100 * ms, { cancels: true }),
            retries: { attempts: 1, backoffUs: 40 * ms, jitter: 0 },
            isOptional: true,
          }),
          wait(constant(5 * ms)),
        ]),
        service(hold(1 * seconds), { name: 'callee' }),
      ],
    }),
  );
  expect(endings(told.visitors)).toEqual(['completed 0..245000']);
  expect(outcomesOf(told.spans)).toEqual({ timed_out: 2, completed: 1 });
});

test('a call’s `while: queued` ends with the callee’s first step', () => {
  const world = (slots: number) =>
    model({
      traffic: [visitorsAt([0, 0])],
      services: [
        service([call(1, { timeout: timeout(100 * ms, { isWhileQueued: true }) })]),
        service(hold(300 * ms), { name: 'callee', concurrency: slots }),
      ],
    });
  expect(endings(tell(world(2)).visitors)).toEqual(['completed 0..300000', 'completed 0..300000']);
  expect(endings(tell(world(1)).visitors)).toEqual(['failed 0..100000', 'completed 0..300000']);
});

test('all that is below a cancelled span ends with it, at the same instant, and gives back what it held', () => {
  const told = tell(
    model({
      traffic: [
        visitorsAt([0], { timeout: timeout(250 * ms, { cancels: true }) }),
        visitorsAt([300 * ms], { name: 'next' }),
      ],
      services: [
        service([{ kind: 'parallel', branches: [[call(1)], [query(10 * seconds)], [cpu(constant(5 * seconds))]] }], {
          concurrency: 1,
        }),
        service([call(2)], { name: 'middle', concurrency: 1, hopOut: constant(1 * ms), hopBack: constant(1 * ms) }),
        service([cpu(constant(400 * ms))], { name: 'deep', concurrency: 1, hopOut: constant(1 * ms) }),
      ],
      databases: [database({ connections: 1 })],
      durationUs: 20 * seconds,
    }),
  );
  expect(endings(told.spans).slice(0, 3).sort()).toEqual([
    'timed_out 0..250000',
    'timed_out 0..250000',
    'timed_out 1000..250000',
  ]);
  expect(endings(told.queries)).toEqual(['timed_out 0..250000', 'completed 300000..10300000']);
  // Nothing stood in the way of the next one.
  expect(endings(told.visitors)).toEqual(['timed_out 0..250000', 'completed 300000..10300000']);
  expect(told.final.service.cpuWastedUs[0]).toBe(0);
});

test('messages already sent go on when their sender is cancelled', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0], { timeout: timeout(50 * ms, { cancels: true }) })],
      services: [
        service([send(1), ...hold(1 * seconds)]),
        service([cpu(constant(300 * ms))], { name: 'mailer', hopOut: constant(100 * ms) }),
      ],
    }),
  );
  expect(endings(told.spans)).toEqual(['timed_out 0..50000', 'completed 0..400000']);
  expect(told.final.service.cpuWastedUs[1]).toBe(0);
});

test('a request on its way in is served for nobody when its visitor leaves without cancelling', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0], { client: constant(100 * ms), timeout: timeout(50 * ms) })],
      services: [service([cpu(constant(10 * ms))])],
    }),
  );
  expect(endings(told.visitors)).toEqual(['timed_out 0..50000']);
  expect(endings(told.spans)).toEqual(['timed_out 100000..100000']);
  expect(told.final.service.cpuWastedUs[0]).toBe(10 * ms);
});

test('where the platform never cancels, a cancelled request is worked on for nobody, begun or on its way', () => {
  const world = (hopUs: number) =>
    model({
      traffic: [visitorsAt([0])],
      services: [
        service([call(1, { timeout: timeout(100 * ms, { cancels: true }), isOptional: true })]),
        service([cpu(constant(400 * ms))], {
          name: 'function',
          concurrency: 1,
          neverCancels: true,
          hopOut: constant(hopUs),
          dispatch: environments(),
        }),
      ],
    });
  const begun = tell(world(0));
  expect(endings(begun.spans)).toEqual(['timed_out 0..100000', 'completed 0..100000']);
  expect(begun.final.service.cpuWastedUs[1]).toBe(300 * ms);
  const onItsWay = tell(world(200 * ms));
  expect(onItsWay.final.service.cpuWastedUs[1]).toBe(400 * ms);
});

test('a time-out while queued always gives the place back, even where the platform never cancels', () => {
  const told = tell(
    model({
      traffic: [
        visitorsAt([0]),
        visitorsAt([0], { name: 'queued', timeout: timeout(100 * ms, { isWhileQueued: true }) }),
      ],
      services: [
        service([cpu(constant(400 * ms))], {
          concurrency: 1,
          neverCancels: true,
          dispatch: environments({ maxCount: 1 }),
        }),
      ],
    }),
  );
  expect(endings(told.visitors)).toEqual(['timed_out 0..100000', 'completed 0..400000']);
  expect(told.final.service.cpuUsedUs[0]).toBe(400 * ms);
});

test('what the platform ends for running too long is timed out, and what it had called goes on', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0])],
      services: [
        service([wait(constant(50 * ms)), call(1)], { requestTimeoutUs: 200 * ms }),
        service([cpu(constant(1 * seconds))], { name: 'callee' }),
      ],
    }),
  );
  expect(endings(told.visitors)).toEqual(['timed_out 0..200000']);
  expect(endings(told.spans)).toEqual(['timed_out 0..200000', 'completed 50000..1050000']);
  expect(told.invocations[0]!.endedUs).toBe(200 * ms);
  expect(told.final.service.cpuWastedUs[1]).toBe(850 * ms);
});

test('the platform’s limit counts from the first step, not from the queue', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0, 0])],
      services: [service(hold(150 * ms), { concurrency: 1, requestTimeoutUs: 200 * ms })],
    }),
  );
  expect(endings(told.visitors)).toEqual(['completed 0..150000', 'completed 0..300000']);
});

test('a cancelled query gives its connection, and a queued one its place', () => {
  const told = tell(
    model({
      traffic: [
        visitorsAt([0], { timeout: timeout(100 * ms, { cancels: true }) }),
        visitorsAt([10 * ms], { name: 'second', timeout: timeout(50 * ms, { cancels: true }) }),
        visitorsAt([20 * ms], { name: 'third' }),
      ],
      services: [service([query(500 * ms)])],
      databases: [database({ connections: 1 })],
    }),
  );
  expect(endings(told.queries)).toEqual(['timed_out 10000..60000', 'timed_out 0..100000', 'completed 20000..600000']);
  expect(told.queries.map(({ waitUs }) => waitUs)).toEqual([50 * ms, 0, 80 * ms]);
});

test('work for nobody is counted as CPU used, where it runs slowed or shared', () => {
  const told = tell(
    model({
      durationUs: 20 * seconds,
      traffic: [visitorsAt([0], { timeout: timeout(1 * seconds) })],
      services: [service([cpu(constant(1 * seconds))], { dispatch: replicas(1) })],
      faults: [{ kind: 'slow', name: 'slow', atUs: 0, forUs: 15 * seconds, service: 0, factor: 10 }],
    }),
  );
  // Ten seconds of CPU for one second's work; nine of them after the visitor left.
  expect(told.final.service.cpuUsedUs[0]).toBe(10 * seconds);
  expect(told.final.service.cpuWastedUs[0]).toBeCloseTo(9 * seconds, 3);
});
