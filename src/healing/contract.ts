/**
 * What a restart rule is: how long a crashed instance stays down before it starts again. Pure: what must be remembered
 * goes in and comes out. Other healing rules (probes, ejection, breakers) have files of their own beside this one.
 */

/** What a restart rule remembers of one instance. */
/** How many of a service's ready instances may be taken away on purpose: by draining a node, not by accident. */
export interface DisruptionBudget {
  /**
   * @param desiredCount instances that the service should have
   * @param readyCount those that are ready
   * @returns whole, >= 0: so many may be evicted now
   */
  allowedCount(desiredCount: number, readyCount: number): number;
}

export interface RestartMemory {
  readonly delayUs: number;
  readonly lastUpdateUs: number;
}

export interface RestartDecision {
  /** How long to wait before the instance starts again; 0 is at once. */
  readonly waitUs: number;
  readonly memory: RestartMemory | null;
}

/** A restart rule bound to its options. `memory` is null before the first crash. */
export interface RestartRule {
  readonly kind: string;
  readonly source: string;
  /** Start-up is part of the wait: the instance is ready when it ends. Absent: start-up comes after the wait. */
  readonly coversStartUp?: true;
  /** The instance started at `startedUs` and died at `nowUs`. `draw` in [0, 1) for rules that use chance. */
  afterCrash(startedUs: number, nowUs: number, memory: RestartMemory | null, draw: number): RestartDecision;
}

/** Watches how a service's instances answer, and says which of them callers shall leave alone for a while. */
export interface OutlierRule {
  readonly kind: string;
  readonly source: string;
  /** How often `sweep` is to be asked, microseconds; at multiples of it from clock 0. */
  readonly intervalUs: number;
  start(): OutlierMemory;
}

export interface OutlierMemory {
  /** Those ejected now. While `isPanicking` callers take them all the same. */
  readonly ejected: ReadonlySet<number>;
  readonly isPanicking: boolean;
  /** Whether a sweep could change anything. */
  readonly needsSweeps: boolean;
  /** Callers have learnt of `instance`, and know nothing bad of it; callers have forgotten it. */
  joined(instance: number): void;
  left(instance: number): void;
  /** `instance` gave an answer, or none in time; true when that ejects it. */
  answered(instance: number, isError: boolean, nowUs: number): boolean;
  /** An interval has passed: those that come back. */
  sweep(nowUs: number): readonly number[];
}

/** What stands between a caller and a service it calls: a limit on calls under way, and a breaker for errors. */
export interface BreakerRule {
  readonly kind: string;
  readonly source: string;
  /** Calls under way at once; Infinity without a limit. */
  readonly maxRequests: number;
  /** Calls that may wait for a place among them. */
  readonly maxPending: number;
  start(): BreakerMemory;
}

/** One caller's breaker. */
export interface BreakerMemory {
  readonly phase: 'closed' | 'open' | 'half-open';
  /** Whether a call may leave now. When the time of an open breaker is over, the first one asked for is the trial. */
  admits(nowUs: number): boolean;
  /** A call that was admitted ended so. */
  answered(isError: boolean, nowUs: number): void;
  /** A call that was admitted will have no answer: its caller is no more, or has been cancelled. */
  brokenOff(): void;
}

/** How many of a caller's calls may be retries. */
export interface RetryBudget {
  readonly source: string;
  /** Whether one more may be, with `retryCount` retries (back-off included) among `callCount` calls under way. */
  allows(retryCount: number, callCount: number): boolean;
}

/** When an instance's health is asked, how long it may take to answer, how many alike count. As in Kubernetes. */
export interface ProbeRule {
  readonly initialDelayUs: number;
  readonly everyUs: number;
  readonly timeoutUs: number;
  readonly failureCount: number;
  readonly successCount: number;
}

/** What a running instance is asked. */
export type RunningProbe = 'readiness' | 'liveness';

/** What the answers to one probe of one instance have come to so far. */
export interface ProbeMemory {
  readonly state: 'success' | 'failure' | 'unknown';
  readonly lastResult: 'success' | 'failure' | null;
  /** How many results in a row have been `lastResult`. */
  readonly runCount: number;
  /** After a failure that restarts the instance nothing counts until the new one is there. */
  readonly isOnHold: boolean;
}

/** Readiness: whether callers shall know it. Liveness: whether it lives. Startup holds the other two back. */
export interface HealthRules {
  readonly startup?: ProbeRule;
  readonly readiness?: ProbeRule;
  readonly liveness?: ProbeRule;
}

/** How a service's instances are asked after their health. */
export interface HealthPolicy extends HealthRules {
  readonly source: string;
  /** Whether somebody sees a process die by itself; if not, only a probe tells. */
  readonly isSupervised: boolean;
  /** The memory of one that has answered all along. */
  healthy(kind: RunningProbe): ProbeMemory;
  answered(kind: RunningProbe, memory: ProbeMemory, isGood: boolean): ProbeMemory;
  /**
   * A container whose process can answer after `takesUs` has just started: how long until it is held for ready, or,
   * with `isDoomed`, until a probe has lost patience and it is killed.
   */
  startUp(takesUs: number): { readonly afterUs: number; readonly isDoomed: boolean };
}
