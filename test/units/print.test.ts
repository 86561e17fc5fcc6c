/** Three significant digits, one unit, half up. Expected texts worked by hand. */
import { expect, test } from 'vitest';
import { readDurationUs } from '../../src/units/duration.js';
import {
  printBytes,
  printCount,
  printDuration,
  printMemory,
  printMoney,
  printNumber,
  printRate,
  printShare,
} from '../../src/units/print.js';

test('durations take the unit that reads best, with three digits at most', () => {
  const rows: [number, string][] = [
    [0, '0s'],
    [250, '250us'],
    [999.9, '1ms'],
    [1_234, '1.23ms'],
    [20_000, '20ms'],
    [999_600, '1s'],
    [1_500_000, '1.5s'],
    [90_000_000, '90s'],
    [600_000_000, '10m'],
    [3_600_000_000, '1h'],
    [8_100_000_000, '135m'],
    [8_200_000_000, '2.28h'],
    [2_628_000_000_000, '730h'],
    [2_628_000_000_001, '30.4d'],
  ];
  for (const [us, text] of rows) expect(printDuration(us)).toBe(text);
});

test('a printed duration can be read again', () => {
  for (let us = 1; us < 1e13; us = Math.ceil(us * 1.7)) {
    const reading = readDurationUs(printDuration(us));
    expect(reading.ok && Math.abs(reading.value / us - 1)).toBeLessThan(0.005);
  }
});

test('money is rounded half up to cents; below a cent three digits are kept', () => {
  expect(printMoney('918.0249')).toBe('$918.02');
  expect(printMoney('0.125')).toBe('$0.13');
  expect(printMoney('2.675')).toBe('$2.68');
  expect(printMoney('0')).toBe('$0.00');
  expect(printMoney('0.0000166667')).toBe('$0.0000167');
  expect(printMoney('-3')).toBe('-$3.00');
});

test('shares near one keep the digits that tell them from one', () => {
  expect(printShare(0.6)).toBe('60%');
  expect(printShare(0.1234)).toBe('12.3%');
  expect(printShare(0.999)).toBe('99.9%');
  expect(printShare(0.99995)).toBe('99.995%');
  expect(printShare(1)).toBe('100%');
});

test('counts are grouped, numbers shortened, sizes scaled', () => {
  expect(printCount(18240)).toBe('18 240');
  expect(printCount(999)).toBe('999');
  expect(printNumber(1234567)).toBe('1230000');
  expect(printNumber(0.0012345)).toBe('0.00123');
  expect(printNumber(Number.POSITIVE_INFINITY)).toBe('unlimited');
  expect(printRate(40)).toBe('40/s');
  expect(printRate(1 / 120)).toBe('30/h');
  expect(printMemory(1769)).toBe('1.73GB');
  expect(printBytes(310e6)).toBe('310MB');
});
