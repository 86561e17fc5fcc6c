/**
 * The price of a charge: from the price book, from the scenario's overrides, or the scenario's own. Its own file
 * because where a price comes from is decided here once, and every line of the invoice then says it.
 */
import type { BillingPlan, Charge, Decimal, FreeAllowance, InvoiceLine, PriceTier } from './contract.js';
import { Fraction } from './fraction.js';
import { findPrice } from './prices/registry.js';
import { flatPrice } from './tiers.js';

export interface ChargePrice {
  readonly sku: string;
  readonly unit: string;
  readonly baseUnitsPerUnit: Decimal;
  readonly tiers: readonly PriceTier[];
  readonly free: FreeAllowance | null;
  readonly date: string;
  readonly status: InvoiceLine['priceStatus'];
  readonly source: string;
}

/**
 * The price that `plan` pays for `charge`.
 *
 * @throws RangeError when neither the price book nor the charge has one. A plan is checked with `missingPrices` first,
 * so that this is never a user's mistake.
 */
export function priceOf(charge: Charge, plan: BillingPlan): ChargePrice {
  if (charge.ownPrice) {
    const { usd, unit, baseUnitsPerUnit } = charge.ownPrice;
    const from = { date: '', status: 'own', source: 'the scenario' } as const;
    return { sku: charge.sku, unit, baseUnitsPerUnit, tiers: flatPrice(usd), free: null, ...from };
  }
  const entry = findPrice(charge.sku, plan.region, plan.ownBook);
  if (!entry) throw new RangeError(`no price for ${JSON.stringify(charge.sku)} in ${JSON.stringify(plan.region)}`);
  const { id: sku, unit, baseUnitsPerUnit, free } = entry;
  const override = plan.priceOverrides.find(({ id }) => id === charge.sku);
  if (override) {
    const from = { date: '', status: 'overridden', source: 'the scenario' } as const;
    return { sku, unit, baseUnitsPerUnit, tiers: flatPrice(override.usd), free, ...from };
  }
  const factor = Fraction.of(plan.regionFactor);
  const isHere = factor.compare(Fraction.one) === 0;
  const tiers = isHere ? entry.tiers : entry.tiers.map((tier) => ({ ...tier, usd: scaled(tier.usd, factor) }));
  const source = isHere ? entry.source : `${plan.regionFactor} x the price in ${entry.region}; ${entry.source}`;
  const status = isHere ? entry.status : 'approximated';
  return { sku, unit, baseUnitsPerUnit, tiers, free, date: entry.asOf, status, source };
}

/** Price-book ids the plan charges that have no price in its region, each once; empty when the plan can be priced. */
export function missingPrices(plan: BillingPlan): readonly string[] {
  const asked = plan.charges.filter(({ ownPrice }) => !ownPrice).map(({ sku }) => sku);
  return [...new Set(asked)].filter((sku) => !findPrice(sku, plan.region, plan.ownBook));
}

function scaled(usd: Decimal, factor: Fraction): Decimal {
  return Fraction.of(usd).times(factor).toDecimal(20);
}
