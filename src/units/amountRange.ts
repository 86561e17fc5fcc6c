/**
 * Ranges of amounts: `10..100/10`, `1..1000*10`, `1..1000/log7`, `0.5..2`, `128MB..1GB/128MB`.
 *
 * Its own file because steps are taken in decimal: `0.1..0.5/0.1` ends at 0.5, not just before it. Values keep the unit
 * of the lower end. Checked by test/experiment/vary.test.ts, through the flag that takes them.
 */
import Big from 'big.js';
import { usPerUnit } from './duration.js';
import { quote, splitAmount } from './number.js';
import { bytesPerUnit } from './size.js';

/** A range with one unit. */
export interface AmountRange {
  readonly low: number;
  readonly high: number;
  readonly unit: string;
  /** Whether only whole amounts are meant: both ends are whole and have no unit. */
  readonly isWhole: boolean;
  /** Whether equal factors, not equal differences, are equal steps. */
  readonly isGeometric: boolean;
}

export interface SteppedRange {
  /** From the low end on; empty for a range without steps. */
  readonly values: readonly string[];
  readonly range: AmountRange;
}

/** More values of one range than these are a slip. */
const mostValues = 1_000_000;
/** A range of whole numbers up to this long needs no step. */
const mostUnwrittenSteps = 1000;

/** The range that a text says; null where it is none; a clause that says what is wrong where it tries to be one. */
export function readAmountRange(text: string): SteppedRange | string | null {
  const match = /^(.+?)\.\.(.+?)(?:([/*])(.+))?$/.exec(text);
  if (!match || splitAmount(match[1]!.trim()) === null) return null;
  return readRange(match);
}

interface Ends {
  readonly low: Big;
  readonly high: Big;
  readonly unit: string;
}

function readRange([, lowText, highText, sign, stepText]: RegExpExecArray): SteppedRange | string {
  const ends = readEnds(lowText!.trim(), highText!.trim());
  if (typeof ends === 'string') return ends;
  const { low, high, unit } = ends;
  if (high.lt(low)) return `has the empty range ${lowText}..${highText}; write the smaller end first`;
  const isWhole = unit === '' && [lowText!, highText!].every((end) => /^-?\d+$/.test(end.trim()));
  const range = { low: low.toNumber(), high: high.toNumber(), unit, isWhole, isGeometric: false };
  if (sign === undefined) {
    const isShort = isWhole && high.minus(low).lte(mostUnwrittenSteps);
    return { values: isShort ? stepped(ends, new Big(1)) : [], range };
  }
  const step = stepText!.trim();
  const log = /^log(\d+)$/.exec(step);
  if (sign === '/' && log) return readLogSteps(ends, Number(log[1]), { ...range, isGeometric: true });
  if (sign === '*') return readFactor(ends, step, { ...range, isGeometric: true });
  const amount = splitAmount(step);
  const stepIn = amount && !amount.isNegative ? inUnit(amount.digits, amount.unit, unit) : null;
  if (stepIn === null || stepIn.lte(0)) return `has ${quote(step)}, which is no step of such a range`;
  const count = high.minus(low).div(stepIn);
  if (count.gte(mostValues)) return `has more than ${mostValues} values`;
  return { values: stepped(ends, stepIn), range };
}

/** Both ends in one unit; one that is written without takes the other's. */
function readEnds(lowText: string, highText: string): Ends | string {
  const low = splitAmount(lowText);
  const high = splitAmount(highText);
  if (!low || !high) return `has ${quote(`${lowText}..${highText}`)}, which is no range of amounts`;
  const unit = low.unit === '' ? high.unit : low.unit;
  const lowIn = inUnit(low.digits, low.unit, unit);
  const highIn = inUnit(high.digits, high.unit, unit);
  if (!lowIn || !highIn) return `goes from ${lowText} to ${highText}, whose units do not go together`;
  return {
    unit,
    low: low.isNegative ? lowIn.times(-1) : lowIn,
    high: high.isNegative ? highIn.times(-1) : highIn,
  };
}

/** So many of `unit`; a bare number is in that unit already. Null where the two measure different things. */
function inUnit(digits: string, from: string, unit: string): Big | null {
  const amount = new Big(digits);
  if (from === unit || from === '') return amount;
  for (const units of [usPerUnit, bytesPerUnit]) {
    const [factor, per] = [units.get(from), units.get(unit)];
    if (factor !== undefined && per !== undefined) return amount.times(factor).div(per);
  }
  return null;
}

function stepped({ low, high, unit }: Ends, step: Big): string[] {
  const values: string[] = [];
  for (let value = low; value.lte(high); value = value.plus(step)) values.push(`${value.toFixed()}${unit}`);
  return values;
}

function readFactor(ends: Ends, text: string, range: AmountRange): SteppedRange | string {
  const { low, high, unit } = ends;
  const amount = splitAmount(text);
  if (!amount || amount.isNegative || amount.unit !== '' || new Big(amount.digits).lte(1))
    return `has ${quote(text)}, which is no factor above 1`;
  if (low.lte(0)) return 'has a range of equal factors, which begins above 0';
  const factor = new Big(amount.digits);
  const values: string[] = [];
  for (let value = low; value.lte(high); value = value.times(factor)) {
    values.push(`${value.toFixed()}${unit}`);
    if (values.length > mostValues) return `has more than ${mostValues} values`;
  }
  return { values, range };
}

function readLogSteps({ low, high }: Ends, count: number, range: AmountRange): SteppedRange | string {
  if (count < 2 || count > mostValues) return `has a range whose log needs from 2 to ${mostValues} values`;
  if (low.lte(0)) return 'has a range of equal factors, which begins above 0';
  const values = Array.from({ length: count }, (_, step) => amountAt(range, step / (count - 1)));
  return { values: [...new Set(values)], range: { ...range, low: low.toNumber(), high: high.toNumber() } };
}

/**
 * The value at a share of the way through a range, as text: for designs that choose points, and for logarithmic steps.
 * Rounded to 6 significant digits, to whole amounts where only those are meant; the ends are exact.
 *
 * @param share in [0, 1]
 */
export function amountAt({ low, high, unit, isWhole, isGeometric }: AmountRange, share: number): string {
  const exact = share <= 0 ? low : share >= 1 ? high : between(low, high, share, isGeometric);
  const rounded = isWhole ? Math.round(exact) : share <= 0 || share >= 1 ? exact : Number(exact.toPrecision(6));
  return `${new Big(rounded).toFixed()}${unit}`;
}

function between(low: number, high: number, share: number, isGeometric: boolean): number {
  return isGeometric ? low * (high / low) ** share : low + (high - low) * share;
}
