/**
 * The checked scenario, second half: what a platform chooses. Same rules and units as `contract.ts`.
 *
 * Its own file because it is the part that the presets fill in. Names that are plug-ins (preset, balancer, scaler,
 * roll-out, front door, node type, region, class, price-book ids) are text here: `model` knows which exist, and reports
 * those that don't at `positionOf(scenario.positions, path)`.
 */
import type { DistributionSpec } from '../units/distributionSpec.js';
import type { BillSpec, DatabaseSpec, MoneyPerTime, NetworkSpec, ServiceSizes } from './contract.js';
import type { OptionValue } from './options.js';

export interface PlatformSpec {
  readonly name: string;
  readonly title?: string;
  /** Which preset; left out only when not written. */
  readonly preset?: string;
  readonly region?: { readonly name: string; readonly factor: number; readonly isLike: boolean };
  readonly nodes?: readonly NodePoolSpec[];
  readonly defaults: ServiceChoices;
  /** In file order; every name is one of the scenario's services. */
  readonly services: readonly (ServiceChoices & { readonly name: string })[];
  /** Only what differs; every name is one of the scenario's databases. */
  readonly databases: readonly DatabaseSpec[];
  readonly network: NetworkSpec;
  readonly frontDoor?: string;
  readonly account?: { readonly concurrency?: number; readonly freeTier?: 'full' | 'none' };
  readonly zones?: number;
  /** How the scheduler scores the nodes that an instance fits on. */
  readonly scheduler?: { readonly score: string };
  readonly prices: readonly { readonly sku: string; readonly priceUsd: string }[];
  readonly discounts: readonly DiscountSpec[];
  readonly extras: readonly ExtraSpec[];
}

/** A pool of nodes: either a `type` from the product's table or its own sizes. `name` is '' for the only one. */
export interface NodePoolSpec {
  readonly name: string;
  readonly type?: string;
  readonly vcpu?: number;
  readonly memoryMb?: number;
  readonly price?: MoneyPerTime;
  readonly boot?: DistributionSpec;
  readonly count?: CountRange;
  /** Nodes that the provider takes back, each after so long, `noticeUs` after it has said so. */
  readonly spot?: { readonly interruptions: DistributionSpec; readonly noticeUs?: number };
  readonly consolidation?: {
    readonly when?: 'empty' | 'empty-or-underutilized';
    readonly afterUs?: number;
    /** A number of nodes, or a share of them. */
    readonly budget?: OptionValue;
  };
}

/** Both ends included; max is Infinity for `2..`. */
export interface CountRange {
  readonly min: number;
  readonly max: number;
}

/** A plug-in and its options, which only its room can judge: read them with `readOptions`. */
export interface KindSpec {
  readonly kind: string;
  readonly options: OptionValue;
}

export interface ServiceChoices extends ServiceSizes {
  /** Per service on this platform, a preset other than the platform's own. */
  readonly preset?: string;
  /** `10` is {min: 10, max: 10}. */
  readonly replicas?: CountRange;
  /** In file order; [] for `scale: none`; left out when not written. */
  readonly scale?: readonly KindSpec[];
  readonly balancer?: string;
  /** By instance number, in turn; only of a balancer written with its weights. */
  readonly balancerWeights?: readonly number[];
  readonly slowStartUs?: number;
  readonly locality?: 'none' | 'prefer' | 'strict';
  readonly outlierDetection?: {
    readonly consecutiveErrors?: number;
    readonly intervalUs?: number;
    readonly baseEjectionUs?: number;
    readonly maxEjected?: number;
  };
  readonly health?: { readonly startup?: ProbeSpec; readonly readiness?: ProbeSpec; readonly liveness?: ProbeSpec };
  readonly restart?: RestartSpec;
  readonly drain?: {
    readonly preStopUs?: number;
    readonly graceUs?: number;
    readonly onTerm?: 'stop-accepting' | 'finish' | 'die';
  };
  readonly discovery?: { readonly delay: DistributionSpec };
  readonly rollout?: KindSpec;
  /** One of the two; a number of instances, or a share of the desired number. */
  readonly disruptionBudget?: { readonly minAvailable?: OptionValue; readonly maxUnavailable?: OptionValue };
  readonly priority?: number;
  readonly spread?: 'zones';
  readonly coldStart?: DistributionSpec;
  /** Microseconds, or the provider's measured curve. */
  readonly idleTimeout?: number | 'measured';
  readonly pick?: 'most-recently-used' | 'least-recently-used' | 'newest' | 'oldest' | 'random';
  readonly maxInstances?: number;
  readonly provisioned?: ProvisionedSpec;
  readonly reserved?: number;
  /** How long a request may wait when `maxInstances` are busy: 0 `reject`, Infinity `wait`. */
  readonly overflowWaitUs?: number;
  readonly wakeOnRequest?: boolean;
  readonly requestTimeoutUs?: number;
  readonly class?: string;
  readonly arch?: string;
  readonly snapStart?: boolean;
  readonly ephemeralStorageMb?: number;
}

export type RestartSpec =
  | {
      readonly kind: 'backoff';
      readonly backoffUs?: number;
      readonly maxBackoffUs?: number;
      readonly resetAfterUs?: number;
    }
  | { readonly kind: 'after'; readonly after: DistributionSpec };

export type ProvisionedSpec =
  | { readonly kind: 'fixed'; readonly count: number }
  | { readonly kind: 'target'; readonly target: number; readonly range: CountRange }
  | { readonly kind: 'schedule'; readonly schedule: readonly { readonly atUs: number; readonly count: number }[] };

export interface ProbeSpec {
  readonly initialDelayUs?: number;
  readonly everyUs?: number;
  readonly timeoutUs?: number;
  readonly failures?: number;
  readonly successes?: number;
}

export type DiscountSpec =
  | {
      readonly kind: 'off';
      readonly off: number;
      readonly covers: readonly string[];
      readonly commit?: MoneyPerTime;
    }
  | { readonly kind: 'spot'; readonly spot: number };

export interface ExtraSpec {
  readonly line: string;
  readonly amount: MoneyPerTime;
  readonly bills: 'instances' | 'invocations';
}

export type { BillSpec };
