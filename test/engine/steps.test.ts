/** What operations do, step by step: calls and their hops, branches, rounds, chances, messages, failures. */
import { expect, test } from 'vitest';
import { call, endings, outcomesOf, query, send, tell, timeout, visitorsAt } from './handMade.js';
import {
  constant,
  cpu,
  database,
  environments,
  model,
  ms,
  replicas,
  sampler,
  seconds,
  service,
  source,
  wait,
} from './modelBuilder.js';

const hold = (timeUs: number) => wait(constant(timeUs));

test('steps follow one another; a call takes a hop each way, a query none', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0], { client: constant(15 * ms) })],
      services: [
        service([cpu(constant(4 * ms)), call(1), query(3 * ms), hold(2 * ms)], { hopOut: constant(99 * ms) }),
        service([cpu(constant(6 * ms))], { name: 'callee', hopOut: constant(500), hopBack: constant(700) }),
      ],
      databases: [database()],
    }),
  );
  // 15 + 4 + (0.5 + 6 + 0.7) + 3 + 2 + 15: `hop` is for calls between services, not for the entry.
  expect(endings(told.visitors)).toEqual(['completed 0..46200']);
  expect(endings(told.spans)).toEqual(['completed 19000..26200', 'completed 15000..31200']);
  expect(endings(told.queries)).toEqual(['completed 26200..29200']);
});

test('a hop is drawn for each way of each call', () => {
  const told = tell(
    model({
      durationUs: 1000 * seconds,
      traffic: [source({ kind: 'constant', ratePerSecond: 1 })],
      services: [
        service([call(1), call(1)]),
        service([hold(1 * ms)], {
          name: 'callee',
          hopOut: sampler({ kind: 'uniform', low: 0, high: 10 * ms }),
          hopBack: sampler({ kind: 'uniform', low: 0, high: 10 * ms }),
        }),
      ],
    }),
  );
  const spans = told.spans.filter(({ service: index }) => index === 1);
  const lengths = spans.map(({ beganUs, endedUs }) => endedUs - beganUs);
  const mean = lengths.reduce((sum, each) => sum + each, 0) / lengths.length / ms;
  const variance = lengths.reduce((sum, each) => sum + (each / ms - mean) ** 2, 0) / lengths.length;
  expect(mean).toBeCloseTo(11, 0);
  // Two independent draws: 2 x 10^2 / 12 = 16.7; one draw for both ways would make 33.3. Five standard errors are 2.2.
  expect(Math.abs(variance - 100 / 6)).toBeLessThan(2.2);
});

test('branches of a parallel go at once, and it ends with the last of them', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0])],
      services: [
        service([{ kind: 'parallel', branches: [[hold(10 * ms)], [hold(30 * ms), hold(5 * ms)], []] }, hold(1 * ms)]),
      ],
    }),
  );
  expect(endings(told.visitors)).toEqual(['completed 0..36000']);
});

test('two parallel cpu branches share one vCPU, and count twice on two', () => {
  const on = (vCpu: number) =>
    tell(
      model({
        traffic: [visitorsAt([0])],
        services: [
          service([{ kind: 'parallel', branches: [[cpu(constant(10 * ms))], [cpu(constant(20 * ms))]] }], {
            vCpu,
            concurrency: 1,
          }),
        ],
      }),
    );
  // One vCPU: the short one at 20 ms, the long one 10 ms later. Two: 20 ms.
  expect(endings(on(1).visitors)).toEqual(['completed 0..30000']);
  expect(endings(on(2).visitors)).toEqual(['completed 0..20000']);
  expect(on(2).final.service.cpuUsedUs[0]).toBe(30 * ms);
});

test('a failed branch does not stop its siblings; when all have ended the step fails', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0])],
      services: [
        service([
          {
            kind: 'parallel',
            branches: [[hold(5 * ms), { kind: 'fail', chance: 1 }, hold(9 * seconds)], [hold(40 * ms)]],
          },
          hold(1 * seconds),
        ]),
      ],
    }),
  );
  expect(endings(told.visitors)).toEqual(['failed 0..40000']);
});

test('parallel within parallel: the failure comes up only when all have ended', () => {
  const inner = { kind: 'parallel' as const, branches: [[{ kind: 'fail' as const, chance: 1 }], [hold(20 * ms)]] };
  const told = tell(
    model({
      traffic: [visitorsAt([0])],
      services: [service([{ kind: 'parallel', branches: [[inner, hold(1 * seconds)], [hold(70 * ms)]] }])],
    }),
  );
  expect(endings(told.visitors)).toEqual(['failed 0..70000']);
});

test('choose takes one branch by chance; what is left of 100% does nothing', () => {
  const told = tell(
    model({
      durationUs: 10_000 * seconds,
      traffic: [source({ kind: 'constant', ratePerSecond: 1 })],
      services: [
        service([
          {
            kind: 'choose',
            branches: [
              { chance: 0.5, steps: [hold(1 * ms)] },
              { chance: 0.3, steps: [hold(2 * ms), hold(1 * ms)] },
            ],
          },
          hold(10 * ms),
        ]),
      ],
    }),
  );
  const counts = new Map<number, number>();
  for (const { beganUs, endedUs } of told.visitors)
    counts.set(endedUs - beganUs, (counts.get(endedUs - beganUs) ?? 0) + 1);
  // Of 9,999: five standard errors are 250, 229 and 200.
  expect([...counts.keys()].sort((a, b) => a - b)).toEqual([10 * ms, 11 * ms, 13 * ms]);
  expect(Math.abs(counts.get(11 * ms)! - 5000)).toBeLessThan(250);
  expect(Math.abs(counts.get(13 * ms)! - 3000)).toBeLessThan(229);
  expect(Math.abs(counts.get(10 * ms)! - 2000)).toBeLessThan(200);
});

test('a branch chosen with certainty is always taken, one without chance never', () => {
  const told = tell(
    model({
      durationUs: 1000 * seconds,
      traffic: [source({ kind: 'constant', ratePerSecond: 1 })],
      services: [
        service([
          {
            kind: 'choose',
            branches: [
              { chance: 0, steps: [{ kind: 'fail', chance: 1 }] },
              { chance: 1, steps: [hold(1 * ms)] },
            ],
          },
        ]),
      ],
    }),
  );
  expect(told.visitors.every(({ outcome, beganUs, endedUs }) => outcome === 0 && endedUs - beganUs === ms)).toBe(true);
});

test('repeat does its rounds one after another; none when there are none', () => {
  const of = (times: number | { geometricMean: number }) =>
    endings(
      tell(
        model({
          traffic: [visitorsAt([0])],
          services: [service([{ kind: 'repeat', times, steps: [hold(3 * ms), hold(1 * ms)] }, hold(1 * ms)])],
        }),
      ).visitors,
    );
  expect(of(5)).toEqual(['completed 0..21000']);
  expect(of(0)).toEqual(['completed 0..1000']);
  expect(of({ geometricMean: 1 })).toEqual(['completed 0..5000']);
});

test('a round that fails ends the operation', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0])],
      services: [
        service([{ kind: 'repeat', times: 5, steps: [hold(3 * ms), { kind: 'fail', chance: 1 }] }, hold(1 * ms)]),
      ],
    }),
  );
  expect(endings(told.visitors)).toEqual(['failed 0..3000']);
});

test('geometric rounds are 1, 2, 3 … with the mean given', () => {
  const told = tell(
    model({
      durationUs: 20_001 * seconds,
      traffic: [source({ kind: 'constant', ratePerSecond: 1 })],
      services: [service([{ kind: 'repeat', times: { geometricMean: 3 }, steps: [hold(1 * ms)] }])],
    }),
  );
  const rounds = told.visitors.map(({ beganUs, endedUs }) => (endedUs - beganUs) / ms);
  expect(rounds).toHaveLength(20_000);
  expect(Math.min(...rounds)).toBe(1);
  // Mean 3, standard deviation sqrt(6); five standard errors of 20,000.
  expect(Math.abs(rounds.reduce((sum, each) => sum + each, 0) / rounds.length - 3)).toBeLessThan(
    5 * Math.sqrt(6 / 20_000),
  );
  const ones = rounds.filter((count) => count === 1).length;
  expect(Math.abs(ones / 20_000 - 1 / 3)).toBeLessThan(0.017);
});

test('rounds and calls draw anew: no two rounds of a visitor share a draw', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0])],
      services: [
        service([{ kind: 'repeat', times: 50, steps: [call(1)] }]),
        service([wait(sampler({ kind: 'uniform', low: 0, high: 1 * seconds }))], { name: 'callee' }),
      ],
    }),
  );
  const lengths = told.spans
    .filter(({ service: index }) => index === 1)
    .map(({ beganUs, endedUs }) => endedUs - beganUs);
  expect(new Set(lengths).size).toBe(50);
});

test('fail ends the operation with an error by its chance', () => {
  const told = tell(
    model({
      durationUs: 10_001 * seconds,
      traffic: [source({ kind: 'constant', ratePerSecond: 1 })],
      services: [service([{ kind: 'fail', chance: 0.1 }, hold(1 * ms)])],
    }),
  );
  const failedCount = outcomesOf(told.visitors)['failed']!;
  expect(Math.abs(failedCount - 1000)).toBeLessThan(150);
  expect(told.visitors.every(({ outcome, beganUs, endedUs }) => endedUs - beganUs === (outcome === 1 ? 0 : ms))).toBe(
    true,
  );
});

test('an error travels back like an answer and fails the caller, unless the call is optional', () => {
  const of = (isOptional: boolean) =>
    tell(
      model({
        traffic: [visitorsAt([0])],
        services: [
          service([call(1, { isOptional }), hold(1 * ms)]),
          service([hold(5 * ms), { kind: 'fail', chance: 1 }], {
            name: 'callee',
            hopOut: constant(2 * ms),
            hopBack: constant(3 * ms),
          }),
        ],
      }),
    );
  expect(endings(of(false).spans)).toEqual(['failed 0..10000', 'failed 0..10000']);
  expect(endings(of(true).spans)).toEqual(['failed 0..10000', 'completed 0..11000']);
});

test('a refused callee is rejected, its caller failed', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0, 0])],
      services: [service([call(1)]), service([hold(5 * ms)], { name: 'callee', concurrency: 1, queueLimit: 0 })],
    }),
  );
  expect(told.spans.map(({ service: index, outcome }) => [index, outcome])).toEqual([
    [1, 2],
    [0, 1],
    [1, 0],
    [0, 0],
  ]);
});

test('a call is tried again after a failure, with its own back-off', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0])],
      services: [
        service([call(1, { retries: { attempts: 2, backoffUs: 10 * ms, jitter: 0 } })]),
        service([hold(1 * ms), { kind: 'fail', chance: 1 }], { name: 'callee' }),
      ],
    }),
  );
  // 1, wait 10, 1, wait 20, 1.
  expect(endings(told.visitors)).toEqual(['failed 0..33000']);
  expect(endings(told.spans)).toEqual([
    'failed 0..1000',
    'failed 11000..12000',
    'failed 32000..33000',
    'failed 0..33000',
  ]);
});

test('the next call of an operation has all its retries again', () => {
  const failing = call(1, { retries: { attempts: 1, backoffUs: 10 * ms, jitter: 0 }, isOptional: true });
  const told = tell(
    model({
      traffic: [visitorsAt([0])],
      services: [service([failing, failing]), service([{ kind: 'fail', chance: 1 }], { name: 'callee' })],
    }),
  );
  expect(endings(told.visitors)).toEqual(['completed 0..20000']);
  expect(outcomesOf(told.spans)).toEqual({ failed: 4, completed: 1 });
});

test('a message takes one way, its sender does not wait and holds nothing for it', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0])],
      services: [
        service([send(1), hold(1 * ms)]),
        service([hold(50 * ms), { kind: 'fail', chance: 1 }], {
          name: 'mailer',
          hopOut: constant(5 * ms),
          hopBack: constant(7 * ms),
        }),
      ],
    }),
  );
  expect(endings(told.visitors)).toEqual(['completed 0..1000']);
  expect(endings(told.spans)).toEqual(['completed 0..1000', 'failed 0..55000']);
});

test('a plain message that is refused or fails is lost; where the platform keeps it, it is delivered again later', () => {
  const of = (sendRetryWaitsUs: readonly number[]) =>
    tell(
      model({
        durationUs: 1000 * seconds,
        traffic: [visitorsAt([0])],
        services: [
          service([send(1)]),
          service([hold(2 * seconds), { kind: 'fail', chance: 1 }], {
            name: 'function',
            hopOut: constant(1 * seconds),
            dispatch: environments(),
            sendRetryWaitsUs,
          }),
        ],
      }),
    );
  const functionSpans = (told: ReturnType<typeof tell>) =>
    endings(told.spans.filter(({ service: index }) => index === 1));
  expect(functionSpans(of([]))).toEqual(['failed 0..3000000']);
  expect(functionSpans(of([60 * seconds, 120 * seconds]))).toEqual([
    'failed 0..3000000',
    'failed 63000000..65000000',
    'failed 185000000..187000000',
  ]);
});

test('a call in a cycle broken by chance works, and each depth draws its own chance', () => {
  const told = tell(
    model({
      durationUs: 2000 * seconds,
      traffic: [source({ kind: 'constant', ratePerSecond: 1 })],
      services: [
        service([hold(1 * ms), { kind: 'choose', branches: [{ chance: 0.5, steps: [call(0)] }] }], {
          dispatch: replicas(1),
        }),
      ],
    }),
  );
  // Depth is geometric with mean 2.
  const depths = told.visitors.map(({ beganUs, endedUs }) => (endedUs - beganUs) / ms);
  expect(Math.abs(depths.reduce((sum, each) => sum + each, 0) / depths.length - 2)).toBeLessThan(
    5 * Math.sqrt(2 / 2000),
  );
});

test('time waiting for others is told apart from time computing', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0])],
      services: [
        service([
          cpu(constant(10 * ms)),
          hold(20 * ms),
          { kind: 'parallel', branches: [[cpu(constant(5 * ms))], [hold(12 * ms)]] },
          call(1, { timeout: timeout(100 * ms) }),
        ]),
        service([hold(30 * ms)], { name: 'callee' }),
      ],
    }),
  );
  const own = told.invocations.find(({ service: index }) => index === 0)!;
  expect(own.endedUs - own.beganUs).toBe(72 * ms);
  // 20, 7 of the branch that outlasts the computing one, 30.
  expect(own.waitingUs).toBe(57 * ms);
});
