/**
 * The discounts of a platform: which charges each covers, and whether that can be. Its own file because what `covers`
 * names is found among the platform's own charges, and what is sold as spot is the providers' to say.
 */
import type { Charge, Discount } from '../billing/contract.js';
import { priceIds } from '../billing/prices/registry.js';
import type { DiscountSpec, PlatformSpec } from '../scenario/choices.js';
import { suggest } from '../scenario/nearest.js';
import { printMoney } from '../units/print.js';
import type { Findings } from './findings.js';
import { ownPriceIds, ownPriceOf, periodName } from './prices.js';

/** Machines and tasks that providers sell cheaper while nobody else wants them. */
const soldAsSpot = /^(aws\.ec2|aws\.fargate|gcp\.gce|az\.vm)\./;

export function compileDiscounts(
  charges: readonly Charge[],
  { name, discounts }: PlatformSpec,
  findings: Findings,
): Discount[] {
  return discounts.map((spec, place) => {
    const path = ['platforms', name, 'discounts', place];
    return spec.kind === 'spot' ? spotOf(spec, charges, { path, findings }) : offOf(spec, charges, { path, findings });
  });
}

interface Words {
  readonly path: readonly (string | number)[];
  readonly findings: Findings;
}

function offOf(
  { off, covers, commit }: Extract<DiscountSpec, { readonly kind: 'off' }>,
  charges: readonly Charge[],
  { path, findings }: Words,
): Discount {
  const known = [...priceIds(), ...ownPriceIds.keys(), ...charges.map(({ sku }) => sku)];
  covers.forEach((pattern, at) => {
    if (known.some((id) => fits(pattern, id))) return;
    const message = `names no price: ${JSON.stringify(pattern.slice(0, 60))}`;
    findings.error({ path: [...path, 'covers', at], code: 'reference', message, hint: nearTo(pattern, known) });
  });
  const covered = placesOf(charges, (sku) => covers.some((pattern) => fits(pattern, sku)));
  if (covered.length === 0) {
    const skus = [...new Set(charges.map(({ sku }) => sku).filter((sku) => sku !== ''))];
    const message = 'names nothing that this platform is charged for';
    findings.warn({ path: [...path, 'covers'], code: 'reference', message, hint: `it is for: ${skus.join(', ')}` });
  }
  const commitment = commit ? ownPriceOf(commit, 'commitment') : null;
  const returned = commit
    ? `, for a commitment of ${printMoney(commit.amountUsd)} per ${periodName(commit.perUs)}`
    : '';
  const title = `${percent(off)} off ${covers.join(', ')}${returned}`;
  return { off: digits(off), charges: covered, commitment, title };
}

function spotOf(
  { spot }: Extract<DiscountSpec, { readonly kind: 'spot' }>,
  charges: readonly Charge[],
  { path, findings }: Words,
): Discount {
  const covered = placesOf(charges, (sku) => soldAsSpot.test(sku));
  if (covered.length === 0) {
    const message = 'is for what a provider sells as spot, and this platform uses nothing of the kind';
    const hint = "a provider's nodes and Fargate's tasks are; leave it out elsewhere";
    findings.error({ path: [...path, 'spot'], code: 'conflict', message, hint, part: 'key' });
  }
  const title = `spot capacity at ${percent(spot)} off; that it may be taken back is not simulated`;
  return { off: digits(spot), charges: covered, commitment: null, title };
}

function placesOf(charges: readonly Charge[], isCovered: (sku: string) => boolean): number[] {
  return charges.flatMap(({ sku }, place) => (isCovered(sku) ? [place] : []));
}

/** `aws.fargate.*` fits every id below it; without a star a pattern is an id. */
function fits(pattern: string, sku: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return sku !== '' && new RegExp(`^${parts.join('.*')}$`).test(sku);
}

/** The id, or the family of ids, that was probably meant. */
function nearTo(pattern: string, ids: readonly string[]): string {
  if (!pattern.endsWith('.*')) return suggest(pattern, ids);
  const depth = pattern.split('.').length - 1;
  const families = ids.map((id) => id.split('.')).filter((parts) => parts.length > depth);
  return suggest(pattern, [...new Set(families.map((parts) => `${parts.slice(0, depth).join('.')}.*`))]);
}

function percent(value: number): string {
  return `${digits(value * 100)}%`;
}

function digits(value: number): string {
  return value.toFixed(9).replace(/\.?0+$/, '');
}
