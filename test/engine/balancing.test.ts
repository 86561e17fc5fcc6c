/** Balancers at work in the engine: outliers left alone, latency learnt, a panic, weights. */
import { expect, test } from 'vitest';
import { findBalancer } from '../../src/balancing/registry.js';
import { withSlowStart } from '../../src/balancing/slowStart.js';
import { outlierDetection } from '../../src/healing/outlierDetection.js';
import { call, notesOf, outcomesOf, tell, timeout, visitorsAt } from './handMade.js';
import { constant, cpu, model, ms, replicas, seconds, service, source, wait } from './modelBuilder.js';

const everyTenth = (untilS: number) => Array.from({ length: untilS * 10 }, (_, k) => k * 100 * ms);
const balancer = (kind: string) => findBalancer(kind)!;

test('weights 2 and 1: two requests of three go to the first', () => {
  const dispatch = replicas(2, { balancer: balancer('weighted-round-robin'), weights: [2, 1] });
  const told = tell(
    model({ traffic: [visitorsAt(everyTenth(9))], services: [service([wait(constant(1))], { dispatch })] }),
  );
  const counts = [0, 1].map((number) => told.spans.filter(({ instance }) => instance === number).length);
  expect(counts).toEqual([60, 30]);
});

test('five refused connections in a row eject a dead instance before callers hear of its death', () => {
  const dispatch = replicas(2, { outlierDetection: outlierDetection() });
  const told = tell(
    model({
      traffic: [visitorsAt(everyTenth(60))],
      services: [
        service([wait(constant(1))], {
          dispatch,
          discoveryDelay: constant(20 * seconds),
          start: { ...service([]).start, whole: constant(15 * seconds) },
        }),
      ],
      faults: [{ kind: 'crash', name: 'crash', atUs: 10_010 * ms, service: 0, count: 1 }],
    }),
  );
  // Round-robin: every other of the requests from 10.1 s on, five of them; then nobody goes there.
  expect(outcomesOf(told.visitors)).toEqual({ completed: 595, failed: 5 });
  expect(notesOf(told, 'ejected')).toEqual(['1 out @ 11']);
});

test('a call that times out is an error of the instance that kept it waiting', () => {
  const patience = timeout(50 * ms);
  const told = tell(
    model({
      traffic: [visitorsAt(everyTenth(20))],
      services: [
        service([call(1, { timeout: patience, isOptional: true })]),
        service([wait(constant(80 * ms))], {
          name: 'slow',
          dispatch: replicas(3, { outlierDetection: outlierDetection() }),
        }),
      ],
    }),
  );
  // All are as slow: the first is ejected at its fifth, a tenth of three allows no second.
  expect(notesOf(told, 'ejected')).toEqual(['1 out @ 1.25']);
});

test('when the only instance is ejected there is panic, and it goes on being asked', () => {
  const told = tell(
    model({
      traffic: [visitorsAt(everyTenth(10))],
      services: [
        service([{ kind: 'fail', chance: 1 }], { dispatch: replicas(1, { outlierDetection: outlierDetection() }) }),
      ],
    }),
  );
  expect(outcomesOf(told.visitors)).toEqual({ failed: 100 });
  expect(notesOf(told, 'panic')).toEqual(['1 instances are ejected @ 0.4']);
});

test('least-latency leaves an instance alone that queues while others are free', () => {
  const share = (kind: string): number => {
    const dispatch = replicas(4, { balancer: balancer(kind) });
    const told = tell(
      model({
        durationUs: 60 * seconds,
        traffic: [source({ kind: 'poisson', ratePerSecond: 200 })],
        services: [service([cpu(constant(10 * ms))], { dispatch, concurrency: 1, vCpu: 1 })],
        faults: [],
      }),
    );
    return told.spans.reduce((sum, { beganUs, endedUs }) => sum + endedUs - beganUs, 0) / told.spans.length / ms;
  };
  // Half loaded: random makes M/D/1 queues (15 ms); two choices by latency and load come near the work itself.
  expect(share('random')).toBeGreaterThan(14);
  expect(share('least-latency')).toBeLessThan(12.5);
});

test('a started instance warms up: with slow start its first 10 s bring it a fifth of an equal share or less', () => {
  const dispatch = replicas(2, { balancer: withSlowStart(balancer('round-robin'), 60 * seconds) });
  const told = tell(
    model({
      traffic: [visitorsAt(everyTenth(60))],
      services: [service([wait(constant(1))], { dispatch })],
      faults: [{ kind: 'crash', name: 'crash', atUs: 10 * seconds, service: 0, count: 1 }],
    }),
  );
  const early = told.spans.filter(({ beganUs }) => beganUs > 10 * seconds && beganUs <= 20 * seconds);
  const newcomer = early.filter(({ instance }) => instance === 0).length;
  // Share of two with weights w and 1, w from 0.1 to 1/6: w / (1 + w), between 9% and 14% of 100.
  expect(newcomer).toBeGreaterThan(2);
  expect(newcomer).toBeLessThan(22);
});
