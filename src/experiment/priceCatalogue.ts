/**
 * The price book as the command line shows it. Its own file because `cli` may not know the room `billing`, and because
 * a price file is judged here without a scenario.
 */
import type { PriceEntry } from '../billing/contract.js';
import { isStale, priceAgeDays } from '../billing/priceAge.js';
import { describePrices } from '../billing/prices/registry.js';
import { compilePriceFile } from '../model/priceFile.js';
import type { PriceFileSpec } from '../scenario/contract.js';
import type { Checked } from '../units/issue.js';

/** A price with its age; `days` is null where its date says nothing. */
export interface DatedPrice extends PriceEntry {
  readonly days: number | null;
  readonly isStale: boolean;
}

/** Every price of the price book, in its order. @param today `2026-11-29` */
export function datedPrices(today: string): readonly DatedPrice[] {
  return describePrices().entries.map((entry) => dated(entry, today));
}

/** The prices of a price file, or every mistake in them. @param today `2026-11-29` */
export function datedPricesOf(file: PriceFileSpec, today: string): Checked<readonly DatedPrice[]> {
  const checked = compilePriceFile(file);
  return checked.ok ? { ...checked, value: checked.value.map((entry) => dated(entry, today)) } : checked;
}

function dated(entry: PriceEntry, today: string): DatedPrice {
  return { ...entry, days: priceAgeDays(entry.asOf, today), isStale: isStale(entry.asOf, today) };
}
