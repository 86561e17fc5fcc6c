/**
 * The price book: every list beside this file, and how to find a price in it. Add a list: one file, one line here.
 */
import type { OwnBook, PriceBook, PriceEntry } from '../contract.js';
import { awsDataPrices } from './awsData.js';
import { awsEc2Prices } from './awsEc2.js';
import { awsFargatePrices } from './awsFargate.js';
import { awsLambdaPrices } from './awsLambda.js';
import { awsNetworkPrices } from './awsNetwork.js';
import { azureComputePrices } from './azureCompute.js';
import { azureServerlessPrices } from './azureServerless.js';
import { googleAppEnginePrices } from './googleAppEngine.js';
import { googleComputePrices } from './googleCompute.js';
import { googleServerlessPrices } from './googleServerless.js';
import { openCostPrices } from './openCost.js';
import { entriesOf, type PriceList } from './priceList.js';

const lists: readonly PriceList[] = [
  ...awsLambdaPrices,
  ...awsFargatePrices,
  ...awsEc2Prices,
  ...awsNetworkPrices,
  ...awsDataPrices,
  ...googleServerlessPrices,
  ...googleAppEnginePrices,
  ...googleComputePrices,
  ...azureServerlessPrices,
  ...azureComputePrices,
  ...openCostPrices,
];

const entries: readonly PriceEntry[] = lists.flatMap(entriesOf);
const entriesById = new Map<string, PriceEntry[]>();
for (const entry of entries) entriesById.set(entry.id, [...(entriesById.get(entry.id) ?? []), entry]);

/** What a provider calls several of its regions at once; a price of such a group holds in each of them. */
const regionGroups = ['all', 'any', 'global', 'most regions', 'tier 1 regions', 'tier 2 regions'];

/** Every price that is known, with its date and source: for `prices list`, forms and docs. */
export function describePrices(): PriceBook {
  return { currency: 'USD', entries };
}

/**
 * The price of that id in that region: of the user's own book where it has one, else of ours. Ids of another
 * provider than the region's (a platform of several) are priced
 * where that provider's list is from.
 *
 * @returns null when the id is unknown, or its provider has a price list for the region, and it isn't on it
 */
export function findPrice(id: string, region: string, ownBook: OwnBook = []): PriceEntry | null {
  const own = ownBook.filter((entry) => entry.id === id);
  const found = [...own, ...(entriesById.get(id) ?? [])];
  const exact = found.find((entry) => entry.region === region);
  if (exact) return exact;
  const isForAll = ({ region: place, provider }: PriceEntry): boolean =>
    isRegionGroup(place) || !regionsOf(provider, ownBook).includes(region);
  return found.find(isForAll) ?? null;
}

/** Whether a price so marked holds in several regions at once. */
export function isRegionGroup(region: string): boolean {
  return regionGroups.includes(region);
}

/** Regions a provider has a price list for, in order of name; none for an unknown provider. */
export function regionsOf(provider: string, ownBook: OwnBook = []): readonly string[] {
  const named = [...entries, ...ownBook].filter((entry) => entry.provider === provider).map(({ region }) => region);
  return [...new Set(named)].filter((region) => !regionGroups.includes(region)).sort();
}

export function hasPrice(id: string, ownBook: OwnBook = []): boolean {
  return entriesById.has(id) || ownBook.some((entry) => entry.id === id);
}

/** The entries of an id, one a region; none for an unknown id. */
export function pricesOf(id: string): readonly PriceEntry[] {
  return entriesById.get(id) ?? [];
}

/** All ids, in order of name. */
export function priceIds(): readonly string[] {
  return [...entriesById.keys()].sort();
}

/** The ids most like a mistyped one, the nearest first: by letters to change, then by name. */
export function nearestPriceIds(id: string, count = 3): readonly string[] {
  const ranked = priceIds().map((known) => ({
    known,
    distance: lettersToChange(id.toLowerCase(), known.toLowerCase()),
  }));
  ranked.sort((a, b) => a.distance - b.distance || (a.known < b.known ? -1 : 1));
  return ranked.slice(0, count).map(({ known }) => known);
}

/** Levenshtein's distance: insertions, deletions and changes of single letters. */
function lettersToChange(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let line = 1; line <= from.length; line++) {
    const next = [line];
    for (let column = 1; column <= to.length; column++) {
      const change = row[column - 1]! + (from[line - 1] === to[column - 1] ? 0 : 1);
      next.push(Math.min(change, row[column]! + 1, next[column - 1]! + 1));
    }
    row = next;
  }
  return row[to.length]!;
}
