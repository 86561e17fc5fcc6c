/**
 * Money: `$0.20`, and per time `$58/mo`. Read into exact decimals, travelling as text, never as binary floats.
 *
 * Its own file because it is the one quantity that must not become a number. Checked by test/units/quantities.test.ts.
 */
import Big from 'big.js';
import { usPerUnit } from './duration.js';
import { isNotFinite, notFiniteFault, type Reading, shown, splitAmount } from './number.js';

const allowed = '$0 to $1e15';
/** How a price says "per": a subset of the words of time. */
const perWords: ReadonlyMap<string, string> = new Map([
  ['h', 'h'],
  ['day', 'd'],
  ['d', 'd'],
  ['mo', 'mo'],
]);

/** An amount in USD as a plain decimal text (`0.2`), >= 0. */
export function readMoneyUsd(text: string): Reading<string> {
  if (isNotFinite(text.replace(/^(-?)\$/, '$1'))) return notFiniteFault(text, allowed);
  const match = /^(-?)\$ ?(-?)(.*)$/.exec(text);
  const amount = splitAmount(match ? match[3]! : text);
  if (!match || !amount || amount.isNegative || amount.unit !== '') {
    const isBare = !match && amount !== null && !amount.isNegative && amount.unit === '';
    const hint = isBare ? `write $${text}` : 'write as in $0.20, without separators of thousands';
    return { ok: false, code: isBare ? 'unit' : 'type', message: `must be an amount in USD, got ${shown(text)}`, hint };
  }
  const value = Number(amount.digits);
  if (!Number.isFinite(value)) return notFiniteFault(text, allowed);
  if (((match[1] === '-' || match[2] === '-') && value > 0) || value > 1e15)
    return { ok: false, code: 'range', message: `must be an amount from ${allowed}, got ${text}` };
  return { ok: true, value: new Big(amount.digits).toFixed() };
}

/** `$58/mo`, `$0.60/h`, `$5/day`: the amount, and the microseconds it is for. */
export function readMoneyPerTime(text: string): Reading<{ readonly amountUsd: string; readonly perUs: number }> {
  const slash = text.lastIndexOf('/');
  const per = slash < 0 ? undefined : perWords.get(text.slice(slash + 1).trim());
  const amount = readMoneyUsd(slash < 0 ? text : text.slice(0, slash).trimEnd());
  if (!amount.ok) return amount;
  if (per === undefined) {
    const hint = slash < 0 ? `write ${text}/mo or ${text}/h` : 'a price is per h, day or mo';
    return { ok: false, code: 'unit', message: `must be an amount per time, got ${shown(text)}`, hint };
  }
  return { ok: true, value: { amountUsd: amount.value, perUs: usPerUnit.get(per)! } };
}
