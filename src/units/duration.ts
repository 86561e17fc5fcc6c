/**
 * Durations: `250us` `20ms` `1.5s` `10m` `2h` `7d` `1mo`, read into microseconds.
 *
 * Its own file because units of time are never guessed: for a bare number, `1h30m` and `1:30` the right form is shown.
 * Checked by test/units/quantities.test.ts.
 */
import Big from 'big.js';
import { isNotFinite, notFiniteFault, type Reading, scaled, shown, splitAmount } from './number.js';

/** Microseconds in one of each unit; `1mo` is the 730 h that cloud bills mean by a month. */
export const usPerUnit: ReadonlyMap<string, number> = new Map([
  ['us', 1],
  ['ms', 1_000],
  ['s', 1_000_000],
  ['m', 60_000_000],
  ['h', 3_600_000_000],
  ['d', 86_400_000_000],
  ['mo', 2_628_000_000_000],
]);
const unitNames = [...usPerUnit.keys()].join(' ');
/** Whole microseconds stay exact up to here: 2^53, some 285 years. */
const longestUs = Number.MAX_SAFE_INTEGER;
const allowed = '0s to 104249d';

/** The text in microseconds, finite, >= 0, not necessarily whole. */
export function readDurationUs(text: string): Reading<number> {
  if (isNotFinite(text)) return notFiniteFault(text, allowed);
  const amount = splitAmount(text);
  if (!amount || /\d/.test(amount.unit)) return notOneQuantity(text);
  if (amount.unit === '') {
    if (Number(amount.digits) === 0) return { ...needsUnit(text), hint: 'write 0s' };
    return { ...needsUnit(text), hint: `write ${amount.digits}s or ${amount.digits}ms` };
  }
  const unitUs = usPerUnit.get(amount.unit);
  if (unitUs === undefined) return unknownUnit(amount.digits, amount.unit, text);
  const us = scaled(amount.digits, unitUs);
  if (!Number.isFinite(us)) return notFiniteFault(text, allowed);
  if ((amount.isNegative && us > 0) || us > longestUs)
    return {
      ok: false,
      code: 'range',
      message: `must be a duration ${us > longestUs ? 'of at most 104249d' : 'of at least 0s'}, got ${text}`,
      hint: `allowed: ${allowed}`,
    };
  return { ok: true, value: us };
}

function needsUnit(text: string): { ok: false; code: 'unit'; message: string } {
  return { ok: false, code: 'unit', message: `must be a duration with its unit, got ${text}` };
}

function unknownUnit(digits: string, unit: string, text: string): Reading<number> {
  const guesses: Record<string, string> = {
    sec: 's', secs: 's', second: 's', seconds: 's', S: 's',
    min: 'm', mins: 'm', minute: 'm', minutes: 'm',
    hr: 'h', hrs: 'h', hour: 'h', hours: 'h', H: 'h',
    day: 'd', days: 'd', D: 'd', month: 'mo', months: 'mo', msec: 'ms', millis: 'ms', MS: 'ms', µs: 'us', μs: 'us',
  }; // biome-ignore format: a table reads better in rows
  const guess = Object.hasOwn(guesses, unit) ? guesses[unit] : undefined;
  const hint = guess ? `write ${digits}${guess}` : `units of time: ${unitNames}`;
  return { ok: false, code: 'unit', message: `must be a duration, got ${shown(text)}`, hint };
}

/** `1h30m`, `1:30` and what is no number at all. */
function notOneQuantity(text: string): Reading<number> {
  const message = `must be one duration, got ${shown(text)}`;
  const clock = /^(\d+):(\d{2})$/.exec(text);
  if (clock) {
    const total = Number(clock[1]) * 60 + Number(clock[2]);
    return {
      ok: false,
      code: 'type',
      message,
      hint: `write ${total}s for minutes:seconds, ${total}m for hours:minutes`,
    };
  }
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)\s*(us|ms|mo|s|m|h|d)/g)];
  const isCompound = parts.length > 1 && text.replaceAll(/(\d+(?:\.\d+)?)\s*(us|ms|mo|s|m|h|d)\s*/g, '') === '';
  if (isCompound) {
    const smallest = parts.at(-1)![2]!;
    const totalUs = parts.reduce(
      (sum, part) => sum.plus(new Big(part[1]!).times(usPerUnit.get(part[2]!)!)),
      new Big(0),
    );
    return { ok: false, code: 'type', message, hint: `write ${totalUs.div(usPerUnit.get(smallest)!)}${smallest}` };
  }
  return { ok: false, code: 'type', message, hint: `write a number and one of ${unitNames}, as in 250ms` };
}
