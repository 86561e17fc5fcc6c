/** The scaler around the tracked alarms, which test/conformance holds one by one. */
import { expect, test } from 'vitest';
import { makeScaler } from '../../src/autoscaling/registry.js';
import { trackedAfter, trackingStart, trackTarget } from '../../src/autoscaling/targetTracking.js';
import { viewOf } from './views.js';

function trackingOf(options: Record<string, unknown>) {
  const made = makeScaler('targetTracking', options);
  if (!made.ok) throw new Error(made.fault);
  return made.value;
}

const minutes = (count: number, value: number) => Array<number>(count).fill(value);

test('three minutes above the target scale out to what the last one asks for', () => {
  const scaler = trackingOf({ cpu: 0.5 });
  const view = viewOf({ currentCount: 4, cpuShareByMinute: [0.4, 0.75, 0.75, 0.75] });
  expect(scaler.decide(view, scaler.start)).toMatchObject({ wantedCount: 6, because: 'cpu' });
  const twoMinutes = viewOf({ currentCount: 4, cpuShareByMinute: [0.75, 0.75] });
  expect(scaler.decide(twoMinutes, scaler.start)).toMatchObject({ wantedCount: 4, because: 'no alarm' });
});

test('a target of requests per second is counted in requests a minute, as the load balancer reports them', () => {
  const scaler = trackingOf({ requests: 10 });
  const view = viewOf({ currentCount: 2, requestsPerInstanceByMinute: minutes(3, 900) });
  expect(scaler.decide(view, scaler.start).wantedCount).toBe(3);
});

test('with two targets the larger scale-out wins, and scale-in waits until both ask for it', () => {
  const scaler = trackingOf({ cpu: 0.5, requests: 10 });
  const both = { cpuShareByMinute: minutes(15, 0.6), requestsPerInstanceByMinute: minutes(15, 1200) };
  expect(scaler.decide(viewOf({ currentCount: 4, ...both }), scaler.start).wantedCount).toBe(8);
  const onlyCpuLow = { cpuShareByMinute: minutes(15, 0.1), requestsPerInstanceByMinute: minutes(15, 590) };
  expect(scaler.decide(viewOf({ currentCount: 4, ...onlyCpuLow }), scaler.start).wantedCount).toBe(4);
  const bothLow = { cpuShareByMinute: minutes(15, 0.1), requestsPerInstanceByMinute: minutes(15, 300) };
  expect(scaler.decide(viewOf({ currentCount: 4, ...bothLow }), scaler.start).wantedCount).toBe(2);
});

test('scale-in rests for its cooldown, scale-out is not blocked by it', () => {
  const scaler = trackingOf({ cpu: 0.5, scaleInCooldown: 600_000_000 });
  const low = { cpuShareByMinute: minutes(15, 0.4) };
  const first = scaler.decide(viewOf({ currentCount: 10, nowUs: 900_000_000, ...low }), scaler.start);
  expect(first.wantedCount).toBe(8);
  const soon = scaler.decide(viewOf({ currentCount: 8, nowUs: 1_440_000_000, ...low }), first.memory);
  expect(soon).toMatchObject({ wantedCount: 8, because: 'scale-in cooldown' });
  expect(scaler.decide(viewOf({ currentCount: 8, nowUs: 1_500_000_000, ...low }), first.memory).wantedCount).toBe(7);
  const high = { cpuShareByMinute: minutes(3, 1) };
  expect(scaler.decide(viewOf({ currentCount: 8, nowUs: 960_000_000, ...high }), first.memory).wantedCount).toBe(16);
});

test('in a cooldown the scale-out that began it counts as part of the next ones (AWS: the initiating activity)', () => {
  const spec = {
    target: 50,
    minCount: 1,
    maxCount: 100,
    outCooldown: 300,
    inCooldown: 300,
    isScaleInOff: false,
    outDatapoints: 1,
    inDatapoints: 15,
    inFactor: 0.9,
  };
  let memory = trackingStart;
  let currentCount = 4;
  const counts = [75, 100, 100, 150].map((value, minute) => {
    const view = { now: 60 * (minute + 1), currentCount, datapoints: [value] };
    const wish = trackTarget(view, memory, spec);
    memory = trackedAfter(wish, view, memory, spec);
    if (wish.kind !== 'hold') currentCount = wish.wantedCount;
    return currentCount;
  });
  expect(counts).toEqual([6, 8, 8, 12]);
});
