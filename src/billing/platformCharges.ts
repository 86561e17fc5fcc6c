/**
 * Charges that no preset lists because the scenario brings them: nodes, front doors, transfer, databases, extras. Its
 * own file so that what each is metered by and which line it stands on is said once, beside the price book that names
 * it.
 */
import type { Bills, Charge, Meter, OwnBook, OwnPrice, SourceBytes } from './contract.js';
import { findPrice } from './prices/registry.js';

/** What is billed, and what is there without a price, as a reader should be told. */
export interface ChargeList {
  readonly charges: readonly Charge[];
  readonly notBilled: readonly string[];
}

/** A price-book id, or a price of the scenario's own. */
export type PriceChoice = { readonly sku: string } | { readonly ownPrice: OwnPrice };

/** What a scenario may choose … */
export const frontDoors = ['alb', 'api-gateway-http', 'api-gateway-rest', 'function-url', 'google-lb', 'none'] as const;
/** … and what a preset brings besides. */
export type FrontDoorName = (typeof frontDoors)[number] | 'azure-lb';

const measuredTime: Meter = { kind: 'measured-time' };
/** An HTTP API counts each started 512 KB as a request. Source: aws.amazon.com/api-gateway/pricing. */
const httpChunkBytes = 512 * 1024;

/**
 * A month's price of something that stands there all the time: `usd` for `perUs` microseconds.
 *
 * @param unit as printed: `node-month`, `database-month`
 * @param perUs whole microseconds, > 0; `$58/mo` is 730 h
 */
export function ownPricePerTime(usd: string, unit: string, perUs: number): OwnPrice {
  const text = perUs.toString().padStart(7, '0');
  const seconds = `${text.slice(0, -6)}.${text.slice(-6)}`.replace(/\.?0+$/, '');
  return { usd, unit, baseUnitsPerUnit: seconds };
}

/** A pool's nodes: second by second, at least a minute each. */
export function nodeCharge(pool: number, price: PriceChoice): Charge {
  const meter: Meter = { kind: 'node-time', pool, granularityMs: 1000, minimumMs: 60_000 };
  return {
    ...sold(price),
    meter,
    unitsPer: '1',
    part: 'compute',
    line: 'node-hours',
    ...standing('nodes'),
    service: '',
  };
}

/** What stands before the entries. @param sources bytes of one visit of each source */
export function frontDoorCharges(
  name: FrontDoorName,
  targets: 'instances' | 'lambda',
  sources: readonly SourceBytes[],
): ChargeList {
  const doors: Readonly<Record<FrontDoorName, () => ChargeList>> = {
    alb: () => billed(balancerCharges(targets, sources)),
    'api-gateway-http': () => billed([gatewayCharge('aws.apigw.http', httpWeights(sources))]),
    'api-gateway-rest': () => billed([gatewayCharge('aws.apigw.rest', [])]),
    'google-lb': () => billed(forwardingCharges('gcp.lb.rule', 'gcp.lb.data', sources)),
    'azure-lb': () => billed(forwardingCharges('az.lb.rule', 'az.lb.data', sources)),
    'function-url': () => billed([]),
    none: () => billed([]),
  };
  return doors[name]();
}

function balancerCharges(targets: 'instances' | 'lambda', bytes: readonly SourceBytes[]): Charge[] {
  const beside = { unitsPer: '1', part: 'front-door', service: '' } as const;
  return [
    { ...beside, meter: measuredTime, sku: 'aws.alb.hour', line: 'load-balancer-hours', ...standing('platform') },
    {
      ...beside,
      meter: { kind: 'balancer-units', targets, bytes },
      sku: 'aws.alb.lcu',
      line: 'load-balancer-units',
      ...byUse,
    },
  ];
}

/** A forwarding rule by the hour, and every byte it carries, whichever way (Google's, Azure's balancers). */
function forwardingCharges(ruleSku: string, dataSku: string, bytes: readonly SourceBytes[]): Charge[] {
  const beside = { unitsPer: '1', part: 'front-door', service: '' } as const;
  return [
    { ...beside, meter: measuredTime, sku: ruleSku, line: 'load-balancer-hours', ...standing('platform') },
    { ...beside, meter: { kind: 'visit-bytes', bytes }, sku: dataSku, line: 'load-balancer-units', ...byUse },
  ];
}

function gatewayCharge(sku: string, weights: readonly { readonly source: string; readonly weight: number }[]): Charge {
  const meter: Meter = { kind: 'visits', when: 'arrived', weights };
  return { meter, unitsPer: '1', sku, part: 'front-door', line: 'requests', ...byUse, service: '' };
}

function httpWeights(sources: readonly SourceBytes[]) {
  return sources.map(({ source, inBytes, outBytes }) => ({
    source,
    weight: Math.max(1, Math.ceil(Math.max(inBytes, outBytes) / httpChunkBytes)),
  }));
}

/**
 * Bytes sent out to visitors, where the provider has a price for them; completed visits alone send what they carry.
 */
export function transferCharges(sku: string | null, sources: readonly SourceBytes[]): ChargeList {
  if (sku === null) return { charges: [], notBilled: ['transfer out: the price book has no price for it'] };
  const weights = sources.map(({ source, outBytes }) => ({ source, weight: outBytes }));
  const meter: Meter = { kind: 'visits', when: 'completed', weights };
  return billed([{ meter, unitsPer: '1', sku, part: 'transfer', line: 'transfer', ...byUse, service: '' }]);
}

/**
 * Bytes between zones, a line a service called. AWS bills them where they leave and where they arrive, Google where
 * they leave; Azure does not bill them.
 */
export function zoneCharges(provider: string, services: readonly ServiceBytes[]): ChargeList {
  const rules: Readonly<Record<string, { readonly sku: string; readonly timesCounted: 1 | 2 } | undefined>> = {
    aws: { sku: 'aws.zone-transfer', timesCounted: 2 },
    gcp: { sku: 'gcp.zone-transfer', timesCounted: 1 },
  };
  const rule = rules[provider];
  if (!rule) return { charges: [], notBilled: [] };
  const { sku, timesCounted } = rule;
  return billed(
    services.map(({ service, inBytes, outBytes }) => ({
      meter: { kind: 'zone-bytes', service, inBytes, outBytes, timesCounted },
      unitsPer: '1',
      sku,
      part: 'transfer',
      line: 'transfer',
      ...byUse,
      service,
    })),
  );
}

/** Bytes of one call of a service, and of its answer. */
export interface ServiceBytes {
  readonly service: string;
  readonly inBytes: number;
  readonly outBytes: number;
}

/**
 * A database: by the hour, or where its price is per request unit, by query. Null: not billed, and the report says so.
 */
export function databaseCharges(database: string, price: PriceChoice | null, ownBook: OwnBook = []): ChargeList {
  if (!price) return { charges: [], notBilled: [`database ${database}`] };
  const own = { ...sold(price), unitsPer: '1', part: 'database', service: database } as const;
  const isByQuery = 'sku' in price && findPrice(price.sku, '', ownBook)?.baseUnit === 'request';
  if (isByQuery) return billed([queryCharge(database, price, 'any')]);
  return billed([{ ...own, meter: measuredTime, line: 'database-hours', ...standing('platform') }]);
}

/** Queries that read or that write (or any) at a price for each: a query is taken to use one request unit. */
export function queryCharge(database: string, price: PriceChoice, access: 'any' | 'read' | 'write'): Charge {
  const meter: Meter = { kind: 'queries', database, access };
  return {
    ...sold(price),
    meter,
    unitsPer: '1',
    part: 'database',
    line: 'requests',
    ...byUse,
    service: database,
  };
}

/** A queue: by the request, or where its price is for a time, by that. Null: not billed, and the report says so. */
export function queueCharges(queue: string, price: PriceChoice | null, ownBook: OwnBook = [], reason = ''): ChargeList {
  if (!price) return { charges: [], notBilled: [`queue ${queue}${reason}`] };
  const own = { ...sold(price), unitsPer: '1', part: 'queue', service: queue } as const;
  const isByRequest = 'sku' in price && findPrice(price.sku, '', ownBook)?.baseUnit === 'request';
  if (isByRequest) return billed([{ ...own, meter: { kind: 'queue-requests', queue }, line: 'requests', ...byUse }]);
  return billed([{ ...own, meter: measuredTime, line: 'queue-hours', ...standing('platform') }]);
}

/** What else the platform costs, as the scenario says: an amount for a time, whatever happens. */
export function extraCharge(line: string, ownPrice: OwnPrice, bills: Bills): Charge {
  const always = { meter: measuredTime, unitsPer: '1', sku: '', ownPrice, part: 'other', service: '' } as const;
  return { ...always, line, bills, idle: bills === 'instances' ? 'platform' : 'none' };
}

const byUse = { bills: 'invocations', idle: 'none' } as const;

function standing<Idle extends Charge['idle']>(idle: Idle): { readonly bills: 'instances'; readonly idle: Idle } {
  return { bills: 'instances', idle };
}

function sold(price: PriceChoice): { readonly sku: string; readonly ownPrice?: OwnPrice } {
  return 'sku' in price ? { sku: price.sku } : { sku: '', ownPrice: price.ownPrice };
}

function billed(charges: readonly Charge[]): ChargeList {
  return { charges, notBilled: [] };
}
