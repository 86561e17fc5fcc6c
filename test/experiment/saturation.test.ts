/** What saturates first, on limits worked out by hand. */
import { expect, test } from 'vitest';
import type { Metrics, ScopeResult } from '../../src/experiment/contract.js';
import { firstToSaturate } from '../../src/experiment/saturation.js';

type Model = Parameters<typeof firstToSaturate>[0];

function scope(name: string, values: Readonly<Record<string, number>>): ScopeResult {
  const metrics: Metrics = Object.fromEntries(
    Object.entries(values).map(([metric, mean]) => [metric, { mean, unit: '1', replicationCount: 1 }]),
  );
  return { name, title: name, metrics };
}

/** Only what the estimate reads of a service. */
function model(dispatches: Readonly<Record<string, object>>, accountConcurrency = 1000): Model {
  return {
    accountConcurrency,
    services: Object.entries(dispatches).map(([name, dispatch]) => ({ name, dispatch, concurrency: 10 })),
  } as unknown as Model;
}

test('a fleet that may grow is far from its limit however busy it is: 3 of 20 at 80 %, against 2 of 2 at 50 %', () => {
  const two = model({
    grows: { kind: 'balanced', maxCount: 20 },
    fixed: { kind: 'balanced', maxCount: 2 },
  });
  const services = [
    scope('grows', { utilisation: 0.8, instances_mean: 3 }), // 20 / 2.4: 8.3 times.
    scope('fixed', { utilisation: 0.5, instances_mean: 2 }), // 2 / 1: twice.
  ];
  expect(firstToSaturate(two, services, [])).toEqual({ kind: 'service', name: 'fixed', times: 2 });
  const turned = services.toReversed(); // Results stand as the scenario names them, whatever the model's order.
  expect(firstToSaturate(two, turned, [])).toEqual({ kind: 'service', name: 'fixed', times: 2 });
});

test('a database at a fifth of its connections is full at five times the load', () => {
  const one = model({ a: { kind: 'balanced', maxCount: 100 } });
  const services = [scope('a', { utilisation: 0.1, instances_mean: 1 })];
  expect(firstToSaturate(one, services, [scope('db', { utilisation: 0.2 })])).toEqual({
    kind: 'database',
    name: 'db',
    times: 5,
  });
});

test('environments share what the account allows in flight; the one with most in flight is named', () => {
  const shared = model({
    a: { kind: 'environments', maxCount: Number.POSITIVE_INFINITY },
    b: { kind: 'environments', maxCount: Number.POSITIVE_INFINITY },
  });
  const services = [scope('a', { in_system_mean: 15 }), scope('b', { in_system_mean: 25 })];
  expect(firstToSaturate(shared, services, [])).toEqual({ kind: 'service', name: 'b', times: 25 });
});

test('capacity of its own, and so many environments at most, are limits of the service alone', () => {
  const reserved = model({ a: { kind: 'environments', maxCount: 4, isReserved: true } });
  expect(firstToSaturate(reserved, [scope('a', { in_system_mean: 8 })], [])).toEqual({
    kind: 'service',
    name: 'a',
    times: 5,
  });
});

test('nobody came, or nothing has a limit: nothing saturates', () => {
  const free = model({ a: { kind: 'environments', maxCount: Number.POSITIVE_INFINITY } }, Number.POSITIVE_INFINITY);
  expect(firstToSaturate(free, [scope('a', { in_system_mean: 3 })], [])).toBeNull();
  expect(firstToSaturate(model({ a: { kind: 'balanced', maxCount: 2 } }), [scope('a', {})], [])).toBeNull();
});
