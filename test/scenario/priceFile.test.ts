/** The form of a price file: each mistake at its line, all of them at once; what only describes is read over. */
import { expect, test } from 'vitest';
import { parsePriceFile } from '../../src/scenario/priceFile.js';

const issuesOf = (text: string) => {
  const checked = parsePriceFile(text, 'prices.yaml');
  return checked.ok ? [] : checked.issues.map(({ at, code, path }) => `${at.line} ${code} ${path}`);
};
const entry = (rest: string): string => `entries:\n  - {id: aws.alb.hour, ${rest}}\n`;

test('an entry is a price with its unit and date; tiers are read as they stand', () => {
  const text = `${entry('unit: hour, price: $0.03, asOf: 2026-10-31, free: 10/month')}  - id: aws.apigw.rest
    unit: million requests
    asOf: 2026-10
    tiers: [{upTo: 333, price: "3.5"}, {upTo: null, price: 2.80}]
    free: 1M a month for the first year
    rounding: {anything: at all}
`;
  const checked = parsePriceFile(text, 'prices.yaml');
  if (!checked.ok) throw new Error('has issues');
  expect(checked.value.entries).toMatchObject([
    { id: 'aws.alb.hour', tiers: [{ upTo: null, usd: '0.03' }], free: { amount: '10', per: 'month' } },
    {
      tiers: [
        { upTo: '333', usd: '3.5' },
        { upTo: null, usd: '2.8' },
      ],
      free: 'as-before',
    },
  ]);
});

test.each([
  ['a price without date', 'unit: hour, price: 1', '2 missing entries[0]'],
  ['a price without unit', 'price: 1, asOf: 2026', '2 missing entries[0]'],
  ['a negative price', 'unit: hour, price: -1, asOf: 2026', '2 range entries[0].price'],
  ['a price that is not finite', 'unit: hour, price: 1e999, asOf: 2026', '2 range entries[0].price'],
  ['a price that is no number', 'unit: hour, price: NaN, asOf: 2026', '2 range entries[0].price'],
  ['a day that is not there', 'unit: hour, price: 1, asOf: 2026-02-30', '2 range entries[0].asOf'],
  ['a date in words', 'unit: hour, price: 1, asOf: yesterday', '2 type entries[0].asOf'],
  ['an allowance in words', 'unit: hour, price: 1, asOf: 2026, free: lots', '2 type entries[0].free'],
  ['an unknown key', 'unit: hour, price: 1, asOf: 2026, pric: 2', '2 unknown-key entries[0].pric'],
])('%s is refused at its line', (_, rest, issue) => expect(issuesOf(entry(rest))).toEqual([issue]));

test('mistakes of several entries come together, in order of place', () => {
  const text = `${entry('unit: hour, price: -1, asOf: 2026')}  - {id: b, unit: hour, price: 1, asOf: never}\n`;
  expect(issuesOf(text)).toEqual(['2 range entries[0].price', '3 type entries[1].asOf']);
});

test('a file without entries, and one that is no YAML, are refused', () => {
  expect(issuesOf('currency: USD\n')).toEqual(['1 missing ']);
  expect(issuesOf('entries: [')[0]).toMatch(/^1 syntax/);
  expect(issuesOf('')).toHaveLength(1);
});
