/**
 * Where the inputs and prices of a result come from, as rows for its last page. Its own file because a number without
 * its source is an opinion, and these rows are the sources.
 */
import type { InvoiceLine } from '../billing/contract.js';
import type { CompiledPlatform } from '../model/compiled.js';
import type { InputFact, PriceFact } from './contract.js';

export function platformInputs({ inputs }: CompiledPlatform): InputFact[] {
  return inputs.map(({ path, value, unit, origin }) => ({
    path,
    value: unit === '' ? value : `${value} ${unit}`,
    origin,
  }));
}

/** One row per price on the invoice, tiers of one price apart. */
export function platformPrices(lines: readonly InvoiceLine[]): PriceFact[] {
  const rows = new Map<string, PriceFact>();
  for (const { sku, line, unit, unitPriceUsd, priceDate, priceSource, priceStatus } of lines) {
    const isApproximate = priceStatus !== 'stored-source' && priceStatus !== 'consistent' && priceStatus !== 'own';
    const row = { sku: sku || line, unit, unitPriceUsd, priceDate, source: priceSource, isApproximate };
    rows.set(JSON.stringify(row), row);
  }
  return [...rows.values()];
}
