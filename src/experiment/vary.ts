/**
 * What `--vary path=values` says: a list, or a range with its steps, read into the texts that `--set` would take.
 *
 * Its own file because sweep, plan and break-even read the same words. The values of a range keep the unit they were
 * written in and are taken in decimal, so that `0.1..0.5/0.1` ends at 0.5 and `128MB..512MB/128MB` has four values.
 * Whether a value is allowed at its path is for the scenario's own rules. Checked by test/experiment/vary.test.ts.
 */
import Big from 'big.js';
import { usPerUnit } from '../units/duration.js';
import { quote, splitAmount } from '../units/number.js';
import { bytesPerUnit } from '../units/size.js';

/** A path with everything it may be. */
export interface Varied {
  readonly path: string;
  /** In the order written, each once; empty for a range without steps. */
  readonly values: readonly string[];
  /** Where the values come from a range: what lies between them is a value too. */
  readonly range: VariedRange | null;
}

/** A range of amounts with one unit. */
export interface VariedRange {
  readonly low: number;
  readonly high: number;
  readonly unit: string;
  /** Whether only whole amounts are meant: both ends are whole and have no unit. */
  readonly isWhole: boolean;
  /** Whether equal factors, not equal differences, are equal steps. */
  readonly isGeometric: boolean;
}

/** More values of one path than these are a slip. */
const mostValues = 1_000_000;
/** A range of whole numbers up to this long needs no step. */
const mostUnwrittenSteps = 1000;

/**
 * `services.a.replicas=2,4,8`, `load=1..10`, `load=0.5..2/0.25`, `load=1..1000*10`, `load=1..1000/log7` (seven values,
 * each the same factor from the last), or `load=1..10` with decimals or units: a range without steps.
 *
 * @returns the path with its values, or a sentence that says what is wrong
 */
export function readVaried(text: string): Varied | string {
  const at = text.indexOf('=');
  if (at < 1) return `${quote(text)} is not path=values, as in load=1,2,4 or load=1..10/1`;
  const path = text.slice(0, at).trim();
  const values = text.slice(at + 1).trim();
  if (values === '') return `${path} has no values; write them as in ${path}=1,2,4 or ${path}=1..10/1`;
  const range = /^(.+?)\.\.(.+?)(?:([/*])(.+))?$/.exec(values);
  const isRange = range !== null && splitAmount(range[1]!.trim()) !== null && !values.includes(',');
  return isRange ? readRange(path, range) : readList(path, values);
}

/** The same from data, as the library takes it: each value is what `--set` would be given. */
export function variedOf(path: string, values: readonly (string | number | boolean)[]): Varied | string {
  const texts = values.map(String);
  if (texts.length === 0) return `${path} has no values`;
  const twice = texts.find((value, place) => texts.indexOf(value) < place);
  return twice === undefined ? { path, values: texts, range: null } : `${path} has the value ${twice} twice`;
}

function readList(path: string, text: string): Varied | string {
  const values = splitAtCommas(text).map((value) => value.trim());
  if (values.includes('')) return `${path} has an empty value; write null to remove a setting`;
  return variedOf(path, values);
}

/** At commas outside brackets and quotes: `a,[b,c],"d,e"` has three parts. */
function splitAtCommas(text: string): string[] {
  const parts = [''];
  let depth = 0;
  let quoteMark = '';
  for (const letter of text) {
    if (quoteMark === '' && depth === 0 && letter === ',') {
      parts.push('');
      continue;
    }
    if (quoteMark !== '') quoteMark = letter === quoteMark ? '' : quoteMark;
    else if (letter === '"' || letter === "'") quoteMark = letter;
    else if ('[{('.includes(letter)) depth++;
    else if (']})'.includes(letter)) depth--;
    parts[parts.length - 1] += letter;
  }
  return parts;
}

interface Ends {
  readonly path: string;
  readonly low: Big;
  readonly high: Big;
  readonly unit: string;
}

function readRange(path: string, [, lowText, highText, sign, stepText]: RegExpExecArray): Varied | string {
  const ends = readEnds(path, lowText!.trim(), highText!.trim());
  if (typeof ends === 'string') return ends;
  const { low, high, unit } = ends;
  if (high.lt(low)) return `${path}: the range ${lowText}..${highText} is empty; write the smaller end first`;
  const isWhole = unit === '' && [lowText!, highText!].every((end) => /^-?\d+$/.test(end.trim()));
  const range = { low: low.toNumber(), high: high.toNumber(), unit, isWhole, isGeometric: false };
  if (sign === undefined) {
    const isShort = isWhole && high.minus(low).lte(mostUnwrittenSteps);
    return { path, values: isShort ? stepped(ends, new Big(1)) : [], range };
  }
  const step = stepText!.trim();
  const log = /^log(\d+)$/.exec(step);
  if (sign === '/' && log) return readLogSteps(ends, Number(log[1]), { ...range, isGeometric: true });
  if (sign === '*') return readFactor(ends, step, { ...range, isGeometric: true });
  const amount = splitAmount(step);
  const stepIn = amount && !amount.isNegative ? inUnit(amount.digits, amount.unit, unit) : null;
  if (stepIn === null || stepIn.lte(0)) return `${path}: ${quote(step)} is no step of such a range`;
  const count = high.minus(low).div(stepIn);
  if (count.gte(mostValues)) return `${path} has more than ${mostValues} values`;
  return { path, values: stepped(ends, stepIn), range };
}

/** Both ends in one unit; one that is written without takes the other's. */
function readEnds(path: string, lowText: string, highText: string): Ends | string {
  const low = splitAmount(lowText);
  const high = splitAmount(highText);
  if (!low || !high) return `${path}: ${quote(`${lowText}..${highText}`)} is no range of amounts`;
  const unit = low.unit === '' ? high.unit : low.unit;
  const lowIn = inUnit(low.digits, low.unit, unit);
  const highIn = inUnit(high.digits, high.unit, unit);
  if (!lowIn || !highIn) return `${path}: ${lowText} and ${highText} have units that do not go together`;
  return {
    path,
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

function readFactor(ends: Ends, text: string, range: VariedRange): Varied | string {
  const { path, low, high, unit } = ends;
  const amount = splitAmount(text);
  if (!amount || amount.isNegative || amount.unit !== '' || new Big(amount.digits).lte(1))
    return `${path}: ${quote(text)} is no factor above 1`;
  if (low.lte(0)) return `${path}: a range of equal factors begins above 0`;
  const factor = new Big(amount.digits);
  const values: string[] = [];
  for (let value = low; value.lte(high); value = value.times(factor)) {
    values.push(`${value.toFixed()}${unit}`);
    if (values.length > mostValues) return `${path} has more than ${mostValues} values`;
  }
  return { path, values, range };
}

function readLogSteps({ path, low, high }: Ends, count: number, range: VariedRange): Varied | string {
  if (count < 2 || count > mostValues) return `${path}: log needs from 2 to ${mostValues} values`;
  if (low.lte(0)) return `${path}: a range of equal factors begins above 0`;
  const values = Array.from({ length: count }, (_, step) => amountAt(range, step / (count - 1)));
  return { path, values: [...new Set(values)], range: { ...range, low: low.toNumber(), high: high.toNumber() } };
}

/**
 * The value at a share of the way through a range, as text: for designs that choose points, and for logarithmic steps.
 * Rounded to 6 significant digits, to whole amounts where only those are meant; the ends are exact.
 *
 * @param share in [0, 1]
 */
export function amountAt({ low, high, unit, isWhole, isGeometric }: VariedRange, share: number): string {
  const exact = share <= 0 ? low : share >= 1 ? high : between(low, high, share, isGeometric);
  const rounded = isWhole ? Math.round(exact) : share <= 0 || share >= 1 ? exact : Number(exact.toPrecision(6));
  return `${new Big(rounded).toFixed()}${unit}`;
}

function between(low: number, high: number, share: number, isGeometric: boolean): number {
  return isGeometric ? low * (high / low) ** share : low + (high - low) * share;
}
