/**
 * Replicas behind a balancer: callers pick among the instances they know; each instance has its slots and its queue.
 *
 * Where nobody is known a request is refused, or, where the platform wakes by request, waits at the service while one
 * instance starts.
 */
import { outcomes } from '../observation/contract.js';
import { arriveAtActivator, slotsFreed } from './activator.js';
import { setDesired } from './desired.js';
import { reject, takeWaiting, waitAtService } from './dispatch.js';
import { fiberFlags } from './fibers.js';
import { instanceQueue } from './instanceQueue.js';
import { instanceStates } from './instanceTable.js';
import { answerHeard, loadChanged, pickKnown } from './routing.js';
import type { ServiceState } from './services.js';
import { enterStation, leaveStation } from './spans.js';
import type { RunState } from './state.js';
import { armWakeUp } from './waking.js';
import { answer, refuse, startSpan } from './work.js';
import { goesWhereMeant } from './zones.js';

/** A span reaches a service of replicas. */
export function arriveAtReplicas(s: RunState, state: ServiceState, span: number): void {
  if (state.holdsRequests) {
    arriveAtActivator(s, state, span);
    return;
  }
  if (s.zones !== null && goesWhereMeant(s, s.zones, state, span)) return;
  const row = pickKnown(s, state, span);
  if (row >= 0) {
    offer(s, state, span, row);
    return;
  }
  if (!state.balanced!.wakesOnRequest) {
    reject(s, span);
    return;
  }
  s.zones?.begin(span); // Whoever wakes a service is served wherever it wakes.
  waitAtService(s, span);
  wakeService(s, state, span);
}

/** Nobody is there: one instance is started for whoever waits; its start is this request's cold start. */
function wakeService(s: RunState, state: ServiceState, span: number): void {
  const isFirst = state.desiredCount === 0;
  s.fibers.coldKind[span] = isFirst ? 1 : 2;
  if (!isFirst) return;
  s.measures.coldStartCount[state.index]!++;
  setDesired(s, state, 1, 'a request woke it');
  armWakeUp(s, state);
}

/** The instance takes the span, lets it wait, or refuses it; one that is no more cannot be reached: that fails. */
export function offer(s: RunState, state: ServiceState, span: number, row: number): void {
  const { instances } = s;
  const lives = instances.state[row] === instanceStates.ready || instances.state[row] === instanceStates.draining;
  if (!lives) {
    s.fibers.instanceNumber[span] = instances.number[row]!;
    if (s.watchesAnswers) answerHeard(s, span, row, true, false);
    refuse(s, span, outcomes.failed);
    return;
  }
  const hasSlot = instances.inService[row]! < state.concurrency && instances.queued[row] === 0;
  if (instances.refuses[row] === 1 || (!hasSlot && instances.queued[row]! >= state.spec.queueLimit)) {
    s.fibers.instanceNumber[span] = instances.number[row]!;
    if (s.watchesAnswers) answerHeard(s, span, row, true, false);
    reject(s, span);
    return;
  }
  if (hasSlot) startSpan(s, span, row);
  else {
    s.fibers.instanceNumber[span] = instances.number[row]!;
    if ((s.fibers.flags[span]! & fiberFlags.present) === 0) enterStation(s, span);
    instanceQueue.join(s, row, span);
  }
  loadChanged(s, state, row);
}

/** An instance holds one request less: the next in its line starts. */
export function replicaSlotFreed(s: RunState, state: ServiceState, row: number): void {
  const { instances } = s;
  const lives = instances.state[row] === instanceStates.ready || instances.state[row] === instanceStates.draining;
  if (lives && instances.inService[row]! < state.concurrency) {
    const span = instanceQueue.take(s, row);
    if (span >= 0) startSpan(s, span, row);
  }
  state.lastLeftUs = s.nowUs;
  loadChanged(s, state, row);
  if (state.freeSlots !== null) slotsFreed(s, state);
  if (state.watches !== null) state.watches.requestLeft(row);
  if (instances.state[row] === instanceStates.draining) s.emptiedRows.push(row);
}

/** Callers have learnt of an instance: those who waited at the service go there. */
export function serveWaiting(s: RunState, state: ServiceState): void {
  for (let count = state.waitingCount; count > 0; count--) {
    const span = state.waitingHead;
    const row = pickKnown(s, state, span);
    if (row < 0) return;
    takeWaiting(s, state.index);
    offerWaiting(s, state, span, row);
  }
}

/** As `offer`, for a span that has waited at the service: a full instance sends it away after its wait. */
function offerWaiting(s: RunState, state: ServiceState, span: number, row: number): void {
  const { instances } = s;
  s.fibers.instanceNumber[span] = instances.number[row]!;
  if (instances.inService[row]! < state.concurrency && instances.queued[row] === 0) startSpan(s, span, row);
  else if (instances.queued[row]! < state.spec.queueLimit) instanceQueue.join(s, row, span);
  else {
    leaveStation(s, span);
    answer(s, span, outcomes.rejected);
  }
  loadChanged(s, state, row);
}
