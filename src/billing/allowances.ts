/**
 * Free tiers: taken once per account and month, shared by all lines that draw on the same allowance in proportion to
 * what they use. Its own file because an allowance belongs to the account, not to a service or a price.
 */
import type { FreeAllowance, MonthPlan } from './contract.js';
import { Fraction } from './fraction.js';

/** A line that may draw on an allowance: `use` in the allowance's own terms (units of the price, or USD). */
export interface Drawing {
  readonly free: FreeAllowance | null;
  readonly use: Fraction;
}

/** A day's allowance counts so many times in a month of 730 h. Source: MODEL.md, The bill. */
const daysPerMonth = Fraction.of('30.4');
const hoursPerMonth = Fraction.of(730);

/**
 * How much of each drawing is free, in its own terms; zero where it has no allowance of this kind.
 *
 * @param kind `quantity` takes off units before tiers, `credit` takes off money after them
 */
export function freeParts(drawings: readonly Drawing[], kind: FreeAllowance['kind'], month: MonthPlan): Fraction[] {
  const totals = new Map<string, Fraction>();
  for (const { free, use } of drawings) {
    if (free?.kind !== kind) continue;
    const sum = totals.get(free.allowance) ?? Fraction.zero;
    totals.set(free.allowance, sum.plus(use.times(Fraction.of(free.weight))));
  }
  return drawings.map(({ free, use }) => {
    const total = free?.kind === kind ? totals.get(free.allowance)! : Fraction.zero;
    return free && !total.isZero ? use.times(monthly(free, month).atMost(total)).over(total) : Fraction.zero;
  });
}

function monthly({ amount, per }: FreeAllowance, { monthH }: MonthPlan): Fraction {
  const once = Fraction.of(amount);
  return per === 'month' ? once : once.times(daysPerMonth).times(Fraction.of(monthH)).over(hoursPerMonth);
}
