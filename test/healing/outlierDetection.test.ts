/** Envoy's outlier detection as documented: in a row, for longer each time, never too many at once. */
import { expect, test } from 'vitest';
import { outlierDetection } from '../../src/healing/outlierDetection.js';

const second = 1_000_000;

function watching(count: number, options: Parameters<typeof outlierDetection>[0] = {}) {
  const memory = outlierDetection(options).start();
  for (let instance = 0; instance < count; instance++) memory.joined(instance);
  const errors = (instance: number, errorCount: number, nowUs = 0) =>
    Array.from({ length: errorCount }, () => memory.answered(instance, true, nowUs)).some(Boolean);
  return { memory, errors };
}

test('the fifth error in a row ejects; one good answer starts the count again', () => {
  const { memory, errors } = watching(3);
  expect(errors(0, 4)).toBe(false);
  memory.answered(0, false, 0);
  expect(errors(0, 4)).toBe(false);
  expect(errors(0, 1)).toBe(true);
  expect([...memory.ejected]).toEqual([0]);
});

test('the first is ejected whatever the share; the next only below max_ejection_percent', () => {
  const { errors } = watching(10);
  expect(errors(0, 5)).toBe(true);
  expect(errors(1, 5)).toBe(false);
  const many = watching(30);
  expect([0, 1, 2, 3].map((instance) => many.errors(instance, 5))).toEqual([true, true, true, false]);
});

test('it comes back at the first interval after base x times ejected: 30 s, then 60 s', () => {
  const { memory, errors } = watching(10);
  errors(0, 5, 5 * second);
  expect([10, 20, 30].flatMap((at) => memory.sweep(at * second))).toEqual([]);
  expect(memory.sweep(40 * second)).toEqual([0]); // 35 s is over; 30 s was not.
  errors(0, 5, 41 * second);
  expect([50, 60, 70, 80, 90, 100].flatMap((at) => memory.sweep(at * second))).toEqual([]);
  expect(memory.sweep(110 * second)).toEqual([0]);
});

test('a healthy interval forgives one ejection', () => {
  const { memory, errors } = watching(10);
  errors(0, 5, 0);
  expect(memory.sweep(30 * second)).toEqual([0]);
  memory.sweep(40 * second);
  expect(memory.needsSweeps).toBe(false);
  errors(0, 5, 41 * second);
  expect(memory.sweep(80 * second)).toEqual([0]);
});

test('however often, no ejection lasts longer than 300 s', () => {
  const { memory, errors } = watching(10, { baseEjectionUs: 200 * second });
  errors(0, 5, 0);
  expect(memory.sweep(200 * second)).toEqual([0]);
  errors(0, 5, 200 * second);
  expect(memory.sweep(490 * second)).toEqual([]);
  expect(memory.sweep(500 * second)).toEqual([0]);
});

test('with more than half of them out there is panic: Envoy then balances over all', () => {
  const { memory, errors } = watching(4, { maxEjected: 1 });
  errors(0, 5);
  errors(1, 5);
  expect(memory.isPanicking).toBe(false);
  errors(2, 5);
  expect(memory.isPanicking).toBe(true);
});
