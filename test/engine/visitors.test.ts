/** What a visitor sees: attempts, back-off, the way in and out; closed crowds. */
import { expect, test } from 'vitest';
import { endings, outcomesOf, tell, timeout, visitorsAt } from './handMade.js';
import { constant, cpu, model, ms, replicas, seconds, service, source, wait } from './modelBuilder.js';

const failing = service([wait(constant(10 * ms)), { kind: 'fail', chance: 1 }]);

test('latency runs from the first attempt to the last answer, back-off doubling in between', () => {
  const told = tell(
    model({
      traffic: [
        visitorsAt([0], { retries: { attempts: 3, backoffUs: 100 * ms, jitter: 0 }, client: constant(2 * ms) }),
      ],
      services: [failing],
    }),
  );
  // Four attempts of 14 ms, and waits of 100, 200 and 400 ms.
  expect(endings(told.visitors)).toEqual(['failed 0..756000']);
  expect(told.visitors[0]!.attemptCount).toBe(4);
  // Spans count each, without the client's way.
  expect(endings(told.spans)).toEqual([
    'failed 2000..12000',
    'failed 116000..126000',
    'failed 330000..340000',
    'failed 744000..754000',
  ]);
});

test('attempts 0 is no retry, and a good answer ends the attempts', () => {
  const none = tell(
    model({ traffic: [visitorsAt([0], { retries: { attempts: 0, backoffUs: ms, jitter: 0 } })], services: [failing] }),
  );
  expect(none.visitors[0]!.attemptCount).toBe(1);
  const good = tell(
    model({
      traffic: [visitorsAt([0], { retries: { attempts: 5, backoffUs: ms, jitter: 0 } })],
      services: [service([wait(constant(ms))])],
    }),
  );
  expect(good.visitors.map(({ attemptCount }) => attemptCount)).toEqual([1]);
});

test('a refusal and a time-out are tried again like a failure; the class is that of the last attempt', () => {
  // One slot, no queue: the first holds it for 1 s, the second is refused at 0 ms, 100 ms, 300 ms, 700 ms, gets in at 1.5 s.
  const told = tell(
    model({
      traffic: [visitorsAt([0, 0], { retries: { attempts: 4, backoffUs: 100 * ms, jitter: 0 } })],
      services: [service([wait(constant(1 * seconds))], { concurrency: 1, queueLimit: 0 })],
    }),
  );
  expect(endings(told.visitors)).toEqual(['completed 0..1000000', 'completed 0..2500000']);
  expect(told.visitors[1]!.attemptCount).toBe(5);
  expect(outcomesOf(told.spans)).toEqual({ completed: 2, rejected: 4 });
});

test('the timeout is anew for each attempt, counted from its start', () => {
  const told = tell(
    model({
      traffic: [
        visitorsAt([0], {
          timeout: timeout(50 * ms),
          retries: { attempts: 2, backoffUs: 30 * ms, jitter: 0 },
        }),
      ],
      services: [service([wait(constant(1 * seconds))])],
    }),
  );
  // 50, wait 30, 50, wait 60, 50.
  expect(endings(told.visitors)).toEqual(['timed_out 0..240000']);
  expect(endings(told.spans)).toEqual(['timed_out 0..50000', 'timed_out 80000..130000', 'timed_out 190000..240000']);
});

test('jitter moves a back-off by its share of it at most, and not by nothing', () => {
  const told = tell(
    model({
      durationUs: 200 * seconds,
      traffic: [
        source({ kind: 'constant', ratePerSecond: 5 }, { retries: { attempts: 1, backoffUs: 100 * ms, jitter: 0.5 } }),
      ],
      services: [service([{ kind: 'fail', chance: 1 }])],
    }),
  );
  const waits = told.visitors.map(({ beganUs, endedUs }) => endedUs - beganUs);
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(50 * ms);
  expect(Math.min(...waits)).toBeLessThan(55 * ms);
  expect(Math.max(...waits)).toBeLessThanOrEqual(150 * ms);
  expect(Math.max(...waits)).toBeGreaterThan(145 * ms);
  expect(waits.reduce((sum, each) => sum + each, 0) / waits.length).toBeCloseTo(100 * ms, -4);
});

test('one visitor is offered once, whatever he tries', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0, 1], { retries: { attempts: 9, backoffUs: ms, jitter: 0 } })],
      services: [failing],
    }),
  );
  expect(told.visitors).toHaveLength(2);
  expect(told.spans).toHaveLength(20);
});

test('the client way is drawn each way, is in the visitor’s latency and not in the span’s', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0], { client: constant(15 * ms) })],
      services: [service([wait(constant(10 * ms))])],
    }),
  );
  expect(endings(told.visitors)).toEqual(['completed 0..40000']);
  expect(endings(told.spans)).toEqual(['completed 15000..25000']);
});

test('a closed crowd begins by thinking and thinks after every answer', () => {
  const told = tell(
    model({
      durationUs: 10 * seconds,
      traffic: [
        source({ kind: 'none' }, { arrivals: { kind: 'closed', userCount: 2, think: constant(900 * ms) } as never }),
      ],
      services: [service([wait(constant(100 * ms))])],
    }),
  );
  // Both at 0.9 s, 1.9 s … 9.9 s; the last ones end at 10 s, when the run is over.
  expect(told.visitors).toHaveLength(18);
  expect(endings(told.visitors.slice(0, 3))).toEqual([
    'completed 900000..1000000',
    'completed 900000..1000000',
    'completed 1900000..2000000',
  ]);
});

test('a user who times out thinks at once, though the server works on', () => {
  const told = tell(
    model({
      durationUs: 3 * seconds,
      traffic: [
        source(
          { kind: 'none' },
          {
            arrivals: { kind: 'closed', userCount: 1, think: constant(500 * ms) } as never,
            timeout: timeout(200 * ms),
          },
        ),
      ],
      services: [service([cpu(constant(600 * ms))], { dispatch: replicas(10), concurrency: 1 })],
    }),
  );
  expect(endings(told.visitors)).toEqual([
    'timed_out 500000..700000',
    'timed_out 1200000..1400000',
    'timed_out 1900000..2100000',
    'timed_out 2600000..2800000',
  ]);
});

test('a visitor belongs to the measured time by when he began', () => {
  const told = tell(
    model({
      warmupUs: 1 * seconds,
      durationUs: 1 * seconds,
      traffic: [visitorsAt([999_999, 1_000_000, 1_999_999])],
      services: [service([wait(constant(500 * ms))])],
    }),
  );
  expect(told.visitors.map(({ beganUs, isMeasured }) => [beganUs, isMeasured])).toEqual([
    [999_999, false],
    [1_000_000, true],
  ]);
  expect(told.final.visitorsInside[0]).toBe(1);
});
