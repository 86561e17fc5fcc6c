/**
 * How numbers are written for people: the rules of the page (three digits, money, shares that never lie about 0 and
 * 100 %).
 */
import { expect, test } from 'vitest';
import { roundedDecimal } from '../../src/report/decimals.js';
import { cents, figure, intervalFigure, listNames, shortName } from '../../src/report/figures.js';

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

test.each([
  [231.4, 'ms', '231 ms'],
  [0.4567, 'ms', '0.457 ms'],
  [1234.5, 'ms', '1 230 ms'],
  [0, 'ms', '0 ms'],
  [9_996, 'ms', '10 s'],
  [9_994, 'ms', '9 990 ms'],
  [-72_600, 'ms', '−72.6 s'],
  [132_400, 'ms', '132 s'],
  [1203.7, '1', '1 204'],
  [18_240, '1', '18 240'],
  [391_234, '1', '391 k'],
  [8_640_000, '1', '8.64 M'],
  [999_999, '1', '1 M'],
  [2.345, '1', '2.35'],
  [38.754, 'USD', '$38.75'],
  [99.996, 'USD', '$100'],
  [1234.5, 'USD', '$1 235'],
  [0, 'USD', '$0.00'],
  [0.001, 'USD', '<$0.01'],
  [18.5, '1/s', '18.5/s'],
  [14.2, 's', '14.2 s'],
  [0.583, 'share', '58.3 %'],
  [0.0034, 'share', '0.34 %'],
  [-0.37, 'share', '−37 %'],
])('%d in %s is written %s', (value, unit, text) => {
  expect(plain(figure(value, unit))).toBe(text);
});

test('a share just below one is never written as 100 %, and one just above zero never as 0 %', () => {
  for (const share of [0.9996, 0.99998, 0.999999, 0.99999999, 1e-5, 1e-7, 1e-12]) {
    const text = plain(figure(share, 'share'));
    expect(text, text).not.toMatch(/^(100|0) %$/);
  }
  expect(plain(figure(1, 'share'))).toBe('100 %');
  expect(plain(figure(0, 'share'))).toBe('0 %');
});

test('what is no number is a dash', () => {
  for (const nothing of [null, undefined, Number.NaN, Number.POSITIVE_INFINITY])
    expect(figure(nothing, 'ms')).toBe('–');
});

test('an interval names its unit once', () => {
  expect(plain(intervalFigure([224, 238], 'ms'))).toBe('224–238 ms');
  expect(plain(intervalFigure([906, 930], 'USD'))).toBe('$906–$930');
});

test('cents part thousands and keep two decimals', () => {
  expect(plain(cents(1234.5))).toBe('1 234.50');
  expect(cents(-0.001)).toBe('0.00');
});

test('a long name is cut by characters, not in the middle of one', () => {
  expect(shortName('🎬🎬🎬🎬', 3)).toBe('🎬🎬…');
  expect(shortName('abc', 3)).toBe('abc');
  expect(listNames(['a', 'b', 'c'])).toBe('a, b and c');
});

test('decimals are rounded by their digits, half away from zero, whatever a binary float would make of them', () => {
  expect(roundedDecimal('1.005', 2)).toBe('1.01'); // As a float 1.005 is below the half.
  expect(roundedDecimal('0.125', 2)).toBe('0.13');
  expect(roundedDecimal('-0.125', 2)).toBe('-0.13');
  expect(roundedDecimal('-0.001', 2)).toBe('0.00');
  expect(roundedDecimal('99999999999999999999.995', 2)).toBe('100000000000000000000.00');
  expect(roundedDecimal('7', 2)).toBe('7.00');
  expect(roundedDecimal('1.5', 0)).toBe('2');
});
