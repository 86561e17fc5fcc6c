/** What is in flight when a run ends: who has stopped waiting or caused a start counts, though his end is unknown. */
import { expect, test } from 'vitest';
import { startRun } from '../../src/engine/run.js';
import type { Model } from '../../src/model/contract.js';
import { RequestLog, stillInside } from '../../src/observation/requestLog.js';
import { Tally } from '../../src/observation/tally.js';
import { constant, environments, model, replicas, seconds, service, source, wait } from './modelBuilder.js';

function tallied(world: Model) {
  const tally = new Tally();
  const log = new RequestLog();
  startRun(world, { replicationIndex: 0 }, [tally, log]).advance();
  return { tally, requests: log.columns() };
}

test('a span that works when the run ends has waited; one still in line has not stopped waiting', () => {
  // Arrivals at 1, 2, 3, 4 s at one server of 2 s: starts at 1, 3, 5; the run ends at 5.5 s.
  const { tally } = tallied(
    model({
      durationUs: 5.5 * seconds,
      traffic: [source({ kind: 'constant', ratePerSecond: 1 })],
      services: [service([wait(constant(2 * seconds))], { dispatch: replicas(1), concurrency: 1 })],
    }),
  );
  expect(tally.totals().spans.waitCount[0]).toBe(3);
  expect(tally.totals().spans.waitSumUs[0]).toBe((0 + 1 + 2) * seconds);
});

test('environments started for requests that outlast the run are cold starts, and the visitors have rows', () => {
  const { tally, requests } = tallied(
    model({
      durationUs: 3.5 * seconds,
      traffic: [source({ kind: 'constant', ratePerSecond: 1 })],
      services: [service([wait(constant(10 * seconds))], { dispatch: environments(), concurrency: 1 })],
    }),
  );
  expect(tally.totals().spans.coldStartCount[0]).toBe(3);
  expect(requests.beganUs.map((us) => us / seconds)).toEqual([1, 2, 3]);
  expect(requests.outcome).toEqual([stillInside, stillInside, stillInside]);
});
