/**
 * At a service's door: which of the two ways of running a service takes the span, gives up its place, gets its slot
 * back.
 */
import { outcomes } from '../observation/contract.js';
import { arriveAtReplicas, replicaSlotFreed } from './balanced.js';
import { arriveAtEnvironments, environmentSlotFreed } from './environments.js';
import { leaveQueue } from './fiberQueue.js';
import { fiberFlags, fiberStates } from './fibers.js';
import { instanceQueue } from './instanceQueue.js';
import { enterStation } from './spans.js';
import type { RunState } from './state.js';
import { refuse } from './work.js';

/** The span has reached its service. */
export function arriveAtService(s: RunState, span: number): void {
  const state = s.services[s.fibers.service[span]!]!;
  s.fibers.ticket[span] = -1;
  state.arrivedCount++;
  state.lastRequestUs = s.nowUs;
  if (state.balanced) arriveAtReplicas(s, state, span);
  else arriveAtEnvironments(s, state, span);
}

/** The span, arrived just now or present already, joins the service's own waiting line. */
export function waitAtService(s: RunState, span: number): void {
  const state = s.services[s.fibers.service[span]!]!;
  if ((s.fibers.flags[span]! & fiberFlags.present) === 0) enterStation(s, span);
  s.fibers.state[span] = fiberStates.queued;
  s.fibers.instance[span] = -1;
  queueAt(s, state.index, span);
}

function queueAt(s: RunState, service: number, span: number): void {
  const state = s.services[service]!;
  const { fibers } = s;
  fibers.queueNext[span] = -1;
  fibers.queuePrevious[span] = state.waitingTail;
  if (state.waitingTail < 0) state.waitingHead = span;
  else fibers.queueNext[state.waitingTail] = span;
  state.waitingTail = span;
  state.waitingCount++;
}

/** The first of the service's waiting line, taken off it; -1 when nobody waits. */
export function takeWaiting(s: RunState, service: number): number {
  const state = s.services[service]!;
  const span = state.waitingHead;
  if (span < 0) return -1;
  leaveQueue(s.fibers, state, span);
  s.fibers.ticket[span] = -1;
  state.waitingCount--;
  return span;
}

/** A waiting span gives up its place, at the service or at an instance. It is still counted present. */
export function leaveServiceQueue(s: RunState, span: number): void {
  const row = s.fibers.instance[span]!;
  const state = s.services[s.fibers.service[span]!]!;
  state.lastLeftUs = s.nowUs;
  if (row < 0) {
    leaveQueue(s.fibers, state, span);
    s.fibers.ticket[span] = -1;
    state.waitingCount--;
    return;
  }
  instanceQueue.leave(s, row, span);
  slotFreed(s, row);
}

/** Instance `row` holds one request less. */
export function slotFreed(s: RunState, row: number): void {
  const state = s.services[s.instances.service[row]!]!;
  if (state.balanced) replicaSlotFreed(s, state, row);
  else environmentSlotFreed(s, state, row);
}

/** Refuse a span at the door, as an instance, a limit or a throttle does. */
export function reject(s: RunState, span: number): void {
  refuse(s, span, outcomes.rejected);
}
