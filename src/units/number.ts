/**
 * Numbers as people write them, and the answer every reader in this room gives.
 *
 * Its own file because duration, rate, size, money and the rest share one grammar: digits, an optional fraction, an
 * optional exponent, at most one space, a unit. Readers return a fault as words instead of throwing: it is the user's.
 * Exactness: products are taken in decimal (big.js), so `1.1m` is 66000000 microseconds and not 66000000.00000001.
 */
import Big from 'big.js';

/** What a reader makes of a text: the value in base units, or what is wrong (`must be ...`) and how to mend it. */
export type Reading<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: 'type' | 'unit' | 'range'; readonly message: string; readonly hint?: string };

/** A number split from what follows it. `isNegative` is apart so that ranges can be told in the reader's own unit. */
export interface Amount {
  readonly digits: string;
  readonly isNegative: boolean;
  readonly unit: string;
}

const amountPattern = /^(-?)(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?) ?([^\d\s.+-].*)?$/;
const notFinite = /^[+-]?\.?(?:nan|inf|infinity)\b/i;

/** The text's number and unit; null when it doesn't begin with a number of this grammar. */
export function splitAmount(text: string): Amount | null {
  const match = amountPattern.exec(text);
  return match ? { isNegative: match[1] === '-', digits: match[2]!, unit: match[3] ?? '' } : null;
}

/** Whether the text is a spelling of NaN or of infinity, with whatever unit. */
export function isNotFinite(text: string): boolean {
  return notFinite.test(text);
}

/** `digits` x `factor` exactly, as the nearest double; `Infinity` when it does not fit one. */
export function scaled(digits: string, factor: number | string): number {
  const plain = Number(digits);
  if (!Number.isFinite(plain) || plain === 0) return plain;
  return Number(new Big(digits).times(factor).toString());
}

/** How a text is quoted in a message: shortened, and with control characters made visible. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);
}

/** The fault of a number that is not finite. `kind` as in `a duration`. */
export function notFiniteFault(text: string, allowed: string): Reading<never> {
  return {
    ok: false,
    code: 'range',
    message: `must be a finite number, got ${shown(text)}`,
    hint: `allowed: ${allowed}`,
  };
}

/** A found value as a message shows it: bare when it is one short word, quoted otherwise. */
export function shown(text: string): string {
  return /^[\w.$%/+:-]{1,40}$/.test(text) && /[\d.]/.test(text) ? text : `text ${quote(text)}`;
}

/** Limits of a plain number. Open ends are left out; `isAbove` excludes `min` itself, `isBelow` excludes `max`. */
export interface NumberLimits {
  readonly min?: number;
  readonly max?: number;
  readonly isAbove?: boolean;
  readonly isBelow?: boolean;
  readonly isWhole?: boolean;
}

/** A plain number without a unit, within `limits`. */
export function readNumber(text: string, limits: NumberLimits = {}): Reading<number> {
  const allowed = describeLimits(limits);
  if (isNotFinite(text)) return notFiniteFault(text, allowed);
  const amount = splitAmount(text);
  if (!amount) return { ok: false, code: 'type', message: `must be ${allowed}, got ${shown(text)}` };
  if (amount.unit !== '')
    return { ok: false, code: 'unit', message: `must be ${allowed} without a unit, got ${shown(text)}` };
  const value = Number(amount.digits) * (amount.isNegative ? -1 : 1);
  if (!Number.isFinite(value)) return notFiniteFault(text, allowed);
  const { min = -Infinity, max = Infinity, isAbove, isBelow, isWhole } = limits;
  const isInside = (isAbove ? value > min : value >= min) && (isBelow ? value < max : value <= max);
  const isRight = isInside && (!isWhole || Number.isSafeInteger(value));
  if (isRight) return { ok: true, value: value === 0 ? 0 : value };
  return { ok: false, code: 'range', message: `must be ${allowed}, got ${text}` };
}

function describeLimits({ min, max, isAbove, isBelow, isWhole }: NumberLimits): string {
  const noun = isWhole ? 'a whole number' : 'a number';
  const parts: string[] = [];
  if (min !== undefined) parts.push(isAbove ? `above ${min}` : `of at least ${min}`);
  if (max !== undefined) parts.push(isBelow ? `below ${max}` : `at most ${max}`);
  return parts.length === 0 ? noun : `${noun} ${parts.join(' and ')}`;
}
