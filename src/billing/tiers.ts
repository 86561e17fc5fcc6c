/**
 * Graduated prices: what part of a quantity falls into which tier. Its own file because a month's invoice and a
 * provider's worked example are cut by the same rule. The first so many units cost the first price, the next the
 * second, and so on.
 */
import type { Decimal, PriceTier } from './contract.js';
import { Fraction } from './fraction.js';

/** A price without steps, as one tier without end. */
export function flatPrice(usd: Decimal): readonly PriceTier[] {
  return [{ upTo: null, usd }];
}

/**
 * The part of `quantity` (>= 0) in each tier, in order; the parts sum to it. What exceeds the last tier's end, where
 * it has one, counts as the last tier.
 */
export function cutIntoTiers(quantity: Fraction, tiers: readonly PriceTier[]): Fraction[] {
  let begin = Fraction.zero;
  return tiers.map(({ upTo }, index) => {
    const isLast = index === tiers.length - 1;
    const end = upTo === null || isLast ? quantity : Fraction.of(upTo).atMost(quantity);
    const part = end.minus(begin).atLeast(Fraction.zero);
    begin = end.atLeast(begin);
    return part;
  });
}

/** The name of a line in its n-th tier, counted from 0: `compute`, `compute#2`, … */
export function tierName(name: string, tierIndex: number): string {
  return tierIndex === 0 ? name : `${name}#${tierIndex + 1}`;
}
