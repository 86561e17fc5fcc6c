/**
 * The rows of one replication's invoice: each charge in each tier, exact. Its own file because allowances and tiers
 * count the account's sum: a row's share of them depends on all the other rows.
 */
import { freeParts } from './allowances.js';
import type { BillingPlan } from './contract.js';
import { Fraction } from './fraction.js';
import type { ChargeQuantities } from './monthUsage.js';
import type { ChargePrice } from './pricing.js';
import { cutIntoTiers } from './tiers.js';

/** One charge in one tier; quantities in units of the price, amounts in USD. */
export interface Row {
  readonly charge: number;
  readonly tier: number;
  /** Place of the discount it is paid with; -1: list price. */
  readonly discount: number;
  readonly quantityRun: Fraction;
  /** The free part, which is all on the first tier's row, included. */
  readonly quantityMonth: Fraction;
  readonly freeMonth: Fraction;
  readonly amountRun: Fraction;
  readonly amountMonth: Fraction;
  readonly creditMonth: Fraction;
  readonly grossMonth: Fraction;
  readonly idleMonth: Fraction;
  readonly waitingMonth: Fraction;
  readonly minimumMonth: Fraction;
}

/** The rows of all charges; one for a first tier always, one for a later tier when it is reached. */
export function priceRows(
  plan: BillingPlan,
  prices: readonly ChargePrice[],
  quantities: readonly ChargeQuantities[],
): Row[] {
  const isFree = plan.freeTier === 'full';
  const freeOf = (index: number) => (isFree ? prices[index]!.free : null);
  const free = freeParts(
    quantities.map(({ month }, index) => ({ free: freeOf(index), use: month })),
    'quantity',
    plan.month,
  );
  const runTiers = tierParts(
    prices,
    quantities.map(({ run }) => run),
  );
  const monthTiers = tierParts(
    prices,
    quantities.map(({ month }, index) => month.minus(free[index]!)),
  );
  const costs = monthTiers.map((parts, index) =>
    Fraction.sum(parts.map((part, tier) => cost(prices, index, tier, part))),
  );
  const credits = freeParts(
    costs.map((use, index) => ({ free: freeOf(index), use })),
    'credit',
    plan.month,
  );
  return quantities.flatMap(({ idleShare, waitingShare, minimumShare }, charge) =>
    prices[charge]!.tiers.flatMap((_, tier) => {
      const quantityRun = runTiers[charge]![tier]!;
      const paid = monthTiers[charge]![tier]!;
      if (tier > 0 && paid.isZero && quantityRun.isZero) return [];
      const freeMonth = tier === 0 ? free[charge]! : Fraction.zero;
      const paidCost = cost(prices, charge, tier, paid);
      const creditShare = costs[charge]!.isZero ? Fraction.zero : paidCost.over(costs[charge]!);
      const creditMonth = credits[charge]!.times(creditShare);
      const amountMonth = paidCost.minus(creditMonth);
      const row: Row = {
        charge,
        tier,
        discount: -1,
        quantityRun,
        quantityMonth: paid.plus(freeMonth),
        freeMonth,
        amountRun: cost(prices, charge, tier, quantityRun),
        amountMonth,
        creditMonth,
        grossMonth: cost(prices, charge, tier, paid.plus(freeMonth)),
        idleMonth: amountMonth.times(idleShare),
        waitingMonth: amountMonth.times(waitingShare),
        minimumMonth: amountMonth.times(minimumShare),
      };
      return [row];
    }),
  );
}

function cost(prices: readonly ChargePrice[], charge: number, tier: number, quantity: Fraction): Fraction {
  return quantity.times(Fraction.of(prices[charge]!.tiers[tier]!.usd));
}

/**
 * The part of each charge in each tier: the account's sum of a price is cut, and each charge has its share of each
 * cut.
 */
function tierParts(prices: readonly ChargePrice[], quantities: readonly Fraction[]): Fraction[][] {
  const keyOf = (index: number): string => (prices[index]!.tiers.length > 1 ? prices[index]!.sku : `#${index}`);
  const sums = new Map<string, Fraction>();
  quantities.forEach((quantity, index) => {
    sums.set(keyOf(index), (sums.get(keyOf(index)) ?? Fraction.zero).plus(quantity));
  });
  return quantities.map((quantity, index) => {
    const sum = sums.get(keyOf(index))!;
    const cut = cutIntoTiers(sum, prices[index]!.tiers);
    return cut.map((part) => (sum.isZero ? Fraction.zero : part.times(quantity).over(sum)));
  });
}
