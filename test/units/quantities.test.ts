/** Every quantity of the language page, read as it says; and what it refuses, with the right form shown. */
import { describe, expect, test } from 'vitest';
import { readCountRange } from '../../src/units/countRange.js';
import { readDurationUs } from '../../src/units/duration.js';
import { readMoneyPerTime, readMoneyUsd } from '../../src/units/money.js';
import type { Reading } from '../../src/units/number.js';
import { readNumber } from '../../src/units/number.js';
import { readRatePerSecond } from '../../src/units/rate.js';
import { readFactor, readShare, readVcpu } from '../../src/units/share.js';
import { readDataBytes, readMemoryMb } from '../../src/units/size.js';

function value<T>(reading: Reading<T>): T | string {
  return reading.ok ? reading.value : `${reading.code}: ${reading.message}; ${reading.hint}`;
}
const readers: Record<string, (text: string) => Reading<unknown>> = {
  duration: readDurationUs,
  rate: readRatePerSecond,
  memory: readMemoryMb,
  data: readDataBytes,
  vcpu: readVcpu,
  share: readShare,
  factor: readFactor,
  money: readMoneyUsd,
  range: readCountRange,
};

describe('quantities are read into base units', () => {
  test.each([
    ['duration', '250us', 250],
    ['duration', '20ms', 20_000],
    ['duration', '1.5s', 1_500_000],
    ['duration', '10m', 600_000_000],
    ['duration', '2h', 7_200_000_000],
    ['duration', '7d', 604_800_000_000],
    ['duration', '1mo', 730 * 3_600_000_000],
    ['duration', '1.1m', 66_000_000],
    ['duration', '2e3 ms', 2_000_000],
    ['duration', '0s', 0],
    ['duration', '-0s', 0],
    ['rate', '40/s', 40],
    ['rate', '3000/min', 50],
    ['rate', '90/h', 0.025],
    ['rate', '2M/day', 2e6 / 86_400],
    ['rate', '5M/mo', 5e6 / (730 * 3600)],
    ['rate', '1.2k/s', 1200],
    ['rate', '1G/h', 1e9 / 3600],
    ['rate', '2e+06/day', 2e6 / 86_400],
    ['memory', '128MB', 128],
    ['memory', '0.5GB', 512],
    ['memory', '512MiB', 512],
    ['memory', '2GiB', 2048],
    ['memory', '1 GB', 1024],
    ['data', '310MB', 310e6],
    ['data', '18kB', 18e3],
    ['data', '1MiB', 2 ** 20],
    ['vcpu', '250m', 0.25],
    ['vcpu', '0.25', 0.25],
    ['vcpu', '2', 2],
    ['share', '60%', 0.6],
    ['share', '0.6', 0.6],
    ['share', '99.9%', 0.999],
    ['factor', '120%', 1.2],
    ['money', '$0.20', '0.2'],
    ['money', '$1e3', '1000'],
    ['range', '10', { min: 10, max: 10 }],
    ['range', '2..20', { min: 2, max: 20 }],
    ['range', '0..5', { min: 0, max: 5 }],
    ['range', '0..', { min: 0, max: Number.POSITIVE_INFINITY }],
  ])('%s %s', (kind, text, expected) => {
    expect(value(readers[kind]!(text))).toEqual(expected);
  });
  test('$58/mo is an amount for 730 hours', () => {
    expect(value(readMoneyPerTime('$58/mo'))).toEqual({ amountUsd: '58', perUs: 730 * 3_600_000_000 });
    expect(value(readMoneyPerTime('$0.60/h'))).toEqual({ amountUsd: '0.6', perUs: 3_600_000_000 });
  });
});

describe('what is no quantity is refused, and the right form is shown', () => {
  test.each([
    ['duration', '5', /write 5s or 5ms/],
    ['duration', '1h30m', /write 90m/],
    ['duration', '1m 30s', /write 90s/],
    ['duration', '1:30', /write 90s .* 90m/],
    ['duration', '5 min', /write 5m/],
    ['duration', '5  s', /one duration/],
    ['duration', '5S', /write 5s/],
    ['duration', 'soon', /as in 250ms/],
    ['duration', '.5s', /one duration/],
    ['duration', '', /one duration/],
    ['rate', '40', /write 40\/s/],
    ['rate', '40/m', /write 40\/min/],
    ['rate', '2X/s', /k, M or G/],
    ['memory', '512', /write 512MB/],
    ['memory', '512Mi', /write 512MiB/],
    ['memory', '512mb', /write 512MB/],
    ['vcpu', 'two', /must be a number of vCPU, got text "two"/],
    ['share', '95', /write 95%/],
    ['share', '60 percent', /write 60% or 0.6/],
    ['money', '0.20', /write \$0.20/],
    ['money', '$1,200', /without separators/],
    ['range', '5..2', /write 2..5/],
    ['range', '1.5', /whole number/],
    ['range', 'many', /write 10 or 2..20/],
    ['range', '0..0', /at least 1/],
  ])('%s %s', (kind, text, expected) => {
    expect(value(readers[kind]!(text))).toMatch(expected);
  });
});

describe('numbers that are not finite, and negative ones, are refused with what is allowed', () => {
  test.each(Object.keys(readers))('%s', (kind) => {
    const read = readers[kind]!;
    for (const text of ['.nan', '.inf', '-.inf', 'NaN', 'Infinity']) {
      const money = kind === 'money' ? `$${text}` : text;
      expect(value(read(money))).toMatch(/must be a finite number/);
    }
    const unit = { duration: 's', rate: '/s', memory: 'MB', data: 'MB' }[kind] ?? '';
    const negative = kind === 'money' ? '-$5' : `-5${unit}`;
    expect(value(read(negative))).toMatch(/at least|from \$0/);
    const huge = kind === 'money' ? '$1e999' : `1e999${unit}`;
    expect(value(read(huge))).toMatch(/must be a finite number/);
  });
  test('a share of 140% is outside 0% to 100%', () => {
    expect(value(readShare('140%'))).toMatch(/from 0% to 100%, got 140%/);
  });
  test('a duration beyond exact microseconds is refused', () => {
    expect(value(readDurationUs('200000d'))).toMatch(/at most 104249d/);
  });
  test('limits of plain numbers are told', () => {
    expect(value(readNumber('1', { min: 1, isAbove: true }))).toMatch(/a number above 1, got 1/);
    expect(value(readNumber('1.5', { min: 1, max: 9, isWhole: true }))).toMatch(
      /a whole number of at least 1 and at most 9/,
    );
    expect(value(readNumber('5s', { min: 1 }))).toMatch(/without a unit/);
  });
});
