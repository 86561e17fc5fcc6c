/**
 * Exact numbers for money and quantities: a whole numerator over a whole denominator.
 *
 * Its own file because a bill divides by what no decimal can hold (a second is 1/3600 h, a mean over three
 * replications, 730/7 of a window) and must still add up to the last digit. A decimal library rounds each division; a
 * fraction never rounds until it is written. Speed does not matter: a bill is priced once, after the run. Checked in
 * test/billing/fraction.test.ts and by every billing vector.
 */
import type { Decimal } from './contract.js';

export class Fraction {
  static readonly zero = new Fraction(0n, 1n);
  static readonly one = new Fraction(1n, 1n);

  private readonly top: bigint;
  /** Always > 0, and without a divisor in common with `top`. */
  private readonly bottom: bigint;

  private constructor(top: bigint, bottom: bigint) {
    this.top = top;
    this.bottom = bottom;
  }

  /**
   * The number a text or a JSON number stands for, exactly as its digits say ("0.1" and 0.1 are one tenth).
   *
   * @throws RangeError for anything that is not a finite decimal number (digits, optional fraction and exponent).
   */
  static of(value: string | number | bigint): Fraction {
    if (typeof value === 'bigint') return new Fraction(value, 1n);
    const found = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,4}))?$/.exec(String(value));
    if (!found) throw new RangeError(`${JSON.stringify(value)} is not a decimal number`);
    const [, sign, whole, part = '', exponent = '0'] = found;
    const digits = BigInt(`${whole}${part}`) * (sign === '-' ? -1n : 1n);
    const shift = Number(exponent) - part.length;
    return shift >= 0 ? new Fraction(digits * 10n ** BigInt(shift), 1n) : reduced(digits, 10n ** BigInt(-shift));
  }

  /** @throws RangeError when `bottom` is zero */
  static ratio(top: bigint, bottom: bigint): Fraction {
    if (bottom === 0n) throw new RangeError('division by zero');
    return bottom < 0n ? reduced(-top, -bottom) : reduced(top, bottom);
  }

  static sum(values: Iterable<Fraction>): Fraction {
    let total = Fraction.zero;
    for (const value of values) total = total.plus(value);
    return total;
  }

  /** @internal for `reduced` alone: the two have no divisor in common and `bottom` > 0 */
  static unchecked(top: bigint, bottom: bigint): Fraction {
    return new Fraction(top, bottom);
  }

  plus(other: Fraction): Fraction {
    return reduced(this.top * other.bottom + other.top * this.bottom, this.bottom * other.bottom);
  }

  minus(other: Fraction): Fraction {
    return reduced(this.top * other.bottom - other.top * this.bottom, this.bottom * other.bottom);
  }

  times(other: Fraction): Fraction {
    return reduced(this.top * other.top, this.bottom * other.bottom);
  }

  /** @throws RangeError when `other` is zero */
  over(other: Fraction): Fraction {
    return Fraction.ratio(this.top * other.bottom, this.bottom * other.top);
  }

  /** Negative, zero or positive, as this is less than, equal to or more than the other. */
  compare(other: Fraction): number {
    const difference = this.top * other.bottom - other.top * this.bottom;
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }

  get isZero(): boolean {
    return this.top === 0n;
  }

  get isNegative(): boolean {
    return this.top < 0n;
  }

  atLeast(floor: Fraction): Fraction {
    return this.compare(floor) < 0 ? floor : this;
  }

  atMost(ceiling: Fraction): Fraction {
    return this.compare(ceiling) > 0 ? ceiling : this;
  }

  /** The smallest multiple of `step` (> 0) that is not below this. */
  roundedUpTo(step: Fraction): Fraction {
    const steps = this.over(step);
    const whole = steps.top / steps.bottom;
    const isShort = steps.top > 0n && whole * steps.bottom !== steps.top;
    return new Fraction(isShort ? whole + 1n : whole, 1n).times(step);
  }

  /** With exactly so many decimals, a tie rounded away from zero, as invoices show cents: 16.425 is "16.43". */
  toFixed(decimals: number): Decimal {
    const scaled = absolute(this.top) * 10n ** BigInt(decimals);
    const half = (2n * scaled + this.bottom) / (2n * this.bottom);
    const digits = half.toString().padStart(decimals + 1, '0');
    const cut = digits.length - decimals;
    const sign = this.top < 0n && half !== 0n ? '-' : '';
    return decimals === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, cut)}.${digits.slice(cut)}`;
  }

  /** The shortest decimal that is right to so many decimals: no trailing zeros, no exponent. */
  toDecimal(decimals: number): Decimal {
    const text = this.toFixed(decimals);
    return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  }
}

const absolute = (value: bigint): bigint => (value < 0n ? -value : value);

function reduced(top: bigint, bottom: bigint): Fraction {
  let a = absolute(top);
  let b = bottom;
  while (b !== 0n) [a, b] = [b, a % b];
  return Fraction.unchecked(top / a, bottom / a);
}
