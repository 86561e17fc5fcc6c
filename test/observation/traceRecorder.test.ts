/** Single visitors with their spans, on runs whose every moment is known by hand. */
import { expect, test } from 'vitest';
import { startRun } from '../../src/engine/run.js';
import type { Model } from '../../src/model/contract.js';
import { TraceRecorder, type TraceWishes } from '../../src/observation/traceRecorder.js';
import { call, query, timeout, visitorsAt } from '../engine/handMade.js';
import { constant, cpu, database, model, ms, seconds, service } from '../engine/modelBuilder.js';

function traced(of: Model, wishes: Partial<TraceWishes> = {}): TraceRecorder {
  const recorder = new TraceRecorder({ isCounted: [true], ...wishes });
  const run = startRun(of, { replicationIndex: 0 }, [recorder]);
  while (!run.advance({ eventLimit: 100_000 }).isDone);
  return recorder;
}

const chain = model({
  durationUs: 10 * seconds,
  // The second comes while the first holds the only slot, the third long after.
  traffic: [visitorsAt([0, 10 * ms, 2 * seconds])],
  services: [
    service([cpu(constant(30 * ms)), call(1)], { concurrency: 1 }),
    service([query(20 * ms), cpu(constant(50 * ms))], { name: 'below' }),
  ],
  databases: [database()],
});

test('the slowest visitor is told with every span, who called it, and how long it waited', () => {
  const { slowest } = traced(chain);
  // 30 ms of CPU, 20 ms at the database, 50 ms of CPU: 100 ms each; the second waits 90 ms of them in line.
  expect(slowest).toMatchObject({ visitorNumber: 1, beganUs: 10 * ms, endedUs: 200 * ms });
  const [asked, below, entry] = slowest!.spans;
  expect(asked).toMatchObject({ isQuery: true, target: 0, parent: 1, beganUs: 130 * ms, endedUs: 150 * ms });
  expect(below).toMatchObject({ target: 1, parent: 2, beganUs: 130 * ms, endedUs: 200 * ms, waitingUs: 20 * ms });
  expect(entry).toMatchObject({ target: 0, parent: -1, arrivedUs: 10 * ms, startedUs: 100 * ms, waitingUs: 70 * ms });
});

test('a median one is the sampled visitor nearest to the latency asked for', () => {
  const recorder = traced(chain);
  expect(recorder.nearest(100 * ms)?.visitorNumber).toBe(0);
  expect(recorder.nearest(1 * seconds)?.visitorNumber).toBe(1);
});

test('a visitor asked for by number is kept although he gave up', () => {
  const impatient = model({
    durationUs: 10 * seconds,
    traffic: [visitorsAt([0], { timeout: timeout(10 * ms) })],
    services: [service([cpu(constant(1 * seconds))])],
  });
  const { wanted, slowest } = traced(impatient, { wanted: { source: 0, visitorNumber: 0 } });
  expect(slowest).toBeNull();
  expect(wanted).toMatchObject({ outcome: 3, endedUs: 10 * ms });
  expect(wanted?.spans).toHaveLength(1);
});

test('ten thousand visitors leave no spans behind, and the sample stays small', () => {
  const many = model({
    durationUs: 20 * seconds,
    traffic: [visitorsAt(Array.from({ length: 10_000 }, (_, i) => i * ms))],
    services: [service([cpu(constant(100))])],
  });
  const recorder = traced(many);
  const { usedCount, sample } = recorder as unknown as { usedCount: number; sample: unknown[] };
  expect(usedCount).toBeLessThan(10);
  expect(sample.length).toBeLessThan(256);
  expect(recorder.nearest(100)?.spans).toHaveLength(1);
});

test('calls are timed by who calls whom: the same service is slow to one and fast to another', () => {
  const shared = model({
    durationUs: 100 * seconds,
    // Ten a second apart: nobody waits for anybody.
    traffic: [visitorsAt(Array.from({ length: 100 }, (_, i) => i * 100 * ms))],
    services: [
      service([call(1), call(2)]),
      service([call(2, { operation: 1 })], { name: 'patient' }),
      service([], {
        name: 'asked',
        operations: [5 * ms, 40 * ms].map((us) => ({ name: `${us}`, steps: [cpu(constant(us))] })),
      }),
    ],
  });
  const edges = traced(shared).edges.all();
  expect(edges.map(({ caller, target, isQuery }) => [caller, target, isQuery])).toEqual([
    [0, 1, false],
    [0, 2, false],
    [1, 2, false],
  ]);
  // 5 ms to the entry, 40 ms to the patient one; the histogram is right to 0.4 %.
  for (const [place, us] of [40 * ms, 5 * ms, 40 * ms].entries())
    expect(Math.abs(edges[place]!.p99Us / us - 1)).toBeLessThan(0.004);
});

test('queries are timed for each service that asks; what nobody waits for is not', () => {
  const edges = traced(chain).edges.all();
  expect(edges.map(({ caller, target, isQuery }) => [caller, target, isQuery])).toEqual([
    [0, 1, false],
    [1, 0, true],
  ]);
});
