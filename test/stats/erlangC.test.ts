/** Erlang C against values worked by hand and a known one of eight servers. */
import { expect, test } from 'vitest';
import { erlangC } from '../../src/stats/erlangC.js';

test('with one server, the chance of waiting is the utilization (M/M/1)', () => {
  for (const load of [0, 0.25, 0.5, 0.99]) expect(erlangC(load, 1)).toBeCloseTo(load, 12);
});

test('two servers at one erlang make one request in three wait (worked by hand)', () => {
  expect(erlangC(1, 2)).toBeCloseTo(1 / 3, 12);
});

test('a queue with no steady state makes everyone wait', () => expect(erlangC(2, 2)).toBe(1));

test('eight servers at 6.4 erlangs: the sum of the definition, term by term', () => {
  let term = 1;
  let sum = 1;
  for (let n = 1; n < 8; n++) {
    term *= 6.4 / n;
    sum += term;
  }
  const waiting = ((term * 6.4) / 8) * (8 / (8 - 6.4));
  expect(erlangC(6.4, 8)).toBeCloseTo(waiting / (sum + waiting), 12);
  expect(erlangC(6.4, 8)).toBeCloseTo(0.457645, 6);
});

test('no servers is a bug of the caller', () => expect(() => erlangC(1, 0)).toThrow(RangeError));
