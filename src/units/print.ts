/**
 * Quantities for people: at most three significant digits, each with its unit, ties rounded away from zero.
 *
 * Its own file because the terminal, the report and the invoice must print alike. Exact figures go to the CSV, which
 * uses none of this. Checked by test/units/print.test.ts.
 */
import Big from 'big.js';
import { usPerUnit } from './duration.js';

/** Three significant digits at most, without an exponent from 0.001 to 10^15: `12.3`, `12300`, `0.00123`. */
export function printNumber(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? '-' : value > 0 ? 'unlimited' : '-unlimited';
  if (value === 0) return '0';
  const rounded = roundToThree(value);
  return Math.abs(rounded) < 1e-6 || Math.abs(rounded) >= 1e15 ? String(rounded) : new Big(rounded).toFixed();
}

/** A whole number with a space between thousands: `18 240`. */
export function printCount(count: number): string {
  if (!Number.isFinite(count)) return printNumber(count);
  const text = new Big(count).toFixed(0, Big.roundHalfUp);
  return text.replaceAll(/\B(?=(\d{3})+$)/g, ' ');
}

/** Microseconds in the unit that suits: `250us`, `1.23s`, `2h`, `30.4d`. Readable again as a duration. */
export function printDuration(durationUs: number): string {
  if (!Number.isFinite(durationUs)) return printNumber(durationUs);
  if (durationUs === 0) return '0s';
  const size = Math.abs(durationUs);
  // A whole number of a larger unit says it best: 1h, not 60m.
  for (const unit of ['d', 'h', 'm'] as const) {
    const count = durationUs / usPerUnit.get(unit)!;
    if (Number.isInteger(count) && Math.abs(count) < 1000) return `${count}${unit}`;
  }
  // Each unit serves up to where the next reads better; 999.9us is rounded first, so it never prints as 1000us.
  for (const [unit, below] of [
    ['us', 1000],
    ['ms', 1000],
    ['s', 120],
    ['m', 120],
    ['h', 48],
  ] as const) {
    const rounded = roundToThree(size / usPerUnit.get(unit)!);
    if (rounded < below) return `${durationUs < 0 ? '-' : ''}${printNumber(rounded)}${unit}`;
  }
  return `${printNumber(durationUs / usPerUnit.get('d')!)}d`;
}

/** A share as per cent: `99.9%`. Shares near 1 keep the digits that tell them from 1: `99.995%`. */
export function printShare(share: number): string {
  if (!Number.isFinite(share)) return printNumber(share);
  const percent = new Big(share).times(100);
  if (share > 0.99 && share < 1) {
    const missing = roundToThree(Number(new Big(100).minus(percent)));
    return `${new Big(100).minus(missing).toFixed()}%`;
  }
  return `${printNumber(Number(percent))}%`;
}

/** Events per second in the unit that suits: `40/s`, `1.5/min`, `2.5/h`, `3/day`. */
export function printRate(perSecond: number): string {
  for (const [unit, seconds] of [
    ['s', 1],
    ['min', 60],
    ['h', 3600],
  ] as const)
    if (perSecond * seconds >= 1 || perSecond === 0) return `${printNumber(perSecond * seconds)}/${unit}`;
  return `${printNumber(perSecond * 86_400)}/day`;
}

/** MB of 2^20 bytes as memory is sold: `512MB`, `1.73GB`. */
export function printMemory(memoryMb: number): string {
  return memoryMb >= 1024 ? `${printNumber(memoryMb / 1024)}GB` : `${printNumber(memoryMb)}MB`;
}

/** Bytes of data in powers of ten: `18kB`, `310MB`. */
export function printBytes(bytes: number): string {
  for (const [unit, size] of [
    ['TB', 1e12],
    ['GB', 1e9],
    ['MB', 1e6],
    ['kB', 1e3],
  ] as const)
    if (bytes >= size) return `${printNumber(bytes / size)}${unit}`;
  return `${printNumber(bytes)}B`;
}

/**
 * USD with cents, half up: `$918.02`. Amounts below a cent keep three significant digits: `$0.0000167`.
 *
 * @param amountUsd a decimal text or Big, finite
 */
export function printMoney(amountUsd: string | Big): string {
  const amount = new Big(amountUsd);
  const sign = amount.lt(0) ? '-' : '';
  const size = amount.abs();
  if (size.gt(0) && size.lt('0.01')) return `${sign}$${new Big(size.toPrecision(3, Big.roundHalfUp)).toFixed()}`;
  return `${sign}$${size.toFixed(2, Big.roundHalfUp)}`;
}

function roundToThree(value: number): number {
  return Number(new Big(value).toPrecision(3, Big.roundHalfUp));
}
