/** Exact numbers: what binary floats get wrong in a bill, and what a decimal cannot hold. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Fraction } from '../../src/billing/fraction.js';

const of = (value: string | number) => Fraction.of(value);

test('cents are shown half up, away from zero on a tie, where floats show a cent less', () => {
  for (const [exact, shown] of [
    ['19.005', '19.01'],
    ['2.835', '2.84'],
    ['16.425', '16.43'],
    ['1.875', '1.88'],
    ['-1.875', '-1.88'],
    ['-0.001', '0.00'],
    ['0', '0.00'],
  ] as const)
    expect(of(exact).toFixed(2), exact).toBe(shown);
});

test('an hourly price over seconds, a third of a replication and 730/7 add up to the last digit', () => {
  const third = of('0.04048').over(of(3));
  expect(third.plus(third).plus(third).compare(of('0.04048'))).toBe(0);
  expect(of(730).over(of(7)).times(of(7)).toDecimal(12)).toBe('730');
});

test('numbers are what their digits say, exponents included', () => {
  expect(of(0.1).plus(of(0.2)).compare(of('0.3'))).toBe(0);
  expect(of('1.5e-7').toDecimal(12)).toBe('0.00000015');
  expect(of(2e21).toDecimal(0)).toBe('2000000000000000000000');
  expect(of('100').toDecimal(0)).toBe('100');
  for (const wrong of ['', '1,5', '0x10', 'NaN', 'Infinity', '1.', '.5', ' 1'])
    expect(() => of(wrong), wrong).toThrow(RangeError);
});

test('rounding up goes to the next whole step and leaves a whole number of steps alone', () => {
  expect(of('2365.83').roundedUpTo(of(1)).toDecimal(0)).toBe('2366');
  expect(of('871.20').roundedUpTo(of(100)).toDecimal(0)).toBe('900');
  expect(of(300).roundedUpTo(of(100)).toDecimal(0)).toBe('300');
  expect(of(0).roundedUpTo(of(100)).toDecimal(0)).toBe('0');
});

test('any decimal comes back as it was written', () => {
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 20n), 10n ** 20n), fc.integer({ min: 0, max: 12 }), (digits, places) => {
      const value = Fraction.ratio(digits, 10n ** BigInt(places));
      expect(Fraction.of(value.toDecimal(places)).compare(value)).toBe(0);
    }),
    { seed: 7, numRuns: 200 },
  );
});

test('division by zero is refused', () => expect(() => of(1).over(of(0))).toThrow(RangeError));
