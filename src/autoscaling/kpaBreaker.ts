/**
 * Knative's breaker: what its queue proxy and activator hold requests with, up to a capacity and a queue behind it.
 *
 * Here with the autoscaler it belongs to: the activator's capacity is what that one has made ready. Pure: counts in,
 * counts and the answer out. Held to Knative's breaker_test.go.
 */

export interface BreakerMemory {
  readonly queueDepth: number;
  /** The greatest capacity there can be; the queue and it together are all the slots. */
  readonly maxConcurrency: number;
  readonly capacity: number;
  readonly runningCount: number;
  readonly queuedCount: number;
}

export type BreakerAnswer = 'running' | 'queued' | 'rejected' | 'refused';

export interface BreakerStep {
  readonly memory: BreakerMemory;
  readonly answer: BreakerAnswer;
}

/** An initial capacity outside [0, maxConcurrency] is not one; it throws. */
export function breakerStart(queueDepth: number, maxConcurrency: number, initialCapacity: number): BreakerMemory {
  if (initialCapacity < 0 || initialCapacity > maxConcurrency)
    throw new RangeError(`initialCapacity ${initialCapacity}`);
  return { queueDepth, maxConcurrency, capacity: initialCapacity, runningCount: 0, queuedCount: 0 };
}

function hasSlot({ queueDepth, maxConcurrency, runningCount, queuedCount }: BreakerMemory): boolean {
  return runningCount + queuedCount < queueDepth + maxConcurrency;
}

/** A request comes: it runs, waits, or is rejected when every slot is taken. */
export function breakerRequest(memory: BreakerMemory): BreakerStep {
  if (!hasSlot(memory)) return { memory, answer: 'rejected' };
  if (memory.runningCount < memory.capacity)
    return { memory: { ...memory, runningCount: memory.runningCount + 1 }, answer: 'running' };
  return { memory: { ...memory, queuedCount: memory.queuedCount + 1 }, answer: 'queued' };
}

/** A request that will not wait: it runs or is refused. */
export function breakerReserve(memory: BreakerMemory): BreakerStep {
  if (!hasSlot(memory) || memory.runningCount >= memory.capacity) return { memory, answer: 'refused' };
  return { memory: { ...memory, runningCount: memory.runningCount + 1 }, answer: 'running' };
}

/** A running request ends, and one that waits starts. Nothing changes when none is running. */
export function breakerFinish(memory: BreakerMemory): BreakerMemory {
  return memory.runningCount === 0 ? memory : filled({ ...memory, runningCount: memory.runningCount - 1 });
}

/** The capacity changes; beyond the greatest one it stays as it is. What runs already is let run. */
export function breakerCapacity(memory: BreakerMemory, capacity: number): BreakerMemory {
  return capacity < 0 || capacity > memory.maxConcurrency ? memory : filled({ ...memory, capacity });
}

function filled(memory: BreakerMemory): BreakerMemory {
  const startedCount = Math.max(0, Math.min(memory.queuedCount, memory.capacity - memory.runningCount));
  return {
    ...memory,
    runningCount: memory.runningCount + startedCount,
    queuedCount: memory.queuedCount - startedCount,
  };
}
