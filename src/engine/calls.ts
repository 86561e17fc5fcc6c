/**
 * Calls: a fiber asks another service and waits; a message is sent and forgotten. Timeouts, retries and back-off of
 * calls; retries of messages where the platform keeps them.
 */
import type { SendThrottleModel } from '../model/contract.js';
import { type Outcome, outcomes } from '../observation/contract.js';
import { guardedCallEnded, guardedCallReturned, makeGuardedCall, takeRetry } from './callGuards.js';
import { arriveAtService } from './dispatch.js';
import { giveUp } from './endings.js';
import { eventKinds } from './eventKinds.js';
import { fiberFlags, fiberStates } from './fibers.js';
import { scheduleAfter } from './lanes.js';
import { postMessage } from './messageQueues.js';
import { hashName, placeOf } from './program.js';
import { answerHeard } from './routing.js';
import { beginSpan, closeSpan, openSpan } from './spans.js';
import type { RunState } from './state.js';
import { endFiber } from './steps.js';
import { answer } from './work.js';
import { wayOut } from './zones.js';

const timeoutPlace = hashName('timeout');
const backoffPlace = hashName('backoff');
export const hopPlaces = [hashName('hop out'), hashName('hop back')] as const;

/** Calls may stand on each other so deep; the next one fails. */
const depthLimit = 100;

/** Time on the wire to (0) or from (1) `service` on the way that `path` names. */
function wireUs(s: RunState, service: number, visitor: number, path: number, way: 0 | 1): number {
  const state = s.services[service]!;
  const constant = way === 0 ? state.hopOutUs : state.hopBackUs;
  if (constant >= 0) return constant;
  const sampler = way === 0 ? state.spec.hopOut : state.spec.hopBack;
  s.draws.moveToStep(s.visitors.keyA[visitor]!, s.visitors.keyB[visitor]!, placeOf(path, hopPlaces[way], 0));
  return Math.round(sampler.sample(s.draws));
}

/** Time on the wire of `span`, out (0) or back (1), whole microseconds. */
export function hopUs(s: RunState, span: number, way: 0 | 1): number {
  const { fibers } = s;
  return wireUs(s, fibers.service[span]!, fibers.visitor[span]!, fibers.path[span]!, way);
}

/** Fiber `caller` stands at a `call`: make the attempt that `attempt` counts, if nothing holds it back. */
export function makeCall(s: RunState, caller: number): void {
  if (s.guards === null) launchCall(s, caller, 0);
  else makeGuardedCall(s, caller);
}

/** The attempt leaves its caller, who has waited `waitedUs` of his patience already. */
export function launchCall(s: RunState, caller: number, waitedUs: number): void {
  const { fibers, program } = s;
  const pc = fibers.pc[caller]!;
  const site = program.calls[program.a[pc]!]!;
  const path = placeOf(fibers.path[caller]!, program.hash[pc]!, fibers.attempt[caller]!);
  const visitor = fibers.visitor[fibers.span[caller]!]!;
  const span = openSpan(s, visitor, site.entry, caller, path);
  fibers.callee[caller] = span;
  fibers.state[caller] = fiberStates.calling;
  beginSpan(s, span);
  if (site.timeout) {
    const { after, isWhileQueued } = site.timeout;
    s.draws.moveToStep(s.visitors.keyA[visitor]!, s.visitors.keyB[visitor]!, placeOf(path, timeoutPlace, 0));
    if (isWhileQueued) fibers.timeoutIsWhileQueued[span] = 1;
    const lane = waitedUs > 0 ? -1 : program.timeoutLanes[program.a[pc]!]!;
    const afterUs = Math.round(after.sample(s.draws)) - waitedUs;
    fibers.timeoutTicket[span] = scheduleAfter(s, lane, eventKinds.callTimesOut, span, afterUs);
  }
  if (fibers.depth[span]! > depthLimit) answer(s, span, outcomes.failed);
  else travelOut(s, span, caller);
}

/** Fiber `sender` stands at a `send`: the message leaves; nobody waits. */
export function sendMessage(s: RunState, sender: number, pc: number): void {
  const { fibers, program } = s;
  const site = program.calls[program.a[pc]!]!;
  const path = placeOf(fibers.path[sender]!, program.hash[pc]!, 0);
  const visitor = fibers.visitor[fibers.span[sender]!]!;
  if (site.line !== undefined) {
    const depth = fibers.depth[fibers.span[sender]!]! + 1;
    const from = { visitor, path, depth, hopUs: wireUs(s, site.service, visitor, path, 0) };
    postMessage(s, site.line, site.operation, from);
    return;
  }
  const span = openSpan(s, visitor, site.entry, sender, path);
  fibers.parent[span] = -1;
  fibers.isForNobody[span] = 0;
  fibers.flags[span]! |= fiberFlags.sent;
  beginSpan(s, span);
  if (fibers.depth[span]! > depthLimit) answer(s, span, outcomes.failed);
  else travelOut(s, span, sender);
}

function travelOut(s: RunState, span: number, caller: number): void {
  if (s.zones !== null) {
    const acrossUs = wayOut(s, s.zones, span, caller);
    if (acrossUs >= 0) {
      s.fibers.ticket[span] = s.schedule(eventKinds.spanArrives, span, s.nowUs + acrossUs);
      return;
    }
  }
  const outUs = hopUs(s, span, 0);
  const { outLane } = s.services[s.fibers.service[span]!]!;
  if (outUs > 0) s.fibers.ticket[span] = scheduleAfter(s, outLane, eventKinds.spanArrives, span, outUs);
  else arriveAtService(s, span);
}

/** The attempt that `caller` waited for ended so: go on, try again, or fail. */
export function callReturned(s: RunState, caller: number, outcome: Outcome): void {
  if (s.guards !== null) guardedCallReturned(s, caller, outcome);
  attemptEnded(s, caller, outcome);
}

/** As `callReturned`, for an attempt that never left, too. */
export function attemptEnded(s: RunState, caller: number, outcome: Outcome): void {
  const { fibers, program } = s;
  const pc = fibers.pc[caller]!;
  const site = program.calls[program.a[pc]!]!;
  fibers.callee[caller] = -1;
  if (
    outcome !== outcomes.completed &&
    site.retries &&
    fibers.attempt[caller]! < site.retries.attempts &&
    (s.guards === null || takeRetry(s, caller))
  ) {
    const attempt = fibers.attempt[caller]! + 1;
    fibers.attempt[caller] = attempt;
    fibers.state[caller] = fiberStates.backingOff;
    const visitor = fibers.visitor[fibers.span[caller]!]!;
    const path = placeOf(placeOf(fibers.path[caller]!, program.hash[pc]!, attempt), backoffPlace, 0);
    s.draws.moveToStep(s.visitors.keyA[visitor]!, s.visitors.keyB[visitor]!, path);
    const waitUs = backoffUs(s, site.retries.backoffUs, site.retries.jitter, attempt);
    fibers.ticket[caller] = s.schedule(eventKinds.callAgain, caller, s.nowUs + waitUs);
    return;
  }
  if (s.guards !== null) guardedCallEnded(s, caller);
  fibers.attempt[caller] = 0;
  fibers.state[caller] = fiberStates.moving;
  if (outcome === outcomes.completed || site.isOptional) {
    fibers.pc[caller] = program.next[pc]!;
    s.wake(caller);
  } else endFiber(s, caller, true);
}

/**
 * The wait before retry `attempt` (1, 2 …): backoff x 2^(attempt - 1) x (1 + jitter x U), U in [-1, 1). Whole
 * microseconds.
 */
export function backoffUs(s: RunState, baseUs: number, jitter: number, attempt: number): number {
  const swing = jitter === 0 ? 1 : 1 + jitter * (2 * s.draws.uniform() - 1);
  return Math.round(baseUs * 2 ** (attempt - 1) * swing);
}

/** A call's patience is over: its caller leaves at once. */
export function callTimesOut(s: RunState, span: number): void {
  const { fibers, program } = s;
  const caller = fibers.parent[span]!;
  const { timeout } = program.calls[program.a[fibers.pc[caller]!]!]!;
  const isPresent = (fibers.flags[span]! & fiberFlags.present) !== 0;
  if (s.watchesAnswers && isPresent && fibers.instance[span]! >= 0)
    answerHeard(s, span, fibers.instance[span]!, true, false);
  giveUp(s, span, timeout!);
  callReturned(s, caller, outcomes.timedOut);
}

/** A message ended so. Whether the platform will deliver it again; the span's row is kept for that. */
export function retryMessage(s: RunState, span: number, outcome: Outcome): boolean {
  if (outcome === outcomes.completed) return false;
  const { fibers } = s;
  const { sendRetryWaitsUs, sendThrottle } = s.services[fibers.service[span]!]!.spec;
  const refusals = fibers.refusals[span]!;
  const failures = fibers.deliveries[span]! - refusals;
  let waitUs = sendRetryWaitsUs[failures] ?? -1;
  if (sendThrottle !== undefined) {
    if (outcome === outcomes.rejected) {
      waitUs = Math.min(sendThrottle.mostUs, sendThrottle.firstUs * 2 ** Math.min(refusals, 52));
      fibers.refusals[span] = refusals + 1;
    }
    let keptUs = refusedUs(sendThrottle, refusals) + waitUs;
    for (let i = 0; i < failures; i++) keptUs += sendRetryWaitsUs[i]!;
    if (keptUs > sendThrottle.keptUs) return false;
  }
  if (waitUs < 0) return false;
  fibers.state[span] = fiberStates.backingOff;
  fibers.ticket[span] = s.schedule(eventKinds.messageAgain, span, s.nowUs + waitUs);
  return true;
}

/** What a message has waited after so many refusals: twice as long after each, up to the most. */
function refusedUs({ firstUs, mostUs }: SendThrottleModel, refusals: number): number {
  const growing = Math.min(refusals, Math.ceil(Math.log2(mostUs / firstUs)));
  return firstUs * (2 ** growing - 1) + (refusals - growing) * mostUs;
}

/** The platform delivers a message again: a new span for the same message. */
export function messageAgain(s: RunState, old: number): void {
  const { fibers } = s;
  const deliveries = fibers.deliveries[old]! + 1;
  const path = placeOf(fibers.path[old]!, backoffPlace, deliveries);
  const entry = s.program.operations[fibers.service[old]!]![fibers.operation[old]!]!;
  const span = openSpan(s, fibers.visitor[old]!, entry, -1, path);
  fibers.flags[span]! |= fiberFlags.sent;
  fibers.deliveries[span] = deliveries;
  fibers.refusals[span] = fibers.refusals[old]!;
  fibers.depth[span] = fibers.depth[old]!;
  fibers.deliveries[old] = 0;
  fibers.refusals[old] = 0;
  closeSpan(s, old);
  beginSpan(s, span);
  arriveAtService(s, span);
}
