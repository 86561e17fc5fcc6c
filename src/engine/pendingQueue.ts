/**
 * App Engine's pending queue: requests go to the fullest instance that is still below its soft limit and not too busy;
 * where there is none they wait, an instance is started for each soft limit's worth of them, and after the pending
 * latency any instance with room takes them. So many idle instances as `minIdle` says are there for whoever comes, and
 * one that gets to work is made good.
 */
import type { PendingModel } from '../model/contract.js';
import { takeWaiting, waitAtService } from './dispatch.js';
import { armWaitEnd, startEnvironment, useEnvironment } from './environments.js';
import { instanceStates } from './instanceTable.js';
import type { ServiceState } from './services.js';
import { enterStation } from './spans.js';
import type { RunState } from './state.js';

/** A span reaches a service with a pending queue. */
export function arriveAtPending(s: RunState, state: ServiceState, pending: PendingModel, span: number): void {
  const row = state.waitingCount === 0 ? fullestBelow(s, state, pending) : -1;
  if (row >= 0) {
    enterStation(s, span);
    useEnvironment(s, state, row, span);
    keepReserve(s, state, pending);
    return;
  }
  waitAtService(s, span);
  startForPending(s, state, pending, span);
  keepReserve(s, state, pending);
  armWaitEnd(s, state, pending.minPendingUs);
}

/** Some instance has room again, or the first in line has been pending long enough. */
export function pendingSlotFreed(s: RunState, state: ServiceState, pending: PendingModel): void {
  const { fibers } = s;
  while (state.waitingHead >= 0) {
    const span = state.waitingHead;
    let row = fullestBelow(s, state, pending);
    const waitedUs = s.nowUs - fibers.arrivedUs[span]!;
    if (row < 0 && waitedUs >= Math.min(pending.minPendingUs, pending.maxPendingUs)) row = roomiest(s, state);
    if (row < 0) break;
    takeWaiting(s, state.index);
    if (fibers.coldKind[span] === 0 && s.instances.readyChangedUs[row] === s.nowUs) fibers.coldKind[span] = 2;
    useEnvironment(s, state, row, span);
  }
  if (state.waitingHead >= 0 && s.nowUs - fibers.arrivedUs[state.waitingHead]! < pending.minPendingUs) {
    armWaitEnd(s, state, pending.minPendingUs);
  }
}

/** Start what is missing of the idle instances to be kept, those on their way included. */
export function keepReserve(s: RunState, state: ServiceState, pending: PendingModel): void {
  const { minIdleCount, maxCount } = state.environments!;
  if (minIdleCount === 0) return;
  const spoken = Math.ceil(state.waitingCount / pending.softSlots);
  const spare = state.idleCount + Math.max(0, state.startingCount - spoken);
  for (let missing = Math.min(minIdleCount - spare, maxCount - state.liveCount); missing > 0; missing--)
    startEnvironment(s, state, -1);
}

/** One instance for each soft limit's worth of pending requests, less those already starting. */
function startForPending(s: RunState, state: ServiceState, pending: PendingModel, span: number): void {
  const room = state.environments!.maxCount - state.liveCount;
  const missing = Math.min(room, Math.ceil(state.waitingCount / pending.softSlots) - state.startingCount);
  if (missing <= 0) return;
  s.fibers.coldKind[span] = 1;
  s.measures.coldStartCount[state.index]!++;
  for (let count = 0; count < missing; count++) startEnvironment(s, state, -1);
}

/** The ready instance with most requests in flight below the soft limit and CPU below its target; -1 when none is. */
function fullestBelow(s: RunState, state: ServiceState, pending: PendingModel): number {
  const { instances } = s;
  const limit = Math.min(pending.softSlots, state.spec.concurrency);
  let best = -1;
  for (let row = state.firstInstance; row >= 0; row = instances.listNext[row]!) {
    if (!isOpen(s, row) || instances.isHot[row] === 1 || instances.inService[row]! >= limit) continue;
    if (best < 0 || instances.inService[row]! > instances.inService[best]!) best = row;
  }
  return best;
}

/** The ready instance with fewest requests in flight that has room at all; -1 when none has. */
function roomiest(s: RunState, state: ServiceState): number {
  const { instances } = s;
  let best = -1;
  for (let row = state.firstInstance; row >= 0; row = instances.listNext[row]!) {
    if (!isOpen(s, row) || instances.inService[row]! >= state.spec.concurrency) continue;
    if (best < 0 || instances.inService[row]! < instances.inService[best]!) best = row;
  }
  return best;
}

function isOpen(s: RunState, row: number): boolean {
  return s.instances.state[row] === instanceStates.ready && s.instances.isRetired[row] === 0;
}
