/**
 * Ranges of counts: `10`, `2..20`, `2..`; both ends included.
 *
 * Its own file because a reversed range, a negative end and a fraction each deserve their own words.
 * Checked by test/units/quantities.test.ts.
 */
import { type Reading, readNumber, shown } from './number.js';

/** A fixed count is a range of one; `max` is Infinity where the upper end is open. */
export interface CountRange {
  readonly min: number;
  readonly max: number;
}

/** The text as whole numbers, 0 <= min <= max. `minFixed` is the least a fixed count may be; ranges may begin at 0. */
export function readCountRange(text: string, minFixed = 1): Reading<CountRange> {
  const ends = /^(.*?) ?\.\. ?(.*)$/.exec(text);
  if (!ends) {
    const fixed = readNumber(text, { min: minFixed, isWhole: true });
    if (fixed.ok) return { ok: true, value: { min: fixed.value, max: fixed.value } };
    if (fixed.code === 'range') return fixed;
    return { ...fixed, message: `must be a whole number or a range, got ${shown(text)}`, hint: 'write 10 or 2..20' };
  }
  const min = readNumber(ends[1]!, { min: 0, isWhole: true });
  if (!min.ok) return inRange(min, text, 'lower');
  if (ends[2] === '') return { ok: true, value: { min: min.value, max: Infinity } };
  const max = readNumber(ends[2]!, { min: 0, isWhole: true });
  if (!max.ok) return inRange(max, text, 'upper');
  if (max.value < min.value)
    return {
      ok: false,
      code: 'range',
      message: `must be a range from the smaller to the larger, got ${text}`,
      hint: `write ${max.value}..${min.value}`,
    };
  if (max.value === 0) return { ok: false, code: 'range', message: `must allow at least 1, got ${text}` };
  return { ok: true, value: { min: min.value, max: max.value } };
}

function inRange(fault: Reading<number> & { ok: false }, text: string, end: string): Reading<CountRange> {
  return { ...fault, message: `${fault.message} as the ${end} end of ${shown(text)}` };
}
