/** Processor sharing to the microsecond: n jobs on V vCPUs each go at min(1, V/n). */
import { expect, test } from 'vitest';
import { endings, tell, timeout, visitorsAt } from './handMade.js';
import { constant, cpu, model, ms, replicas, runToEnd, seconds, service, source, wait } from './modelBuilder.js';

function endsOf(vCpu: number, jobs: readonly (readonly [startMs: number, workMs: number])[]): string[] {
  return endings(
    tell(
      model({
        traffic: jobs.map(([startMs], index) =>
          visitorsAt([startMs * ms], { name: `v${index}`, entries: [{ service: 0, operation: index }] }),
        ),
        services: [
          service([], {
            vCpu,
            operations: jobs.map(([, workMs], index) => ({ name: `o${index}`, steps: [cpu(constant(workMs * ms))] })),
          }),
        ],
      }),
    ).visitors,
  );
}

test('two equal jobs on one vCPU take twice as long', () => {
  expect(
    endsOf(1, [
      [0, 10],
      [0, 10],
    ]),
  ).toEqual(['completed 0..20000', 'completed 0..20000']);
});

test('a job that joins halfway slows the other for as long as it lasts', () => {
  // 10 alone, then both at one half: the second is done at 10 + 2 x 5 = 20, the first at 30 - 5 = 25.
  expect(
    endsOf(1, [
      [0, 20],
      [10, 5],
    ]),
  ).toEqual(['completed 10000..20000', 'completed 0..25000']);
});

test('one job never goes faster than one vCPU, however many there are', () => {
  expect(endsOf(4, [[0, 10]])).toEqual(['completed 0..10000']);
  expect(
    endsOf(2, [
      [0, 10],
      [0, 10],
    ]),
  ).toEqual(['completed 0..10000', 'completed 0..10000']);
  expect(
    endsOf(2, [
      [0, 10],
      [0, 10],
      [0, 10],
    ]),
  ).toEqual(['completed 0..15000', 'completed 0..15000', 'completed 0..15000']);
});

test('on 1.5 vCPU two jobs go at 3/4 each until one is left at 1', () => {
  // The short one: 6 / 0.75 = 8 ms. The long one has done 6 of 12 then; 6 more alone.
  expect(
    endsOf(1.5, [
      [0, 6],
      [0, 12],
    ]),
  ).toEqual(['completed 0..8000', 'completed 0..14000']);
});

test('less than one vCPU is shared, too', () => {
  // 0.5: each at a quarter; 5 ms of work at 20 ms; then 5 ms at one half.
  expect(
    endsOf(0.5, [
      [0, 5],
      [0, 10],
    ]),
  ).toEqual(['completed 0..20000', 'completed 0..30000']);
});

test('Lambda’s share: 1 s of work takes 13.82 s on 128 MB, 3.455 s on 512 MB, 1 s from 1,769 MB on', () => {
  const on = (memoryMb: number) =>
    tell(
      model({
        traffic: [visitorsAt([0])],
        services: [service([cpu(constant(1 * seconds))], { vCpu: memoryMb / 1769, concurrency: 1 })],
      }),
    ).visitors[0]!.endedUs;
  expect(on(128)).toBe(13_820_313); // 1769 / 128 s = 13.8203125, rounded up.
  expect(on(512)).toBe(3_455_079);
  expect(on(1769)).toBe(1_000_000);
  expect(on(3538)).toBe(1_000_000);
});

test('with c slots and c vCPUs each has one to itself', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0, 0, 0])],
      services: [service([cpu(constant(10 * ms))], { vCpu: 2, concurrency: 2 })],
    }),
  );
  expect(endings(told.visitors)).toEqual(['completed 0..10000', 'completed 0..10000', 'completed 0..20000']);
});

test('waits take no CPU from those who compute', () => {
  const told = tell(
    model({
      traffic: [
        visitorsAt([0], { entries: [{ service: 0, operation: 0 }] }),
        visitorsAt([0], { name: 'b', entries: [{ service: 0, operation: 1 }] }),
      ],
      services: [
        service([], {
          operations: [
            { name: 'compute', steps: [cpu(constant(10 * ms))] },
            { name: 'wait', steps: [wait(constant(10 * ms))] },
          ],
        }),
      ],
    }),
  );
  expect(endings(told.visitors)).toEqual(['completed 0..10000', 'completed 0..10000']);
  expect(told.final.service.cpuUsedUs[0]).toBe(10 * ms);
});

test('the same for a thousand jobs: the k-th of works 1 … n is done at k(n - (k - 1)/2)', () => {
  const n = 200;
  const jobs = Array.from({ length: n }, (_, index) => [0, index + 1] as const);
  const ends = endsOf(1, jobs);
  // T(k) = sum over j <= k of (n - j + 1) x 1 ms.
  let expected = 0;
  for (let k = 1; k <= n; k++) {
    expected += n - k + 1;
    expect(ends[k - 1]).toBe(`completed 0..${expected * ms}`);
  }
});

test('whoever is cancelled leaves his share to the others from that instant on', () => {
  const told = tell(
    model({
      traffic: [
        visitorsAt([0], { timeout: timeout(6 * ms, { cancels: true }) }),
        visitorsAt([0], { name: 'b' }),
        visitorsAt([0], { name: 'c' }),
      ],
      services: [service([cpu(constant(10 * ms))])],
    }),
  );
  // Each has 2 done at 6; two go on at one half: 8 left take 16.
  expect(endings(told.visitors)).toEqual(['timed_out 0..6000', 'completed 0..22000', 'completed 0..22000']);
});

test('a slow fault makes work take so many times as long while it lasts, and waits not', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0])],
      services: [service([cpu(constant(10 * seconds)), wait(constant(1 * seconds))])],
      faults: [{ kind: 'slow', name: 'slow', atUs: 5 * seconds, forUs: 20 * seconds, service: 0, factor: 10 }],
    }),
  );
  // 5 s at full pace, 20 s at a tenth (2 s of work), 3 s more; then the wait.
  expect(endings(told.visitors)).toEqual(['completed 0..29000000']);
});

test('two slow faults at once multiply, and each ends for itself', () => {
  const slow = (atS: number, forS: number, factor: number) =>
    ({ kind: 'slow', name: `slow ${factor}`, atUs: atS * seconds, forUs: forS * seconds, service: 0, factor }) as const;
  const told = tell(
    model({
      traffic: [visitorsAt([0])],
      services: [service([cpu(constant(10 * seconds))])],
      faults: [slow(1, 12, 3), slow(4, 6, 2)],
    }),
  );
  // 1 done at 1 s; 3 s at 1/3: 2 at 4 s; 6 s at 1/6: 3 at 10 s; 3 s at 1/3: 4 at 13 s; 6 left: 19 s.
  expect(endings(told.visitors)).toEqual(['completed 0..19000000']);
});

test('slow to zero time: a factor below 1 speeds work up', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([1 * seconds])],
      services: [service([cpu(constant(10 * seconds))])],
      faults: [{ kind: 'slow', name: 'fast', atUs: 0, forUs: 50 * seconds, service: 0, factor: 0.5 }],
    }),
  );
  expect(endings(told.visitors)).toEqual(['completed 1000000..6000000']);
});

test('utilisation is CPU used over ready vCPUs', () => {
  const told = tell(
    model({
      durationUs: 10 * seconds,
      traffic: [visitorsAt([0, 5 * seconds])],
      services: [service([cpu(constant(1 * seconds))], { vCpu: 2 })],
    }),
  );
  expect(told.final.service.cpuUsedUs[0]).toBe(2 * seconds);
  expect(told.final.service.cpuReadyUs[0]).toBe(20 * seconds);
  expect(told.final.service.busyAreaUs[0]).toBe(2 * seconds);
  expect(told.final.service.instanceAreaUs[0]).toBe(10 * seconds);
  expect(told.final.service.availableUs[0]).toBe(10 * seconds);
});

test('a fault may slow some instances only, the oldest, and until its end', () => {
  const built = model({
    traffic: [source({ kind: 'constant', ratePerSecond: 2 })],
    services: [service([cpu(constant(100 * ms))], { dispatch: replicas(2) })],
    faults: [{ kind: 'slow', name: 'slow', atUs: 10 * seconds, forUs: 10 * seconds, service: 0, factor: 4, count: 1 }],
    durationUs: 30 * seconds - 1,
  });
  const took = runToEnd(built).spans.map(({ beganUs, endedUs }) => [beganUs / seconds, (endedUs - beganUs) / ms]);
  const inside = took.filter(([began]) => began! > 10 && began! < 20).map(([, tookMs]) => tookMs);
  const outside = took.filter(([began]) => began! < 10 || began! > 20).map(([, tookMs]) => tookMs);
  // In turn: the slow one takes 400 ms, the other 100; before and after it is 100 for both.
  expect([...new Set(inside)].sort((a, b) => a! - b!)).toEqual([100, 400]);
  expect(new Set(outside)).toEqual(new Set([100]));
});
