/** Breakers, limits on calls under way and retry budgets in the engine, at moments known by hand. */
import { expect, test } from 'vitest';
import { callBreaker } from '../../src/healing/callBreaker.js';
import { retryBudget } from '../../src/healing/retryBudget.js';
import type { StepModel } from '../../src/model/contract.js';
import { call, endings, notesOf, outcomesOf, type Told, tell, timeout, visitorsAt } from './handMade.js';
import { constant, cpu, exponential, model, ms, replicas, seconds, service, source, wait } from './modelBuilder.js';

const every = (stepMs: number, count: number) => Array.from({ length: count }, (_, k) => k * stepMs * ms);

/** Callers whose one step calls `backend`, whose one step is `work`. */
function calling(step: StepModel, work: readonly StepModel[], timesUs: readonly number[], callers = 1): Told {
  return tell(
    model({
      traffic: [visitorsAt(timesUs)],
      services: [service([step], { name: 'front', dispatch: replicas(callers) }), service(work, { name: 'backend' })],
    }),
  );
}
const spansAtBackend = (told: Told) => told.spans.filter(({ service: at }) => at === 1);

test('after five errors the called service is left alone for 30 s, then tried once', () => {
  const told = calling(call(1, { breaker: callBreaker() }), [{ kind: 'fail', chance: 1 }], every(1000, 60));
  // Seconds 0 to 4; a trial at 34 opens it until 64.
  expect(spansAtBackend(told).map(({ beganUs }) => beganUs / seconds)).toEqual([0, 1, 2, 3, 4, 34]);
  expect(outcomesOf(told.visitors)).toEqual({ failed: 60 });
  expect(notesOf(told, 'breaker-open')).toEqual(['backend.work @ 4', 'backend.work @ 34']);
  expect(notesOf(told, 'breaker-half-open')).toEqual(['backend.work @ 34']);
});

test('each calling instance has a breaker of its own', () => {
  const told = calling(call(1, { breaker: callBreaker() }), [{ kind: 'fail', chance: 1 }], every(1000, 20), 2);
  expect(spansAtBackend(told)).toHaveLength(10);
});

test('an optional call that is refused fails nobody', () => {
  const step = call(1, { breaker: callBreaker(), isOptional: true });
  expect(outcomesOf(calling(step, [{ kind: 'fail', chance: 1 }], every(1000, 20)).visitors)).toEqual({ completed: 20 });
});

test('two at once and one waiting: of five together two are refused, the third waits for a place', () => {
  const step = call(1, { breaker: callBreaker({ maxRequests: 2, maxPending: 1 }) });
  const told = calling(step, [wait(constant(100 * ms))], [0, 0, 0, 0, 0]);
  expect(endings(told.visitors)).toEqual([
    'failed 0..0',
    'failed 0..0',
    'completed 0..100000',
    'completed 0..100000',
    'completed 0..200000',
  ]);
  expect(spansAtBackend(told)).toHaveLength(3);
});

test('patience runs while a call waits for a place', () => {
  const breaker = callBreaker({ maxRequests: 1, maxPending: 5, errors: 1000 });
  const step = call(1, { breaker, timeout: timeout(150 * ms) });
  const told = calling(step, [wait(constant(100 * ms))], [0, 0, 0]);
  // The second leaves at 100 ms with 50 ms of patience left; at 150 ms it and the third give up, and no place is kept.
  expect(endings(told.visitors)).toEqual(['completed 0..100000', 'failed 0..150000', 'failed 0..150000']);
  expect(spansAtBackend(told)).toHaveLength(2);
});

test('with the breaker open those who wait are refused', () => {
  const breaker = callBreaker({ maxRequests: 1, maxPending: 5, errors: 1 });
  const told = calling(call(1, { breaker }), [wait(constant(100 * ms)), { kind: 'fail', chance: 1 }], [0, 0, 0]);
  expect(endings(told.visitors)).toEqual(['failed 0..100000', 'failed 0..100000', 'failed 0..100000']);
  expect(spansAtBackend(told)).toHaveLength(1);
});

test('a visitor who leaves and cancels gives his place to the next', () => {
  const step = call(1, { breaker: callBreaker({ maxRequests: 1, maxPending: 5 }) });
  const told = tell(
    model({
      traffic: [visitorsAt([0, 10 * ms], { timeout: timeout(150 * ms, { cancels: true }) })],
      services: [service([step], { name: 'front' }), service([wait(constant(140 * ms))], { name: 'backend' })],
    }),
  );
  // 0..140 for the first; the second has its place at 140 and gives up at 160.
  expect(endings(told.visitors)).toEqual(['completed 0..140000', 'timed_out 10000..160000']);
});

test('retries under a budget of 20% add at most a fifth of the load where each call would be tried four times', () => {
  const retries = { attempts: 3, backoffUs: 10 * ms, jitter: 0.5 };
  const load = (budget: boolean): number => {
    const told = tell(
      model({
        durationUs: 60 * seconds,
        traffic: [source({ kind: 'poisson', ratePerSecond: 100 })],
        services: [
          service([call(1, { retries, ...(budget ? { retryBudget: retryBudget(0.2) } : {}) })], { name: 'front' }),
          service([wait(exponential(400 * ms)), { kind: 'fail', chance: 1 }], { name: 'backend' }),
        ],
      }),
    );
    return spansAtBackend(told).length / told.visitors.length;
  };
  expect(load(false)).toBeGreaterThan(3.8);
  // A retry takes as long as a first try; of the calls under way a fifth may be in one: 1 / (1 - 0.2).
  expect(load(true)).toBeLessThan(1.3);
  expect(load(true)).toBeGreaterThan(1.15);
});

test('the crash of a calling instance takes its calls out of the count', () => {
  const step = call(1, { breaker: callBreaker({ maxRequests: 1, maxPending: 10 }) });
  const told = tell(
    model({
      traffic: [visitorsAt([0, 0, 0, 2 * seconds])],
      services: [service([step], { name: 'front' }), service([cpu(constant(500 * ms))], { name: 'backend' })],
      faults: [{ kind: 'crash', name: 'crash', atUs: 200 * ms, service: 0, count: 1 }],
    }),
  );
  expect(outcomesOf(told.visitors)).toEqual({ failed: 3, completed: 1 });
});
