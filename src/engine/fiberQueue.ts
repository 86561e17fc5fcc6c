/**
 * First-in-first-out queues of fibers, linked through the fibers' own columns: joining, leaving from anywhere and
 * taking
 * the first are O(1) and allocate nothing. A queue is a head and a tail that its owner keeps; a fiber stands in at most
 * one queue at a time.
 */
import type { FiberTable } from './fibers.js';

/** Whoever keeps the two ends of a queue: a service's waiting line, a database's, a connection pool's. */
export interface QueueEnds {
  waitingHead: number;
  waitingTail: number;
}

export function joinQueue(fibers: FiberTable, ends: QueueEnds, fiber: number): void {
  const tail = ends.waitingTail;
  fibers.queueNext[fiber] = -1;
  fibers.queuePrevious[fiber] = tail;
  if (tail < 0) ends.waitingHead = fiber;
  else fibers.queueNext[tail] = fiber;
  ends.waitingTail = fiber;
}

export function leaveQueue(fibers: FiberTable, ends: QueueEnds, fiber: number): void {
  const next = fibers.queueNext[fiber]!;
  const previous = fibers.queuePrevious[fiber]!;
  if (previous < 0) ends.waitingHead = next;
  else fibers.queueNext[previous] = next;
  if (next < 0) ends.waitingTail = previous;
  else fibers.queuePrevious[next] = previous;
}
