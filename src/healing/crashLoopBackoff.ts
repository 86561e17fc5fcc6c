/**
 * Crash-loop back-off: an instance that dies restarts at once, then after ever longer waits, until it has run for long.
 *
 * Kubernetes keeps one entry per container, a delay and when it was last lengthened (client-go's Backoff); the kubelet
 * waits while less than the delay has passed since the container ended, then lengthens it. Both are here as pure steps,
 * in any one unit of time, and as the restart rule of a service. Held to client-go's own tests.
 */
import type { RestartDecision, RestartMemory, RestartRule } from './contract.js';

/** One entry of client-go's Backoff. */
export interface BackoffEntry {
  readonly delay: number;
  readonly lastUpdate: number;
}

export interface BackoffLimits {
  readonly initial: number;
  readonly max: number;
  /** An entry not lengthened for longer than this counts as new; client-go: 2 x max. */
  readonly resetAfter: number;
}

function isExpired(entry: BackoffEntry, at: number, { resetAfter }: BackoffLimits): boolean {
  return at - entry.lastUpdate > resetAfter;
}

/**
 * The entry after one more failure at `eventAt`, recorded at `now`: the initial delay when there is no entry or the old
 * one has expired by `eventAt`, else twice the delay, at most `max`.
 */
export function nextBackoff(
  entry: BackoffEntry | null,
  at: { readonly eventAt: number; readonly now: number },
  limits: BackoffLimits,
): BackoffEntry {
  const delay =
    entry === null || isExpired(entry, at.eventAt, limits) ? limits.initial : Math.min(entry.delay * 2, limits.max);
  return { delay, lastUpdate: at.now };
}

/**
 * Whether less than the delay has passed at `now` since the failure at `eventAt`; never without an entry or an expired
 * one.
 */
export function isInBackoffSince(
  entry: BackoffEntry | null,
  at: { readonly eventAt: number; readonly now: number },
  limits: BackoffLimits,
): boolean {
  if (entry === null || isExpired(entry, at.eventAt, limits)) return false;
  return at.now - at.eventAt < entry.delay;
}

/** Whether less than the delay has passed at `eventAt` since the entry was last lengthened. */
export function isInBackoffSinceUpdate(entry: BackoffEntry | null, eventAt: number, limits: BackoffLimits): boolean {
  if (entry === null || isExpired(entry, eventAt, limits)) return false;
  return eventAt - entry.lastUpdate < entry.delay;
}

/** How long a container that ended at `endedAt` stays down, and the entry from its restart on. */
export function waitAfterCrash(
  entry: BackoffEntry | null,
  endedAt: number,
  limits: BackoffLimits,
): { readonly wait: number; readonly entry: BackoffEntry } {
  const mustWait = entry !== null && !isExpired(entry, endedAt, limits);
  const wait = mustWait ? entry.delay : 0;
  return { wait, entry: nextBackoff(entry, { eventAt: endedAt, now: endedAt + wait }, limits) };
}

export interface CrashLoopOptions {
  /** The second wait (the first is none), and the longest; microseconds, > 0. */
  readonly backoffUs: number;
  readonly maxBackoffUs: number;
  /** A run longer than this since the last restart makes the next crash a first one; microseconds. */
  readonly resetAfterUs: number;
}

/** Kubernetes' own: 10 s, 5 min, and twice the longest wait. */
export const kubernetesCrashLoop: CrashLoopOptions = {
  backoffUs: 10_000_000,
  maxBackoffUs: 300_000_000,
  resetAfterUs: 600_000_000,
};

/** The restart rule with these options: waits of 0, backoffUs, twice that ... at most maxBackoffUs. */
export function crashLoopBackoff(options: CrashLoopOptions): RestartRule {
  const limits = { initial: options.backoffUs, max: options.maxBackoffUs, resetAfter: options.resetAfterUs };
  return {
    kind: 'crash-loop-backoff',
    source: 'kubernetes pkg/kubelet/kuberuntime doBackOff over client-go util/flowcontrol/backoff.go',
    afterCrash(_startedUs, nowUs, memory): RestartDecision {
      const before = memory === null ? null : { delay: memory.delayUs, lastUpdate: memory.lastUpdateUs };
      const { wait, entry } = waitAfterCrash(before, nowUs, limits);
      return { waitUs: wait, memory: rememberedOf(entry) };
    },
  };
}

function rememberedOf({ delay, lastUpdate }: BackoffEntry): RestartMemory {
  return { delayUs: delay, lastUpdateUs: lastUpdate };
}
