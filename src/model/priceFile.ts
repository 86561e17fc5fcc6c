/**
 * A price file's entries against the price book: does each name something that is sold, in a region that exists, by the
 * unit it is counted in, for an allowance that can be? Its own file because a wrong price must stop a run before it
 * starts. What an entry leaves out is the book's. Checked by test/model/priceFile.test.ts.
 */
import type { FreeAllowance, PriceEntry } from '../billing/contract.js';
import { Fraction } from '../billing/fraction.js';
import { priceUnits, unitParts } from '../billing/prices/priceList.js';
import { soldRegions } from '../billing/prices/regions.js';
import { isRegionGroup, priceIds, pricesOf, regionsOf } from '../billing/prices/registry.js';
import type { PriceFileSpec, PriceSpec } from '../scenario/contract.js';
import { suggest } from '../scenario/nearest.js';
import type { Path } from '../scenario/positions.js';
import { type Checked, sortIssues } from '../units/issue.js';
import { Findings } from './findings.js';

/** Ids that begin so are the user's own: a database, a licence. */
const ownPrefix = 'own.';
/** What stands there once is there 24 h a day, and at most 31 days a month (AWS rounds its month up to 750 h). */
const mostHours = { day: 24, month: 750 };
const countedOnce = ['hour', 'cluster-hour'];

/** The entries as the invoice takes them, or every mistake in them. */
export function compilePriceFile(spec: PriceFileSpec): Checked<readonly PriceEntry[]> {
  const findings = new Findings(spec.positions);
  checkCurrencies(spec, findings);
  const seen = new Map<string, number>();
  const entries = spec.entries.flatMap((each, place): PriceEntry[] => {
    const entry = compileEntry(each, { file: spec.file, path: ['entries', place], findings });
    if (!entry) return [];
    const key = `${entry.id} ${entry.region}`;
    const first = seen.get(key);
    if (first !== undefined) {
      const message = `is priced twice in ${entry.region}: see entries[${first}]`;
      findings.error({ path: ['entries', place, 'id'], code: 'conflict', message });
    }
    seen.set(key, first ?? place);
    return [entry];
  });
  if (findings.errors.length > 0) return { ok: false, issues: sortIssues(findings.errors) };
  return { ok: true, value: entries, warnings: [] };
}

function checkCurrencies({ currency = 'USD', entries }: PriceFileSpec, findings: Findings): void {
  const refuse = (path: Path, found: string): void =>
    findings.error({
      path,
      code: 'conflict',
      message: `must be USD, got ${JSON.stringify(found.slice(0, 20))}: a bill has one currency`,
      hint: 'give all prices in US dollars',
    });
  if (currency !== 'USD') refuse(['currency'], currency);
  entries.forEach((entry, place) => {
    if (entry.currency !== undefined && entry.currency !== 'USD')
      refuse(['entries', place, 'currency'], entry.currency);
  });
}

interface Words {
  readonly file: string;
  readonly path: Path;
  readonly findings: Findings;
}

function compileEntry(spec: PriceSpec, { file, path, findings }: Words): PriceEntry | null {
  const { id, unit, tiers } = spec;
  const before = findings.errors.length;
  const refuse = (key: string, code: string, message: string, hint?: string): void =>
    findings.error({ path: [...path, key], code, message, hint });
  const isOwn = id.startsWith(ownPrefix) && id.length > ownPrefix.length;
  const booked = pricesOf(id);
  if (booked.length === 0 && !isOwn)
    refuse('id', 'reference', `is no id of the price book: ${JSON.stringify(id.slice(0, 60))}`, nearTo(id));
  const known = booked.find(({ region }) => region === spec.region) ?? booked[0];
  const provider = known?.provider ?? spec.provider ?? 'own';
  if (known && spec.provider !== undefined && spec.provider !== known.provider)
    refuse('provider', 'conflict', `is ${known.provider} by the price book`);
  const region = spec.region ?? known?.region ?? 'all';
  const regions = [...soldRegions(provider), ...regionsOf(provider)];
  if (!isRegionGroup(region) && !regions.includes(region) && (known || regions.length > 0))
    refuse('region', 'reference', `is no region of ${provider}: ${JSON.stringify(region)}`, suggest(region, regions));
  const counted = unitParts(unit);
  if (!counted) refuse('unit', 'unit', `is no unit of a price: ${JSON.stringify(unit)}`, suggest(unit, priceUnits));
  else if (known && counted.baseUnit !== known.baseUnit)
    refuse('unit', 'unit', `counts ${counted.baseUnit}s, and ${id} is counted in ${known.baseUnit}s`, known.unit);
  checkTiers(spec, { file, path, findings });
  const free = freeOf(spec, known);
  const given = spec.free;
  if (typeof given === 'object' && countedOnce.includes(unit) && Number(given.amount) > mostHours[given.per]) {
    const message = `is more than its period: ${given.amount} hours of a ${given.per}`;
    refuse('free', 'conflict', message, `a ${given.per} has ${given.per === 'day' ? 24 : 744} hours`);
  }
  if (findings.errors.length > before || !counted || tiers.length === 0) return null;
  return {
    id,
    provider,
    region,
    title: spec.title ?? known?.title ?? id,
    unit,
    ...counted,
    tiers,
    free,
    asOf: spec.asOf,
    source: spec.source ?? file,
    status: spec.status ?? 'stored-source',
    note: spec.note ?? '',
  };
}

function checkTiers({ tiers, isPricedTwice }: PriceSpec, { path, findings }: Words): void {
  if (tiers.length === 0)
    findings.error({ path, code: 'missing', message: 'has no price', hint: 'write price or tiers', part: 'key' });
  if (isPricedTwice) {
    const hint = 'leave one of them out';
    findings.error({ path: [...path, 'price'], code: 'conflict', message: 'stands beside tiers', hint, part: 'key' });
  }
  tiers.forEach(({ upTo }, tier) => {
    const isLast = tier === tiers.length - 1;
    const previous = tiers[tier - 1]?.upTo ?? '0';
    const at = [...path, 'tiers', tier, 'upTo'];
    if (upTo === null && !isLast)
      findings.error({ path: at, code: 'conflict', message: 'has no end, and another tier follows' });
    if (upTo !== null && Number(upTo) <= Number(previous))
      findings.error({ path: at, code: 'range', message: `must be above ${previous}, the end of the tier before` });
  });
}

/** The allowance as written, in the group and with the weight of the book's; the book's where nothing is written. */
function freeOf({ id, free, unit }: PriceSpec, known: PriceEntry | undefined): FreeAllowance | null {
  if (free === 'none') return null;
  const before = known?.free ?? null;
  if (free !== 'as-before') return { allowance: id, kind: 'quantity', weight: '1', ...before, ...free };
  const isSameUnit = unitParts(unit)?.baseUnitsPerUnit === known?.baseUnitsPerUnit;
  return before && (isSameUnit || before.kind === 'credit') ? before : before && inUnit(before, unit, known!);
}

/** The same allowance counted in another unit of the same thing. */
function inUnit(free: FreeAllowance, unit: string, { baseUnitsPerUnit }: PriceEntry): FreeAllowance {
  const parts = unitParts(unit);
  if (!parts) return free;
  const amount = Fraction.of(free.amount)
    .times(Fraction.of(baseUnitsPerUnit))
    .over(Fraction.of(parts.baseUnitsPerUnit));
  return { ...free, amount: amount.toDecimal(20) };
}

function nearTo(id: string): string {
  return `${suggest(id, priceIds())}; ids of your own begin with ${ownPrefix}`;
}
