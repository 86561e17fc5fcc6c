/**
 * The vocabulary of facts: what a run tells those who watch it. Recorders, meters and logs implement `Observer`; they
 * never steer. A method that is left out costs nothing. Facts are reused objects: read them, do not keep them.
 *
 * Times are whole microseconds from clock 0. Services, databases, sources are positions in the model's lists;
 * `instance` is a number unique over the run for its service's instances (0, 1, 2 … in order of creation).
 */

/** How a visitor's request, a span or a query ended. */
export const outcomes = { completed: 0, failed: 1, rejected: 2, timedOut: 3 } as const;
export const outcomeNames = ['completed', 'failed', 'rejected', 'timed_out'] as const;
export type Outcome = 0 | 1 | 2 | 3;

/** The frame of a run, told once before anything happens. */
export interface RunFrame {
  readonly sourceNames: readonly string[];
  readonly serviceNames: readonly string[];
  readonly databaseNames: readonly string[];
  /** Left out: there are none. */
  readonly queueNames?: readonly string[];
  /** The measured interval [fromUs, toUs): after the warm-up, to the end. */
  readonly fromUs: number;
  readonly toUs: number;
  readonly windowUs: number;
  readonly replicationIndex: number;
}

/** A visitor's request came to its end: last attempt's outcome, first attempt's start. Latency is endedUs - beganUs. */
export interface VisitorFact {
  source: number;
  outcome: Outcome;
  attemptCount: number;
  beganUs: number;
  endedUs: number;
  /** Whether it began inside the measured interval. */
  isMeasured: boolean;
  visitorNumber: number;
  /** Which of the source's customers he is, from 1; 0 or left out where every visitor is his own. */
  customer?: number;
  /** A small number that is his alone while he is inside (see `TraceFact`). */
  slot?: number;
}

/**
 * A span or a query came to its end, with all that is known of its way. Told only to those who ask for traces.
 *
 * Whoever called is named by `parentRow`: the span of the same visitor that is told next with that `row`; -1: the
 * visitor himself, or nobody who waits.
 */
export interface TraceFact {
  isQuery: boolean;
  /** The visitor's source, his number within it, and his slot. */
  source: number;
  visitorNumber: number;
  slot: number;
  /** Position of the service, or of the database. */
  target: number;
  /** Of a span: position of the operation within its service; -1. */
  operation: number;
  row: number;
  parentRow: number;
  /** Attempts made before this one, by whoever called. */
  attempt: number;
  instance: number;
  outcome: Outcome;
  coldKind: 0 | 1 | 2;
  beganUs: number;
  /** At the service; -1: it never arrived. A query arrives when it is asked. */
  arrivedUs: number;
  /** First step, or the connection that was got; -1: it never started. */
  startedUs: number;
  endedUs: number;
  /** From its first step to its end: time with no `cpu` step in progress, the answer's way home included. */
  waitingUs: number;
}

/** A span came to its end as its caller sees it (its hops included). */
export interface SpanFact {
  service: number;
  outcome: Outcome;
  /** The instance it was given to, or -1. */
  instance: number;
  beganUs: number;
  endedUs: number;
  /** From arrival at the service to the first step, or to leaving; -1 when it never waited anywhere (refused). */
  waitUs: number;
  /** 0 warm; 1 an environment was started for it; 2 it joined one still starting. */
  coldKind: 0 | 1 | 2;
  isMeasured: boolean;
}

/** Work on an instance ended: the slot was held from beganUs to endedUs. For meters that bill per invocation. */
export interface InvocationFact {
  service: number;
  instance: number;
  beganUs: number;
  endedUs: number;
  /** Environment start-up that this invocation caused and waited for, microseconds; 0 when warm. */
  startUs: number;
  /** Of [beganUs, endedUs]: time spent only waiting for calls, queries and `wait` steps, no CPU step in progress. */
  waitingUs: number;
  /** Whether the call began inside the measured interval. */
  isMeasured: boolean;
}

/** A query came to its end. */
export interface QueryFact {
  database: number;
  outcome: Outcome;
  beganUs: number;
  endedUs: number;
  waitUs: number;
  isMeasured: boolean;
}

/** What becomes of a message: received may happen often, retried is being back after it, withdrawn done after that. */
export type MessageKind = 'sent' | 'received' | 'done' | 'retried' | 'withdrawn' | 'dead' | 'lost';

export interface MessageFact {
  queue: number;
  kind: MessageKind;
  nowUs: number;
  /** Since it was sent. */
  ageUs: number;
  /** Whether it was sent inside the measured interval. */
  isMeasured: boolean;
}

/** What a queue is asked for, as providers bill it: a send each, a receive and a delete a batch. */
export type QueueRequest = 'send' | 'receive' | 'delete';

/** Phases of an instance's life, in order. `crashed` may come after any of starting, ready, draining. */
export const instancePhases = [
  'requested',
  'scheduled',
  'pulling',
  'starting',
  'ready',
  'draining',
  'gone',
  'crashed',
] as const;
export type InstancePhase = (typeof instancePhases)[number];

export interface InstanceFact {
  service: number;
  instance: number;
  phase: InstancePhase;
  nowUs: number;
  /** The node it lives on, or -1. */
  node: number;
  /** Which version of the service it runs: 0 before any release, then 1, 2 … */
  version: number;
  /** It was there at clock 0, provisioned or minimum: paid for whether used or not. */
  isProvisioned: boolean;
}

/** A node came or went. `booting` nodes are paid for but hold nothing yet. */
export interface NodeFact {
  pool: number;
  node: number;
  phase: 'booting' | 'ready' | 'gone';
  nowUs: number;
}

/** A scaler looked at a service of replicas or environments: what it saw, what it wanted, what became of it. */
export interface ScaleFact {
  nowUs: number;
  service: number;
  scaler: string;
  observed: string;
  formula: string;
  /** What the formula asks for before limits; null where there was nothing to compute with. */
  askedCount: number | null;
  /** What the scaler wants, and why that is not what the formula asks for (or which metric it is). */
  wantedCount: number;
  because: string;
  /** The number wanted before and after: the largest wish of all scalers, within the limits. */
  beforeCount: number;
  appliedCount: number;
}

/** Anything worth a line in events.csv. */
export interface NoteFact {
  nowUs: number;
  kind: string;
  /** -1 when it concerns no single service, or instance. */
  service: number;
  instance: number;
  detail: string;
}

/**
 * State of the run, integrated from clock 0 to nowUs: one slot per service, database or node pool. Areas are value x
 * microseconds.
 */
export interface StateView {
  nowUs: number;
  /** Requests in flight of each source (visitors inside). */
  readonly visitorsInside: Float64Array;
  readonly service: {
    readonly queueAreaUs: Float64Array;
    readonly inSystemAreaUs: Float64Array;
    /** Ready and draining instances; where requests start them: environments from the start of their cold start on. */
    readonly instanceAreaUs: Float64Array;
    /** Instances holding at least one span. */
    readonly busyAreaUs: Float64Array;
    /** vCPU-microseconds used, and available on ready instances. */
    readonly cpuUsedUs: Float64Array;
    readonly cpuReadyUs: Float64Array;
    /** The part of cpuUsedUs spent for callers who had left. */
    readonly cpuWastedUs: Float64Array;
    /** Time with at least one ready instance (where requests start instances: time in which it could answer). */
    readonly availableUs: Float64Array;
    readonly waitingNow: Float64Array;
    readonly inSystemNow: Float64Array;
    readonly instancesNow: Float64Array;
    readonly instancesMin: Float64Array;
    readonly instancesMax: Float64Array;
    readonly scaleOutCount: Float64Array;
    readonly scaleInCount: Float64Array;
    readonly restartCount: Float64Array;
    readonly replacementCount: Float64Array;
    readonly coldStartCount: Float64Array;
  };
  readonly database: {
    readonly queueAreaUs: Float64Array;
    readonly inSystemAreaUs: Float64Array;
    readonly connectionAreaUs: Float64Array;
    readonly connectionLimit: Float64Array;
  };
  /** One slot per node pool. */
  readonly pool: {
    readonly nodeAreaUs: Float64Array;
    readonly nodesNow: Float64Array;
    readonly nodesMax: Float64Array;
    /** vCPU-microseconds and megabyte-microseconds requested by instances, and allocatable. */
    readonly cpuRequestedAreaUs: Float64Array;
    readonly cpuAllocatableAreaUs: Float64Array;
  };
  /** Time with at least one ready instance of every entry service at once. */
  readonly entriesAvailable: Float64Array;
}

/** When a state is shown: where the warm-up ends (minima and maxima start anew), at each window's end, at the end. */
export type SampleMoment = 'measuring-begins' | 'window-ends' | 'run-ends';

export interface Observer {
  runStarted?(frame: RunFrame): void;
  /** Something of `byteIn` is on its way: once per attempt at an entry. */
  visitorArrived?(source: number, nowUs: number, isMeasured: boolean): void;
  /** A visitor, a span (before its hop), a query began: each once; each ends once or is in flight at the end. */
  visitorBegan?(source: number, nowUs: number, isMeasured: boolean): void;
  spanBegan?(service: number, nowUs: number, isMeasured: boolean): void;
  queryBegan?(database: number, nowUs: number, isMeasured: boolean, isWrite: boolean): void;
  visitorEnded?(fact: VisitorFact): void;
  spanEnded?(fact: SpanFact): void;
  invocationEnded?(fact: InvocationFact): void;
  queryEnded?(fact: QueryFact): void;
  traced?(fact: TraceFact): void;
  messageMoved?(fact: MessageFact): void;
  queueAsked?(queue: number, request: QueueRequest, nowUs: number, isMeasured: boolean): void;
  /**
   * A call of `service` (way 0) or its answer (1) sets out between two instances whose zones are known. Told only
   * where zones make a difference; `isMeasured` is that of the call.
   */
  zoneWayTaken?(service: number, way: 0 | 1, isAcross: boolean, isMeasured: boolean): void;
  instanceChanged?(fact: InstanceFact): void;
  /** An instance began to hold at least one span, or holds none any more. */
  instanceBusyChanged?(service: number, instance: number, isBusy: boolean, nowUs: number): void;
  nodeChanged?(fact: NodeFact): void;
  noted?(fact: NoteFact): void;
  scaled?(fact: ScaleFact): void;
  sampled?(state: StateView, moment: SampleMoment): void;
  /** In flight when the run ends, each once: `endedUs` is that moment, `outcome` means nothing, `waitUs` -1: waits. */
  visitorInFlight?(fact: VisitorFact): void;
  spanInFlight?(fact: SpanFact): void;
  queryInFlight?(fact: QueryFact): void;
  /**
   * Work in flight when the run ends, for nobody too: `endedUs` is that moment. What waits for an environment's start
   * is told as well: `beganUs` is that moment, `startUs` what of the start it caused is over.
   */
  invocationInFlight?(fact: InvocationFact): void;
  /** The run is over; clip what is still open at `frame.toUs`. */
  runEnded?(nowUs: number): void;
}
