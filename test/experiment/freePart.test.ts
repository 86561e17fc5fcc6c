/** The free part of a line: an allowance as it is, a credit in money as what it pays for. */
import { expect, test } from 'vitest';
import { freePart } from '../../src/experiment/freePart.js';

test('GKE’s control plane of a month at $0.10, paid by a credit: all 730 hours are free', () => {
  expect(freePart({ freeMonth: '0', creditMonthUsd: '73', unitPriceUsd: '0.10' })).toBe('730');
});

test('an allowance in units stays what it is, and a credit comes on top', () => {
  expect(freePart({ freeMonth: '425.6', creditMonthUsd: '0', unitPriceUsd: '0.10' })).toBe('425.6');
  expect(freePart({ freeMonth: '10', creditMonthUsd: '5', unitPriceUsd: '2' })).toBe('12.5');
});
