/** Ages of prices, counted on the calendar by hand. */
import { expect, test } from 'vitest';
import { isStale, priceAgeDays } from '../../src/billing/priceAge.js';

test.each([
  ['2026-07-20', '2026-11-29', 132],
  ['2026-07', '2026-11-29', 121], // from its last day
  ['2025', '2026-01-01', 1],
  ['2018 or later', '2019-12-31', 365],
  ['2026-12-31', '2026-12-01', -30],
  ['long ago', '2026-01-01', null],
])('%s is, on %s, %s days old', (asOf, today, days) => expect(priceAgeDays(asOf, today)).toBe(days));

test('a price is stale after 180 days, not on the 180th', () => {
  expect(isStale('2026-01-01', '2026-06-30')).toBe(false);
  expect(isStale('2026-01-01', '2026-07-01')).toBe(true);
  expect(isStale('', '2026-07-01')).toBe(false);
});
