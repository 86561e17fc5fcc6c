/** Erlang B against values worked by hand and a printed table. */
import { expect, test } from 'vitest';
import { erlangB } from '../../src/stats/erlangB.js';

test('one server at one erlang loses every second request; two lose one in five (worked by hand)', () => {
  expect(erlangB(1, 1)).toBeCloseTo(1 / 2, 14);
  expect(erlangB(1, 2)).toBeCloseTo(1 / 5, 14);
});

test('ten servers lose 1% at 4.461 erlangs (printed table of Erlang B)', () => {
  expect(erlangB(4.461, 10)).toBeCloseTo(0.01, 4);
});

test('a thousand servers do not overflow', () => {
  const blocked = erlangB(1000, 1000);
  expect(blocked).toBeGreaterThan(0.02);
  expect(blocked).toBeLessThan(0.03);
});

test('without load nobody is lost, without servers everyone is', () => {
  expect(erlangB(0, 3)).toBe(0);
  expect(erlangB(5, 0)).toBe(1);
});

test('what is no load or no number of servers is a bug of the caller', () => {
  for (const [load, count] of [
    [-1, 1],
    [Number.NaN, 1],
    [1, -1],
    [1, 1.5],
  ] as const)
    expect(() => erlangB(load, count)).toThrow(RangeError);
});
