/**
 * What an autoscaler is: everything it may know, everything it may say. One rule a file beside this one, one line each
 * in `registry.ts`. It is a pure function (view, memory) -> (wanted count, memory, reason); the engine gathers what it
 * sees with the real pipeline's delays and applies what it wants within limits.
 */

/** One instance as the metrics pipeline shows it. Milli-vCPU and megabytes as the orchestrator counts them. */
export interface InstanceSignal {
  readonly phase: 'pending' | 'running' | 'failed';
  readonly isDeleted: boolean;
  readonly isReady: boolean;
  /** When it started, and when its readiness last changed; microseconds of simulated time. */
  readonly startedAtUs: number;
  readonly readyChangedAtUs: number;
  readonly cpuRequestMilli: number;
  /** Mean CPU use over the last full scrape interval; null when no scrape has seen it yet. */
  readonly cpuUsedMilli: number | null;
  readonly memoryRequestMb: number;
  readonly memoryUsedMb: number | null;
  /** When that scrape was taken, and over how long it averaged. */
  readonly sampledAtUs: number;
  readonly sampleWindowUs: number;
  /** Requests a second and requests in flight of this instance, means over the last 60 s. */
  readonly requestsPerSecond: number;
  readonly concurrencyMean: number;
}

/**
 * A service as its scaler sees it at `nowUs`. Counts are instances; shares are in [0, 1] and may exceed 1 under
 * overload.
 */
export interface ScalerView {
  readonly nowUs: number;
  /** What the scaler wanted last (or the start), between the limits. */
  readonly currentCount: number;
  readonly readyCount: number;
  readonly startingCount: number;
  readonly minCount: number;
  readonly maxCount: number;
  readonly instances: readonly InstanceSignal[];
  /**
   * One-minute datapoints, the oldest first, each known at its minute's end (`nowUs` included); null where there was
   * nothing to measure. At most 20. Requests are the number an instance got in that minute.
   */
  readonly cpuShareByMinute: readonly (number | null)[];
  readonly requestsPerInstanceByMinute: readonly (number | null)[];
  /**
   * Means over the scaler's own short and long windows (`windowsUs`) of requests in flight and of requests a second,
   * whole service.
   */
  readonly concurrencyMeans: readonly number[];
  readonly requestRateMeans: readonly number[];
  /** CPU in use over the same windows, whole service, in instances: 1.5 is one and a half instances' whole CPU. */
  readonly busyMeans: readonly number[];
  /** Requests waiting for a slot now, and for how long the oldest has waited. */
  readonly waitingCount: number;
  readonly oldestWaitUs: number;
  /** Mean CPU share over the last 10 s of the ready instances; null without one. */
  readonly cpuShareShort: number | null;
  /**
   * Messages for this service in its queues: waiting, and received but not done; how long the oldest has waited there.
   */
  readonly queuedCount: number;
  readonly receivedCount: number;
  readonly oldestMessageUs: number;
}

export interface ScalerDecision<Memory> {
  readonly wantedCount: number;
  /** A fixed phrase for the event log and the timeline: what limited or drove the decision. */
  readonly because: string;
  readonly memory: Memory;
  /**
   * Requests pass a place that holds them until an instance has a free slot (Knative's activator), from now on until a
   * decision says otherwise; left out: as before.
   */
  readonly holdsRequests?: boolean;
  /** So many of those wanted are ready and take no requests, until fewer are to; left out by who keeps none so. */
  readonly prewarmedCount?: number;
}

/** How a decision came about, for people: what was seen, what was computed from it, and what that alone asks for. */
export interface ScalerExplanation {
  readonly observed: string;
  readonly formula: string;
  /** What the formula asks for before limits; null where there was nothing to compute with. */
  readonly askedCount: number | null;
}

/** A scaler bound to its options, as a model carries it. */
export interface Scaler<Memory = unknown> {
  readonly kind: string;
  readonly source: string;
  /** Decisions are taken at offsetUs + k x everyUs, k = 0, 1, 2 … */
  readonly everyUs: number;
  readonly offsetUs: number;
  /** Where it looks at certain moments only, in order: these, and not at `offsetUs` + k x `everyUs`. */
  readonly momentsUs?: readonly number[];
  /** Takes a service to no instance at all and back by itself: whoever comes meanwhile is held until one is there. */
  readonly scalesToZero?: true;
  /** So many at clock 0 where that is more than the least. */
  readonly startCount?: number;
  /** Reads the messages waiting for the service in its queues. */
  readonly readsQueues?: true;
  /** A decision is taken at once, too, whenever a request begins to wait for a slot that no instance has free. */
  readonly decidesOnWait?: true;
  /** Its decisions say how many instances are prewarmed. */
  readonly prewarms?: true;
  /** Averaging windows behind the means of requests in flight, of rates and CPU, in us; empty when it reads none. */
  readonly windowsUs: readonly number[];
  readonly start: Memory;
  decide(view: ScalerView, memory: Memory): ScalerDecision<Memory>;
  /** The same look in words, before the decision's memory is kept. Only asked where somebody listens. */
  explain?(view: ScalerView, memory: Memory): ScalerExplanation;
}

/** How an option of a scaler is written in a scenario, and what its parsed value is. */
export type ScalerOptionUnit =
  /** `60%`: a number, 0.6. */
  | 'share'
  /** `15s`: microseconds. */
  | 'duration'
  /** `50/s`: a number per second. */
  | 'rate'
  /** A plain number; a whole number >= 0; true or false. */
  | 'number'
  | 'count'
  | 'flag'
  /**
   * Kubernetes' own object, passed on as it stands in the file: `{stabilizationWindowSeconds, selectPolicy,
   * policies}`.
   */
  | 'behavior'
  /** `70%` or 70: a number of per cent, may be above 100. */
  | 'percent'
  /** A number that may be below 0. */
  | 'signed'
  /** One word. */
  | 'word'
  /** `[{at: 8h, replicas: 10}]` as `ScheduledCount`s; `[{above: 70%, add: 2}]` as `ScalingStep`s. */
  | 'schedule'
  | 'steps'
  /** `{metric: requests, value: 500/s}` as a `ServiceMetricTarget`. */
  | 'service-metric';

export interface ScheduledCount {
  readonly atUs: number;
  readonly count: number;
}

/** Beyond the threshold (above it, or below) so many more, or fewer: a number of instances, or a share of them. */
export interface ScalingStep {
  readonly isAbove: boolean;
  readonly threshold: number;
  readonly change: { readonly by: 'count' | 'share'; readonly value: number };
}

/** A metric of the whole service and its target: as it is, or as each instance's share of it. */
export const serviceMetrics = ['requests', 'concurrency', 'messages', 'message-age'] as const;
export interface ServiceMetricTarget {
  readonly metric: (typeof serviceMetrics)[number];
  readonly target: 'value' | 'average';
  /** Requests a second, requests in flight, messages, seconds. */
  readonly amount: number;
}

/** A scaler bound to its options, or what is wrong with them; `option` is the guilty one, `path` leads on within it. */
export type MadeScaler =
  | { readonly ok: true; readonly value: Scaler }
  | {
      readonly ok: false;
      readonly fault: string;
      readonly option?: string;
      readonly path?: readonly (string | number)[];
    };

/** Options by name, units as `ScalerOptionUnit` says; missing ones take the real system's defaults. */
export type ScalerOptions = Readonly<Record<string, unknown>>;

/** A kind of scaler: what a scenario may write under its name, and how that becomes a scaler. */
export interface ScalerFamily {
  readonly kind: string;
  readonly options: Readonly<Record<string, ScalerOptionUnit>>;
  /** What is written instead of a mapping is the value of this option: `schedule: [...]`. */
  readonly bareOption?: string;
  /** Names are known and numbers finite and not negative when this is called; the rest is its own to check. */
  make(options: ScalerOptions): MadeScaler;
}
