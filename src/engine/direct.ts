/**
 * Direct visits, from door to door: what `arrivals.ts`, `spans.ts`, `work.ts`, `steps.ts` and the services' own files
 * do for a visitor, his span and its fiber, for visits that are all three at once (`directSources.ts`).
 *
 * Its own file because the order of what happens must be read beside the general way: every draw is taken, every event
 * scheduled and every fact told in the order in which they are there, so that not a byte of the results differs.
 */

import { type Outcome, outcomes } from '../observation/contract.js';
import { scheduleArrival, visitorKeyA, visitorKeyB } from './arrivals.js';
import type { DirectStep } from './directSources.js';
import { visitPlaces, visitStates, visitTimes } from './directVisits.js';
import { arriveAtEnvironment, offerSlots } from './environments.js';
import { eventKinds } from './eventKinds.js';
import { machineFields } from './instanceTable.js';
import { loadChanged, pickFor } from './routing.js';
import type { ServiceState } from './services.js';
import type { SourceState } from './sources.js';
import type { RunState } from './state.js';
import { traceDirect } from './traces.js';
import { tellBusy } from './work.js';

/** Time that a clock of whole microseconds cannot tell from none. */
const noTimeUs = 1e-4;

/** Event: the next visitor of a direct source. */
export function directArrival(s: RunState, source: SourceState, step: DirectStep): void {
  const { measures } = s;
  const { state } = step;
  const isMeasured = s.isMeasuredNow();
  const number = source.arrivedCount++;
  measures.visitorsInside[source.index]!++;
  const { visitorBeganListeners, arrivalListeners, spanBeganListeners } = s;
  for (let i = 0; i < visitorBeganListeners.length; i++)
    visitorBeganListeners[i]!.visitorBegan!(source.index, s.nowUs, isMeasured);
  scheduleArrival(s, source);
  for (let i = 0; i < arrivalListeners.length; i++)
    arrivalListeners[i]!.visitorArrived!(source.index, s.nowUs, isMeasured);
  measures.offered[state.index]!++;
  for (let i = 0; i < spanBeganListeners.length; i++)
    spanBeganListeners[i]!.spanBegan!(state.index, s.nowUs, isMeasured);
  state.arrivedCount++;
  state.lastRequestUs = s.nowUs;
  const visit = s.direct.take(source.index, number, s.nowUs, isMeasured);
  s.direct.places[8 * visit + visitPlaces.keyA] = visitorKeyA(source.keyA, number);
  s.direct.places[8 * visit + visitPlaces.keyB] = visitorKeyB(source.keyB, number);
  const isServed = state.balanced ? atReplicas(s, state, source, visit) : atEnvironments(s, state, visit);
  if (isServed) walk(s, visit);
}

/** The balancer's choice takes the visit, lets it wait, or refuses it. True: it is served. */
function atReplicas(s: RunState, state: ServiceState, source: SourceState, visit: number): boolean {
  const { instances } = s;
  const row = pickFor(s, state, s.direct.places[8 * visit + visitPlaces.keyA]!, -1);
  s.direct.places[8 * visit + visitPlaces.row] = row;
  const hasSlot = row >= 0 && instances.inService[row]! < state.concurrency && instances.queued[row] === 0;
  if (hasSlot) {
    beginService(s, state, visit, row);
    loadChanged(s, state, row);
    return true;
  }
  if (row < 0 || instances.queued[row]! >= state.spec.queueLimit) {
    s.direct.places[8 * visit + visitPlaces.state] = visitStates.waiting;
    tellEnd(s, source, visit, outcomes.rejected, row, -1);
    return false;
  }
  joinLine(s, state, visit, row);
  loadChanged(s, state, row);
  return false;
}

function atEnvironments(s: RunState, state: ServiceState, visit: number): boolean {
  const row = arriveAtEnvironment(s, state, visit);
  if (row < 0) return false;
  s.direct.places[8 * visit + visitPlaces.row] = row;
  return true;
}

/** The visit waits at instance `row`, last in line: for a slot, or for the start of an environment. */
export function joinLine(s: RunState, state: ServiceState, visit: number, row: number): void {
  const { instances, measures, direct } = s;
  const { places } = direct;
  const service = state.index;
  measures.inside[service]!++;
  measures.insideOriginUs[service]! += s.nowUs;
  measures.waiting[service]!++;
  measures.waitingOriginUs[service]! += s.nowUs;
  const tail = instances.queueTail[row]!;
  places[8 * visit + visitPlaces.row] = row;
  places[8 * visit + visitPlaces.state] = visitStates.waiting;
  places[8 * visit + visitPlaces.next] = -1;
  if (tail < 0) instances.queueHead[row] = visit;
  else places[8 * tail + visitPlaces.next] = visit;
  instances.queueTail[row] = visit;
  instances.queued[row]!++;
}

/** The first in line at `row` is taken off it; -1 when nobody waits. */
function leaveLine(s: RunState, state: ServiceState, row: number): number {
  const { instances, measures } = s;
  const visit = instances.queueHead[row]!;
  if (visit < 0) return -1;
  const next = s.direct.places[8 * visit + visitPlaces.next]!;
  instances.queueHead[row] = next;
  if (next < 0) instances.queueTail[row] = -1;
  instances.queued[row]!--;
  measures.waiting[state.index]!--;
  measures.waitingOriginUs[state.index]! -= s.nowUs;
  return visit;
}

/** A visit that has just come takes a slot of `row`. */
export function beginService(s: RunState, state: ServiceState, visit: number, row: number): void {
  const { measures } = s;
  measures.inside[state.index]!++;
  measures.insideOriginUs[state.index]! += s.nowUs;
  takeSlot(s, state, visit, row);
}

function takeSlot(s: RunState, state: ServiceState, visit: number, row: number): void {
  const { instances, measures, direct } = s;
  direct.times[4 * visit + visitTimes.startedUs] = s.nowUs;
  direct.places[8 * visit + visitPlaces.row] = row;
  direct.places[8 * visit + visitPlaces.state] = visitStates.served;
  const inService = instances.inService[row]! + 1;
  instances.inService[row] = inService;
  if (inService > 1) return;
  measures.busy[state.index]!++;
  measures.busyOriginUs[state.index]! += s.nowUs;
  if (s.busyListeners.length > 0) tellBusy(s, row, true);
}

/** Environment `row` is ready: whoever was bound to it is served; what is left of its slots goes on offer. */
export function directReady(s: RunState, state: ServiceState, row: number): void {
  const { direct, instances } = s;
  const first = instances.queueHead[row]!;
  for (let visit = leaveLine(s, state, row); visit >= 0; visit = leaveLine(s, state, row)) {
    const at = 4 * visit + visitTimes.startUpUs;
    if (direct.times[at] === -1) direct.times[at] = s.nowUs - instances.createdUs[row]!;
    takeSlot(s, state, visit, row);
  }
  offerSlots(s, state, row);
  for (let visit = first; visit >= 0; ) {
    const next = direct.places[8 * visit + visitPlaces.next]!;
    walk(s, visit);
    visit = next;
  }
}

/** Event: a direct visit's step is over. */
export function directDone(s: RunState, visit: number): void {
  const { direct, instances } = s;
  const { state, isCpu } = s.sources[direct.places[8 * visit + visitPlaces.source]!]!.direct!;
  const row = direct.places[8 * visit + visitPlaces.row]!;
  if (isCpu) {
    instances.machine[(row << 3) | machineFields.jobCount]!--;
    instances.machine[(row << 3) | machineFields.jobOriginUs]! -= s.nowUs;
  }
  const next = end(s, state, visit, row);
  if (next >= 0) walk(s, next);
}

/** Walk the visit's one step; while it takes no time, whoever takes the slot after it goes on in its place. */
function walk(s: RunState, first: number): void {
  const { places } = s.direct;
  let visit = first;
  while (visit >= 0) {
    const source = s.sources[places[8 * visit + visitPlaces.source]!]!;
    const step = source.direct!;
    const row = places[8 * visit + visitPlaces.row]!;
    let takesUs = step.constantUs;
    if (takesUs < 0) {
      s.draws.moveToStep(places[8 * visit + visitPlaces.keyA]!, places[8 * visit + visitPlaces.keyB]!, step.place);
      takesUs = Math.round(step.sampler!.sample(s.draws));
    }
    if (takesUs > 0) {
      s.schedule(eventKinds.directDone, visit, step.isCpu ? jobEndUs(s, row, takesUs) : s.nowUs + takesUs);
      return;
    }
    visit = end(s, step.state, visit, row);
  }
}

/** A job of so much work begins on the vCPU, or the share of one, that it has to itself: when it ends. */
function jobEndUs({ instances, nowUs }: RunState, row: number, workUs: number): number {
  const vCpu = instances.machine[(row << 3) | machineFields.vCpu]!;
  instances.machine[(row << 3) | machineFields.jobCount]!++;
  instances.machine[(row << 3) | machineFields.jobOriginUs]! += nowUs;
  return vCpu < 1 ? Math.ceil(nowUs + workUs / vCpu - noTimeUs) : nowUs + workUs;
}

/** The visit is over, its slot is free. Whoever takes it, present and not begun yet, comes back; -1: nobody. */
function end(s: RunState, state: ServiceState, visit: number, row: number): number {
  const { instances, measures, direct } = s;
  const service = state.index;
  const beganUs = direct.times[4 * visit + visitTimes.beganUs]!;
  if (s.tracksIdling) tellInvocation(s, state, visit, row);
  measures.inside[service]!--;
  measures.insideOriginUs[service]! -= s.nowUs;
  if (s.nowUs > s.fromUs) measures.sojournUs[service]! += s.nowUs - Math.max(beganUs, s.fromUs);
  const inService = instances.inService[row]! - 1;
  instances.inService[row] = inService;
  if (inService === 0) {
    measures.busy[service]!--;
    measures.busyOriginUs[service]! -= s.nowUs;
    if (s.busyListeners.length > 0) tellBusy(s, row, false);
  }
  let next = -1;
  if (state.balanced) {
    next = leaveLine(s, state, row);
    if (next >= 0) takeSlot(s, state, next, row);
    state.lastLeftUs = s.nowUs;
    loadChanged(s, state, row);
  } else offerSlots(s, state, row);
  const source = s.sources[direct.places[8 * visit + visitPlaces.source]!]!;
  const waitUs = s.spanListeners.length > 0 ? direct.times[4 * visit + visitTimes.startedUs]! - beganUs : 0;
  tellEnd(s, source, visit, outcomes.completed, row, waitUs);
  return next;
}

/** Count and tell how the visit ended: of its span, then of the visitor. The record is free. */
function tellEnd(s: RunState, source: SourceState, visit: number, outcome: Outcome, row: number, waitUs: number): void {
  const { direct, measures } = s;
  const { places, times } = direct;
  const { index } = source;
  measures.ended[source.direct!.state.index * 4 + outcome]!++;
  if (s.traceListeners.length > 0) traceDirect(s, visit, outcome, row);
  if (s.spanListeners.length > 0) tellSpanEnd(s, visit, outcome, row, waitUs);
  source.endedCount++;
  measures.visitorsInside[index]!--;
  const { visitorListeners: listeners } = s;
  if (listeners.length > 0) {
    const fact = s.visitorFact;
    fact.source = index;
    fact.outcome = outcome;
    fact.attemptCount = 1;
    fact.beganUs = times[4 * visit + visitTimes.beganUs]!;
    fact.endedUs = s.nowUs;
    fact.isMeasured = places[8 * visit + visitPlaces.isMeasured] === 1;
    fact.visitorNumber = times[4 * visit + visitTimes.number]!;
    fact.customer = 0;
    fact.slot = visit;
    for (let i = 0; i < listeners.length; i++) listeners[i]!.visitorEnded!(fact);
  }
  direct.give(visit);
}

function tellSpanEnd(s: RunState, visit: number, outcome: Outcome, row: number, waitUs: number): void {
  const { places, times } = s.direct;
  const { spanFact: fact, spanListeners: listeners } = s;
  fact.service = s.sources[places[8 * visit + visitPlaces.source]!]!.direct!.state.index;
  fact.outcome = outcome;
  fact.instance = row < 0 ? -1 : s.instances.number[row]!;
  fact.beganUs = times[4 * visit + visitTimes.beganUs]!;
  fact.endedUs = s.nowUs;
  fact.waitUs = waitUs;
  fact.coldKind = places[8 * visit + visitPlaces.coldKind]! as 0 | 1 | 2;
  fact.isMeasured = places[8 * visit + visitPlaces.isMeasured] === 1;
  for (let i = 0; i < listeners.length; i++) listeners[i]!.spanEnded!(fact);
}

function tellInvocation(s: RunState, state: ServiceState, visit: number, row: number): void {
  const { invocationFact: fact, invocationListeners: listeners } = s;
  describeVisit(s, state, visit, row);
  for (let i = 0; i < listeners.length; i++) listeners[i]!.invocationEnded!(fact);
}

/** Writes the visit's work on instance `row`, until now, into the run's fact. */
export function describeVisit(s: RunState, state: ServiceState, visit: number, row: number): void {
  const { places, times } = s.direct;
  const { invocationFact: fact } = s;
  fact.service = state.index;
  fact.instance = s.instances.number[row]!;
  fact.beganUs = times[4 * visit + visitTimes.startedUs]!;
  fact.endedUs = s.nowUs;
  fact.startUs = times[4 * visit + visitTimes.startUpUs]!;
  const isCpu = s.sources[places[8 * visit + visitPlaces.source]!]!.direct!.isCpu;
  fact.waitingUs = isCpu ? 0 : s.nowUs - fact.beganUs;
  fact.isMeasured = places[8 * visit + visitPlaces.isMeasured] === 1;
}
