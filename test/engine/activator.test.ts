/**
 * The activator through the engine: requests held at zero and before full instances, Knative's way down to none;
 * several scalers on one service. Moments are worked out by hand from Knative's rules: a look every 2 s, a stable
 * window of 60 s and a grace period of 30 s.
 */
import { expect, test } from 'vitest';
import { makeScaler } from '../../src/autoscaling/registry.js';
import { startRun } from '../../src/engine/run.js';
import type { BalancedModel, Model } from '../../src/model/contract.js';
import { EventLog } from '../../src/observation/eventLog.js';
import { constant, model, replicas, runToEnd, seconds, service, source, wait } from './modelBuilder.js';

function scaler(kind: string, options: Readonly<Record<string, unknown>> = {}) {
  const made = makeScaler(kind, options);
  if (!made.ok) throw new Error(made.fault);
  return made.value;
}

function onKnative(parts: Partial<BalancedModel>, concurrency: number, options: Readonly<Record<string, unknown>>) {
  const dispatch = replicas(0, {
    maxCount: 20,
    scalers: [scaler('kpa', { ...options, ...(concurrency < Infinity ? { slots: concurrency } : {}) })],
    ...parts,
  });
  return service([wait(constant(1 * seconds))], {
    concurrency,
    dispatch,
    start: { ...service([]).start, whole: constant(3 * seconds) },
    discoveryDelay: constant(1 * seconds),
  });
}

function eventsOf(built: Model): string[] {
  const log = new EventLog();
  startRun(built, { replicationIndex: 0 }, [log]).advance();
  return log.rows
    .filter(({ kind }) => kind.startsWith('scale') || kind === 'ready')
    .map(({ nowUs, kind, detail }) => `${nowUs / seconds} ${kind} ${detail}`.trim());
}

test('a request to nobody is held, starts one instance, and is answered when that is ready', () => {
  const built = model({
    traffic: [source({ kind: 'constant', ratePerSecond: 1 / 100 })],
    services: [onKnative({}, Number.POSITIVE_INFINITY, {})],
    durationUs: 190 * seconds,
  });
  const { visitors } = runToEnd(built);
  expect(visitors.map(({ beganUs, endedUs }) => [beganUs, endedUs].map((us) => us / seconds))).toEqual([[100, 104]]);
});

test('after a quiet stable window it waits out the grace period, then the last one goes', () => {
  const built = model({
    traffic: [source({ kind: 'constant', ratePerSecond: 1 / 100 })],
    services: [onKnative({}, Number.POSITIVE_INFINITY, {})],
    durationUs: 199 * seconds,
  });
  // In flight until 104 s: no request in the window from 164 s on. Inactive then; the activator has been in the path
  // since the start (a burst of 200 is more than one instance can take), so the grace is over at once.
  expect(eventsOf(built)).toEqual([
    '100 scale-out 0 to 1: stable window',
    '103 ready',
    '166 scale-in 1 to 0: stable window',
  ]);
});

test('a retention period keeps the last one for longer', () => {
  const built = model({
    traffic: [source({ kind: 'constant', ratePerSecond: 1 / 100 })],
    services: [onKnative({}, Number.POSITIVE_INFINITY, { scaleToZeroPodRetentionPeriod: 20 * seconds })],
    durationUs: 199 * seconds,
  });
  expect(eventsOf(built).at(-1)).toBe('184 scale-in 1 to 0: stable window');
});

test('before full instances requests wait at the activator in their order, and none beside a free slot', () => {
  const built = model({
    traffic: [source({ kind: 'batch', every: { kind: 'constant', value: 10 * seconds }, size: 5 })],
    services: [onKnative({ initialCount: 2, minCount: 2, maxCount: 2 }, 1, { targetBurstCapacity: -1 })],
    durationUs: 19 * seconds,
  });
  const { visitors } = runToEnd(built);
  expect(visitors.map(({ endedUs }) => endedUs / seconds)).toEqual([11, 11, 12, 12, 13]);
});

test('the activation scale is how many start at once', () => {
  const built = model({
    traffic: [source({ kind: 'constant', ratePerSecond: 1 / 100 })],
    services: [onKnative({}, Number.POSITIVE_INFINITY, { activationScale: 3 })],
    durationUs: 120 * seconds,
  });
  expect(eventsOf(built)[0]).toBe('100 scale-out 0 to 3: stable window');
});

test('of several scalers the largest wish wins', () => {
  const changes = [
    { atUs: 20 * seconds, count: 4 },
    { atUs: 100 * seconds, count: 1 },
  ];
  const dispatch = replicas(1, {
    maxCount: 9,
    scalers: [
      scaler('schedule', { changes }),
      scaler('hpa', { cpu: 0.5, scaleDown: { stabilizationWindowSeconds: 0 } }),
    ],
  });
  const built = model({
    traffic: [source({ kind: 'none' })],
    services: [service([wait(constant(1))], { dispatch })],
    durationUs: 150 * seconds,
  });
  // Nothing is used, so the HPA asks for one each time; the clock for four between its two moments.
  expect(eventsOf(built).filter((each) => each.includes('scale'))).toEqual([
    '20 scale-out 1 to 4: the schedule',
    '100 scale-in 4 to 1: the schedule',
  ]);
});
