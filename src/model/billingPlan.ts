/**
 * What a platform is charged for: the preset's price list bound to the services that run on it, its nodes, front door,
 * transfer and databases, and how a month is made of the run. Amounts are `billing`'s; here are only who and how much
 * of.
 */
import type { BillingPlan, Charge, Decimal, Meter, OwnBook, OwnPrice } from '../billing/contract.js';
import {
  type ChargeList,
  databaseCharges,
  extraCharge,
  nodeCharge,
  type PriceChoice,
  queryCharge,
  queueCharges,
  type ServiceBytes,
  transferCharges,
  zoneCharges,
} from '../billing/platformCharges.js';
import { hasPrice } from '../billing/prices/registry.js';
import type { ChargeFigure, Preset } from '../platforms/contract.js';
import type { ExtraSpec, PlatformSpec } from '../scenario/choices.js';
import type { DatabaseSpec, QueueSpec, Scenario } from '../scenario/contract.js';
import { compileDiscounts } from './discounts.js';
import type { Findings } from './findings.js';
import { doorCharges } from './frontDoor.js';
import type { PoolTaken } from './nodes.js';
import { chosen, needed } from './place.js';
import { checkPriceIds, checkPrices, ownPriceIds, ownPriceOf, takeRegion } from './prices.js';
import type { ServiceTaken } from './services.js';
import { sourceBytes } from './sourceBytes.js';
import type { TakenList } from './taken.js';
import { calledServices } from './zones.js';

export interface BillingContext {
  readonly scenario: Scenario;
  readonly platform: PlatformSpec;
  readonly ownBook: OwnBook;
  readonly preset: Preset;
  readonly services: readonly ServiceTaken[];
  readonly pools: readonly PoolTaken[];
  readonly databases: readonly DatabaseSpec[];
  readonly findings: Findings;
  readonly taken: TakenList;
}

const hourUs = 3_600_000_000;
const ghzPerVCpu = 2.4;
/** Of a call and its answer, as of a visit: SCENARIO's default. */
const usualBytes = { inBytes: 1_000, outBytes: 4_000 };

export function compileBilling(context: BillingContext): BillingPlan {
  const { scenario, platform, ownBook, preset, findings, taken } = context;
  const region = takeRegion(platform, { preset, ownBook, findings, taken });
  checkPriceIds(platform, ownBook, findings);
  const lists: readonly ChargeList[] = [
    { charges: presetCharges(context), notBilled: [] },
    nodeCharges(context),
    doorCharges(context),
    transferOf(context),
    zoneTransferOf(context),
    ...context.databases.map((database) => billOfDatabase(database, context)),
    ...scenario.queues.map((queue) => billOfQueue(queue, context)),
    { charges: platform.extras.map(extraOf), notBilled: [] },
  ];
  const charges = lists.flatMap(({ charges }) => charges);
  const plan: BillingPlan = {
    provider: preset.provider,
    region: region.name,
    regionFactor: region.factor,
    charges,
    freeTier: platform.account?.freeTier ?? 'full',
    priceOverrides: platform.prices
      .filter(({ sku }) => hasPrice(sku, ownBook))
      .map(({ sku, priceUsd }) => ({ id: sku, usd: priceUsd })),
    ...(ownBook.length > 0 ? { ownBook } : {}),
    discounts: compileDiscounts(charges, platform, findings),
    month: {
      monthH: decimal(scenario.run.monthUs / hourUs),
      representsH: decimal(scenario.run.representsUs / hourUs),
      restShare: decimal(scenario.run.rest),
    },
    notBilled: [...new Set(lists.flatMap(({ notBilled }) => notBilled))],
  };
  checkPrices(plan, context);
  return plan;
}

/** Every preset that some service runs on, the platform's own first: each with its services. */
function presetCharges(context: BillingContext): Charge[] {
  const { preset, services } = context;
  const presets = [preset, ...services.map(({ place }) => place.preset)].filter(
    (each, at, all) => all.findIndex(({ name }) => name === each.name) === at,
  );
  return presets.flatMap((each) => {
    const own = services.filter(({ place }) => place.preset.name === each.name);
    return each.charges.flatMap((figure) =>
      figure.each === 'platform'
        ? [chargeOf(figure, null, context)].flat()
        : own.flatMap((service) => chargeOf(figure, service, context)),
    );
  });
}

function chargeOf(figure: ChargeFigure, service: ServiceTaken | null, { platform }: BillingContext): Charge[] {
  const provisioned = service ? provisionedCount(service) : 0;
  const isChanging = service !== null && changesProvisioned(service);
  if (figure.onlyProvisioned && provisioned === 0 && !isChanging) return [];
  if (figure.onlySnapshotOf && !(service && isRestored(service, figure.onlySnapshotOf))) return [];
  if (figure.onlyEphemeral && !service?.ephemeralMb) return [];
  if (figure.onlyArch && service?.arch !== figure.onlyArch) return [];
  const id = figure.skuEndsInSize && service ? `${figure.sku}${service.size.name}` : figure.sku;
  const price = priceOf(id, platform);
  if (!price) return [];
  return [
    {
      meter: isChanging && figure.per === 'provisioned-memory-gb' ? lifeOfKept(service) : meterOf(figure, service),
      unitsPer: unitsPer(figure, service, isChanging ? 1 : provisioned),
      ...price,
      part: figure.part,
      line: figure.line,
      bills: figure.bills,
      service: service?.model.name ?? '',
      idle: figure.idle,
    },
  ];
}

/** Starts from a snapshot, and is written in one of `languages`. */
function isRestored({ place }: ServiceTaken, languages: readonly string[]): boolean {
  const language = needed(place, 'language')?.value;
  return chosen(place, 'snapStart')?.value === true && language !== undefined && languages.includes(language);
}

/** The price book's price; of ids that are this product's own the scenario's, where it gives one; else null. */
function priceOf(id: string, platform: PlatformSpec): { readonly sku: string; readonly ownPrice?: OwnPrice } | null {
  const own = ownPriceIds.get(id);
  if (!own) return { sku: id };
  const given = platform.prices.find(({ sku }) => sku === id);
  return given ? { sku: id, ownPrice: { usd: given.priceUsd, ...own } } : null;
}

const provisionedCount = ({ model: { dispatch } }: ServiceTaken): number =>
  dispatch.kind === 'environments' ? dispatch.provisionedCount : 0;

const changesProvisioned = ({ model: { dispatch } }: ServiceTaken): boolean =>
  dispatch.kind === 'environments' && dispatch.provisioning !== undefined;

/** A changing number kept ready is paid for instance by instance, from when each was asked for. */
function lifeOfKept({ model: { name } }: ServiceTaken): Meter {
  const steps = { granularityMs: 1, minimumMs: 0 };
  return { kind: 'instance-time', service: name, watched: 'provisioned', fromPhase: 'requested', ...steps };
}

function meterOf({ meter }: ChargeFigure, service: ServiceTaken | null): Meter {
  if (meter.kind === 'measured-time') return meter;
  const name = service?.model.name ?? '';
  if (meter.kind === 'invocation-time')
    return { ...meter, service: name, startUnbilledUs: service?.startUnbilledUs ?? 0 };
  if (meter.kind === 'tail-time' && service) return { ...meter, service: name, ...keptIdle(meter.tailMs, service) };
  return { ...meter, service: name };
}

/** Where idle instances are kept they are paid for; when one goes after all, so much of its tail has been paid. */
function keptIdle(tailMs: number, { model: { dispatch } }: ServiceTaken) {
  if (dispatch.kind !== 'environments' || dispatch.minIdleCount === 0) return {};
  return { isKeptIdle: true, tailMs: Math.max(0, tailMs - dispatch.idleTimeout.mean / 1000) } as const;
}

function unitsPer({ per }: ChargeFigure, service: ServiceTaken | null, provisioned: number): Decimal {
  if (!service || per === 'one') return '1';
  const { vCpu, memoryMb, memoryUsedMb } = service.model;
  switch (per) {
    case 'vcpu':
      return decimal(vCpu);
    case 'ghz':
      return decimal(Number((vCpu * ghzPerVCpu).toFixed(6)));
    case 'memory-gb':
      return decimal(memoryMb / 1024);
    case 'ephemeral-gb':
      return decimal(service.ephemeralMb / 1024);
    case 'provisioned-memory-gb':
      return decimal((provisioned * memoryMb) / 1024);
    // Azure's Consumption plan: what the process takes, to the next 128 MB, from 128 to 1,536 MB.
    case 'observed-memory-gb':
      return decimal(Math.min(1536, Math.max(128, Math.ceil(memoryUsedMb / 128) * 128)) / 1024);
  }
}

/** A number as digits, without an exponent; twelve places are more than any size or share has. */
function decimal(value: number): Decimal {
  return value.toFixed(12).replace(/\.?0+$/, '');
}

function nodeCharges({ pools }: BillingContext): ChargeList {
  const notBilled: string[] = [];
  const charges = pools.map(({ sku, ownPrice, preset }, index) => {
    if (preset.name === 'kubernetes') notBilled.push('the machines of the control plane: three for availability');
    return nodeCharge(index, sku === null ? { ownPrice: ownPriceOf(ownPrice!, 'node') } : { sku });
  });
  return { charges, notBilled };
}

function extraOf({ line, amount, bills }: ExtraSpec): Charge {
  return extraCharge(line, ownPriceOf(amount, 'extra'), bills);
}

/** A provider bills what goes out to visitors; machines of one's own have a line that is paid anyway. */
function transferOf({ preset, scenario, pools }: BillingContext): ChargeList {
  const isOwn = preset.provider === 'own' || (preset.name === 'kubernetes' && pools.every(({ sku }) => sku === null));
  if (isOwn) return { charges: [], notBilled: [] };
  return transferCharges(transferSku(preset), sourceBytes(scenario));
}

/** Calls between zones, where zones make a difference: what a visit carries by default, unless `bytes` is written. */
function zoneTransferOf({ preset, services }: BillingContext): ChargeList {
  const called = calledServices(services.map(({ model }) => model));
  const crossed = services.filter(({ model }, index) => model.betweenZones !== undefined && called.has(index));
  const bytesOf = ({ place, model }: ServiceTaken): ServiceBytes => {
    const { inBytes, outBytes } = place.service.bytes ?? usualBytes;
    return { service: model.name, inBytes: Math.round(inBytes), outBytes: Math.round(outBytes) };
  };
  return zoneCharges(preset.provider, crossed.map(bytesOf));
}

/** Bytes sent to visitors: a price of the provider's network, and an own one of two Google products. */
function transferSku({ name, provider }: Preset): string | null {
  const ofProducts: Readonly<Record<string, string>> = {
    'cloud-functions': 'gcp.gcf1.egress',
    'app-engine-standard': 'gcp.gae.egress',
  };
  const ofNetworks: Readonly<Record<string, string>> = { aws: 'aws.egress', gcp: 'gcp.egress', azure: 'az.egress' };
  return ofProducts[name] ?? ofNetworks[provider] ?? null;
}

function billOfDatabase({ name, bill }: DatabaseSpec, { platform, ownBook, findings }: BillingContext): ChargeList {
  if (!bill) return databaseCharges(name, null);
  if (bill.kind === 'price') return databaseCharges(name, { ownPrice: ownPriceOf(bill.price, 'database') });
  const isHere = platform.databases.some((each) => each.name === name && each.bill !== undefined);
  const path = [...(isHere ? ['platforms', platform.name] : []), 'databases', name, 'bill'];
  if (bill.kind === 'sku') return databaseCharges(name, knownSku(bill.sku, { path, ownBook, findings }), ownBook);
  const lists = (['read', 'write'] as const).map((access): ChargeList => {
    const sku = access === 'read' ? bill.perReadSku : bill.perWriteSku;
    if (sku === undefined) return { charges: [], notBilled: [`queries of database ${name} that ${access}`] };
    const key = access === 'read' ? 'perRead' : 'perWrite';
    const price = knownSku(sku, { path: [...path, key], ownBook, findings });
    return { charges: price ? [queryCharge(name, price, access)] : [], notBilled: [] };
  });
  return { charges: lists.flatMap(({ charges }) => charges), notBilled: lists.flatMap(({ notBilled }) => notBilled) };
}

function billOfQueue({ name, bill }: QueueSpec, { ownBook, findings }: BillingContext): ChargeList {
  if (!bill) return queueCharges(name, null);
  if (bill.kind === 'price') return queueCharges(name, { ownPrice: ownPriceOf(bill.price, 'queue') });
  if (bill.kind !== 'sku') return queueCharges(name, null, ownBook, ': a queue has one price a request');
  return queueCharges(name, knownSku(bill.sku, { path: ['queues', name, 'bill'], ownBook, findings }), ownBook);
}

function knownSku(
  sku: string,
  { path, ownBook, findings }: Pick<BillingContext, 'ownBook' | 'findings'> & { readonly path: readonly string[] },
): PriceChoice | null {
  if (hasPrice(sku, ownBook)) return { sku };
  const message = `names no price: ${JSON.stringify(sku.slice(0, 60))}`;
  findings.error({ path, code: 'reference', message, hint: 'see `windtunnel prices list`, or write {price: $58/mo}' });
  return null;
}
