/**
 * Knative's autoscaler, the decision: stable and panic averages of a metric -> how many instances, and whether the
 * activator must stay in the path. Pure: what it remembers of panic and of delayed scale-downs goes in and comes out.
 *
 * Times are in any one unit. The steps before it (the averages) are in `kpaWindows.ts`, those after it (bounds, scaling
 * to zero) in `kpaApply.ts`. Held to Knative's autoscaler_test.go.
 */

export interface KpaSpec {
  /** The metric an instance should have, and the most it can have. */
  readonly targetValue: number;
  readonly totalValue: number;
  /** Burst to keep free without the activator; 0: never in the path, negative: always. */
  readonly targetBurstCapacity: number;
  /** Panic average / (target x instances) from which there is panic, in instances wanted per instance ready. */
  readonly panicThreshold: number;
  readonly maxScaleUpRate: number;
  readonly maxScaleDownRate: number;
  readonly stableWindow: number;
  /** From zero at least so many; 0 or 1: no such rule. */
  readonly activationScale: number;
  readonly isReachable: boolean;
}

/** The greatest count of each tick within the scale-down delay; null without a delay. */
interface DelayedCounts {
  readonly tick: number;
  readonly tickCount: number;
  readonly entries: readonly { readonly tickIndex: number; readonly count: number }[];
}

export interface KpaMemory {
  /** Since when there is panic; null in calm. */
  readonly panicSince: number | null;
  readonly maxPanicCount: number;
  readonly delayed: DelayedCounts | null;
}

/**
 * The memory of a new autoscaler: with more than one instance ready it starts in panic, since without a history it
 * would scale down. The delay is fixed here, in ticks of the autoscaler (2 s in Knative).
 */
export function kpaStart(
  readyCount: number,
  now: number,
  delay: { readonly scaleDownDelay: number; readonly tick: number },
): KpaMemory {
  const tickCount = Math.ceil(delay.scaleDownDelay / delay.tick);
  return {
    panicSince: readyCount > 1 ? now : null,
    maxPanicCount: readyCount,
    delayed: delay.scaleDownDelay > 0 ? { tick: delay.tick, tickCount, entries: [] } : null,
  };
}

export interface KpaView {
  readonly now: number;
  readonly readyCount: number;
  /** The metric over the whole service, averaged over the stable and over the panic window. */
  readonly stableValue: number;
  readonly panicValue: number;
}

export interface KpaDecision {
  readonly desiredCount: number;
  /** What the ready instances could take beyond the burst to keep free; negative: the activator must help. */
  readonly excessBurstCapacity: number;
  readonly memory: KpaMemory;
}

/** One tick of the autoscaler. Without metrics there is no tick: the caller keeps what it has. */
export function kpaScale(view: KpaView, memory: KpaMemory, spec: KpaSpec): KpaDecision {
  const readyCount = Math.max(1, view.readyCount);
  const stableWanted = Math.ceil(view.stableValue / spec.targetValue);
  const panicWanted = Math.ceil(view.panicValue / spec.targetValue);
  const stableCount = boundedCount(stableWanted, readyCount, spec);
  const panicCount = boundedCount(panicWanted, readyCount, spec);
  const isOver = panicWanted / readyCount >= spec.panicThreshold;
  const panic = nextPanic(view.now, isOver, memory, spec.stableWindow);
  const count = panic.panicSince === null ? stableCount : Math.max(stableCount, panicCount, panic.maxPanicCount);
  const maxPanicCount = panic.panicSince === null ? panic.maxPanicCount : count;
  const isDelayed = memory.delayed !== null && spec.isReachable;
  const delayed = isDelayed ? withCount(memory.delayed, view.now, count) : memory.delayed;
  return {
    desiredCount: isDelayed && delayed ? Math.max(...delayed.entries.map((entry) => entry.count)) : count,
    excessBurstCapacity: excessBurst(view, spec),
    memory: { panicSince: panic.panicSince, maxPanicCount, delayed },
  };
}

/** Within what the rates allow in one step; from zero at least the activation scale. */
function boundedCount(wanted: number, readyCount: number, spec: KpaSpec): number {
  const most = Math.ceil(spec.maxScaleUpRate * readyCount);
  const least = spec.isReachable ? Math.floor(readyCount / spec.maxScaleDownRate) : 0;
  const count = Math.min(Math.max(wanted, least), most);
  return spec.activationScale > 1 && wanted > 0 ? Math.max(count, spec.activationScale) : count;
}

/** Panic begins and is renewed while over the threshold, and ends when it has not been renewed for a stable window. */
function nextPanic(
  now: number,
  isOver: boolean,
  { panicSince, maxPanicCount }: KpaMemory,
  stableWindow: number,
): { readonly panicSince: number | null; readonly maxPanicCount: number } {
  if (isOver) return { panicSince: now, maxPanicCount };
  if (panicSince !== null && panicSince + stableWindow < now) return { panicSince: null, maxPanicCount: 0 };
  return { panicSince, maxPanicCount };
}

function withCount(delayed: DelayedCounts, now: number, count: number): DelayedCounts {
  const tickIndex = Math.floor(now / delayed.tick);
  const kept = delayed.entries.filter((entry) => entry.tickIndex > tickIndex - delayed.tickCount);
  const last = kept.at(-1);
  const entries =
    last?.tickIndex === tickIndex
      ? kept.with(-1, { tickIndex, count: Math.max(last.count, count) })
      : [...kept, { tickIndex, count }];
  return { ...delayed, entries };
}

function excessBurst({ readyCount, panicValue }: KpaView, { targetBurstCapacity, totalValue }: KpaSpec): number {
  if (targetBurstCapacity === 0) return 0;
  if (targetBurstCapacity < 0) return -1;
  return Math.floor(readyCount * totalValue - targetBurstCapacity - panicValue);
}
