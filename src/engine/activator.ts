/**
 * The activator: the place that holds requests of a replicated service while none of its instances can take them, as
 * Knative's does at zero and before small services. While it is in the path a request goes to an instance with a free
 * slot; without one it waits here, first in first out, and is handed over as soon as one is free.
 *
 * Its own file beside `balanced.ts`, where callers choose and instances queue. It probes instances itself, so it knows
 * them as soon as they are ready. Source: knative/serving pkg/activator/net/throttler.go; a breaker of 10,000 waiting
 * places (`breakerQueueDepth`).
 */
import { offer } from './balanced.js';
import { reject, takeWaiting, waitAtService } from './dispatch.js';
import { instanceStates } from './instanceTable.js';
import { deliverTo } from './messageQueues.js';
import { loadChanged, pickKnown } from './routing.js';
import { scalersDecideNow } from './scaling.js';
import type { ServiceState } from './services.js';
import type { RunState } from './state.js';
import { startSpan } from './work.js';

const waitingPlaces = 10_000;

/** A span reaches a service whose requests are held. */
export function arriveAtActivator(s: RunState, state: ServiceState, span: number): void {
  const row = state.waitingCount > 0 ? -1 : instanceFor(s, state, span);
  if (row >= 0) {
    offer(s, state, span, row);
    return;
  }
  if (state.waitingCount >= waitingPlaces) {
    reject(s, span);
    return;
  }
  waitAtService(s, span);
  if (state.readyCount > 0) return;
  const isFirst = state.desiredCount === 0;
  s.fibers.coldKind[span] = isFirst ? 1 : 2;
  if (!isFirst) return;
  s.measures.coldStartCount[state.index]!++;
  scalersDecideNow(s, state);
}

/** The balancer's choice where it has a free slot, else any that has one; -1: none. */
function instanceFor(s: RunState, state: ServiceState, span: number): number {
  const row = pickKnown(s, state, span);
  if (row >= 0 && hasSlot(s, state, row)) return row;
  return state.freeSlots!.pick(state.balancerDraws.uniform());
}

function hasSlot(s: RunState, state: ServiceState, row: number): boolean {
  const { instances } = s;
  if (instances.state[row] !== instanceStates.ready || instances.isUnready[row] === 1) return false;
  return instances.inService[row]! < state.concurrency && instances.queued[row] === 0;
}

/** The load or the state of replica `row` has changed: is it one with a free slot? */
export function noteSlot(s: RunState, state: ServiceState, row: number): void {
  state.freeSlots!.set(
    row,
    s.instances.isTaken(row) && s.instances.service[row] === state.index && hasSlot(s, state, row),
  );
}

/** Slots are free, perhaps: whoever waits at the activator takes them, then the messages in the service's queues. */
export function slotsFreed(s: RunState, state: ServiceState): void {
  if (state.holdsInSlots) handOver(s, state);
  if (state.inbox !== null) deliverTo(s, state);
}

function handOver(s: RunState, state: ServiceState): void {
  while (state.waitingCount > 0) {
    const row = state.freeSlots!.pick(state.balancerDraws.uniform());
    if (row < 0) return;
    const span = takeWaiting(s, state.index);
    s.fibers.instanceNumber[span] = s.instances.number[row]!;
    startSpan(s, span, row);
    loadChanged(s, state, row);
  }
}
