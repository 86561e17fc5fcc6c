/**
 * What a run remembers of each service and database beyond their rows in the tables: lists, counts, the memories of
 * policies, and the platform's own streams of chance, one by purpose.
 */
import type { BalancerMemory } from '../balancing/contract.js';
import type { OutlierMemory, RestartMemory } from '../healing/contract.js';
import type {
  BalancedModel,
  EnvironmentModel,
  MemoryUseModel,
  Model,
  ServiceModel,
  StepModel,
  WarmingModel,
} from '../model/contract.js';
import type { Draws } from '../random/draws.js';
import { openStream } from '../random/streams.js';
import { FreeSlots } from './freeSlots.js';
import type { InstanceTable } from './instanceTable.js';
import { mayBeShort } from './nodeShares.js';
import { PickSet } from './pickSet.js';
import { Watches } from './probes.js';
import { Provisioning } from './provisioned.js';
import { RequestBucket } from './requestRates.js';
import { constantUs } from './sources.js';
import type { Split, VersionTally } from './versionSplit.js';

/** A rollout under way. */
export interface Release {
  readonly index: number;
  /** The version that is to stay; another one when the release is taken back by undoing it. */
  version: number;
  readonly previousVersion: number;
  readonly beganUs: number;
  lastProgressUs: number;
  availableCount: number;
  /** How many were wanted when the strategy was last asked. */
  desiredCount: number;
  /** Where the strategy stands, since when, and when it wants to be asked again. */
  stage: number;
  stageSinceUs: number;
  askDueUs: number;
  isAborted: boolean;
  /** What has been told of it. */
  isStalled: boolean;
  isDone: boolean;
}

/** How a version differs from the service as described. */
export interface Version {
  readonly cpuFactor: number;
  readonly memoryFactor: number;
  readonly failChance: number;
}

/** Running integrals at each of a scaler's ticks, for means over its windows: a ring. */
export interface SignalRing {
  readonly timesUs: Float64Array;
  readonly areasUs: Float64Array;
  readonly requests: Float64Array;
  /** vCPU-microseconds used by the whole service. */
  readonly cpuUsedUs: Float64Array;
  next: number;
}

export class ServiceState {
  readonly index: number;
  readonly spec: ServiceModel;
  readonly balanced: BalancedModel | null;
  readonly environments: EnvironmentModel | null;
  /** Whether every job has a vCPU, or its fixed share of one, to itself: then completions are known at the start. */
  readonly isDedicated: boolean;
  /** Hops out and back where they are constant, whole microseconds; NaN where they are drawn. */
  readonly hopOutUs: number;
  readonly hopBackUs: number;
  /** Slots of an instance; whether its balancer is told of loads. */
  readonly concurrency: number;
  readonly usesLoad: boolean;
  /** Whether its balancer learns from answers; whether anything of the service does. */
  readonly usesLatency: boolean;
  /** Whether its balancer asks for the caller's zone. */
  readonly usesZones: boolean;
  readonly watchesAnswers: boolean;
  readonly hasLimit: boolean;
  readonly mayBeCold: boolean;
  /**
   * Lanes of its constant delays, -1 without: hop out, hop back, the platform's limit, what it lets a request wait. Set
   * when the run opens.
   */
  outLane = -1;
  backLane = -1;
  limitLane = -1;
  overflowLane = -1;
  /** No fault and no release has touched it and no probe asks: every instance is as described, and nobody watches. */
  isPlain = true;
  /** What its processes take of their memory where that may be too much; what their first requests cost. Or null. */
  readonly memoryUse: MemoryUseModel | null;
  readonly warming: WarmingModel | null;
  balancer: BalancerMemory | null;
  readonly balancerDraws: Draws;
  readonly startDraws: Draws;
  readonly discoveryDraws: Draws;
  readonly faultDraws: Draws;
  readonly restartDraws: Draws;
  readonly idleDraws: Draws;
  /** Who is left alone for its errors; null without outlier detection. `isPanicking`: so many that nobody is. */
  readonly outliers: OutlierMemory | null;
  /** Instances whose probes are asked one by one; null where nobody asks after health. */
  readonly watches: Watches | null;
  isPanicking = false;
  isSweepArmed = false;
  /** Instances in order of creation. */
  firstInstance = -1;
  lastInstance = -1;
  createdCount = 0;
  /** Not gone: what counts against limits; of those starting (or waiting to); ready. */
  liveCount = 0;
  startingCount = 0;
  readyCount = 0;
  drainingCount = 0;
  desiredCount = 0;
  /** Requests that wait at the service itself, first in first out. */
  waitingHead = -1;
  waitingTail = -1;
  waitingCount = 0;
  /** Environments with a free slot: ready ones by the pick rule; starting ones, the oldest first. */
  readonly pick: PickSet | null;
  idleHead = -1;
  idleTail = -1;
  idleCount = 0;
  idleTicket = -1;
  /** Kept although their own idle time is over, for the platform keeps some. */
  overdueCount = 0;
  startingSlotsHead = -1;
  startingSlotsTail = -1;
  /** Environments kept ready, where their number changes. */
  readonly provisioning: Provisioning | null;
  /** 1 where its requests count against the account's limit, 0 where it has capacity of its own. */
  readonly accountWeight: number;
  /** Replicas with a free slot, where somebody hands work only to those: an activator, a consumer of queues. */
  freeSlots: FreeSlots | null;
  /** The lines of queues whose messages are for it; null where none is. */
  inbox: number[] | null = null;
  /** All who come are visitors of direct sources (`directSources.ts`): its lines hold their visits, not spans. */
  direct = false;
  /** Instances ready and kept from the requests; how many there are to be. Null where nothing prewarms. */
  readonly prewarmed: { readonly rows: Set<number>; wantedCount: number } | null;
  /** An activator stands in the path now: who finds no free slot waits there. Such a one may stand there at all. */
  holdsRequests: boolean;
  readonly holdsInSlots: boolean;
  /** Requests a second that are let in; the account's own is set when the run opens. */
  requestBucket: RequestBucket | null;
  /** Tokens for starts. */
  tokens = 0;
  tokensAtUs = 0;
  tokenTicket = -1;
  readonly launchQueue: number[] = [];
  lastRequestUs = 0;
  lastLeftUs = 0;
  /** The versions so far; new instances run the last one. */
  readonly versions: Version[] = [{ cpuFactor: 1, memoryFactor: 1, failChance: 0 }];
  readonly applicationStarts: (import('../random/contract.js').Sampler | null)[] = [null];
  version = 0;
  release: Release | null = null;
  /** The last version that a release has brought everywhere. */
  stableVersion = 0;
  /** Requests go to the versions by share; what becomes of those to the new one is counted. Null: nothing of that. */
  split: Split | null = null;
  newTally: VersionTally | null = null;
  readonly splitDraws: Draws;
  /** Faults in force that last, by their place in the model, and what they make together. */
  readonly faults = new Set<number>();
  errorChance = 0;
  slowness = 1;
  /** Scalers: what each remembers and wished last; ticks run only while they have something to decide. */
  readonly scalerMemories: unknown[];
  readonly scalerWishes: number[];
  readonly scalerTickets: number[];
  readonly rings: SignalRing[];
  secondTicket = -1;
  readonly minuteCpu: (number | null)[] = [];
  readonly minuteRequests: (number | null)[] = [];
  /** Totals at the last whole minute: CPU used and ready, requests, instance time. */
  minuteMark = { atUs: 0, usedUs: 0, readyUs: 0, requests: 0, instanceUs: 0 };
  arrivedCount = 0;
  readonly restartMemories = new Map<number, RestartMemory | null>();
  /** When `waitEnds` is armed for the head of the waiting line (App Engine's pending latency). */
  waitTicket = -1;

  constructor(model: Model, index: number, replicationIndex: number, instances: InstanceTable) {
    const spec = model.services[index]!;
    this.index = index;
    this.spec = spec;
    this.balanced = spec.dispatch.kind === 'balanced' ? spec.dispatch : null;
    this.environments = spec.dispatch.kind === 'environments' ? spec.dispatch : null;
    this.isDedicated =
      spec.concurrency <= Math.max(1, Math.floor(spec.vCpu)) &&
      !spec.operations.some(({ steps }) => hasParallelWork(steps)) &&
      !mayBeShort(model, index) &&
      !model.faults.some((fault) => (fault.kind === 'slow' || fault.kind === 'hang') && fault.service === index);
    this.hopOutUs = constantUs(spec.hopOut);
    this.hopBackUs = constantUs(spec.hopBack);
    this.concurrency = spec.concurrency;
    this.usesLoad = this.balanced?.balancer.usesLoad === true;
    this.usesLatency = this.balanced?.balancer.usesLatency === true;
    this.usesZones = this.balanced?.balancer.usesZones === true;
    this.outliers = this.balanced?.outlierDetection?.start() ?? null;
    this.watches = spec.health ? new Watches() : null;
    this.memoryUse = spec.memoryUse ?? usualMemoryUse(model, index);
    this.warming = spec.warming ?? null;
    this.isPlain = !spec.health && this.memoryUse === null && this.warming === null;
    this.watchesAnswers = this.usesLatency || this.outliers !== null;
    this.hasLimit = spec.requestTimeoutUs !== Number.POSITIVE_INFINITY;
    this.balancer = this.balanced?.balancer.start() ?? null;
    const stream = (purpose: string): Draws =>
      openStream(model.seed, replicationIndex, model.platformName, spec.name, purpose);
    this.balancerDraws = stream('balancing');
    this.splitDraws = stream('split');
    this.startDraws = stream('start');
    this.discoveryDraws = stream('discovery');
    this.faultDraws = stream('faults');
    this.restartDraws = stream('restart');
    this.idleDraws = stream('idle');
    const { pick = null, isKeptFirst } = this.environments ?? {};
    this.pick = pick === null ? null : new PickSet(pick, instances, stream('pick'), isKeptFirst);
    const { provisioning, provisionedCount = 0, isReserved, requestLimit } = this.environments ?? {};
    this.provisioning = provisioning ? new Provisioning(provisioning, provisionedCount) : null;
    this.accountWeight = isReserved ? 0 : 1;
    const prewarms = this.balanced?.scalers.some((scaler) => scaler.prewarms) === true;
    this.prewarmed = prewarms ? { rows: new Set(), wantedCount: 0 } : null;
    this.holdsInSlots = this.balanced?.scalers.some(({ decidesOnWait }) => decidesOnWait) === true;
    this.holdsRequests = this.holdsInSlots;
    this.freeSlots = this.holdsInSlots ? new FreeSlots() : null;
    this.mayBeCold = this.environments !== null || this.balanced?.wakesOnRequest === true || this.holdsInSlots;
    this.requestBucket = requestLimit && !requestLimit.isShared ? new RequestBucket(requestLimit) : null;
    const limit = this.environments?.startLimit ?? this.balanced?.launchLimit ?? null;
    this.tokens = limit?.burst ?? 0;
    const scalers = this.balanced?.scalers ?? (this.environments?.scaler ? [this.environments.scaler] : []);
    this.scalerMemories = scalers.map(({ start }) => start);
    this.scalerWishes = scalers.map(() => -1);
    this.scalerTickets = scalers.map(() => -1);
    this.rings = scalers.map(({ windowsUs, everyUs }) => {
      const size = windowsUs.length === 0 ? 2 : Math.ceil(Math.max(...windowsUs) / everyUs) + 2;
      return {
        timesUs: new Float64Array(size),
        areasUs: new Float64Array(size),
        requests: new Float64Array(size),
        cpuUsedUs: new Float64Array(size),
        next: 0,
      };
    });
  }

  /** The messages of `line` are for this service. */
  consumes(line: number): void {
    this.inbox ??= [];
    this.inbox.push(line);
    if (this.balanced) this.freeSlots ??= new FreeSlots();
  }
}

/** A process keeps to its base, and no version of it outgrows its memory: nothing to watch. */
function usualMemoryUse({ services, releases }: Model, service: number): MemoryUseModel | null {
  const mayGrow = releases.some((release) => release.service === service && release.memoryFactor > 1);
  return mayGrow ? { baseMb: services[service]!.memoryUsedMb, perRequestMb: 0, leakMbPerHour: 0 } : null;
}

/** Whether some `cpu` step stands in a `parallel`: two of one span may then compute at once. */
function hasParallelWork(steps: readonly StepModel[], isInside = false): boolean {
  return steps.some((step) => {
    if (step.kind === 'cpu') return isInside;
    if (step.kind === 'parallel') return step.branches.some((branch) => hasParallelWork(branch, true));
    if (step.kind === 'choose') return step.branches.some(({ steps: inner }) => hasParallelWork(inner, isInside));
    if (step.kind === 'repeat') return hasParallelWork(step.steps, isInside);
    return false;
  });
}

export class DatabaseState {
  readonly index: number;
  /** The row whose cores queries share, or -1 where none waits for a core. */
  readonly machine: number;
  /** Faults in force, by their place in the model, and what they make together. */
  readonly faults = new Set<number>();
  slowness = 1;
  isLost = false;
  connectionsInUse = 0;
  waitingHead = -1;
  waitingTail = -1;

  constructor(index: number, machine: number) {
    this.index = index;
    this.machine = machine;
  }
}
