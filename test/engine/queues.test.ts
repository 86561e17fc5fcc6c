/** Waiting and being refused: slots, queues, waits as they are told, and spans that stand still for good. */
import { expect, test } from 'vitest';
import { call, endings, outcomesOf, tell, timeout, visitorsAt } from './handMade.js';
import { constant, cpu, environments, model, ms, replicas, seconds, service, source, wait } from './modelBuilder.js';

const hold = (timeUs: number) => [wait(constant(timeUs))];

test('so many are in service, so many wait, the next is refused', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0, 0, 0, 0, 0, 0])],
      services: [service(hold(1 * seconds), { concurrency: 2, queueLimit: 3 })],
    }),
  );
  expect(endings(told.visitors)).toEqual([
    'rejected 0..0',
    'completed 0..1000000',
    'completed 0..1000000',
    'completed 0..2000000',
    'completed 0..2000000',
    'completed 0..3000000',
  ]);
});

test('queue 0 refuses when busy', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0, 1])],
      services: [service(hold(1 * seconds), { concurrency: 1, queueLimit: 0 })],
    }),
  );
  expect(outcomesOf(told.visitors)).toEqual({ rejected: 1, completed: 1 });
});

test('each instance has a queue of its own: nobody changes over to a shorter one', () => {
  // Round robin: instance 0 gets 1st and 3rd, instance 1 gets 2nd and 4th.
  const told = tell(
    model({
      traffic: [
        visitorsAt([0, 2]),
        visitorsAt([1], { name: 'short', entries: [{ service: 0, operation: 1 }] }),
        visitorsAt([3], { name: 'short too', entries: [{ service: 0, operation: 1 }] }),
      ],
      services: [
        service([], {
          operations: [
            { name: 'long', steps: hold(1 * seconds) },
            { name: 'short', steps: hold(10 * ms) },
          ],
          concurrency: 1,
          dispatch: replicas(2),
        }),
      ],
    }),
  );
  expect(endings(told.visitors)).toEqual([
    'completed 1..10001',
    'completed 3..20001',
    'completed 0..1000000',
    'completed 2..2000000',
  ]);
});

test('waiting is from arrival at the service, after the hop, to the first step; refused ones did not wait', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0, 100 * ms, 200 * ms])],
      services: [
        service([call(1, { isOptional: true })]),
        service(hold(1 * seconds), {
          name: 'callee',
          concurrency: 1,
          queueLimit: 1,
          hopOut: constant(5 * ms),
          hopBack: constant(7 * ms),
        }),
      ],
    }),
  );
  const callee = told.spans.filter(({ service: index }) => index === 1);
  expect(endings(callee)).toEqual(['rejected 200000..212000', 'completed 0..1012000', 'completed 100000..2012000']);
  expect(callee.map(({ waitUs }) => waitUs)).toEqual([-1, 0, 900 * ms]);
  // The queue: one waits from 105 ms to 1,005 ms.
  expect(told.final.service.queueAreaUs[1]).toBe(900 * ms);
  expect(told.final.service.inSystemAreaUs[1]).toBe(1 * seconds + 1.9 * seconds);
});

test('a refusal after a wait tells the wait, not the way back', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0, 100 * ms])],
      services: [
        service([call(1, { isOptional: true })]),
        service(hold(10 * seconds), {
          name: 'function',
          concurrency: 1,
          hopBack: constant(50 * ms),
          dispatch: environments({ maxCount: 1, overflowWaitUs: 2 * seconds }),
        }),
      ],
    }),
  );
  const refused = told.spans.find(({ service: index, outcome }) => index === 1 && outcome === 2)!;
  expect(endings([refused])).toEqual(['rejected 100000..2150000']);
  expect(refused.waitUs).toBe(2 * seconds);
});

test('a span holds its slot through calls and waits: two services that need each other’s slots stand still, and are named', () => {
  // Nobody gives up: each of the two `a`s waits for `b`, whose one slot waits for `a`.
  const world = (more: Parameters<typeof model>[0] = {}) =>
    model({
      durationUs: 10 * seconds,
      traffic: [visitorsAt([0])],
      services: [service([call(1)], { name: 'a', concurrency: 1 }), service([call(0)], { name: 'b', concurrency: 1 })],
      ...more,
    });
  const told = tell(world());
  expect(told.visitors).toEqual([]);
  expect(told.warnings.map(({ code }) => code)).toEqual(['stuck']);
  expect(told.warnings[0]!.message).toMatch(/\ba\b/);
});

test('what stands still for good is found though others are well and more come all the time', () => {
  const told = tell(
    model({
      durationUs: 10 * seconds,
      traffic: [
        source({ kind: 'constant', ratePerSecond: 7 }, { client: constant(50 * ms), timeout: timeout(300 * ms) }),
        source({ kind: 'constant', ratePerSecond: 40 }, { name: 'well', entries: [{ service: 2, operation: 0 }] }),
      ],
      services: [
        service([call(1)], { name: 'a', concurrency: 1 }),
        service([call(0)], { name: 'b', concurrency: 1 }),
        service([cpu(constant(20 * ms))], { name: 'c' }),
      ],
    }),
  );
  expect(told.warnings.map(({ code }) => code)).toEqual(['stuck']);
  expect(told.warnings[0]!.message).not.toMatch(/\bc\b/);
});

test('the same with a timeout that cancels is not stuck, and neither is a mere queue', () => {
  const cancelling = tell(
    model({
      durationUs: 10 * seconds,
      traffic: [source({ kind: 'constant', ratePerSecond: 7 })],
      services: [
        service([call(1, { timeout: timeout(100 * ms, { cancels: true }) })], { name: 'a', concurrency: 1 }),
        service([call(0)], { name: 'b', concurrency: 1 }),
      ],
    }),
  );
  expect(cancelling.warnings).toEqual([]);
  const queueing = tell(
    model({
      durationUs: 10 * seconds,
      traffic: [source({ kind: 'constant', ratePerSecond: 10 })],
      services: [service([call(1)], { name: 'a' }), service(hold(2 * seconds), { name: 'b', concurrency: 1 })],
    }),
  );
  expect(queueing.warnings).toEqual([]);
});

test('nobody who waits for an instance that is starting is stuck', () => {
  const told = tell(
    model({
      durationUs: 10 * seconds,
      traffic: [visitorsAt([9 * seconds])],
      services: [
        service(hold(ms), {
          start: {
            whole: constant(5 * seconds),
            placement: constant(0),
            pullUs: 0,
            runtime: constant(0),
            application: constant(0),
          },
          dispatch: environments(),
        }),
      ],
    }),
  );
  expect(told.warnings).toEqual([]);
  expect(told.final.visitorsInside[0]).toBe(1);
});

test('more than 100 calls deep the call fails', () => {
  // An operation that calls itself: span 101 is one too deep.
  const told = tell(model({ traffic: [visitorsAt([0])], services: [service([call(0)])] }));
  expect(told.spans).toHaveLength(101);
  expect(outcomesOf(told.spans)).toEqual({ failed: 101 });
});
