/** Where requests start instances: cold starts, joins, idle times, limits, bursts, overflow, releases. */
import { expect, test } from 'vitest';
import type { EnvironmentModel, PickRule, ServiceModel, StartModel } from '../../src/model/contract.js';
import { call, endings, momentsOf, outcomesOf, tell, timeout, visitorsAt } from './handMade.js';
import { constant, cpu, environments, model, ms, seconds, service, wait } from './modelBuilder.js';

function startsIn(timeUs: number): StartModel {
  return { whole: constant(timeUs), placement: constant(0), pullUs: 0, runtime: constant(0), application: constant(0) };
}

function functions(
  workUs: number,
  coldUs: number,
  parts: Partial<EnvironmentModel> = {},
  more: Partial<ServiceModel> = {},
): ServiceModel {
  return service([wait(constant(workUs))], {
    name: 'function',
    concurrency: 1,
    start: startsIn(coldUs),
    dispatch: environments(parts),
    ...more,
  });
}

const everySecond = Array.from({ length: 60 }, (_, k) => k * seconds);

test('G01: steady load needs as many environments as requests overlap: three, four when the first had to start', () => {
  const of = (coldUs: number) =>
    tell(model({ traffic: [visitorsAt(everySecond)], services: [functions(3 * seconds, coldUs)] }));
  const billedS = (told: ReturnType<typeof tell>) =>
    told.invocations.reduce((sum, fact) => sum + fact.endedUs - fact.beganUs + fact.startUs, 0) / seconds;

  const instant = of(0);
  expect(instant.spans.filter(({ coldKind }) => coldKind === 1)).toHaveLength(3);
  expect(instant.final.service.instancesMax[0]).toBe(3);
  expect(outcomesOf(instant.visitors)).toEqual({ completed: 60 });
  expect(billedS(instant)).toBe(180);

  const starting = of(200 * ms);
  expect(starting.spans.filter(({ coldKind }) => coldKind === 1)).toHaveLength(4);
  expect(starting.final.service.instancesMax[0]).toBe(4);
  expect(starting.final.service.coldStartCount[0]).toBe(4);
  expect(billedS(starting)).toBeCloseTo(180.8, 9);
});

test('G02: a burst of 5,000 gets 1,000 environments at once and 100 a second from then on', () => {
  // Whoever was refused comes again every second: so many are left at second k.
  const leftAt = (k: number) => 5000 - (k === 0 ? 0 : 1000 + 100 * (k - 1));
  const clients = Array.from({ length: 45 }, (_, k) =>
    Array.from({ length: Math.max(0, leftAt(k)) }, () => k * seconds),
  );
  const of = (accountConcurrency: number) =>
    tell(
      model({
        durationUs: 45 * seconds,
        windowUs: 1 * seconds,
        accountConcurrency,
        traffic: [visitorsAt(clients.flat())],
        services: [functions(1000 * seconds, 0, { startLimit: { burst: 1000, perSecond: 100 }, overflowWaitUs: 0 })],
      }),
    );
  const wide = of(10_000);
  const runningAt = (told: typeof wide, second: number) => told.windows[second - 1]!.service.inSystemNow[0];
  expect(outcomesOf(wide.visitors.filter(({ endedUs }) => endedUs === 0))).toEqual({ rejected: 4000 });
  expect(runningAt(wide, 10)).toBe(2000);
  expect(runningAt(wide, 20)).toBe(3000);
  expect(runningAt(wide, 39)).toBe(4900);
  expect(runningAt(wide, 40)).toBe(5000);

  const narrow = of(1000);
  expect(runningAt(narrow, 1)).toBe(1000);
  expect(runningAt(narrow, 44)).toBe(1000);
});

test('a bucket holds no more than its burst, however long nobody came', () => {
  const of = (secondBurstUs: number) =>
    tell(
      model({
        durationUs: 2000 * seconds,
        traffic: [visitorsAt([...Array<number>(10).fill(0), ...Array<number>(20).fill(secondBurstUs)])],
        services: [functions(10_000 * seconds, 0, { startLimit: { burst: 10, perSecond: 2 }, overflowWaitUs: 0 })],
      }),
    ).final.service.inSystemNow[0];
  expect(of(3 * seconds)).toBe(16);
  expect(of(1000 * seconds)).toBe(20);
});

test('a request bound to a start waits for it even if another environment is free sooner', () => {
  const told = tell(
    model({ traffic: [visitorsAt([0, 5 * seconds])], services: [functions(6 * seconds, 2 * seconds)] }),
  );
  // The first's environment works from 2 s to 8 s; the second starts one at 5 s: ready at 7 s, and done at 13 s.
  expect(endings(told.visitors)).toEqual(['completed 0..8000000', 'completed 5000000..13000000']);
  const sooner = tell(
    model({ traffic: [visitorsAt([0, 7 * seconds])], services: [functions(6 * seconds, 2 * seconds)] }),
  );
  // The first one's is free at 8 s; the second's is ready at 9 s, and that is what it waits for.
  expect(endings(sooner.visitors)[1]).toBe('completed 7000000..15000000');
  expect(sooner.spans[1]!.waitUs).toBe(2 * seconds);
});

test('with several slots a starting environment is joined before another is started, the oldest first', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0, 1 * seconds, 2 * seconds, 3 * seconds, 4 * seconds])],
      services: [functions(1 * seconds, 10 * seconds, {}, { concurrency: 2 })],
    }),
  );
  expect(told.spans.map(({ coldKind, instance, beganUs }) => [beganUs / seconds, coldKind, instance])).toEqual([
    [0, 1, 0],
    [1, 2, 0],
    [2, 1, 1],
    [3, 2, 1],
    [4, 1, 2],
  ]);
  expect(told.final.service.coldStartCount[0]).toBe(3);
});

test('a ready environment with a free slot goes before any that is starting', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0]), visitorsAt([0, 0, 11 * seconds], { name: 'later' })],
      services: [functions(100 * seconds, 10 * seconds, {}, { concurrency: 2 })],
      durationUs: 200 * seconds,
    }),
  );
  // Two are on environment 0, one on environment 1, both ready at 10 s: the one of 11 s is warm, on environment 1.
  expect(told.spans.map(({ coldKind, instance }) => [coldKind, instance])).toEqual([
    [1, 0],
    [2, 0],
    [1, 1],
    [0, 1],
  ]);
});

test('whoever leaves a starting environment frees his slot of it for the next', () => {
  const told = tell(
    model({
      traffic: [
        visitorsAt([0], { timeout: timeout(1 * seconds, { cancels: true }) }),
        visitorsAt([2 * seconds], { name: 'next' }),
      ],
      services: [functions(1 * seconds, 5 * seconds)],
    }),
  );
  expect(endings(told.visitors)).toEqual(['timed_out 0..1000000', 'completed 2000000..6000000']);
  expect(told.spans[1]!.coldKind).toBe(2);
  expect(told.final.service.instancesMax[0]).toBe(1);
});

test('a slot of a starting environment that is free again goes to the first in line, not to the next who comes', () => {
  const told = tell(
    model({
      traffic: [
        visitorsAt([0], { timeout: timeout(1 * seconds, { cancels: true }) }),
        visitorsAt([500 * ms], { name: 'in line' }),
        visitorsAt([1500 * ms], { name: 'later' }),
      ],
      services: [functions(1 * seconds, 2 * seconds, { maxCount: 1 })],
    }),
  );
  expect(endings(told.visitors)).toEqual([
    'timed_out 0..1000000',
    'completed 500000..3000000',
    'completed 1500000..4000000',
  ]);
  expect(told.spans.map(({ coldKind }) => coldKind)).toEqual([1, 2, 0]);
});

test('an environment whose only request left while it was starting gets ready, and its idle time starts then', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0], { timeout: timeout(1 * seconds, { cancels: true }) })],
      services: [functions(1 * seconds, 5 * seconds, { idleTimeout: constant(20 * seconds) })],
    }),
  );
  expect(momentsOf(told, 'ready')).toEqual([5]);
  expect(momentsOf(told, 'gone')).toEqual([25]);
  expect(told.final.service.instanceAreaUs[0]).toBe(25 * seconds);
});

test('the idle time runs from the end of the last request', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0, 30 * seconds])],
      services: [functions(10 * seconds, 0, { idleTimeout: constant(25 * seconds) })],
    }),
  );
  expect(momentsOf(told, 'gone')).toEqual([65]);
  expect(told.spans.map(({ coldKind }) => coldKind)).toEqual([1, 0]);
});

test('of several idle ones each goes when its own time is over', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0, 1 * seconds, 2 * seconds, 12 * seconds])],
      services: [functions(5 * seconds, 0, { idleTimeout: constant(20 * seconds) })],
      durationUs: 60 * seconds,
    }),
  );
  // Idle from 5, 6 and 7 s; the one used last serves the request of 12 s, until 17 s.
  expect(momentsOf(told, 'gone')).toEqual([25, 26, 37]);
  expect(told.spans[3]!.instance).toBe(2);
});

test('a drawn idle time is drawn for each spell', () => {
  const told = tell(
    model({
      durationUs: 100_000 * seconds,
      traffic: [visitorsAt(Array.from({ length: 900 }, (_, k) => k * 100 * seconds))],
      services: [
        functions(0, 0, {
          idleTimeout: {
            ...constant(0),
            kind: 'by hand',
            mean: 50 * seconds,
            sample: (draws) => draws.uniform() * 100 * seconds,
          },
        }),
      ],
    }),
  );
  const spells = momentsOf(told, 'gone').map((second) => second % 100);
  expect(spells).toHaveLength(900);
  expect(new Set(spells).size).toBeGreaterThan(890);
});

test.each<readonly [PickRule, readonly number[]]>([
  // Environments 0, 1, 2 end their first requests at 10, 9.5 and 9 s.
  ['most-recently-used', [0, 0, 0]],
  ['least-recently-used', [2, 1, 0]],
  ['newest', [2, 2, 2]],
  ['oldest', [0, 0, 0]],
])('%s picks among idle environments', (pick, expected) => {
  const told = tell(
    model({
      traffic: [
        visitorsAt([0], { name: 'a', entries: [{ service: 0, operation: 0 }] }),
        visitorsAt([1 * ms], { name: 'b', entries: [{ service: 0, operation: 1 }] }),
        visitorsAt([2 * ms], { name: 'c', entries: [{ service: 0, operation: 2 }] }),
        visitorsAt([20 * seconds, 30 * seconds, 40 * seconds], { name: 'd', entries: [{ service: 0, operation: 3 }] }),
      ],
      services: [
        service([], {
          operations: [10_000, 9500, 9000, 100].map((timeMs, index) => ({
            name: `o${index}`,
            steps: [wait(constant(timeMs * ms))],
          })),
          concurrency: 1,
          dispatch: environments({ pick }),
        }),
      ],
    }),
  );
  expect(told.spans.slice(3).map(({ instance }) => instance)).toEqual(expected);
});

test('used is when a request last began or ended, with several slots too', () => {
  // Environments 0 and 1 have two slots. A begins on 0, B and C fill; then D is on 1; the last touch decides.
  const told = tell(
    model({
      traffic: [
        visitorsAt([0, 0], { name: 'long', entries: [{ service: 0, operation: 0 }] }),
        visitorsAt([1 * seconds], { name: 'short', entries: [{ service: 0, operation: 1 }] }),
        visitorsAt([12 * seconds], { name: 'probe', entries: [{ service: 0, operation: 1 }] }),
      ],
      services: [
        service([], {
          operations: [
            { name: 'long', steps: [wait(constant(10 * seconds))] },
            { name: 'short', steps: [wait(constant(10.5 * seconds))] },
          ],
          concurrency: 2,
          dispatch: environments(),
        }),
      ],
    }),
  );
  // Both long ones on 0 end at 10 s; the short one on 1 ends at 11.5 s: 1 was used last.
  expect(told.spans.at(-1)!.instance).toBe(1);
});

test('random picks every idle one about as often', () => {
  const told = tell(
    model({
      durationUs: 4000 * seconds,
      traffic: [visitorsAt([0, 0, 0, ...Array.from({ length: 3000 }, (_, k) => (k + 10) * seconds)])],
      services: [functions(100 * ms, 0, { pick: 'random', idleTimeout: constant(9999 * seconds) })],
    }),
  );
  const counts = [0, 0, 0];
  for (const { instance } of told.spans.slice(3)) counts[instance]!++;
  // 1,000 each; five standard errors are 129.
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(129);
});

test('provisioned environments are warm at clock 0 and never go', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([10 * seconds, 10 * seconds, 10 * seconds])],
      services: [functions(1 * seconds, 4 * seconds, { provisionedCount: 2, idleTimeout: constant(5 * seconds) })],
    }),
  );
  expect(told.spans.map(({ coldKind }) => coldKind)).toEqual([0, 0, 1]);
  expect(told.final.service.instancesNow[0]).toBe(2);
  expect(momentsOf(told, 'gone')).toEqual([20]);
  expect(told.final.service.coldStartCount[0]).toBe(1);
});

test('a provisioned environment that dies is replaced by another', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([30 * seconds])],
      services: [functions(1 * seconds, 4 * seconds, { provisionedCount: 1, idleTimeout: constant(5 * seconds) })],
      faults: [{ kind: 'crash', name: 'crash', atUs: 10 * seconds, service: 0, count: 1 }],
    }),
  );
  expect(momentsOf(told, 'ready')).toEqual([0, 14]);
  expect(told.spans.map(({ coldKind }) => coldKind)).toEqual([0]);
  expect(told.final.service.instancesNow[0]).toBe(1);
});

test('some idle ones are kept where the platform keeps them', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0, 0, 0])],
      services: [functions(1 * seconds, 0, { minIdleCount: 1, idleTimeout: constant(10 * seconds) })],
    }),
  );
  expect(momentsOf(told, 'gone')).toEqual([11, 11]);
  expect(told.final.service.instancesNow[0]).toBe(1);
});

test('overflow: reject refuses at once; wait waits in one line for the slot that is free first', () => {
  const of = (overflowWaitUs: number) =>
    tell(
      model({
        traffic: [
          visitorsAt([0], { name: 'a', entries: [{ service: 0, operation: 0 }] }),
          visitorsAt([1], { name: 'b', entries: [{ service: 0, operation: 1 }] }),
          visitorsAt([2, 3], { name: 'c', entries: [{ service: 0, operation: 1 }] }),
        ],
        services: [
          service([], {
            operations: [
              { name: 'long', steps: [wait(constant(10 * seconds))] },
              { name: 'short', steps: [wait(constant(2 * seconds))] },
            ],
            concurrency: 1,
            dispatch: environments({ maxCount: 2, overflowWaitUs }),
          }),
        ],
      }),
    );
  expect(outcomesOf(of(0).visitors)).toEqual({ completed: 2, rejected: 2 });
  expect(endings(of(Number.POSITIVE_INFINITY).visitors)).toEqual([
    'completed 1..2000001',
    'completed 2..4000001',
    'completed 3..6000001',
    'completed 0..10000000',
  ]);
  // Two seconds of patience: the second in line is sent away at 2.000003 s … after 3 s at most.
  expect(endings(of(3 * seconds).visitors)).toEqual([
    'completed 1..2000001',
    'rejected 3..3000003',
    'completed 2..4000001',
    'completed 0..10000000',
  ]);
});

test('each in line has its own time to wait', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0, 1 * seconds, 2 * seconds, 3 * seconds])],
      services: [functions(100 * seconds, 0, { maxCount: 1, overflowWaitUs: 10 * seconds })],
    }),
  );
  expect(endings(told.visitors)).toEqual([
    'rejected 1000000..11000000',
    'rejected 2000000..12000000',
    'rejected 3000000..13000000',
  ]);
});

test('tokens that come back start environments for those in line', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0, 0, 0, 0])],
      services: [functions(100 * seconds, 0, { startLimit: { burst: 1, perSecond: 0.3 } })],
    }),
  );
  // One at once, then one each 3.33 s, taken at the next whole microsecond; a bucket of one holds no more meanwhile.
  expect(momentsOf(told, 'ready')).toEqual([0, 3.333334, 6.666668, 10.000002]);
});

test('a token is waited for from now on, where the account’s limit kept the bucket from being asked', () => {
  const limited = functions(20 * seconds, 0, { startLimit: { burst: 1, perSecond: 0.1 } });
  const told = tell(
    model({
      accountConcurrency: 2,
      traffic: [
        visitorsAt([0, 2 * seconds]),
        visitorsAt([500 * ms], { name: 'other', entries: [{ service: 1, operation: 0 }] }),
      ],
      services: [limited, functions(3500 * ms, 0, {}, { name: 'second' })],
    }),
  );
  // Full until 4 s; the token taken at 0 is back at 10 s.
  expect(endings(told.visitors)).toEqual([
    'completed 500000..4000000',
    'completed 0..20000000',
    'completed 2000000..30000000',
  ]);
});

test('the account’s limit counts the requests of all services together', () => {
  const told = tell(
    model({
      accountConcurrency: 3,
      traffic: [
        visitorsAt([0, 0]),
        visitorsAt([1, 1], { name: 'other', entries: [{ service: 1, operation: 0 }] }),
        visitorsAt([11 * seconds], { name: 'later', entries: [{ service: 1, operation: 0 }] }),
      ],
      services: [
        functions(10 * seconds, 0, { overflowWaitUs: 0 }),
        functions(10 * seconds, 0, { overflowWaitUs: 0 }, { name: 'second' }),
      ],
    }),
  );
  expect(outcomesOf(told.visitors)).toEqual({ rejected: 1, completed: 4 });
});

test('room under the account’s limit lets another service’s line move', () => {
  const told = tell(
    model({
      accountConcurrency: 1,
      traffic: [visitorsAt([0]), visitorsAt([1 * seconds], { name: 'other', entries: [{ service: 1, operation: 0 }] })],
      services: [functions(10 * seconds, 0), functions(1 * seconds, 2 * seconds, {}, { name: 'second' })],
    }),
  );
  // Its environment is started when there is room for it, at 10 s.
  expect(endings(told.visitors)).toEqual(['completed 0..10000000', 'completed 1000000..13000000']);
});

test('a crash ends an environment with all that is on it; a new request starts another', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0, 6 * seconds])],
      services: [functions(10 * seconds, 1 * seconds)],
      faults: [{ kind: 'crash', name: 'crash', atUs: 5 * seconds, service: 0, count: 1 }],
    }),
  );
  expect(endings(told.visitors)).toEqual(['failed 0..5000000', 'completed 6000000..17000000']);
  expect(told.spans.map(({ coldKind }) => coldKind)).toEqual([1, 1]);
  expect(told.final.service.restartCount[0]).toBe(0);
  expect(told.life).toEqual([
    '0.0 requested @ 0',
    '0.0 starting @ 0',
    '0.0 ready @ 1',
    '0.0 crashed @ 5',
    '0.0 gone @ 5',
    '0.1 requested @ 6',
    '0.1 starting @ 6',
    '0.1 ready @ 7',
  ]);
});

test('the start-up an invocation caused and waited for is told whole, placement and all', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0, 10 * seconds])],
      services: [
        functions(
          1 * seconds,
          0,
          {},
          {
            start: {
              whole: null,
              placement: constant(120 * ms),
              pullUs: 30 * ms,
              runtime: constant(200 * ms),
              application: constant(50 * ms),
            },
          },
        ),
      ],
    }),
  );
  expect(told.invocations.map(({ startUs }) => startUs)).toEqual([400 * ms, 0]);
  expect(told.spans[0]!.waitUs).toBe(400 * ms);
});

test('a release sends new requests to new environments at once while the old ones finish', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0, 1 * seconds, 6 * seconds])],
      services: [
        service([cpu(constant(4 * seconds))], {
          concurrency: 1,
          start: startsIn(0),
          dispatch: environments({ idleTimeout: constant(50 * seconds) }),
        }),
      ],
      releases: [
        {
          name: 'v2',
          atUs: 2 * seconds,
          service: 0,
          version: 'v2',
          cpuFactor: 2,
          memoryFactor: 1,
          failChance: 0,
          application: null,
        },
      ],
    }),
  );
  expect(endings(told.visitors)).toEqual([
    'completed 0..4000000',
    'completed 1000000..5000000',
    'completed 6000000..14000000',
  ]);
  expect(told.spans.map(({ coldKind }) => coldKind)).toEqual([1, 1, 1]);
  expect(momentsOf(told, 'gone')).toEqual([4, 5, 64]);
});

test('no new request joins an old version that is still starting', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0, 3 * seconds])],
      services: [functions(1 * seconds, 5 * seconds, {}, { concurrency: 10 })],
      releases: [
        {
          name: 'v2',
          atUs: 2 * seconds,
          service: 0,
          version: 'v2',
          cpuFactor: 1,
          memoryFactor: 1,
          failChance: 0,
          application: null,
        },
      ],
    }),
  );
  expect(endings(told.visitors)).toEqual(['completed 0..6000000', 'completed 3000000..9000000']);
  expect(told.spans.map(({ instance, coldKind }) => [instance, coldKind])).toEqual([
    [0, 1],
    [1, 1],
  ]);
  expect(momentsOf(told, 'gone')).toEqual([6]);
});

test('a release replaces provisioned environments by provisioned ones, which keep', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([50 * seconds])],
      services: [functions(1 * seconds, 0, { provisionedCount: 2, idleTimeout: constant(5 * seconds) })],
      releases: [
        {
          name: 'v2',
          atUs: 2 * seconds,
          service: 0,
          version: 'v2',
          cpuFactor: 1,
          memoryFactor: 1,
          failChance: 0,
          application: null,
        },
      ],
    }),
  );
  expect(momentsOf(told, 'gone')).toEqual([2, 2]);
  expect(told.final.service.instancesNow[0]).toBe(2);
  expect(told.spans.map(({ coldKind }) => coldKind)).toEqual([0]);
});

test('a caller waits for the cold start of what it calls, and its own slot with it', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0])],
      services: [
        service([call(1)], { name: 'front', concurrency: 1, start: startsIn(2 * seconds), dispatch: environments() }),
        functions(1 * seconds, 3 * seconds),
      ],
    }),
  );
  expect(endings(told.visitors)).toEqual(['completed 0..6000000']);
  const front = told.invocations.find(({ service: index }) => index === 0)!;
  expect([front.beganUs, front.endedUs, front.waitingUs]).toEqual([2 * seconds, 6 * seconds, 4 * seconds]);
});

test('environments count from the start of their cold start to their removal; it could answer all the time', () => {
  const told = tell(
    model({
      durationUs: 100 * seconds,
      traffic: [visitorsAt([10 * seconds])],
      services: [functions(5 * seconds, 3 * seconds, { idleTimeout: constant(20 * seconds) })],
    }),
  );
  expect(told.final.service.instanceAreaUs[0]).toBe(28 * seconds);
  expect(told.final.service.busyAreaUs[0]).toBe(5 * seconds);
  expect(told.final.service.availableUs[0]).toBe(100 * seconds);
  expect(told.final.entriesAvailable[0]).toBe(100 * seconds);
  expect(told.final.service.cpuReadyUs[0]).toBe(25 * seconds);
  expect([told.final.service.instancesMin[0], told.final.service.instancesMax[0]]).toEqual([0, 1]);
});
