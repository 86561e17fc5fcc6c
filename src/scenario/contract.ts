/**
 * The checked scenario: what `parseScenario` returns and `model` compiles. Plain, readonly, cloneable data.
 *
 * Units: times are microseconds (`...Us`), rates per second, memory MB of 2^20 bytes, images and transfer bytes, CPU
 * vCPUs, shares [0, 1], money a decimal string in USD. What the user named (services, platforms, sources ...) stands in
 * ordered lists with a `name`: such names may be `__proto__`. A member that is left out was not written; what is a
 * plain default of the language (not of a preset) is already filled in and its comment says so.
 *
 * The mirror of the language page, key by key. The parts that platforms choose are in `choices.ts`.
 */
import type { DistributionSpec } from '../units/distributionSpec.js';
import type { PlatformSpec } from './choices.js';
import type { ReadFiles } from './files.js';
import type { Positions } from './positions.js';
import type { Tree } from './tree.js';

export interface Scenario {
  /** The file as given to `parseScenario`. */
  readonly file: string;
  /** As written; else the file's base name without its extension. */
  readonly name: string;
  readonly description: string;
  /** Any number or text, as text exactly as written; `1` when not written. */
  readonly seed: string;
  /** A factor on every source's rate; 1 when not written. */
  readonly load: number;
  readonly run: RunSpec;
  readonly traffic: readonly TrafficSpec[];
  readonly services: readonly ServiceSpec[];
  readonly databases: readonly DatabaseSpec[];
  readonly queues: readonly QueueSpec[];
  readonly network: NetworkSpec;
  /** In file order; empty when none is written. */
  readonly platforms: readonly PlatformSpec[];
  readonly faults: readonly FaultSpec[];
  readonly releases: readonly ReleaseSpec[];
  readonly objectives: readonly ObjectiveSpec[];
  /** Where every key and value stands: read with `positionOf` of `positions.ts`. */
  readonly positions: Positions;
  /** What `applyOverrides` checks again: the tree with all that it extends and all changes, and the files it names. */
  readonly source: { readonly tree: Tree; readonly files: ReadFiles };
  /** A price file laid over the price book, where one was given beside the scenario. */
  readonly priceFile?: PriceFileSpec;
}

/** A price file, right in its form; `positions` are of its own entries. */
export interface PriceFileSpec {
  readonly file: string;
  readonly positions: Positions;
  readonly currency?: string;
  readonly entries: readonly PriceSpec[];
}

export interface PriceSpec {
  readonly id: string;
  readonly unit: string;
  /** A day, a month or a year. */
  readonly asOf: string;
  /** Decimals; `upTo` cumulative, in the unit, null without end. Empty: no price was written. */
  readonly tiers: readonly { readonly upTo: string | null; readonly usd: string }[];
  readonly isPricedTwice: boolean;
  readonly free: 'none' | 'as-before' | { readonly amount: string; readonly per: 'month' | 'day' };
  readonly provider?: string;
  readonly region?: string;
  readonly currency?: string;
  readonly source?: string;
  readonly status?: 'stored-source' | 'consistent' | 'recalled';
  readonly title?: string;
  readonly note?: string;
}

/** All filled in. Measured is [warmupUs, warmupUs + durationUs). */
export interface RunSpec {
  readonly warmupUs: number;
  readonly durationUs: number;
  readonly replications: number;
  readonly confidence: number;
  readonly windowUs: number;
  /** What clock 0 is called; null when not written (clock 0 is then Monday 00:00 for `daily` and `weekly`). */
  readonly starts: ClockName | null;
  readonly monthUs: number;
  readonly representsUs: number;
  /** Whether `represents` was written (a profile that isn't periodic without it is warned about). */
  readonly isRepresentsGiven: boolean;
  readonly rest: number;
  /** At which a replication is stopped; what is left out is the program's own. */
  readonly limits?: RunLimits;
}

/** Events in all; visitors and spans alive at once, which is what memory follows; instances at once. */
export interface RunLimits {
  readonly events?: number;
  readonly alive?: number;
  readonly instances?: number;
}

/** `Fri 18:00`: weekday 0 is Monday, null when only a time of day was written. */
export interface ClockName {
  readonly weekday: number | null;
  readonly timeOfDayUs: number;
}

export interface OperationName {
  readonly service: string;
  readonly operation: string;
}

export interface TrafficSpec {
  readonly name: string;
  /** One with `pattern` null unless a log's rows choose; `else` has pattern null and stands last. All targets exist. */
  readonly entries: readonly EntrySpec[];
  readonly arrivals: ArrivalsSpec;
  readonly timeout: TimeoutSpec | null;
  readonly retries: RetriesSpec | null;
  /** Instead of `network.client`. */
  readonly client?: DistributionSpec;
  /** Defaults 1kB in, 4kB out. */
  readonly bytes: { readonly inBytes: number; readonly outBytes: number };
  readonly isCounted: boolean;
  /** 24 factors by hour, 7 by day from Monday; as written, not yet scaled to a mean of 1. */
  readonly daily: readonly number[] | null;
  readonly weekly: readonly number[] | null;
  readonly key: { readonly customers: number; readonly zipf: number } | null;
}

/** `"GET /api/movies*": movie.list`; the pattern as written. */
export interface EntrySpec {
  readonly pattern: string | null;
  readonly target: OperationName;
}

export type ArrivalsSpec =
  /** Exactly one of rate and profile. Profile points (time, rate) rising in time; periodUs null: its end rates hold. */
  | { readonly kind: 'poisson'; readonly ratePerSecond: number }
  | { readonly kind: 'poisson-profile'; readonly profile: readonly ProfilePoint[]; readonly periodUs: number | null }
  | { readonly kind: 'constant'; readonly ratePerSecond: number }
  | { readonly kind: 'renewal'; readonly gap: DistributionSpec }
  | {
      readonly kind: 'bursty';
      readonly states: readonly { readonly ratePerSecond: number; readonly lasts: DistributionSpec }[];
    }
  | { readonly kind: 'batch'; readonly every: DistributionSpec; readonly size: CountSpec }
  | { readonly kind: 'closed'; readonly users: number; readonly think: DistributionSpec }
  | TraceArrivalsSpec
  | { readonly kind: 'none' };

export interface ProfilePoint {
  readonly atUs: number;
  readonly ratePerSecond: number;
}

/** A whole number, or geometric on 1, 2, 3 … with that mean. */
export type CountSpec = number | { readonly geometricMean: number };

export interface TraceArrivalsSpec {
  readonly kind: 'trace';
  /** As the scenario wrote it, and the name to report its rows under. */
  readonly traceFile: string;
  readonly traceText: string;
  /** Null: by the first line. */
  readonly format: 'timestamps' | 'counts' | 'access-log' | 'azure-2019' | 'azure-2021' | null;
  readonly column: string | null;
  readonly speed: number;
  readonly repeats: boolean;
  readonly spread: 'even' | 'poisson';
}

export interface TimeoutSpec {
  readonly after: DistributionSpec;
  readonly isWhileQueued: boolean;
  readonly cancels: boolean;
}

/** Defaults filled in: backoff 100ms, jitter 0. Null where a source or call has none. */
export interface RetriesSpec {
  readonly attempts: number;
  readonly backoffUs: number;
  readonly jitter: number;
}

export interface ServiceSpec extends ServiceSizes {
  readonly name: string;
  readonly title?: string;
  readonly language?: Language;
  /** Of one call of it by another service, and of the answer. */
  readonly bytes?: { readonly inBytes: number; readonly outBytes: number };
  readonly imageBytes?: number;
  readonly memoryUse?: { readonly baseMb?: number; readonly perRequestMb?: number; readonly leakMbPerHour?: number };
  readonly warming?: { readonly factor: number; readonly requests: number };
  readonly operations: readonly { readonly name: string; readonly steps: readonly StepSpec[] }[];
}

export type Language = 'go' | 'java' | 'python' | 'javascript' | 'dotnet' | 'ruby' | 'rust' | 'php';

/** What `services` and `platforms` may both say of a service; in the first a need, in the second a choice. */
export interface ServiceSizes {
  /** `request` alone as written plainly; limit `Infinity` for `limit: none`. Both > 0. */
  readonly cpu?: { readonly requestVcpu: number; readonly limitVcpu: number };
  readonly memory?: { readonly requestMb: number; readonly limitMb: number };
  /** Whole, >= 1. */
  readonly concurrency?: number;
  /** Whole, >= 0. */
  readonly queue?: number;
  readonly pool?: number;
  readonly startup?: DistributionSpec;
}

export type StepSpec =
  | { readonly kind: 'cpu'; readonly work: DistributionSpec }
  | { readonly kind: 'wait'; readonly time: DistributionSpec }
  | { readonly kind: 'wait-trace' }
  /** `time` left out: the database's own `query`. */
  | {
      readonly kind: 'query';
      readonly database: string;
      readonly time?: DistributionSpec;
      /** It writes: databases that bill by demand have a price of its own for that. */
      readonly isWrite?: boolean;
    }
  | {
      readonly kind: 'call';
      readonly to: OperationName;
      readonly timeout: TimeoutSpec | null;
      readonly retries: RetriesSpec | null;
      readonly isOptional: boolean;
      readonly breaker?: BreakerSpec;
      readonly retryBudget?: number;
    }
  | { readonly kind: 'send'; readonly to: OperationName; readonly via?: string }
  /** Each branch is a list of steps. */
  | { readonly kind: 'parallel'; readonly branches: readonly (readonly StepSpec[])[] }
  | {
      readonly kind: 'choose';
      readonly branches: readonly { readonly chance: number; readonly steps: readonly StepSpec[] }[];
    }
  | { readonly kind: 'repeat'; readonly times: CountSpec; readonly steps: readonly StepSpec[] }
  | { readonly kind: 'fail'; readonly chance: number };

export interface BreakerSpec {
  readonly maxPending?: number;
  readonly maxRequests?: number;
  readonly errors?: number;
  readonly intervalUs?: number;
  readonly openUs?: number;
}

export interface DatabaseSpec {
  readonly name: string;
  readonly title?: string;
  /** Whole, >= 1; left out: unlimited. */
  readonly connections?: number;
  readonly rejectsOverflow?: boolean;
  readonly query?: DistributionSpec;
  readonly cores?: number;
  readonly bill?: BillSpec;
}

/** `$58/mo` is {amountUsd '58', perUs of 730 h}; ids are price-book ids, not yet looked up. */
export type BillSpec =
  | { readonly kind: 'price'; readonly price: MoneyPerTime }
  | { readonly kind: 'sku'; readonly sku: string }
  | { readonly kind: 'per-query'; readonly perReadSku?: string; readonly perWriteSku?: string };

export interface MoneyPerTime {
  readonly amountUsd: string;
  readonly perUs: number;
}

export interface QueueSpec {
  readonly name: string;
  readonly batch?: { readonly size: number; readonly windowUs: number };
  readonly visibilityUs?: number;
  readonly maxReceives?: number;
  readonly bill?: BillSpec;
}

export interface NetworkSpec {
  /** Each way, between services; out and back are the same distribution when one was written. */
  readonly hopOut?: DistributionSpec;
  readonly hopBack?: DistributionSpec;
  readonly client?: DistributionSpec;
  readonly crossZone?: DistributionSpec;
}

interface FaultHead {
  /** Platforms it is limited to; null: all. They exist. */
  readonly on: readonly string[] | null;
}
/** `service` may be `*`: every service. `forUs` is Infinity when not written: to the end of the run. */
export type FaultSpec = FaultHead &
  (
    | { readonly kind: 'crash'; readonly atUs: number; readonly service: string; readonly instances: number }
    | { readonly kind: 'crash-at-random'; readonly service: string; readonly mtbf: DistributionSpec }
    | {
        readonly kind: 'hang';
        readonly atUs: number;
        readonly forUs: number;
        readonly service: string;
        readonly instances: number;
      }
    | {
        readonly kind: 'slow';
        readonly atUs: number;
        readonly forUs: number;
        readonly service: string;
        readonly factor: number;
        /** So many of them; left out: all. */
        readonly instances?: number;
      }
    | {
        readonly kind: 'error';
        readonly atUs: number;
        readonly forUs: number;
        readonly service: string;
        readonly chance: number;
      }
    | { readonly kind: 'lose-node'; readonly atUs: number; readonly count: number }
    | { readonly kind: 'drain-node'; readonly atUs: number; readonly forUs: number; readonly count: number }
    | { readonly kind: 'lose-zone'; readonly atUs: number; readonly forUs: number; readonly count: number }
    | {
        readonly kind: 'slow-database';
        readonly atUs: number;
        readonly forUs: number;
        readonly database: string;
        readonly factor: number;
      }
    | { readonly kind: 'lose-database'; readonly atUs: number; readonly forUs: number; readonly database: string }
  );

/** How the new version differs from the old: factors (120% is 1.2), default 1; `failChance` default 0. */
export interface ReleaseSpec {
  readonly on: readonly string[] | null;
  readonly atUs: number;
  readonly service: string;
  readonly version: string;
  readonly cpuFactor: number;
  readonly memoryFactor: number;
  readonly failChance: number;
  readonly startup?: DistributionSpec;
}

/** `[scope.]metric op value[unit]`; that scope and metric exist is checked against the metric catalogue, not here. */
export interface ObjectiveSpec {
  /** As written, for reports. */
  readonly text: string;
  readonly scope: string | null;
  /** `within` for `within(800ms)`, then with `withinUs`; `withinText` is the duration as written. */
  readonly metric: string;
  readonly withinUs?: number;
  readonly withinText?: string;
  readonly op: '<' | '<=' | '>' | '>=' | '==' | '!=';
  readonly limit: ObjectiveLimit;
  /** Platforms it is limited to; null: all. They exist. */
  readonly on: readonly string[] | null;
  readonly fromUs?: number;
  /** Judged per window of so long, and must hold in this share of them. */
  readonly everyUs?: number;
  readonly inShare?: number;
  /** Against a stored baseline: how much worse it may be. */
  readonly regression?: number;
}

/** `value` in microseconds, [0, 1], USD, per second, MB of 2^20 or a bare number, as `kind` says; `text` as written. */
export interface ObjectiveLimit {
  readonly kind: 'duration' | 'share' | 'money' | 'rate' | 'size' | 'number';
  readonly value: number;
  readonly text: string;
}
