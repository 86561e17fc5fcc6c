/** KEDA's way of scaling by a queue: its documentation's numbers, its activation and its cooldown. */
import { expect, test } from 'vitest';
import type { Scaler } from '../../src/autoscaling/contract.js';
import { makeScaler } from '../../src/autoscaling/registry.js';
import { viewOf } from './views.js';

function made(options: Readonly<Record<string, unknown>>): Scaler {
  const scaler = makeScaler('queue', options);
  if (!scaler.ok) throw new Error(scaler.fault);
  return scaler.value;
}
const secondUs = 1_000_000;

test('30 messages at 10 a replica make 3 replicas (keda.sh, aws-sqs: queueLength)', () => {
  const scaler = made({ length: 10 });
  const view = viewOf({ currentCount: 1, minCount: 0, queuedCount: 24, receivedCount: 6 });
  expect(scaler.decide(view, scaler.start).wantedCount).toBe(3);
  expect(scaler.explain?.(view, scaler.start)).toEqual({
    observed: 'messages 30',
    formula: 'ceil(30 / 10) = 3',
    askedCount: 3,
  });
});

test('the oldest message may ask for more than their number', () => {
  const scaler = made({ length: 10, age: 30 * secondUs });
  const view = viewOf({ currentCount: 1, queuedCount: 5, oldestMessageUs: 100 * secondUs });
  expect(scaler.decide(view, scaler.start).wantedCount).toBe(4);
});

test('from none it starts at more messages than the activation, looking every 30 s', () => {
  const scaler = made({ length: 10, activation: 1 });
  const asleep = { currentCount: 0, readyCount: 0, minCount: 0, instances: [] };
  const first = scaler.decide(viewOf({ ...asleep, nowUs: 5 * secondUs, queuedCount: 1 }), scaler.start);
  expect(first).toMatchObject({ wantedCount: 0, because: 'not activated' });
  const tooSoon = scaler.decide(viewOf({ ...asleep, nowUs: 20 * secondUs, queuedCount: 50 }), first.memory);
  expect(tooSoon.wantedCount).toBe(0);
  const polled = scaler.decide(viewOf({ ...asleep, nowUs: 35 * secondUs, queuedCount: 50 }), tooSoon.memory);
  expect(polled).toMatchObject({ wantedCount: 1, because: 'activated' });
});

test('it goes to none once nothing has been there for the cooldown period, and not below a least number', () => {
  const scaler = made({ length: 10, cooldownPeriod: 60 * secondUs });
  let memory = scaler.decide(
    viewOf({ nowUs: 5 * secondUs, currentCount: 1, minCount: 0, queuedCount: 3 }),
    scaler.start,
  ).memory;
  const counts: number[] = [];
  for (let t = 20; t <= 95; t += 15) {
    const decision = scaler.decide(viewOf({ nowUs: t * secondUs, currentCount: 1, minCount: 0 }), memory);
    memory = decision.memory;
    counts.push(decision.wantedCount);
  }
  expect(counts).toEqual([1, 1, 1, 0, 1, 0]);
  const kept = scaler.decide(viewOf({ nowUs: 900 * secondUs, currentCount: 1, minCount: 1 }), memory);
  expect(kept.wantedCount).toBe(1);
});
