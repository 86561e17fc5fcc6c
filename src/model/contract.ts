/**
 * The model: what the engine executes. One platform of a scenario with every name bound, every default and preset
 * filled in, every unit fixed. Immutable; the engine never sees a scenario, a price or a preset's name.
 *
 * Times are microseconds (samplers' samples too), rates per second, memory MB of 2^20 bytes, CPU vCPUs, shares in
 * [0, 1]. `Infinity` stands for "no limit". Services, databases and node pools are named by their place in the lists.
 */
import type { Scaler } from '../autoscaling/contract.js';
import type { Balancer, NodeScore } from '../balancing/contract.js';
import type {
  BreakerRule,
  DisruptionBudget,
  HealthPolicy,
  OutlierRule,
  RestartRule,
  RetryBudget,
} from '../healing/contract.js';
import type { Sampler } from '../random/contract.js';
import type { Rollout } from '../rollout/contract.js';
import type { ArrivalPlan, ClosedPlan } from '../workload/contract.js';

export interface Model {
  /** Names the platform's own random streams; not part of any visitor's draws. */
  readonly platformName: string;
  readonly seed: string;
  /** Measured is [warmupUs, warmupUs + durationUs). */
  readonly warmupUs: number;
  readonly durationUs: number;
  readonly windowUs: number;
  readonly traffic: readonly TrafficModel[];
  readonly services: readonly ServiceModel[];
  readonly databases: readonly DatabaseModel[];
  /** Left out: there are none. */
  readonly queues?: readonly QueueModel[];
  readonly nodePools: readonly NodePoolModel[];
  readonly faults: readonly FaultModel[];
  readonly releases: readonly ReleaseModel[];
  /** Requests in flight over all services at once, for platforms with an account limit. */
  readonly accountConcurrency: number;
  /** Events, and what is alive at once, at which a run is stopped. */
  readonly eventLimit: number;
  readonly limits?: { readonly alive?: number; readonly instances?: number };
}

export interface TrafficModel {
  readonly name: string;
  readonly entries: readonly EntryModel[];
  readonly arrivals: ArrivalPlan | (ClosedPlan & { readonly think: Sampler });
  readonly timeout: TimeoutModel | null;
  readonly retries: RetryModel | null;
  /** Each way between the visitor and the entry. */
  readonly client: Sampler;
  /** False: served and billed, but left out of success, latency and cost per million. */
  readonly isCounted: boolean;
  /** How many customers share the requests, and the Zipf exponent; null: every visitor is his own. */
  readonly keys: { readonly count: number; readonly zipf: number } | null;
}

export interface EntryModel {
  readonly service: number;
  readonly operation: number;
}

export interface TimeoutModel {
  readonly after: Sampler;
  /** Counts only until the first step starts. */
  readonly isWhileQueued: boolean;
  /** Stops the work behind it and gives everything back. */
  readonly cancels: boolean;
}

export interface RetryModel {
  /** Tries after the first. */
  readonly attempts: number;
  readonly backoffUs: number;
  /** Share by which a back-off varies, [0, 1]. */
  readonly jitter: number;
}

export interface ServiceModel {
  readonly name: string;
  readonly operations: readonly OperationModel[];
  /** What its instances compute with (the limit), and what the scheduler and the scaler divide by (the request). */
  readonly vCpu: number;
  readonly vCpuRequest: number;
  readonly memoryMb: number;
  readonly memoryRequestMb: number;
  /** Share of the memory in use, for scalers on memory. */
  readonly memoryUsedMb: number;
  /** What a process takes of its memory; left out: never more than there is. */
  readonly memoryUse?: MemoryUseModel;
  /** What its first requests cost; left out: no more than later ones. */
  readonly warming?: WarmingModel;
  readonly concurrency: number;
  readonly queueLimit: number;
  /** Connections one instance keeps to each database. */
  readonly poolSize: number;
  readonly start: StartModel;
  readonly drain: DrainModel;
  readonly restart: RestartRule;
  /** Probes; left out: nobody asks. */
  readonly health?: HealthPolicy;
  /** How long until callers learn that an instance came or went. */
  readonly discoveryDelay: Sampler;
  /** Each way, for calls made to this service; `sends` take one way out. */
  readonly hopOut: Sampler;
  readonly hopBack: Sampler;
  /** Each way, instead of the hop, where caller and instance stand in two zones; left out: zones make no difference. */
  readonly betweenZones?: { readonly hopOut: Sampler; readonly hopBack: Sampler };
  readonly dispatch: BalancedModel | EnvironmentModel;
  /** The platform ends a span that runs longer on an instance; Infinity without such a limit. */
  readonly requestTimeoutUs: number;
  /** Retries of a plain `send` that fails (the platform's asynchronous invocation): waits before each; empty: lost. */
  readonly sendRetryWaitsUs: readonly number[];
  /** A plain `send` that is refused waits `firstUs`, then twice as long each time up to `mostUs`, `keptUs` in all. */
  readonly sendThrottle?: SendThrottleModel;
  /** Work behind a caller who left is never stopped here (Lambda). */
  readonly neverCancels: boolean;
  readonly zoneCount: number;
}

export interface SendThrottleModel {
  readonly firstUs: number;
  readonly mostUs: number;
  readonly keptUs: number;
}

/** `perRequestMb` for each request in service; `leakMbPerHour` since its start. Over the limit it is killed. */
export interface MemoryUseModel {
  readonly baseMb: number;
  readonly perRequestMb: number;
  readonly leakMbPerHour: number;
}

/** The first request of a process costs `factor` times the CPU; from the one after `requestCount` on, the usual. */
export interface WarmingModel {
  readonly factor: number;
  readonly requestCount: number;
}

/** From the decision to start until ready: placement + pull + runtime + application, or `whole` instead of all. */
export interface StartModel {
  readonly whole: Sampler | null;
  readonly placement: Sampler;
  /** Time to fetch the image where it isn't cached, as after a node's first; 0 where the others include it. */
  readonly pullUs: number;
  readonly runtime: Sampler;
  readonly application: Sampler;
  /** Runtime and application beyond this begin anew in the first request, all before in vain; left out: never. */
  readonly inVainAfterUs?: number;
}

export interface DrainModel {
  readonly preStopUs: number;
  readonly graceUs: number;
  readonly onTerm: 'stop-accepting' | 'finish' | 'die';
}

/** Replicas behind a balancer, each with a queue of its own. */
export interface BalancedModel {
  readonly kind: 'balanced';
  readonly balancer: Balancer;
  /** Weights of its instances by number, in turn; all 1 when left out. Not all 0. */
  readonly weights?: readonly number[];
  /** Left out: no instance is left alone for its errors. */
  readonly outlierDetection?: OutlierRule;
  readonly initialCount: number;
  readonly minCount: number;
  readonly maxCount: number;
  /** The largest wish wins; none: the count stays. */
  readonly scalers: readonly Scaler[];
  /** Nobody ready: a request starts one and waits; the last one goes after `idleTimeoutUs` without a request. */
  readonly wakesOnRequest: boolean;
  readonly idleTimeoutUs: number;
  /** Starts beyond `burst` at once are spread at `perSecond`; null without a limit. */
  readonly launchLimit: TokenBucketModel | null;
  readonly rollout: Rollout;
  /** Node pools its instances are placed on by request, in order; none where nodes are the provider's. */
  readonly nodePools: readonly number[];
  /** How many of its instances a node drain may take away at once; left out: any number. */
  readonly disruptionBudget?: DisruptionBudget;
  /** Pending instances of a higher priority are placed first, and may take the place of lower ones; 0 if left out. */
  readonly priority?: number;
  /** Instances go to the zone that has fewest of them; false if left out. */
  readonly spreadsZones?: boolean;
}

export interface TokenBucketModel {
  readonly burst: number;
  readonly perSecond: number;
}

export type PickRule = 'most-recently-used' | 'least-recently-used' | 'newest' | 'oldest' | 'random';

/** Requests start instances ("environments"); those that must wait form one FIFO queue for the service. */
export interface EnvironmentModel {
  readonly kind: 'environments';
  readonly pick: PickRule;
  /** From the end of the last request to removal, drawn for each idle spell. */
  readonly idleTimeout: Sampler;
  /** Started at clock 0 and kept however idle. */
  readonly provisionedCount: number;
  /** So many idle ones are always there, from clock 0 on (App Engine's minIdle); 0 without. */
  readonly minIdleCount: number;
  readonly maxCount: number;
  /** A request that finds no free slot starts an environment and is bound to it. False: only the scaler starts any. */
  readonly startsOnDemand: boolean;
  readonly startLimit: TokenBucketModel | null;
  /** How long a request waits that finds no slot and may start none: 0: it is refused at once; Infinity: for ever. */
  readonly overflowWaitUs: number;
  /** App Engine's pending queue; null elsewhere. */
  readonly pending: PendingModel | null;
  /** Wants a number of environments; null where requests alone decide. */
  readonly scaler: Scaler | null;
  /** How the number kept ready changes; left out where it is always `provisionedCount`. */
  readonly provisioning?: ProvisioningModel;
  /** Requests go to those kept ready while one of them has a free slot. */
  readonly isKeptFirst?: boolean;
  /** More idle ones than these go at once, the longest idle first; left out without such a limit. */
  readonly maxIdleCount?: number;
  /** Has capacity of its own (reserved concurrency): neither takes from the account's limit nor waits for it. */
  readonly isReserved?: boolean;
  /** Requests a second beyond which they are refused; left out without such a limit. */
  readonly requestLimit?: RequestLimitModel;
}

/** Environments kept ready, by the clock (in order of time) or by a target that one-minute datapoints follow. */
export type ProvisioningModel =
  | { readonly kind: 'schedule'; readonly changes: readonly { readonly atUs: number; readonly count: number }[] }
  | { readonly kind: 'target'; readonly scaler: Scaler; readonly minCount: number; readonly maxCount: number };

/** Shared: one limit for all services of the account that share it. */
export interface RequestLimitModel {
  readonly perSecond: number;
  readonly isShared: boolean;
}

export interface PendingModel {
  /**
   * Requests go to an instance with fewer in flight than this (maxConcurrent x targetThroughput), the fullest first …
   */
  readonly softSlots: number;
  /** … and whose CPU share over the last 10 s is below this. */
  readonly targetCpu: number;
  /** After so long a pending request takes any instance with room up to `concurrency`. */
  readonly minPendingUs: number;
  readonly maxPendingUs: number;
}

export interface OperationModel {
  readonly name: string;
  readonly steps: readonly StepModel[];
}

export type StepModel =
  | { readonly kind: 'cpu'; readonly work: Sampler }
  | { readonly kind: 'wait'; readonly time: Sampler }
  | { readonly kind: 'wait-trace' }
  | { readonly kind: 'query'; readonly database: number; readonly time: Sampler; readonly isWrite?: boolean }
  | {
      readonly kind: 'call';
      readonly service: number;
      readonly operation: number;
      readonly timeout: TimeoutModel | null;
      readonly retries: RetryModel | null;
      readonly isOptional: boolean;
      /** Left out: calls leave whatever happened before; every failure may be retried. */
      readonly breaker?: BreakerRule;
      readonly retryBudget?: RetryBudget;
    }
  /** `queue`: the message goes through it; left out: the platform delivers it at once. */
  | { readonly kind: 'send'; readonly service: number; readonly operation: number; readonly queue?: number }
  | { readonly kind: 'parallel'; readonly branches: readonly (readonly StepModel[])[] }
  | {
      readonly kind: 'choose';
      readonly branches: readonly { readonly chance: number; readonly steps: readonly StepModel[] }[];
    }
  | {
      readonly kind: 'repeat';
      readonly times: number | { readonly geometricMean: number };
      readonly steps: readonly StepModel[];
    }
  | { readonly kind: 'fail'; readonly chance: number };

export interface DatabaseModel {
  readonly name: string;
  readonly connections: number;
  readonly rejectsOverflow: boolean;
  /** Queries share these like an instance's CPU; Infinity: none waits for CPU. */
  readonly cores: number;
}

export interface QueueModel {
  readonly name: string;
  /** A receive takes so many messages at most, and waits so long for them from the first on. */
  readonly batchSize: number;
  readonly windowUs: number;
  /** From a receive until a message that is not done is back. */
  readonly visibilityUs: number;
  /** After so many receives it is dead instead. */
  readonly maxReceives: number;
  /** What is older is lost. */
  readonly retentionUs: number;
}

export interface NodePoolModel {
  readonly name: string;
  /** Allocatable, not capacity. */
  readonly vCpu: number;
  readonly memoryMb: number;
  readonly initialCount: number;
  readonly minCount: number;
  readonly maxCount: number;
  readonly boot: Sampler;
  /** Cluster autoscaler; null: the number of nodes is fixed. */
  readonly autoscaler: {
    readonly scanUs: number;
    readonly unneededUs: number;
    readonly delayAfterAddUs: number;
    /** A node whose requested share is below this may go. */
    readonly threshold: number;
  } | null;
  /** How much the scheduler likes a node where the instance fits: the best gets it. */
  readonly score: NodeScore;
  readonly zoneCount: number;
  /** Nodes whose instances fit elsewhere go soon (Karpenter); left out: the autoscaler's own rule. */
  readonly consolidation?: ConsolidationModel;
  /** The provider takes nodes back; left out: never. */
  readonly spot?: SpotModel;
  /** A node that is lost: until the control plane holds it for gone, and from then until its instances are replaced. */
  readonly lossNoticedUs: number;
  readonly evictionUs: number;
}

export interface ConsolidationModel {
  /** Or only empty nodes. */
  readonly includesUnderused: boolean;
  /** For so long nothing has come to a node or left it, before it may go. */
  readonly afterUs: number;
  /** So many nodes may be leaving at once: a count, or a share of them, rounded up. */
  readonly budget:
    | { readonly kind: 'count'; readonly count: number }
    | { readonly kind: 'share'; readonly share: number };
}

export interface SpotModel {
  /** From a node's readiness to the notice that it will be taken back; and from there until it is gone. */
  readonly untilNotice: Sampler;
  readonly noticeUs: number;
}

/** What strikes a service: its instances, or their answers. */
export type ServiceFaultModel = { readonly name: string; readonly service: number } & (
  | { readonly kind: 'crash'; readonly atUs: number; readonly count: number }
  | { readonly kind: 'hang'; readonly atUs: number; readonly forUs: number; readonly count: number }
  | { readonly kind: 'crash-at-random'; readonly mtbf: Sampler }
  /** `count`: so many instances only, the oldest; left out: all, and those to come. */
  | {
      readonly kind: 'slow';
      readonly atUs: number;
      readonly forUs: number;
      readonly factor: number;
      readonly count?: number;
    }
  | { readonly kind: 'error'; readonly atUs: number; readonly forUs: number; readonly chance: number }
);

/**
 * What strikes machines or databases, and through them whoever is there. Machines: the first `count` by age, or the
 * first `count` zones; where they are the provider's, a proportional share of every service's instances.
 */
export type PlaceFaultModel = {
  readonly name: string;
  readonly atUs: number;
  /** Services that it may strike, in order: all, or those that ask the database. */
  readonly services: readonly number[];
} & (
  | { readonly kind: 'lose-node'; readonly count: number }
  | { readonly kind: 'drain-node'; readonly forUs: number; readonly count: number }
  | { readonly kind: 'lose-zone'; readonly forUs: number; readonly count: number }
  | { readonly kind: 'slow-database'; readonly forUs: number; readonly database: number; readonly factor: number }
  | { readonly kind: 'lose-database'; readonly forUs: number; readonly database: number }
);

export type FaultModel = ServiceFaultModel | PlaceFaultModel;

export interface ReleaseModel {
  readonly name: string;
  readonly atUs: number;
  readonly service: number;
  readonly version: string;
  /** How the new version differs: factors on CPU work and memory, chance to fail, and its own start-up where given. */
  readonly cpuFactor: number;
  readonly memoryFactor: number;
  readonly failChance: number;
  readonly application: Sampler | null;
}
