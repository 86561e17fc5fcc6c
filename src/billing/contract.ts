/**
 * The words of the bill: plan, meters, usage, prices, invoice. All plain data: it survives `structuredClone` and
 * JSON.
 *
 * Its own file because `model` writes plans, `experiment` carries usage between threads and `report` prints invoices,
 * and none of them needs to know how a meter counts or how a tier is cut.
 *
 * Money and unit prices are decimal strings in USD ("0.0000166667"), never binary floats. Quantities are strings too:
 * whole numbers as metered ("1820000"), decimals as invoiced. Nothing is rounded before the invoice is written.
 */
import type { Observer } from '../observation/contract.js';

/** A decimal number as text: digits, an optional fraction, an optional leading minus, no exponent. */
export type Decimal = string;

/** What a line is part of; all but `compute` and `other` stand beside the compute platform. */
export const invoiceParts = ['compute', 'front-door', 'database', 'queue', 'transfer', 'storage', 'other'] as const;
export type InvoicePart = (typeof invoiceParts)[number];

/** Whether a line grows with what was asked of the platform, or with what stood ready. */
export type Bills = 'invocations' | 'instances';

/** The lines an invoice knows (`extras` may add names of their own). A second tier is named `compute#2`. */
export const lineNames = [
  'requests',
  'compute',
  'cpu',
  'memory',
  'instance-hours',
  'node-hours',
  'control-plane-hours',
  'load-balancer-hours',
  'load-balancer-units',
  'provisioned',
  'database-hours',
  'storage',
  'transfer',
  'unused-commitment',
] as const;

// ------------------------------------------------------------------------------------------------ what is measured

/**
 * Which instances a meter watches: all, those kept ready by choice (provisioned, minimum, always ready), or the
 * others.
 */
export type Watched = 'all' | 'provisioned' | 'on-demand';

/**
 * One way to measure, and of what. Times are measured in whole microseconds and counted in seconds by charges; the
 * other meters count pieces. Services and databases are named, node pools are positions in the model's list.
 *
 * - `invocations`: calls worked on (that began inside the measured time), those that go on at its end included.
 * - `invocation-time`: time of each such call, up to the end of the measured time, rounded up by itself if it is over
 *   by then; `billsStart` adds its cold start less `startUnbilledUs` before rounding.
 * - `active-time`: time with at least one call in progress, per instance, each spell rounded up; `billsStart` adds
 *   start-up.
 * - `idle-time`: time ready with no call in progress.
 * - `instance-time`: life of an instance, from `fromPhase` to its end.
 * - `tail-time`: life of an instance up to `tailMs` after its last call; a gap longer than that is not counted, unless
 *   idle instances are kept (`isKeptIdle`): then they are counted as long as they are there, and `tailMs` more.
 * - `node-time`: life of a node, from the start of its boot.
 * - `measured-time`: the measured time itself (control planes, balancers, databases, provisioned capacity).
 * - `visits`: attempts at entries (`arrived`) or completed visitors (`completed`), each weighing so much by its
 *   source (default 1).
 * - `visit-bytes`: bytes of attempts on their way in and of completed visitors on their way out, by source.
 * - `balancer-units`: load balancer capacity units x hours, the largest dimension of each hour; bytes by source.
 * - `queries`: queries to a database: all, or those that read, or those that write.
 * - `zone-bytes`: bytes that calls of a service (`inBytes` each) and their answers (`outBytes`) carry between zones,
 *   each counted once, or twice where both ends are billed.
 * - `starts`: instances whose start began inside the measured time.
 * - `queue-requests`: what a queue is asked for: a send a message, a receive and a delete a batch.
 */
export type Meter =
  | { readonly kind: 'invocations'; readonly service: string; readonly watched: Watched }
  | ({
      readonly kind: 'invocation-time';
      readonly service: string;
      readonly watched: Watched;
      readonly billsStart: boolean;
      readonly startUnbilledUs: number;
    } & Steps)
  | ({
      readonly kind: 'active-time';
      readonly service: string;
      readonly watched: Watched;
      readonly billsStart: boolean;
    } & Steps)
  | { readonly kind: 'idle-time'; readonly service: string; readonly watched: Watched }
  | ({
      readonly kind: 'instance-time';
      readonly service: string;
      readonly watched: Watched;
      readonly fromPhase: 'requested' | 'pulling' | 'starting';
    } & Steps)
  | { readonly kind: 'tail-time'; readonly service: string; readonly tailMs: number; readonly isKeptIdle?: true }
  | ({ readonly kind: 'node-time'; readonly pool: number } & Steps)
  | { readonly kind: 'measured-time' }
  | { readonly kind: 'visits'; readonly when: 'arrived' | 'completed'; readonly weights: readonly SourceWeight[] }
  | {
      readonly kind: 'balancer-units';
      readonly targets: 'instances' | 'lambda';
      readonly bytes: readonly SourceBytes[];
    }
  | { readonly kind: 'visit-bytes'; readonly bytes: readonly SourceBytes[] }
  | { readonly kind: 'queries'; readonly database: string; readonly access: 'any' | 'read' | 'write' }
  | { readonly kind: 'queue-requests'; readonly queue: string }
  | {
      readonly kind: 'zone-bytes';
      readonly service: string;
      readonly inBytes: number;
      readonly outBytes: number;
      readonly timesCounted: 1 | 2;
    }
  | { readonly kind: 'starts'; readonly service: string };

export type MeterKind = Meter['kind'];

/**
 * Rounding of one piece of time: up to a whole `granularityMs`, at least `minimumMs`. Both whole, granularity > 0.
 */
export interface Steps {
  readonly granularityMs: number;
  readonly minimumMs: number;
}

/** Whole number >= 0 of pieces (requests, bytes) one visit of this source counts. Sources not named weigh 1. */
export interface SourceWeight {
  readonly source: string;
  readonly weight: number;
}

export interface SourceBytes {
  readonly source: string;
  readonly inBytes: number;
  readonly outBytes: number;
}

// -------------------------------------------------------------------------------------------------------- the plan

/**
 * How much of an `instances` line paid for idling: `service` 1 - busy hours / instance hours of its service;
 * `platform` the same over all services (shared lines: control planes, front doors, databases); `nodes` 1 - requested
 * / allocatable CPU of the meter's pool; `whole` all of it; `none` nothing (every `invocations` line).
 */
export type IdleRule = 'service' | 'platform' | 'nodes' | 'whole' | 'none';

/** One thing the platform is charged for: what is measured, times how much, at which price, on which line. */
export interface Charge {
  readonly meter: Meter;
  /** Base units of the price per second (times) or per piece (counts): vCPUs, GB, instances … e.g. "0.25". */
  readonly unitsPer: Decimal;
  /** Price-book id, or '' with `ownPrice`. */
  readonly sku: string;
  /** A price of the scenario's own (a node at $210/mo, a database at $58/mo). */
  readonly ownPrice?: OwnPrice;
  readonly part: InvoicePart;
  readonly line: string;
  readonly bills: Bills;
  /** The service it is for, or '' where services share it. Databases' lines carry the database's name. */
  readonly service: string;
  readonly idle: IdleRule;
}

export interface OwnPrice {
  readonly usd: Decimal;
  /** `node-month`, `database-month`, … as printed. */
  readonly unit: string;
  /** Base units in one unit: "2628000" seconds for a month, "3600" for an hour, "1" for a piece. */
  readonly baseUnitsPerUnit: Decimal;
}

/** What one platform is charged for, and how a month of it is made. Written by `model`, one per platform. */
export interface BillingPlan {
  readonly provider: string;
  readonly region: string;
  /** Prices are those of `region` times this; "1" unless the region is only approximated (`{like, factor}`). */
  readonly regionFactor: Decimal;
  readonly charges: readonly Charge[];
  readonly freeTier: 'full' | 'none';
  readonly priceOverrides: readonly PriceOverride[];
  /** Prices of the user's own file: each stands for the price book's of the same id and region. Left out: none. */
  readonly ownBook?: OwnBook;
  /** In order: each covers what those before it left at the list price. Left out: none. */
  readonly discounts?: readonly Discount[];
  readonly month: MonthPlan;
  /** What runs but is not on the bill, as a reader should be told: `database movie-db`. */
  readonly notBilled: readonly string[];
}

/** So much off the price of some charges, for nothing in return or for a commitment that is paid used or not. */
export interface Discount {
  /** Share of the price, in [0, 1]. */
  readonly off: Decimal;
  /** Places in the plan's charges. */
  readonly charges: readonly number[];
  /** What is spent at the reduced price without question, per unit of time; null: everything covered is reduced. */
  readonly commitment: OwnPrice | null;
  /** What is said of it, as in `20% off aws.fargate.*`. */
  readonly title: string;
}

/** Replaces the price of one price-book entry, per unit of the book; tiers become this one price, allowances stay. */
export interface PriceOverride {
  readonly id: string;
  readonly usd: Decimal;
}

/** A month of `monthH` hours: `representsH` like the measured time, the rest at `restShare` of the traffic. */
export interface MonthPlan {
  readonly monthH: Decimal;
  readonly representsH: Decimal;
  readonly restShare: Decimal;
}

// ------------------------------------------------------------------------------------------------------- the usage

/**
 * What a meter set gathered in the measured time of one run. Add usages with `sumUsage`; scale them by `measuredUs`.
 */
export interface Usage {
  readonly measuredUs: string;
  /** In the order of the plan's charges. */
  readonly charges: readonly ChargeUsage[];
  /** Of each service, in the run's order: instance and busy time as `instance_hours` and `busy_hours` count them. */
  readonly activity: readonly Activity[];
  /** Per node pool: requested and allocatable CPU, in thousandths of a vCPU x microseconds. */
  readonly nodeActivity: readonly { readonly requested: string; readonly allocatable: string }[];
}

export interface ChargeUsage {
  /**
   * Whole number: microseconds for times, pieces for counts (`balancer-units`: 1/10,800,000,000,000 of a unit-hour).
   */
  readonly quantity: string;
  /**
   * Of the time behind it, microseconds: total before rounding, and spent only waiting for others; "0" where time is
   * not billed by invocation.
   */
  readonly workedUs: string;
  readonly waitingUs: string;
  /** Of the quantity, what a minimum charge added: billed and never there. Left out: nothing. */
  readonly minimumUs?: string;
}

export interface Activity {
  readonly service: string;
  readonly instanceUs: string;
  readonly busyUs: string;
}

/** A watcher of one run. Make one per run with `startMeters(plan)`, hand it to the engine, ask at the end. */
export interface MeterSet extends Observer {
  usage(): Usage;
  /** What has been used by `nowUs`, as if the run ended there; calls in flight are heard of from `tellWork`. */
  usageAt(nowUs: number, tellWork?: (observer: Observer) => void): Usage;
}

// ------------------------------------------------------------------------------------------------------ the prices

/** How sure a price is: read in (or dividing out of) its source; agreeing to the cents; from memory. */
export type PriceStatus = 'stored-source' | 'consistent' | 'recalled';

export interface PriceTier {
  /** In units of the price, cumulative; null: no end. */
  readonly upTo: Decimal | null;
  readonly usd: Decimal;
}

/** What an account gets for nothing. Entries with the same `allowance` share one. */
export interface FreeAllowance {
  readonly allowance: string;
  /** Units of the price (`quantity`), or US dollars (`credit`). */
  readonly kind: 'quantity' | 'credit';
  readonly amount: Decimal;
  /** A day's allowance counts 30.4 times in a month of 730 h. */
  readonly per: 'month' | 'day';
  /** How much of the allowance one unit takes: App Engine's class multiple; "1" elsewhere. */
  readonly weight: Decimal;
}

/** One price: an SKU in a region, in USD, graduated over the month (a plain price is one tier without end). */
export interface PriceEntry {
  readonly id: string;
  readonly provider: string;
  /** A region's name, or what the provider calls the group (`all`, `tier 1 regions`). */
  readonly region: string;
  readonly title: string;
  /** As the provider quotes it: `vCPU-hour`, `million requests`. */
  readonly unit: string;
  /** What meters and charges count: `vCPU-second`, `request`, and how many of it make one `unit`. */
  readonly baseUnit: string;
  readonly baseUnitsPerUnit: Decimal;
  readonly tiers: readonly PriceTier[];
  readonly free: FreeAllowance | null;
  /** As precise as known: `2026-07-20`, `2026`, `2018 or later`. */
  readonly asOf: string;
  readonly source: string;
  readonly status: PriceStatus;
  readonly note: string;
}

/** Where a price is looked for before the price book: what a price file says. */
export type OwnBook = readonly PriceEntry[];

export interface PriceBook {
  readonly currency: 'USD';
  readonly entries: readonly PriceEntry[];
}

// ----------------------------------------------------------------------------------------------------- the invoice

/**
 * One line. Quantities are in `unit` (the price book's); `quantityMonth` includes the free part `freeMonth`, so
 * amountMonthUsd = unitPriceUsd x (quantityMonth - freeMonth), less a credit where the allowance is one.
 * All quantities and amounts are means over the replications, kept to 12 decimals.
 */
export interface InvoiceLine {
  readonly service: string;
  readonly part: InvoicePart;
  readonly line: string;
  readonly sku: string;
  readonly bills: Bills;
  readonly unit: string;
  readonly unitPriceUsd: Decimal;
  readonly quantityRun: Decimal;
  readonly quantityMonth: Decimal;
  readonly freeMonth: Decimal;
  readonly amountRunUsd: Decimal;
  readonly amountMonthUsd: Decimal;
  /** Of amountMonthUsd: paid for capacity that did nothing; paid while waiting for others. */
  readonly idleMonthUsd: Decimal;
  readonly waitingMonthUsd: Decimal;
  /** Of amountMonthUsd, what minimum charges added: paid for time that never was. */
  readonly minimumMonthUsd: Decimal;
  /** Taken off by a credit in money, already out of amountMonthUsd; "0" elsewhere. */
  readonly creditMonthUsd: Decimal;
  /** What the month would cost without allowance or credit. */
  readonly grossMonthUsd: Decimal;
  readonly priceDate: string;
  /** `overridden` by the scenario, `approximated` from another region, `own` the scenario's own price. */
  readonly priceStatus: PriceStatus | 'overridden' | 'approximated' | 'own';
  readonly priceSource: string;
  /** What is already off the unit price, as in `20% off aws.fargate.*`; left out: nothing is. */
  readonly discount?: string;
}

/** The compute platform's own parts; the others are bought beside it, or are the user's own costs (`extras`). */
export const ownParts: readonly InvoicePart[] = ['compute', 'storage'];

/** Sums of lines. `own` leaves out what stands beside the compute platform (the serverless level looks at these). */
export interface InvoiceAmounts {
  readonly runUsd: Decimal;
  readonly monthUsd: Decimal;
  readonly idleMonthUsd: Decimal;
  readonly waitingMonthUsd: Decimal;
  readonly minimumMonthUsd: Decimal;
  /** Of the month: lines that bill instances, and lines that bill invocations. */
  readonly baselineMonthUsd: Decimal;
  readonly usageMonthUsd: Decimal;
  readonly ownRunUsd: Decimal;
}

export interface ServiceAmounts extends InvoiceAmounts {
  readonly service: string;
}

/** The bill of a platform. `total` is the exact sum of `lines`. */
export interface Invoice {
  readonly currency: 'USD';
  readonly provider: string;
  readonly region: string;
  readonly freeTier: 'full' | 'none';
  readonly month: MonthPlan;
  readonly lines: readonly InvoiceLine[];
  readonly total: InvoiceAmounts;
  /** In the order of first appearance on the lines; '' is what services share, databases among it. */
  readonly services: readonly ServiceAmounts[];
  /** One per replication, for intervals: the platform's sums and each service's, in the order of `services`. */
  readonly replications: readonly { readonly total: InvoiceAmounts; readonly services: readonly InvoiceAmounts[] }[];
  readonly notBilled: readonly string[];
  /** Titles of the discounts behind the lines' prices. */
  readonly discounts: readonly string[];
}

// --------------------------------------------------------------------------------------------- what this room does

/** `src/billing/meterSet.ts`: watches one run of a platform billed by `plan`. Names are bound when the run starts. */
export type StartMeters = (plan: BillingPlan) => MeterSet;

/**
 * `src/billing/invoice.ts`: prices the usage of all replications (at least one). `restUsages` are runs at the plan's
 * `restShare`, needed exactly when representsH < monthH; as many as `usages`, or their mean is taken.
 */
export type WriteInvoice = (
  plan: BillingPlan,
  usages: readonly Usage[],
  restUsages: readonly Usage[] | null,
) => Invoice;
