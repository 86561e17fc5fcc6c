/**
 * Regions and price-book ids: does what the scenario names exist, and is there a price for all that is used? Its own
 * file
 * because a price that is missing must stop a run before it starts, and never count as nothing.
 */
import type { BillingPlan, OwnBook, OwnPrice } from '../billing/contract.js';
import { ownPricePerTime } from '../billing/platformCharges.js';
import { findPrice, hasPrice, nearestPriceIds, regionsOf } from '../billing/prices/registry.js';
import type { Preset } from '../platforms/contract.js';
import type { PlatformSpec } from '../scenario/choices.js';
import type { MoneyPerTime } from '../scenario/contract.js';
import type { Path } from '../scenario/positions.js';
import type { Findings } from './findings.js';
import type { PoolTaken } from './nodes.js';
import type { TakenList } from './taken.js';

/** Ids that no provider sells: the bare platforms bill nothing unless the scenario gives these a price. */
export const ownPriceIds: ReadonlyMap<string, { readonly unit: string; readonly baseUnitsPerUnit: string }> = new Map([
  ['fixed.instance', { unit: 'instance-hour', baseUnitsPerUnit: '3600' }],
  ['faas.request', { unit: 'request', baseUnitsPerUnit: '1' }],
  ['faas.gbs', { unit: 'GB-second', baseUnitsPerUnit: '1' }],
]);

const periods: ReadonlyMap<number, string> = new Map([
  [3_600_000_000, 'hour'],
  [86_400_000_000, 'day'],
  [2_628_000_000_000, 'month'],
]);

/** A price of the scenario's own for something that stands there: `$58/mo` of a database is 58 a database-month. */
export function ownPriceOf({ amountUsd, perUs }: MoneyPerTime, noun: string): OwnPrice {
  return ownPricePerTime(amountUsd, `${noun}-${periodName(perUs)}`, perUs);
}

export function periodName(perUs: number): string {
  return periods.get(perUs) ?? 'period';
}

interface RegionWords {
  readonly preset: Preset;
  readonly ownBook: OwnBook;
  readonly findings: Findings;
  readonly taken: TakenList;
}

/** The region whose prices hold, and the factor on them. */
export function takeRegion(
  platform: PlatformSpec,
  { preset, ownBook, findings, taken }: RegionWords,
): { readonly name: string; readonly factor: string } {
  const path: Path = ['platforms', platform.name, 'region'];
  const { region } = platform;
  if (preset.region === null) {
    if (region) {
      const message = `says nothing on ${preset.name}, which has no regions`;
      findings.error({ path, code: 'conflict', message, hint: 'leave it out', part: 'key' });
    }
    return { name: '', factor: '1' };
  }
  if (!region) {
    taken.add(path, preset.region, '', 'default');
    return { name: preset.region, factor: '1' };
  }
  const known = regionsOf(preset.provider, ownBook);
  if (!known.includes(region.name)) {
    const hint = `known: ${known.join(', ')}; or {like: ${preset.region}, factor: 1.1}`;
    const message = `has no price list: ${JSON.stringify(region.name.slice(0, 40))}`;
    findings.error({ path: region.isLike ? [...path, 'like'] : path, code: 'reference', message, hint });
  }
  taken.add(path, region.isLike ? `like ${region.name} x ${region.factor}` : region.name, '', { path });
  return { name: region.name, factor: region.factor.toFixed(9).replace(/\.?0+$/, '') };
}

/** `prices` may only name what has a price. */
export function checkPriceIds({ name, prices }: PlatformSpec, ownBook: OwnBook, findings: Findings): void {
  for (const { sku } of prices) {
    if (hasPrice(sku, ownBook) || ownPriceIds.has(sku)) continue;
    const hint = `the nearest: ${nearestPriceIds(sku).join(', ')}`;
    const path = ['platforms', name, 'prices', sku];
    findings.error({ path, code: 'reference', message: 'is no id of the price book', hint, part: 'key' });
  }
}

/** Everything charged has a price in the plan's region. */
export function checkPrices(
  plan: BillingPlan,
  context: { readonly platform: PlatformSpec; readonly pools: readonly PoolTaken[]; readonly findings: Findings },
): void {
  const reported = new Set<string>();
  for (const { sku, ownPrice } of plan.charges) {
    if (ownPrice || findPrice(sku, plan.region, plan.ownBook) || reported.has(sku)) continue;
    reported.add(sku);
    const pool = context.pools.find((each) => each.sku === sku);
    const path = pool ? [...pool.path, 'type'] : ['platforms', context.platform.name];
    const message = `needs a price that is missing: ${sku} in ${plan.region || 'no region'}`;
    context.findings.error({ path, code: 'reference', message, hint: `give it under prices: {${sku}: $…}` });
  }
}
