/**
 * What a product's price list is: from usage as a statement gives it, and prices, to lines. One file each beside this
 * one, one line each in `registry.ts`. The rounding of time is `../pieces.ts`, which the meters of a run follow too,
 * so a worked example of a provider's page tests the rule a run is billed by.
 */
import type { Fraction } from '../fraction.js';
import type { Fields } from './fields.js';

/** One line: `quantity` in the meter's base unit after the free tier; `cost` in USD, exact. */
export interface PricedLine {
  readonly meter: string;
  readonly quantity: Fraction;
  readonly cost: Fraction;
}

/** How much was used, at which prices, and what is different from the product's own rules. */
export interface Statement {
  readonly input: Fields;
  readonly prices: Fields;
  readonly rules: Fields;
}

export interface Product {
  /** A slug: `aws-lambda`. */
  readonly name: string;
  /** Where its rules are from. */
  readonly source: string;
  /** @throws RangeError naming the field that is missing or makes no sense */
  bill(statement: Statement): PricedLine[];
}
