/**
 * The bench measures the right thing: its workloads give the answers that theory gives, its words are understood, its
 * figures are printed as they are. How fast anything is stands in no test.
 */
import { expect, test } from 'vitest';
import { measureWorkload } from './measured/workload.js';
import { readOptions } from './options.js';
import { sectionNames } from './sections/registry.js';
import { figures, median, short, table } from './table.js';

test('W1 keeps a customer 1.286 s on the mean (Erlang C of 8 servers at 6.4 erlangs: 0.457645)', () => {
  const { meanMs, requestCount } = measureWorkload({
    workload: 'w1',
    requestCount: 200_000,
    seed: 1,
    observers: 'histogram',
  });
  expect(requestCount / 200_000).toBeCloseTo(1, 1);
  // The mean of so many correlated stays varies by about 1%; five times that.
  expect(Math.abs(meanMs! / 1286.028 - 1)).toBeLessThan(0.05);
});

test('W2 takes its 50 ms and, once in a great while, a cold start; p99 is that of the lognormal, 141.2 ms', () => {
  const { meanMs, p99Ms } = measureWorkload({
    workload: 'w2',
    requestCount: 50_000,
    seed: 1,
    observers: 'histogram',
  });
  expect(Math.abs(meanMs! / 50 - 1)).toBeLessThan(0.02);
  expect(Math.abs(p99Ms! / 141.2 - 1)).toBeLessThan(0.05);
});

test('W3 makes 5.5 calls a request and takes the 17.58 ms of its hand-written counterpart', () => {
  const { meanMs, requestCount, spanCount } = measureWorkload({
    workload: 'w3',
    requestCount: 30_000,
    seed: 1,
    observers: 'histogram',
  });
  expect(spanCount / requestCount).toBeCloseTo(5.5, 1);
  expect(Math.abs(meanMs! / 17.58 - 1)).toBeLessThan(0.05);
});

test('without names everything is measured, with names only those', () => {
  expect(readOptions([])).toEqual({ isQuick: false, roundCount: 3, picked: new Set(sectionNames) });
  expect(readOptions(['w1', '--quick', 'w3'])).toEqual({ isQuick: true, roundCount: 1, picked: new Set(['w1', 'w3']) });
  expect(readOptions(['--rounds', '5', 'queue'])).toMatchObject({ roundCount: 5 });
});

test('a word that names nothing is refused with what there is', () => {
  const refused = readOptions(['w4']);
  expect('text' in refused && !refused.isHelp && refused.text).toContain('there is nothing called "w4"');
  expect('text' in refused && refused.text).toContain('w1 w2 w3');
  expect(readOptions(['--rounds', 'many'])).toMatchObject({ isHelp: false });
});

test('figures are printed with three digits, and medians are middles', () => {
  expect([0.123, 9.994, 9.996, 99.94, 99.96, 1234.5].map(figures)).toEqual([
    '0.12',
    '9.99',
    '10.0',
    '99.9',
    '100',
    '1235',
  ]);
  expect([12, 999, 999.6, 1234, 999_600, 25e6].map(short)).toEqual([
    '12.0',
    '999',
    '1.00 k',
    '1.23 k',
    '1.00 M',
    '25.0 M',
  ]);
  expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([])]).toEqual([2, 2.5, Number.NaN]);
  expect(table(['a', 'b'], [['x', '1']])).toBe('| a   |   b |\n| --- | --: |\n| x   |   1 |');
});
