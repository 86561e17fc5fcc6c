/**
 * Environments: platforms where requests start instances.
 *
 * A request takes a ready environment with a free slot, by the platform's preference; else a free slot of one that is
 * starting, the oldest first; else it starts one and is bound to it; else the platform's limit is reached and
 * `overflow` decides. Requests that wait form one line per service, served by whatever slot is free first. An
 * environment idle for long enough goes; one timer a service watches the longest idle.
 */
import type { EnvironmentModel } from '../model/contract.js';
import { outcomes } from '../observation/contract.js';
import { beginService, directReady, joinLine } from './direct.js';
import { visitPlaces, visitTimes } from './directVisits.js';
import { leaveServiceQueue, reject, takeWaiting, waitAtService } from './dispatch.js';
import { eventKinds } from './eventKinds.js';
import { fiberFlags, fiberStates } from './fibers.js';
import { becomesIdle, becomesUsed } from './idleSpells.js';
import { instanceQueue } from './instanceQueue.js';
import { requestInstance } from './instances.js';
import { instanceStates } from './instanceTable.js';
import { scheduleAfter } from './lanes.js';
import { awaitToken, hasToken, launch, takeToken } from './launches.js';
import { deliverTo } from './messageQueues.js';
import { arriveAtPending, keepReserve, pendingSlotFreed } from './pendingQueue.js';
import { armScalers, wakeScaler } from './scaling.js';
import type { ServiceState } from './services.js';
import { enterStation, leaveStation } from './spans.js';
import type { RunState } from './state.js';
import { answer, startSpan } from './work.js';

/** A span reaches a service of environments. */
export function arriveAtEnvironments(s: RunState, state: ServiceState, span: number): void {
  const env = state.environments!;
  armScalers(s, state);
  if (env.pending) {
    arriveAtPending(s, state, env.pending, span);
    return;
  }
  if (state.requestBucket !== null && !state.requestBucket.take(s.nowUs)) {
    reject(s, span);
    return;
  }
  const row = state.pick!.pick();
  if (row >= 0 && mayUse(s, state, row)) {
    useEnvironment(s, state, row, span);
    return;
  }
  const mayStart = row < 0 && env.startsOnDemand && hasAccountRoom(s, state);
  if (mayStart && (joinStarting(s, state, span) || startFor(s, state, env, span))) return;
  overflow(s, state, env, span);
}

/**
 * Whether a message would be served at once, or an environment be started for it: what the platform's poller looks
 * for. Where only a scaler starts any, it has to see messages wait.
 */
export function canTakeMessage(s: RunState, state: ServiceState): boolean {
  const env = state.environments!;
  if (env.pending || !env.startsOnDemand) return true;
  const row = state.pick!.pick();
  if (row >= 0) return mayUse(s, state, row);
  if (!hasAccountRoom(s, state)) return false;
  if (state.startingSlotsHead >= 0) return true;
  return state.liveCount < env.maxCount && (!env.startLimit || hasToken(s, state, env.startLimit));
}

/** Whether the account lets one more request of the service run. */
function hasAccountRoom(s: RunState, state: ServiceState): boolean {
  return state.accountWeight === 0 || s.accountInFlight < s.model.accountConcurrency;
}

/** Whether the account lets a request run there: what is kept ready has claimed its part whether it is used or not. */
function mayUse(s: RunState, state: ServiceState, row: number): boolean {
  return s.instances.isProvisioned[row] === 1 || hasAccountRoom(s, state);
}

/** The span, present at the service, takes a slot of a ready environment. */
export function useEnvironment(s: RunState, state: ServiceState, row: number, span: number): void {
  const { instances } = s;
  if (instances.isProvisioned[row] === 0) s.accountInFlight += state.accountWeight;
  if (instances.inService[row] === 0) becomesUsed(s, state, row);
  startSpan(s, span, row);
  refreshPick(state, row, instances.inService[row]! < state.concurrency);
}

function refreshPick(state: ServiceState, row: number, hasSlot: boolean): void {
  const pick = state.pick!;
  if (pick.has(row)) pick.remove(row);
  if (hasSlot) pick.insert(row);
}

/** Join the oldest environment that is starting and has a slot left. */
function joinStarting(s: RunState, state: ServiceState, span: number): boolean {
  const row = state.startingSlotsHead;
  if (row < 0) return false;
  s.fibers.coldKind[span] = 2;
  bind(s, state, row, span);
  return true;
}

/** Start an environment for the span and bind it, if the limits let it. */
function startFor(s: RunState, state: ServiceState, env: EnvironmentModel, span: number): boolean {
  if (state.liveCount >= env.maxCount) return false;
  if (env.startLimit && !takeToken(s, state, env.startLimit)) return false;
  startEnvironment(s, state, span);
  return true;
}

/** The span waits for the start of environment `row`, even if another is free sooner. */
function bind(s: RunState, state: ServiceState, row: number, span: number): void {
  const { fibers, instances } = s;
  if ((fibers.flags[span]! & fiberFlags.present) === 0) enterStation(s, span);
  if (instances.isProvisioned[row] === 0) s.accountInFlight += state.accountWeight;
  fibers.flags[span]! |= fiberFlags.bound;
  fibers.instanceNumber[span] = instances.number[row]!;
  instanceQueue.join(s, row, span);
  if (instances.queued[row]! >= state.concurrency) leaveStartingSlots(s, state, row);
}

/** One environment more: for `span`, which is bound to it before it may be ready, or for whoever comes (-1). */
export function startEnvironment(s: RunState, state: ServiceState, span: number, isProvisioned = false): void {
  if (!isProvisioned) s.measures.scaleOutCount[state.index]!++;
  const row = requestInstance(s, state, isProvisioned);
  joinStartingSlots(s, state, row);
  if (span >= 0) {
    s.fibers.coldKind[span] = 1;
    s.measures.coldStartCount[state.index]!++;
    s.fibers.startUpUs[span] = -1; // Known when it is ready.
    bind(s, state, row, span);
  }
  launch(s, state, row);
}

/** Limits forbid another environment: the span is refused at once, or waits in the service's line. */
function overflow(s: RunState, state: ServiceState, env: EnvironmentModel, span: number): void {
  if (env.overflowWaitUs === 0) {
    reject(s, span);
    return;
  }
  waitAtService(s, span);
  const { startLimit, overflowWaitUs } = env;
  if (overflowWaitUs < Number.POSITIVE_INFINITY)
    s.fibers.ticket[span] = scheduleAfter(s, state.overflowLane, eventKinds.overflowEnds, span, overflowWaitUs);
  if (env.startsOnDemand && startLimit && state.liveCount < env.maxCount) awaitToken(s, state, startLimit);
  if (env.scaler !== null) wakeScaler(s, state, env.scaler);
}

/** See that the first in line is looked at when it has waited `limitUs`. */
export function armWaitEnd(s: RunState, state: ServiceState, limitUs: number): void {
  if (state.waitTicket >= 0 || state.waitingHead < 0) return;
  const dueUs = Math.max(s.nowUs, s.fibers.arrivedUs[state.waitingHead]! + limitUs);
  state.waitTicket = s.schedule(eventKinds.waitEnds, state.index, dueUs);
}

/** Event: the first in line has waited as long as the platform lets it before it looks again. */
export function waitEnds(s: RunState, service: number): void {
  const state = s.services[service]!;
  state.waitTicket = -1;
  pendingSlotFreed(s, state, state.environments!.pending!); // Only pending queues arm it.
}

/** Event: a span has waited as long as the platform lets it, and is refused. */
export function overflowEnds(s: RunState, span: number): void {
  if (s.queue.takenTicket !== s.fibers.ticket[span]) return;
  leaveServiceQueue(s, span);
  leaveStation(s, span);
  answer(s, span, outcomes.rejected);
}

/** An environment holds one request less, or one that was bound to its start has left. */
export function environmentSlotFreed(s: RunState, state: ServiceState, row: number): void {
  const { instances } = s;
  if (instances.isProvisioned[row] === 0) s.accountInFlight -= state.accountWeight;
  const at = instances.state[row]!;
  if (at === instanceStates.ready) {
    if (instances.isRetired[row] === 1) s.emptiedRows.push(row);
    else offerSlots(s, state, row);
  } else if (at !== instanceStates.gone && instances.isRetired[row] === 0) {
    if (instances.isInPick[row] === 0 && instances.queued[row]! < state.concurrency) joinStartingSlots(s, state, row);
    const mayJoin = state.environments!.startsOnDemand && state.startingSlotsHead >= 0 && hasAccountRoom(s, state);
    // Whoever waits goes before whoever comes.
    if (mayJoin && state.waitingHead >= 0) joinStarting(s, state, takeWaiting(s, state.index));
  }
  if (s.model.accountConcurrency < Number.POSITIVE_INFINITY) serveOtherLines(s, state);
  if (state.inbox !== null) deliverTo(s, state);
}

/**
 * A direct visit reaches a service of environments: the row it is served by now, or -1 where it is bound to a start.
 */
export function arriveAtEnvironment(s: RunState, state: ServiceState, visit: number): number {
  const { instances } = s;
  const row = state.pick!.pick();
  if (row >= 0) {
    if (instances.inService[row] === 0) becomesUsed(s, state, row);
    beginService(s, state, visit, row);
    refreshPick(state, row, instances.inService[row]! < state.concurrency);
    return row;
  }
  const starting = state.startingSlotsHead;
  if (starting >= 0) bindVisit(s, state, starting, visit, 2);
  else startForVisit(s, state, visit);
  return -1;
}

function bindVisit(s: RunState, state: ServiceState, row: number, visit: number, coldKind: 1 | 2): void {
  s.direct.places[8 * visit + visitPlaces.coldKind] = coldKind;
  joinLine(s, state, visit, row);
  if (s.instances.queued[row]! >= state.concurrency) leaveStartingSlots(s, state, row);
}

function startForVisit(s: RunState, state: ServiceState, visit: number): void {
  s.measures.scaleOutCount[state.index]!++;
  const row = requestInstance(s, state);
  joinStartingSlots(s, state, row);
  s.measures.coldStartCount[state.index]!++;
  s.direct.times[4 * visit + visitTimes.startUpUs] = -1; // Known when it is ready.
  bindVisit(s, state, row, visit, 1);
  launch(s, state, row);
}

/** A ready environment has a slot or more: whoever waits takes them; what is left goes on offer. */
export function offerSlots(s: RunState, state: ServiceState, row: number): void {
  const { instances } = s;
  const env = state.environments!;
  if (env.pending) {
    pendingSlotFreed(s, state, env.pending);
  } else {
    while (state.waitingHead >= 0 && instances.inService[row]! < state.concurrency && mayUse(s, state, row)) {
      const span = takeWaiting(s, state.index);
      if (s.fibers.coldKind[span] === 0 && instances.readyChangedUs[row] === s.nowUs) s.fibers.coldKind[span] = 2;
      useEnvironment(s, state, row, span);
    }
  }
  refreshPick(state, row, instances.inService[row]! < state.concurrency);
  if (instances.inService[row] === 0 && instances.isInIdle[row] === 0) becomesIdle(s, state, row);
  if (env.pending) keepReserve(s, state, env.pending);
}

/** The account's limit has room again: lines of other services may move. */
function serveOtherLines(s: RunState, freed: ServiceState): void {
  for (const state of s.services) {
    if (state === freed || state.waitingCount === 0 || !state.environments) continue;
    while (state.waitingHead >= 0 && s.accountInFlight < s.model.accountConcurrency) {
      const row = state.pick!.pick();
      if (row < 0) break;
      useEnvironment(s, state, row, takeWaiting(s, state.index));
    }
    startForWaiting(s, state);
  }
}

/** The environment is ready: whoever was bound to it begins; what is left of its slots goes on offer. */
export function environmentReady(s: RunState, state: ServiceState, row: number): void {
  const { fibers, instances } = s;
  leaveStartingSlots(s, state, row);
  if (state.direct) {
    directReady(s, state, row);
    return;
  }
  for (let span = instanceQueue.take(s, row); span >= 0; span = instanceQueue.take(s, row)) {
    if (fibers.startUpUs[span] === -1) fibers.startUpUs[span] = s.nowUs - instances.createdUs[row]!;
    fibers.state[span] = fiberStates.moving;
    startSpan(s, span, row);
    limitAfterSecondStart(s, state, row, span);
  }
  if (secondStartUs(s, state, row) >= state.spec.requestTimeoutUs) instances.isRetired[row] = 1; // It was cut short.
  if (instances.isRetired[row] === 1) s.emptiedRows.push(row);
  else offerSlots(s, state, row);
}

/** A start-up that began anew in the request has used up part of the time the request may take. */
function limitAfterSecondStart(s: RunState, state: ServiceState, row: number, span: number): void {
  const tookUs = secondStartUs(s, state, row);
  if (tookUs === 0) return;
  const leftUs = Math.max(0, state.spec.requestTimeoutUs - tookUs);
  s.fibers.limitTicket[span] = s.schedule(eventKinds.limitReached, span, s.nowUs + leftUs);
}

/** How long the start-up took that began anew in a request; 0: none did. It never takes longer than a request may. */
function secondStartUs(s: RunState, state: ServiceState, row: number): number {
  const { inVainAfterUs } = state.spec.start;
  if (inVainAfterUs === undefined || !state.hasLimit || s.instances.isProvisioned[row] === 1) return 0;
  return Math.max(0, s.nowUs - s.instances.startedUs[row]! - inVainAfterUs);
}

/** An environment has gone: it is nowhere on offer any more. */
export function leaveOffer(s: RunState, state: ServiceState, row: number): void {
  state.pick!.remove(row);
  becomesUsed(s, state, row);
  leaveStartingSlots(s, state, row);
  s.measures.scaleInCount[state.index]!++;
}

/** Start environments for those in line, as far as the limits let it. */
export function startForWaiting(s: RunState, state: ServiceState): void {
  const env = state.environments!;
  if (env.pending) keepReserve(s, state, env.pending);
  if (!env.startsOnDemand || env.pending) return;
  while (state.waitingHead >= 0 && hasAccountRoom(s, state) && state.liveCount < env.maxCount) {
    if (env.startLimit && !takeToken(s, state, env.startLimit)) {
      awaitToken(s, state, env.startLimit);
      return;
    }
    startEnvironment(s, state, takeWaiting(s, state.index));
  }
}

/** Put a starting environment among those with a slot left, the oldest first. */
function joinStartingSlots(s: RunState, state: ServiceState, row: number): void {
  const { instances } = s;
  if (instances.isInPick[row] === 2) return;
  instances.isInPick[row] = 2;
  let after = state.startingSlotsTail;
  while (after >= 0 && instances.number[after]! > instances.number[row]!) after = instances.pickPrevious[after]!;
  const before = after < 0 ? state.startingSlotsHead : instances.pickNext[after]!;
  instances.pickPrevious[row] = after;
  instances.pickNext[row] = before;
  if (after < 0) state.startingSlotsHead = row;
  else instances.pickNext[after] = row;
  if (before < 0) state.startingSlotsTail = row;
  else instances.pickPrevious[before] = row;
}

/** Nobody is bound to a starting environment any more from now on. */
export function leaveStartingSlots(s: RunState, state: ServiceState, row: number): void {
  const { instances } = s;
  if (instances.isInPick[row] !== 2) return;
  instances.isInPick[row] = 0;
  const next = instances.pickNext[row]!;
  const previous = instances.pickPrevious[row]!;
  if (previous < 0) state.startingSlotsHead = next;
  else instances.pickNext[previous] = next;
  if (next < 0) state.startingSlotsTail = previous;
  else instances.pickPrevious[next] = previous;
}
