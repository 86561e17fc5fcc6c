/** Beyond Knative's own tables, which test/conformance holds: edges and sentences of its documentation. */
import { expect, test } from 'vitest';
import { applyKpaScale } from '../../src/autoscaling/kpaApply.js';
import {
  breakerCapacity,
  breakerFinish,
  breakerRequest,
  breakerReserve,
  breakerStart,
} from '../../src/autoscaling/kpaBreaker.js';
import { kpaScale, kpaStart } from '../../src/autoscaling/kpaScale.js';
import { recorded, windowAverage, windowStart, windowWeightedAverage } from '../../src/autoscaling/kpaWindows.js';

const spec = {
  targetValue: 10,
  totalValue: 13,
  targetBurstCapacity: 0,
  panicThreshold: 2,
  maxScaleUpRate: 1000,
  maxScaleDownRate: 2,
  stableWindow: 60,
  activationScale: 0,
  isReachable: true,
};
const calm = kpaStart(1, 0, { scaleDownDelay: 0, tick: 2 });

test('in calm the stable average decides, and the count is at most halved in one step', () => {
  const view = { now: 100, readyCount: 8, stableValue: 0, panicValue: 0 };
  expect(kpaScale(view, calm, spec).desiredCount).toBe(4);
  expect(kpaScale({ ...view, stableValue: 55 }, calm, spec).desiredCount).toBe(6);
  expect(kpaScale(view, calm, { ...spec, isReachable: false }).desiredCount).toBe(0);
});

test('from zero the activation scale is the least, and nothing is activated without load', () => {
  const view = { now: 0, readyCount: 0, stableValue: 1, panicValue: 1 };
  expect(kpaScale(view, calm, { ...spec, activationScale: 5 }).desiredCount).toBe(5);
  const idle = { ...view, stableValue: 0, panicValue: 0 };
  expect(kpaScale(idle, calm, { ...spec, activationScale: 5 }).desiredCount).toBe(0);
});

test('a delayed scale-down is forgotten for a revision nobody can reach', () => {
  const delayed = kpaStart(0, 0, { scaleDownDelay: 60, tick: 2 });
  const up = kpaScale({ now: 0, readyCount: 4, stableValue: 40, panicValue: 40 }, delayed, spec);
  const idle = { now: 10, readyCount: 4, stableValue: 0, panicValue: 0 };
  expect(kpaScale(idle, up.memory, spec).desiredCount).toBe(4);
  expect(kpaScale(idle, up.memory, { ...spec, isReachable: false }).desiredCount).toBe(0);
});

test('an activation is given up only after its time is over', () => {
  const view = {
    desiredCount: 0,
    currentCount: 1,
    hasReachedInitialScale: true,
    isUnreachable: false,
    status: 'activating',
    statusFor: 630,
    proxyFor: 0,
    isActivatorInPath: true,
  } as const;
  const bounds = { minScale: 0, maxScale: 0, initialScale: 1, isScaleToZeroOn: true, stableWindow: 60 };
  const times = { gracePeriod: 30, podRetention: 0, progressDeadline: 600, activationTimeoutBuffer: 30 };
  expect(applyKpaScale(view, { ...bounds, ...times })).toEqual({ count: -1, isPatched: false });
  expect(applyKpaScale({ ...view, statusFor: 631 }, { ...bounds, ...times })).toEqual({ count: 0, isPatched: true });
  expect(applyKpaScale({ ...view, desiredCount: -1, status: 'active' }, { ...bounds, ...times }).count).toBe(-1);
});

test('an empty window averages 0; a weighted one forgets what is long past', () => {
  const empty = windowStart(60, 1);
  expect([windowAverage(empty, 5), windowWeightedAverage(empty, 5)]).toEqual([0, 0]);
  const once = recorded(windowStart(5, 1), 0, 10);
  // Five buckets: the factor is 1 - 0.0001^(1/5).
  const factor = 1 - 0.0001 ** 0.2;
  expect(windowWeightedAverage(once, 0)).toBeCloseTo(10 * factor, 12);
  expect(windowWeightedAverage(once, 2)).toBeCloseTo(10 * factor * (1 - factor) ** 2, 12);
  expect(windowWeightedAverage(once, 6)).toBe(0);
});

test('a breaker never runs more than its capacity nor holds more than its slots', () => {
  let memory = breakerStart(1, 2, 1);
  const answers = [1, 2, 3, 4].map(() => {
    const step = breakerRequest(memory);
    memory = step.memory;
    return step.answer;
  });
  expect(answers).toEqual(['running', 'queued', 'queued', 'rejected']);
  expect(breakerReserve(memory).answer).toBe('refused');
  memory = breakerCapacity(memory, 2);
  expect(memory).toMatchObject({ runningCount: 2, queuedCount: 1 });
  memory = breakerFinish(breakerFinish(breakerFinish(memory)));
  expect(memory).toMatchObject({ runningCount: 0, queuedCount: 0 });
  expect(breakerFinish(memory)).toBe(memory);
  expect(breakerCapacity(memory, 3)).toBe(memory);
  expect(() => breakerStart(1, 1, 2)).toThrow('initialCapacity');
});
