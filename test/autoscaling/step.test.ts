/** Step scaling: the worked examples of the AWS Application Auto Scaling user guide. */
import { expect, test } from 'vitest';
import type { ScalingStep } from '../../src/autoscaling/contract.js';
import { makeScaler } from '../../src/autoscaling/registry.js';
import { stepFor, steppedCount } from '../../src/autoscaling/step.js';
import { viewOf } from './views.js';

const above = (threshold: number, value: number, by: 'count' | 'share' = 'count'): ScalingStep => ({
  isAbove: true,
  threshold,
  change: { by, value },
});
const below = (threshold: number, value: number, by: 'count' | 'share' = 'count'): ScalingStep => ({
  ...above(threshold, value, by),
  isAbove: false,
});

function made(steps: readonly ScalingStep[], options: Readonly<Record<string, unknown>> = {}) {
  const scaler = makeScaler('step', { steps, ...options });
  if (!scaler.ok) throw new Error(scaler.fault);
  return scaler.value;
}

test('a value takes the step of the furthest threshold it is beyond', () => {
  const steps = [
    above(0.6, 0.1, 'share'),
    above(0.7, 0.3, 'share'),
    below(0.4, -0.1, 'share'),
    below(0.3, -0.3, 'share'),
  ];
  expect([0.65, 0.7, 0.71, 0.5, 0.4, 0.35, 0.2].map((value) => stepFor(value, steps)?.change.value)).toEqual([
    0.1,
    0.1,
    0.3,
    undefined,
    undefined,
    -0.1,
    -0.3,
  ]);
});

test('shares of the count are rounded as the guide says: 12.7 -> 12, 0.67 -> 1, -0.58 -> -1, -6.67 -> -6', () => {
  const changes = [
    [10, 1.27, 12],
    [1, 0.67, 1],
    [1, -0.58, -1],
    [10, -0.667, -6],
  ] as const;
  for (const [count, share, change] of changes)
    expect(steppedCount(count, above(0, share, 'share'))).toBe(count + change);
});

test('inside a cooldown of +2 a step of +3 adds one more (user guide, "how step scaling cooldowns work")', () => {
  const scaler = made([above(0.6, 2), above(0.8, 3)], { cooldown: 300_000_000 });
  const first = scaler.decide(viewOf({ nowUs: 60_000_000, currentCount: 5, cpuShareByMinute: [0.7] }), scaler.start);
  expect(first.wantedCount).toBe(7);
  const again = { nowUs: 120_000_000, currentCount: 7, cpuShareByMinute: [0.7, 0.7] };
  expect(scaler.decide(viewOf(again), first.memory)).toMatchObject({ wantedCount: 7, because: 'scale-out cooldown' });
  const steeper = scaler.decide(viewOf({ ...again, cpuShareByMinute: [0.7, 0.9] }), first.memory);
  expect(steeper.wantedCount).toBe(8);
  const later = { nowUs: 430_000_000, currentCount: 8, cpuShareByMinute: [0.9, 0.7] };
  expect(scaler.decide(viewOf(later), steeper.memory).wantedCount).toBe(10);
});

test('a scale-in blocks the next until its cooldown is over, and a scale-out never', () => {
  const scaler = made([above(0.7, 2), below(0.3, -1)], { cooldown: 120_000_000 });
  const down = { currentCount: 5, cpuShareByMinute: [0.1] };
  const first = scaler.decide(viewOf({ ...down, nowUs: 60_000_000 }), scaler.start);
  expect(first.wantedCount).toBe(4);
  const blocked = scaler.decide(viewOf({ ...down, currentCount: 4, nowUs: 120_000_000 }), first.memory);
  expect(blocked).toMatchObject({ wantedCount: 4, because: 'scale-in cooldown' });
  const out = viewOf({ nowUs: 120_000_000, currentCount: 4, cpuShareByMinute: [0.9] });
  expect(scaler.decide(out, first.memory).wantedCount).toBe(6);
  expect(scaler.decide(viewOf({ ...down, currentCount: 4, nowUs: 180_000_000 }), first.memory).wantedCount).toBe(3);
});

test('an alarm of three datapoints needs all three beyond the threshold', () => {
  const scaler = made([above(0.7, 1)], { datapoints: 3 });
  const wanted = (cpuShareByMinute: (number | null)[]) =>
    scaler.decide(viewOf({ currentCount: 2, cpuShareByMinute }), scaler.start).wantedCount;
  expect(
    [
      [0.8, 0.8],
      [0.8, 0.6, 0.8],
      [0.8, null, 0.8],
      [0.6, 0.8, 0.75, 0.8],
    ].map(wanted),
  ).toEqual([2, 2, 2, 3]);
});

test('steps that contradict each other are refused', () => {
  for (const steps of [
    [],
    [above(0.7, -1)],
    [below(0.7, 1)],
    [above(0.5, 1), below(0.6, -1)],
    [above(0.7, 1), above(0.7, 2)],
  ])
    expect(makeScaler('step', { steps })).toMatchObject({ ok: false });
  expect(makeScaler('step', { metric: 'queue', steps: [above(0.7, 1)] })).toMatchObject({
    ok: false,
    option: 'metric',
  });
});
