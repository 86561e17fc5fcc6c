/** Moments against known ones of the Unix clock. */
import { expect, test } from 'vitest';
import { isoToUs, logStampToUs } from '../../../src/workload/traces/stampText.js';

test('ISO 8601, with and without zone, fraction and time of day', () => {
  expect(isoToUs('1970-01-01T00:00:00Z')).toBe(0);
  expect(isoToUs('2001-09-09T01:46:40Z')).toBe(1e15);
  expect(isoToUs('2024-02-29')).toBe(1_709_164_800e6);
  expect(isoToUs('2024-02-29T12:00:00.25+02:00')).toBe((1_709_164_800 + 36_000) * 1e6 + 250_000);
  expect(isoToUs('2024-02-29 12:00')).toBe((1_709_164_800 + 43_200) * 1e6);
  expect(isoToUs('2024-02-29T12:00:00.000001-0130')).toBe((1_709_164_800 + 48_600) * 1e6 + 1);
});

test('the web log moment, zones and capital letters', () => {
  expect(logStampToUs('17/May/2015:10:05:03 +0000')).toBe(1_431_857_103e6);
  expect(logStampToUs('17/MAY/2015:12:05:03 +0200')).toBe(1_431_857_103e6);
  expect(logStampToUs('17/May/2015:03:05:03 -0700')).toBe(1_431_857_103e6);
});

test('what is no moment is none: a day that is not there, text, a number', () => {
  for (const text of ['2023-02-29', '2024-13-01', '2024-01-01T25:00', 'yesterday', '12', '', '2024-1-1'])
    expect(isoToUs(text)).toBeNull();
  for (const text of ['31/Apr/2015:10:05:03 +0000', '1/May/2015:10:05:03 +0000', '17/Mai/2015:10:05:03 +0000', ''])
    expect(logStampToUs(text)).toBeNull();
});
