/**
 * The parts every price list is made of: allowances, tiers, unit sizes, and time as a statement gives it. Its own
 * file so that a product's file holds its own rules and nothing else.
 */
import type { PriceTier, Steps } from '../contract.js';
import { Fraction } from '../fraction.js';
import { billedUs } from '../pieces.js';
import { cutIntoTiers, tierName } from '../tiers.js';
import type { PricedLine } from './contract.js';
import type { Fields } from './fields.js';

export const million = Fraction.of(1_000_000);
export const thousand = Fraction.of(1000);
export const secondsPerHour = Fraction.of(3600);

/** What is left to pay for after the allowance, never below zero. */
export function afterFree(quantity: Fraction, free: Fraction): Fraction {
  return quantity.minus(free).atLeast(Fraction.zero);
}

/**
 * The allowance of that name: as the prices give it, else the provider's; none where the input says `freeTier: false`.
 */
export function allowance(input: Fields, prices: Fields, name: string, providers: number): Fraction {
  return input.flag('freeTier', true) ? prices.fields('free').amount(name, providers) : Fraction.zero;
}

/** One line at one price per so many units. */
export function flatLine(meter: string, quantity: Fraction, price: Fraction, per: Fraction = Fraction.one): PricedLine {
  return { meter, quantity, cost: quantity.times(price).over(per) };
}

/** A line for each tier that is reached, and always the first. */
export function tieredLines(
  meter: string,
  quantity: Fraction,
  tiers: readonly PriceTier[],
  per: Fraction = Fraction.one,
): PricedLine[] {
  return cutIntoTiers(quantity, tiers).flatMap((part, index) =>
    index > 0 && part.isZero ? [] : [flatLine(tierName(meter, index), part, Fraction.of(tiers[index]!.usd), per)],
  );
}

/** Tiers written as `[{upTo, price}]` under `tiersName`, or one price under `priceName`. */
export function readTiers(prices: Fields, tiersName: string, priceName: string): PriceTier[] {
  const exact = (fields: Fields, name: string): string => fields.amount(name).toDecimal(20);
  if (!prices.has(tiersName)) return [{ upTo: null, usd: exact(prices, priceName) }];
  const tiers = prices
    .list(tiersName)
    .map((tier) => ({ upTo: tier.isGiven('upTo') ? exact(tier, 'upTo') : null, usd: exact(tier, 'price') }));
  if (tiers.length === 0) throw new RangeError(`${tiersName}: a graduated price needs a tier`);
  return tiers;
}

/**
 * A time in milliseconds, billed: rounded up to whole microseconds first, which no step of whole microseconds
 * notices.
 *
 * @returns milliseconds
 */
export function billedMs(ms: Fraction, steps: Steps): Fraction {
  return Fraction.of(billedUs(wholeUs(ms), steps)).over(thousand);
}

/** Milliseconds as whole microseconds, rounded up. @throws RangeError above 2^53 microseconds (285 years) */
export function wholeUs(ms: Fraction): number {
  const us = Number(ms.times(thousand).roundedUpTo(Fraction.one).toFixed(0));
  if (!Number.isSafeInteger(us)) throw new RangeError(`${ms.toDecimal(3)} ms is too long to bill`);
  return us;
}

/** The product's own steps, or those that `rules` give. */
export function stepsOf(rules: Fields, own: Steps): Steps {
  const minimumMs = rules.has('minSeconds')
    ? wholeUs(rules.amount('minSeconds').times(thousand)) / 1000
    : rules.whole('minimumMs', own.minimumMs);
  return { granularityMs: rules.whole('granularityMs', own.granularityMs), minimumMs };
}
