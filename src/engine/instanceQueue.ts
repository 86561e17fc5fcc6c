/**
 * The queue of one instance: spans that wait there for a slot, or for the environment that starts for them.
 */
import { fiberStates } from './fibers.js';
import type { RunState } from './state.js';

export const instanceQueue = {
  /** The span, present at the service, waits at instance `row`, last in line. */
  join(s: RunState, row: number, span: number): void {
    const { fibers, instances } = s;
    const tail = instances.queueTail[row]!;
    fibers.instance[span] = row;
    fibers.state[span] = fiberStates.queued;
    fibers.queueNext[span] = -1;
    fibers.queuePrevious[span] = tail;
    if (tail < 0) instances.queueHead[row] = span;
    else fibers.queueNext[tail] = span;
    instances.queueTail[row] = span;
    instances.queued[row]!++;
  },

  leave(s: RunState, row: number, span: number): void {
    const { fibers, instances } = s;
    const next = fibers.queueNext[span]!;
    const previous = fibers.queuePrevious[span]!;
    if (previous < 0) instances.queueHead[row] = next;
    else fibers.queueNext[previous] = next;
    if (next < 0) instances.queueTail[row] = previous;
    else fibers.queuePrevious[next] = previous;
    instances.queued[row]!--;
  },

  /** The first in line, taken off; -1 when nobody waits. */
  take(s: RunState, row: number): number {
    const span = s.instances.queueHead[row]!;
    if (span >= 0) instanceQueue.leave(s, row, span);
    return span;
  },
};
