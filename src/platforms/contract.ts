/**
 * What a platform preset is: data. Every figure of a provider carries where it is from and how sure it is; a preset
 * chooses policies by name and gives them parameters, and holds no behaviour. What the rules mean (`sizes`, `reserve`)
 * is read by `src/model`. One preset a file beside this one, one line each in `registry.ts`.
 *
 * Units stand in the names; memory is in MB of 2^20 bytes, CPU in vCPUs, `Infinity` is "no limit".
 */
import type { Bills, IdleRule, InvoicePart, Steps, Watched } from '../billing/contract.js';
import type { DistributionSpec } from '../random/contract.js';

/** How sure a figure is: read in a stored public text; from public data files; reasoned from a source; from memory. */
export type FigureStatus = 'verified' | 'measured' | 'inferred' | 'estimated' | 'recalled';

/** A value with its provenance. `source` is a key of `tables/sources.ts`. */
export interface Figure<Value> {
  readonly value: Value;
  readonly source: string;
  readonly status: FigureStatus;
  readonly note?: string;
}

/** Writes a figure on one line. */
export function figure<Value>(value: Value, source: string, status: FigureStatus, note?: string): Figure<Value> {
  return note === undefined ? { value, source, status } : { value, source, status, note };
}

/** One size on a provider's price list. `concurrency`: the default that goes with this size, where it has one. */
export interface SoldSize {
  readonly name: string;
  readonly vCpu: number;
  readonly memoryMb: number;
  readonly concurrency?: number;
  /** Only where the provider scales, or only where the user does (App Engine's F and B classes). */
  readonly scaling?: 'automatic' | 'by-hand';
}

/** Sizes on a grid: every vCPU step with every memory step. `concurrencyLimit`: forced by so small a CPU. */
export interface SizeGrid {
  readonly vCpuMin: number;
  readonly vCpuMax: number;
  readonly vCpuStep: number;
  readonly memoryMinMb: number;
  readonly memoryMaxMb: number;
  readonly memoryStepMb: number;
  readonly concurrencyLimit?: number;
}

/** Which sizes of instance are sold. */
export type SizeRule =
  /** Any CPU and memory. */
  | { readonly kind: 'free'; readonly defaultVCpu: number; readonly defaultMemoryMb: number }
  /** Memory in steps; the CPU share follows it up to a maximum. */
  | {
      readonly kind: 'memory-steps';
      readonly minMb: number;
      readonly maxMb: number;
      readonly stepMb: number;
      readonly mbPerVCpu: number;
      readonly maxVCpu: number;
      readonly defaultMb: number;
    }
  /** A list, the smallest first. `cpuFollowsMemory`: a need of CPU plays no part in the choice. */
  | {
      readonly kind: 'list';
      readonly cpuFollowsMemory: boolean;
      readonly defaultName: string;
      /** Where sizes differ by who scales: the one taken where the user does. */
      readonly defaultByHand?: string;
      readonly sizes: readonly SoldSize[];
    }
  | {
      readonly kind: 'grid';
      readonly defaultVCpu: number;
      readonly defaultMemoryMb: number;
      readonly grids: readonly SizeGrid[];
    };

/** Which table of cold starts answers for a language; the names are those of `tables/coldStarts.ts`. */
export type ColdStartTable =
  | 'aws-lambda'
  | 'azure-functions-consumption'
  | 'azure-functions-premium'
  | 'google-cloud-functions-gen1'
  | 'google-app-engine-standard';

/** From the decision to start an instance until it is ready, without the application's own start-up. */
export interface StartFigures {
  /** Finding room and making the sandbox; where the table is client-observed, 0: the table holds it. */
  readonly placement: Figure<DistributionSpec>;
  /** Megabytes (10^6) of image fetched and unpacked a second; `Infinity`: the platform's figures include it. */
  readonly imageMbPerSecond: Figure<number>;
  readonly table: ColdStartTable | null;
  /** Without a row for the language. */
  readonly runtime: Figure<DistributionSpec>;
  /** Runtime and application may take so long before the first request; longer, and they begin anew within it. */
  readonly initLimitMs?: Figure<number>;
  /** Resuming from a snapshot instead of starting runtime and application; left out where it is not sold. */
  readonly snapStart?: Figure<{ readonly languages: readonly string[]; readonly restore: DistributionSpec }>;
}

/** At most `burst` starts at once, then `perSecond`. */
export interface BucketFigures {
  readonly burst: number;
  readonly perSecond: number;
}

/** A scaler as a scenario would write it: its name and options in base units (microseconds, shares). */
export interface ScalerChoice {
  readonly kind: string;
  readonly options: Readonly<Record<string, number>>;
}

/** Replicas behind a balancer, each with its own queue. */
export interface BalancedFigures {
  readonly kind: 'balanced';
  readonly balancer: 'random' | 'round-robin';
  readonly replicas: Figure<{ readonly min: number; readonly max: number }>;
  /** The most the platform runs of one service. */
  readonly maxInstances: Figure<number>;
  /** What scales where the scenario says nothing; null: nothing does. */
  readonly scaler: Figure<ScalerChoice> | null;
  readonly wakeOnRequest: Figure<boolean>;
  /** After `wakeOnRequest`, from the last request until the last instance goes. */
  readonly idleTimeoutMs: Figure<number>;
  readonly launchLimit: Figure<BucketFigures> | null;
  /** The fewest that may be asked for; left out where none is allowed too. */
  readonly leastInstances?: Figure<number>;
  /** The most that may be kept there however idle; left out where that is as many as may run. */
  readonly mostKept?: Figure<number>;
  /** `scale: {manual: N}` is one of its own ways of scaling; false when left out. */
  readonly scalesByHand?: boolean;
  /** How a release rolls without a word; left out where Kubernetes' own defaults hold. */
  readonly rolling?: Figure<{ readonly maxSurge: string | number; readonly maxUnavailable: string | number }>;
}

/** Requests start instances. */
export interface EnvironmentFigures {
  readonly kind: 'environments';
  /** How many there may be without a word … */
  readonly maxInstances: Figure<number>;
  /** … and with one; left out where `maxInstances` can be raised at will, or is the account's. */
  readonly mostInstances?: Figure<number>;
  readonly provisioned: Figure<number>;
  readonly idleTimeoutMs: Figure<number>;
  /** Name of the measured curve in `tables/idleReclaim.ts` that `idleTimeout: measured` draws from. */
  readonly measuredIdle: 'aws-lambda' | 'azure-functions-consumption' | 'google-cloud-functions-gen1' | null;
  readonly startsOnDemand: boolean;
  readonly startLimit: Figure<BucketFigures> | null;
  /** 0: refused at once; `Infinity`: waits for ever. */
  readonly overflowWaitMs: Figure<number>;
  readonly scaler: Figure<ScalerChoice> | null;
  readonly accountConcurrency: Figure<number> | null;
  /** Capacity can be set aside for a service, all but so much of the account's; left out where it is not sold. */
  readonly unreservedLeast?: Figure<number>;
  /** Requests go to instances kept ready while one has a free slot; left out where they are like any other. */
  readonly keptFirst?: Figure<boolean>;
  /** Requests a second let in for each unit of the concurrency limit; left out without such a limit. */
  readonly requestsPerSlot?: Figure<number>;
  /** Instances kept ready may follow a target or the clock, by this scaler; left out where their number is fixed. */
  readonly provisionedScaler?: Figure<string>;
  /** Scaling by the user's own words (App Engine's basic and manual); left out where there is none. */
  readonly byHand?: { readonly idleTimeoutMs: Figure<number>; readonly requestTimeoutMs: Figure<number> };
  /** What an instance computes with while it holds no request; left out where it is always all of it. */
  readonly cpuWhenIdle?: Figure<'throttled'>;
}

/** What the system keeps of a node: allocatable = capacity - reserve. Read by `src/model/nodeReserve.ts`. */
export interface NodeReserve {
  /** Share of each successive core that is kept: [cores, share] from the first core on. */
  readonly cpuShares: readonly (readonly [number, number])[];
  /** Share of each successive piece of memory that is kept: [MB, share] from the first MB on. */
  readonly memoryShares: readonly (readonly [number, number])[];
  /** Kept for each pod the node may hold, and once. */
  readonly memoryPerPodMb: number;
  readonly memoryFixedMb: number;
  /** Pods a node may hold where its type doesn't say. */
  readonly podCount: number;
  /** The kubelet's hard eviction threshold. */
  readonly evictionMb: number;
}

/** The user's own nodes. */
export interface NodeFigures {
  /** The type that is taken when none is named: a name of `tables/nodeTypes.ts`, or a machine of the user's own. */
  readonly machine: Figure<string | { readonly vCpu: number; readonly memoryMb: number; readonly usdPerMonth: string }>;
  readonly count: Figure<number>;
  /** Which node types may be named: the price-book prefix; null: only machines with cpu, memory and price. */
  readonly typePrefix: string | null;
  readonly boot: Figure<DistributionSpec>;
  readonly reserve: Figure<NodeReserve>;
  readonly scanMs: Figure<number>;
  readonly unneededMs: Figure<number>;
  readonly delayAfterAddMs: Figure<number>;
  readonly threshold: Figure<number>;
}

/** A refused message waits `firstMs`, then twice as long each time up to `mostMs`, and is kept for `keptMs` in all. */
export interface SendThrottle {
  readonly firstMs: number;
  readonly mostMs: number;
  readonly keptMs: number;
}

/** How many base units of the price one metered piece or second counts. */
export type UnitsPer =
  | 'one'
  | 'vcpu'
  | 'memory-gb'
  /** Disk beyond what is included. */
  | 'ephemeral-gb'
  /** GHz of the size: its vCPUs x 2.4. */
  | 'ghz'
  /** What the process really takes, in steps and within limits, not what was chosen (Azure Consumption). */
  | 'observed-memory-gb'
  /** The provisioned instances' memory, all together. */
  | 'provisioned-memory-gb';

/** One line of the price list, before it is bound to a service. `model` writes a `Charge` from it. */
export interface ChargeFigure {
  readonly line: string;
  readonly part: InvoicePart;
  readonly bills: Bills;
  readonly idle: IdleRule;
  /** Price-book id; with `skuEndsInSize` the name of the size taken follows it. */
  readonly sku: string;
  readonly skuEndsInSize?: boolean;
  /** For every service that runs here, or once for the platform. */
  readonly each: 'service' | 'platform';
  /** Only for services with provisioned instances, or only for those on this processor. */
  readonly onlyProvisioned?: boolean;
  /** Only for services started from a snapshot, in one of these languages. */
  readonly onlySnapshotOf?: readonly string[];
  /** Only for services with more disk than is included. */
  readonly onlyEphemeral?: boolean;
  readonly onlyArch?: 'x86' | 'arm64';
  readonly per: UnitsPer;
  readonly meter:
    | { readonly kind: 'invocations'; readonly watched: Watched }
    | ({ readonly kind: 'invocation-time'; readonly watched: Watched; readonly billsStart: boolean } & Steps)
    | ({ readonly kind: 'active-time'; readonly watched: Watched; readonly billsStart: boolean } & Steps)
    | { readonly kind: 'idle-time'; readonly watched: Watched }
    | ({
        readonly kind: 'instance-time';
        readonly watched: Watched;
        readonly fromPhase: 'requested' | 'pulling' | 'starting';
      } & Steps)
    | { readonly kind: 'tail-time'; readonly tailMs: number }
    | { readonly kind: 'starts' }
    | { readonly kind: 'measured-time' };
  readonly source: string;
  readonly status: FigureStatus;
  readonly note?: string;
}

/** Everything a platform's user or provider decides; `yours` and `theirs` of a preset share these out. */
export const topics = [
  'servers',
  'operating system',
  'runtime',
  'scaling',
  'replicas',
  'health',
  'balancing',
  'roll-outs',
  'zones',
] as const;
export type Topic = (typeof topics)[number];

export type Provider = 'aws' | 'gcp' | 'azure' | 'own';
/** `azure-lb` is a preset's own: scenarios don't choose it. */
export type FrontDoor =
  | 'alb'
  | 'api-gateway-http'
  | 'api-gateway-rest'
  | 'function-url'
  | 'google-lb'
  | 'azure-lb'
  | 'none';

export interface Preset {
  /** As scenarios write it. */
  readonly name: string;
  readonly title: string;
  readonly provider: Provider;
  /** The region whose price book answers; null where nothing has a regional price. */
  readonly region: string | null;
  readonly sizes: Figure<SizeRule>;
  readonly concurrency: { readonly byDefault: Figure<number>; readonly limit: Figure<number> };
  readonly dispatch: BalancedFigures | EnvironmentFigures;
  readonly start: StartFigures;
  /** Between services, each way, where the platform differs from the language's default; null where it doesn't. */
  readonly hopMs: Figure<number> | null;
  readonly discoveryDelayMs: Figure<number>;
  readonly requestTimeoutMs: Figure<number>;
  /** False where nobody sees a process end by itself, so that only probes tell; left out: somebody does. */
  readonly isSupervised?: false;
  /** Waits before each retry of a message whose delivery failed; none: a failed message is lost. */
  readonly sendRetryWaitsMs: Figure<readonly number[]>;
  /** How a message that was refused is tried again; left out where it is lost. */
  readonly sendThrottle?: Figure<SendThrottle>;
  /** Work behind a caller who left is never stopped. */
  readonly neverCancels: Figure<boolean>;
  readonly zones: Figure<number>;
  readonly frontDoor: FrontDoor;
  readonly nodes: NodeFigures | null;
  /** What it is charged for besides its nodes, front door and databases. */
  readonly charges: readonly ChargeFigure[];
  /** Whether `provisioned` (minimum instances, always ready) is sold. */
  readonly sellsProvisioned: boolean;
  /** Disk of an instance's own: so much is included, more is sold in steps; left out where none is sold. */
  readonly ephemeral?: Figure<{ readonly includedMb: number; readonly mostMb: number; readonly stepMb: number }>;
  /** Processors sold: the first is taken. */
  readonly architectures: readonly ('x86' | 'arm64')[];
  readonly ownsServers: boolean;
  readonly yours: readonly Topic[];
  readonly theirs: readonly Topic[];
  /** What the course notes say of it. */
  readonly claimedLevel: 0 | 1 | 2 | null;
  /**
   * Where its provider says that it is serverless, and in which words: each was read there (the addresses as stored by
   * public archives in 2026). Null: the provider doesn't say so, or there is none.
   */
  readonly soldAsServerless: string | null;
}
