/**
 * Discounts on an invoice's rows: a share off the list price, a commitment that buys one, spot capacity. Its own file
 * because a discount splits a row: what it covers at the reduced price, what it leaves at the next one's or the list's.
 *
 * Discounts are taken in their order, after allowances and tiers. A commitment is so much money an hour, spent at the
 * reduced price whether there is use for it or not: it covers what costs no more than that, the lines it names in
 * proportion to what they cost, and what is left of it is a line of its own. It is counted over the hours of the
 * measured time, and over each part of the month (what the measured time represents, and the rest) by itself; within
 * a part use is taken as even. Sources: docs.aws.amazon.com/savingsplans, "Understanding how Savings Plans apply to
 * your usage"; cloud.google.com/docs/cuds-spend-based: both hour by hour. Checked in test/billing/discounts.test.ts.
 */
import type { BillingPlan, Decimal, Discount } from './contract.js';
import { Fraction } from './fraction.js';
import type { Row } from './invoiceRows.js';
import type { ChargeQuantities } from './monthUsage.js';

/** Hours of the measured time, and of each part of the month. */
export interface BilledHours {
  readonly run: Fraction;
  readonly monthParts: readonly Fraction[];
}

/** What a commitment was paid for without being used, in its own units (hours). */
export interface UnusedCommitment {
  readonly discount: number;
  readonly run: Fraction;
  readonly month: Fraction;
}

export interface Discounted {
  readonly rows: readonly Row[];
  readonly unused: readonly UnusedCommitment[];
}

/** Shares of a row: of the run's quantity, and of the month's by its parts. */
interface Shares {
  readonly run: Fraction;
  readonly monthParts: readonly Fraction[];
}

const secondsPerHour = Fraction.of(3600);

export function applyDiscounts(
  { discounts = [] }: BillingPlan,
  rows: readonly Row[],
  quantities: readonly ChargeQuantities[],
  hours: BilledHours,
): Discounted {
  const pieces = rows.map((): Row[] => []);
  let left = rows.map(({ charge }): Shares => ({ run: Fraction.one, monthParts: partShares(quantities[charge]!) }));
  const unused: UnusedCommitment[] = [];
  for (const [place, discount] of discounts.entries()) {
    const covered = rows.map(({ charge }) => discount.charges.includes(charge));
    const factor = Fraction.one.minus(Fraction.of(discount.off));
    const costOf = (share: (shares: Shares) => Fraction, amount: (row: Row) => Fraction): Fraction =>
      factor.times(Fraction.sum(rows.flatMap((row, at) => (covered[at] ? [amount(row).times(share(left[at]!))] : []))));
    const run = coverage(
      discount,
      costOf(
        ({ run: share }) => share,
        ({ amountRun }) => amountRun,
      ),
      hours.run,
    );
    const parts = hours.monthParts.map((partHours, part) =>
      coverage(
        discount,
        costOf(
          ({ monthParts }) => monthParts[part]!,
          ({ amountMonth }) => amountMonth,
        ),
        partHours,
      ),
    );
    const taken = (shares: Shares): Shares => ({
      run: shares.run.times(run.share),
      monthParts: shares.monthParts.map((share, part) => share.times(parts[part]!.share)),
    });
    rows.forEach((row, at) => {
      const own = covered[at] ? taken(left[at]!) : null;
      if (own && !isNothing(own))
        pieces[at]!.push(pieceOf(row, own, { discount: place, factor, isFirst: pieces[at]!.length === 0 }));
    });
    left = left.map((shares, at) => (covered[at] ? minus(shares, taken(shares)) : shares));
    if (discount.commitment)
      unused.push({ discount: place, run: run.unused, month: Fraction.sum(parts.map((part) => part.unused)) });
  }
  return {
    rows: rows.flatMap((row, at) => {
      const own = pieces[at]!;
      if (own.length === 0) return [row];
      if (isNothing(left[at]!)) return own;
      return [...own, pieceOf(row, left[at]!, { discount: -1, factor: Fraction.one, isFirst: false })];
    }),
    unused,
  };
}

/** What an hour costs at the reduced price. */
export function reducedPrice(usd: Decimal, discount: Discount | undefined): Decimal {
  return discount
    ? Fraction.of(usd)
        .times(Fraction.one.minus(Fraction.of(discount.off)))
        .toDecimal(20)
    : usd;
}

/** How much of what costs `reducedUsd` at the reduced price is covered, and what of the commitment is not used. */
function coverage({ commitment }: Discount, reducedUsd: Fraction, hours: Fraction) {
  if (!commitment) return { share: Fraction.one, unused: Fraction.zero };
  const units = hours.times(secondsPerHour).over(Fraction.of(commitment.baseUnitsPerUnit));
  const unitUsd = Fraction.of(commitment.usd);
  const committedUsd = units.times(unitUsd);
  if (reducedUsd.compare(committedUsd) > 0) return { share: committedUsd.over(reducedUsd), unused: Fraction.zero };
  const unused = unitUsd.isZero ? Fraction.zero : committedUsd.minus(reducedUsd).over(unitUsd);
  return { share: Fraction.one, unused };
}

/** How a month's quantity is parted; evenly where there is none. */
function partShares({ month, monthParts }: ChargeQuantities): Fraction[] {
  const even = Fraction.one.over(Fraction.of(monthParts.length));
  return monthParts.map((part) => (month.isZero ? even : part.over(month)));
}

function pieceOf(
  row: Row,
  { run, monthParts }: Shares,
  { discount, factor, isFirst }: { readonly discount: number; readonly factor: Fraction; readonly isFirst: boolean },
): Row {
  const month = Fraction.sum(monthParts);
  const paid = row.quantityMonth.minus(row.freeMonth);
  const freeMonth = isFirst ? row.freeMonth : Fraction.zero;
  const paidGross = row.amountMonth.plus(row.creditMonth);
  const freeGross = isFirst ? row.grossMonth.minus(paidGross) : Fraction.zero;
  const priced = (usd: Fraction): Fraction => usd.times(month).times(factor);
  return {
    ...row,
    discount,
    quantityRun: row.quantityRun.times(run),
    quantityMonth: paid.times(month).plus(freeMonth),
    freeMonth,
    amountRun: row.amountRun.times(run).times(factor),
    amountMonth: priced(row.amountMonth),
    creditMonth: priced(row.creditMonth),
    grossMonth: priced(paidGross).plus(freeGross.times(factor)),
    idleMonth: priced(row.idleMonth),
    waitingMonth: priced(row.waitingMonth),
    minimumMonth: priced(row.minimumMonth),
  };
}

function isNothing({ run, monthParts }: Shares): boolean {
  return run.isZero && monthParts.every((share) => share.isZero);
}

function minus(whole: Shares, taken: Shares): Shares {
  return {
    run: whole.run.minus(taken.run),
    monthParts: whole.monthParts.map((share, part) => share.minus(taken.monthParts[part]!)),
  };
}
