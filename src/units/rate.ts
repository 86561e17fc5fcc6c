/**
 * Rates: `40/s` `3000/min` `90/h` `2M/day` `5M/mo`, read into events per second.
 *
 * Its own file because its units of time are words of their own (`/min`, not `/m`) and its numbers take k, M, G.
 * Checked by test/units/quantities.test.ts.
 */
import { isNotFinite, notFiniteFault, type Reading, scaled, shown, splitAmount } from './number.js';

const secondsPer: ReadonlyMap<string, number> = new Map([
  ['s', 1],
  ['min', 60],
  ['h', 3_600],
  ['day', 86_400],
  ['mo', 2_628_000],
]);
const prefixes: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['k', 1e3],
  ['M', 1e6],
  ['G', 1e9],
]);
const perWords: ReadonlyMap<string, string> = new Map([
  ['m', 'min'],
  ['minute', 'min'],
  ['sec', 's'],
  ['second', 's'],
  ['hour', 'h'],
  ['d', 'day'],
  ['month', 'mo'],
]);
const allowed = '0/s and more';

/** The text in events per second, finite, >= 0. */
export function readRatePerSecond(text: string): Reading<number> {
  if (isNotFinite(text)) return notFiniteFault(text, allowed);
  const amount = splitAmount(text);
  if (!amount)
    return { ok: false, code: 'type', message: `must be a rate, got ${shown(text)}`, hint: 'write as in 40/s' };
  const match = /^([a-zA-Z]?) ?\/ ?([a-z]+)$/.exec(amount.unit);
  const factor = match ? prefixes.get(match[1]!) : undefined;
  const seconds = match ? secondsPer.get(match[2]!) : undefined;
  if (factor === undefined || seconds === undefined) return wrongUnit(amount.digits, amount.unit, text);
  const perSecond = scaled(amount.digits, factor) / seconds;
  if (!Number.isFinite(perSecond)) return notFiniteFault(text, allowed);
  if (amount.isNegative && perSecond > 0)
    return {
      ok: false,
      code: 'range',
      message: `must be a rate of at least 0/s, got ${text}`,
      hint: `allowed: ${allowed}`,
    };
  return { ok: true, value: perSecond };
}

function wrongUnit(digits: string, unit: string, text: string): Reading<number> {
  const [prefix = '', per = ''] = unit.split('/').map((part) => part.trim());
  const mended = unit === '' ? 's' : perWords.get(per);
  const hint =
    mended && (unit === '' || prefixes.has(prefix))
      ? `write ${digits}${prefix}/${mended}`
      : 'a rate is per s, min, h, day or mo, with k, M or G before it where needed: 40/s, 2M/day';
  return { ok: false, code: 'unit', message: `must be a rate with its unit, got ${shown(text)}`, hint };
}
