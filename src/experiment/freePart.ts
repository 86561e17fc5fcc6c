/**
 * How much of an invoice line's quantity costs nothing, as files tell it: what the allowance takes off, and what a
 * credit in money pays for. So a line adds up for whoever reads it: (quantity - free) x unit price = amount.
 *
 * Its own file because the invoice keeps the two apart, and four documents do not. Checked by
 * test/experiment/freePart.test.ts.
 */
import type { InvoiceLine } from '../billing/contract.js';
import { Fraction } from '../billing/fraction.js';

type Line = Pick<InvoiceLine, 'freeMonth' | 'creditMonthUsd' | 'unitPriceUsd'>;

/** A decimal, in units of the price. */
export function freePart({ freeMonth, creditMonthUsd, unitPriceUsd }: Line): string {
  const credit = Fraction.of(creditMonthUsd);
  if (credit.isZero) return freeMonth;
  return Fraction.of(freeMonth)
    .plus(credit.over(Fraction.of(unitPriceUsd)))
    .toDecimal(12);
}
