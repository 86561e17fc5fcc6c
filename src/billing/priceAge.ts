/**
 * How old a price is. Its own file because today's date is no part of a result: whoever asks brings it, and what is
 * found goes to warnings on the way, never into a file of the result. Checked in test/billing/priceAge.test.ts.
 */
const daysUntilStale = 180;
const msPerDay = 86_400_000;

/**
 * Days from the date of a price to `today`, at least so many where the date is a month or a year: its last day counts.
 *
 * @param asOf `2026-07-20`, `2026-07`, `2026`, `2018 or later` (no more is known than 2018)
 * @param today `2026-11-29`
 * @returns a whole number, negative for a date to come; null for a text that is no date, and for none
 */
export function priceAgeDays(asOf: string, today: string): number | null {
  const parts = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(asOf);
  const now = Date.parse(`${today}T00:00:00Z`);
  if (!parts || Number.isNaN(now)) return null;
  const [, year, month = '12', day] = parts;
  // Day 0 of the next month is the last of this one.
  const then = day ? Date.UTC(Number(year), Number(month) - 1, Number(day)) : Date.UTC(Number(year), Number(month), 0);
  return Math.floor((now - then) / msPerDay);
}

/** Whether a price is so old that it should be looked at again before it is quoted. */
export function isStale(asOf: string, today: string): boolean {
  return (priceAgeDays(asOf, today) ?? 0) > daysUntilStale;
}
