/**
 * Any linear or graduated meter: gateways, NAT, storage, request units, control planes. Its own file because these
 * differ only in numbers: unit size, free part, chunk size and tiers.
 */
import { Fraction } from '../fraction.js';
import type { PricedLine, Product, Statement } from './contract.js';
import type { Fields } from './fields.js';
import { afterFree, readTiers, tieredLines } from './statement.js';

export const tieredMeter: Product = {
  name: 'tiered-meter',
  source: 'graduated price lists: AWS API Gateway, NAT, DynamoDB, EBS and the like',
  bill({ input, prices }: Statement): PricedLine[] {
    const isFree = input.flag('freeTier', true);
    return [...quantities(input, prices.fields('meters'))].flatMap(([meter, quantity]) => {
      const price = prices.fields('meters').fields(meter);
      const free = isFree ? price.amount('free', 0) : Fraction.zero;
      return tieredLines(meter, afterFree(quantity, free), readTiers(price, 'tiers', 'price'), price.amount('per', 1));
    });
  },
};

/** The month's sum of each meter: tiers and allowances count it, not the single rows. */
function quantities(input: Fields, prices: Fields): Map<string, Fraction> {
  const sums = new Map<string, Fraction>();
  for (const row of input.list('meters')) {
    const meter = row.text('meter');
    const quantity = row.amount('quantity').times(chunks(row, prices.fields(meter)));
    sums.set(meter, (sums.get(meter) ?? Fraction.zero).plus(quantity));
  }
  return sums;
}

/** How often one piece counts: each started chunk of its size, at least once. */
function chunks(row: Fields, price: Fields): Fraction {
  if (!price.isGiven('chunk') || !row.isGiven('sizeKb')) return Fraction.one;
  return row.amount('sizeKb').over(price.amount('chunk')).roundedUpTo(Fraction.one).atLeast(Fraction.one);
}
