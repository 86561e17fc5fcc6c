/** The clock as a scaler: what holds between two moments, and before the first. */
import { expect, test } from 'vitest';
import { makeScaler } from '../../src/autoscaling/registry.js';
import { viewOf } from './views.js';

const hourUs = 3_600_000_000;
const changes = [
  { atUs: 18 * hourUs, count: 2 },
  { atUs: 8 * hourUs, count: 10 },
];

test('from each moment on its number holds, within the limits; before the first the number stays', () => {
  const scaler = makeScaler('schedule', { changes });
  if (!scaler.ok) throw new Error(scaler.fault);
  const wanted = (hour: number, maxCount = 100) =>
    scaler.value.decide(viewOf({ nowUs: hour * hourUs, currentCount: 3, maxCount }), null).wantedCount;
  expect([wanted(7), wanted(8), wanted(17.9), wanted(18), wanted(40), wanted(9, 6)]).toEqual([3, 10, 10, 2, 2, 6]);
  expect(scaler.value.momentsUs).toEqual([8 * hourUs, 18 * hourUs]);
});

test('an empty list, and two numbers for one moment, are refused', () => {
  expect(makeScaler('schedule', {})).toMatchObject({ ok: false });
  expect(makeScaler('schedule', { changes: [...changes, { atUs: 8 * hourUs, count: 1 }] })).toMatchObject({
    ok: false,
  });
});
