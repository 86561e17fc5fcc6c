/**
 * Prices that a scenario's platforms pay and that are older than 180 days, as warnings at their platforms. Its own file
 * because they depend on today's date, which is no part of a result: they are told on the way, and stand in no file.
 */
import { isStale, priceAgeDays } from '../billing/priceAge.js';
import { findPrice } from '../billing/prices/registry.js';
import type { CompiledScenario } from '../model/compiled.js';
import type { Scenario } from '../scenario/contract.js';
import { issueAt } from '../scenario/options.js';
import type { Issue } from '../units/issue.js';

/** @param today `2026-11-29` */
export function stalePriceIssues({ positions }: Scenario, { platforms }: CompiledScenario, today: string): Issue[] {
  return platforms.flatMap(({ name, billing }) => {
    const overridden = new Set(billing.priceOverrides.map(({ id }) => id));
    const paid = billing.charges.filter(({ ownPrice, sku }) => !ownPrice && !overridden.has(sku));
    const entries = paid.flatMap(({ sku }) => findPrice(sku, billing.region, billing.ownBook) ?? []);
    const stale = entries.filter(({ asOf }) => isStale(asOf, today));
    const books = [...new Set(stale.map(({ provider, region }) => `${provider} ${region}`))];
    return books.map((book) => {
      const ages = stale
        .filter(({ provider, region }) => `${provider} ${region}` === book)
        .map((entry) => ({ ...entry, days: priceAgeDays(entry.asOf, today) ?? 0 }))
        .sort((a, b) => b.days - a.days);
      const { id, asOf, days } = ages[0]!; // A book is listed for an entry it holds.
      return issueAt({
        positions,
        path: ['platforms', name],
        code: 'stale-price',
        message: `is billed from a price book of ${book} that is ${days} days old: ${id} is as of ${asOf}`,
        hint: 'check the price, and give a newer one with --prices FILE or under prices',
        part: 'key',
        severity: 'warning',
      });
    });
  });
}
