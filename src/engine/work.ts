/**
 * Work on an instance: a span takes a slot, walks its steps, gives the slot back; its answer travels home.
 */
import { type Outcome, outcomes } from '../observation/contract.js';
import { answerVisitor, clientHopUs } from './arrivals.js';
import { callReturned, hopUs, retryMessage } from './calls.js';
import { slotFreed } from './dispatch.js';
import { eventKinds } from './eventKinds.js';
import { fiberFlags, fiberStates } from './fibers.js';
import { scheduleAfter } from './lanes.js';
import { watchMemory } from './memory.js';
import { continueBatch, messageEnded, withdrawIfBack } from './messageQueues.js';
import { suspectIfPressed } from './probes.js';
import { answerHeard } from './routing.js';
import { beginSpan, closeSpan, enterService, leaveStation, tellSpan } from './spans.js';
import type { RunState } from './state.js';
import { beginWarm } from './warming.js';
import { wayBack } from './zones.js';

/** The span, present at its service or arriving just now, takes a slot of instance `row` and begins its first step. */
export function startSpan(s: RunState, span: number, row: number): void {
  const { fibers, instances, measures } = s;
  const service = fibers.service[span]!;
  const state = s.services[service]!;
  const flags = fibers.flags[span]!;
  if ((flags & fiberFlags.present) === 0) enterService(s, span);
  else {
    measures.waiting[service]!--;
    measures.waitingOriginUs[service]! -= s.nowUs;
  }
  fibers.instance[span] = row;
  fibers.instanceNumber[span] = instances.number[row]!;
  fibers.flags[span] = (flags | fiberFlags.present | fiberFlags.inService) & ~fiberFlags.bound;
  fibers.state[span] = fiberStates.moving;
  fibers.startedUs[span] = s.nowUs;
  fibers.startOrder[span] = s.startCount++;
  if (s.tracksIdling) fibers.idlingSinceUs[span] = s.nowUs;
  const inService = instances.inService[row]! + 1;
  instances.inService[row] = inService;
  if (inService === 1) {
    measures.busy[service]!++;
    measures.busyOriginUs[service]! += s.nowUs;
    if (s.busyListeners.length > 0) tellBusy(s, row, true);
  }
  if (s.hasQueuedTimeouts) endQueuedTimeout(s, span);
  if (state.hasLimit) {
    const { requestTimeoutUs } = state.spec;
    fibers.limitTicket[span] = scheduleAfter(s, state.limitLane, eventKinds.limitReached, span, requestTimeoutUs);
  }
  if (!state.isPlain) {
    if (answersWithError(s, span, row)) fibers.pc[span] = s.program.failPc;
    if (state.watches !== null) suspectIfPressed(s, state, row);
    if (state.warming !== null) beginWarm(s, state, span, row);
    if (state.memoryUse !== null) watchMemory(s, state, row);
  }
  s.wake(span);
}

/** A fault in force, or the version it runs, may answer with an error instead of working. */
function answersWithError(s: RunState, span: number, row: number): boolean {
  const state = s.services[s.fibers.service[span]!]!;
  const { failChance } = state.versions[s.instances.version[row]!]!;
  if (state.errorChance === 0 && failChance === 0) return false;
  return (
    (failChance > 0 && state.faultDraws.uniform() < failChance) ||
    (state.errorChance > 0 && state.faultDraws.uniform() < state.errorChance)
  );
}

function endQueuedTimeout(s: RunState, span: number): void {
  const { fibers } = s;
  if (fibers.timeoutIsWhileQueued[span] === 1) fibers.timeoutTicket[span] = -1;
  const visitor = fibers.visitor[span]!;
  if (s.visitors.root[visitor] === span && s.sources[s.visitors.source[visitor]!]!.timesOutWhileQueued) {
    s.visitors.timeoutTicket[visitor] = -1;
  }
}

/** The span's steps are over, one way or the other: it gives its slot back, and the answer goes home. */
export function finishWork(s: RunState, span: number, outcome: Outcome): void {
  if (s.watchesAnswers && (s.fibers.flags[span]! & fiberFlags.abandoned) === 0) {
    answerHeard(s, span, s.fibers.instance[span]!, outcome !== outcomes.completed, true);
  }
  s.fibers.outcome[span] = outcome;
  if (outcome === outcomes.completed && s.fibers.message[span]! >= 0) withdrawIfBack(s, span);
  leaveInstance(s, span);
  answer(s, span, outcome);
}

/** Give back the slot and whatever the instance keeps for the span, and tell the meters. */
export function leaveInstance(s: RunState, span: number): void {
  const { fibers, instances, measures } = s;
  const row = fibers.instance[span]!;
  const service = fibers.service[span]!;
  if (s.services[service]!.hasLimit) fibers.limitTicket[span] = -1;
  const isSlotKept = fibers.message[span]! >= 0 && continueBatch(s, span, row);
  if (s.invocationListeners.length > 0 && !isSlotKept) tellInvocation(s, span, row);
  leaveStation(s, span);
  const inService = instances.inService[row]! - 1;
  instances.inService[row] = inService;
  if (inService === 0) {
    measures.busy[service]!--;
    measures.busyOriginUs[service]! -= s.nowUs;
    if (s.busyListeners.length > 0) tellBusy(s, row, false);
  }
  if (!isSlotKept) slotFreed(s, row);
}

export function tellBusy(s: RunState, row: number, isBusy: boolean): void {
  const { instances, busyListeners: listeners } = s;
  const service = instances.service[row]!;
  const number = instances.number[row]!;
  for (let i = 0; i < listeners.length; i++) listeners[i]!.instanceBusyChanged!(service, number, isBusy, s.nowUs);
}

function tellInvocation(s: RunState, span: number, row: number): void {
  describeWork(s, span, row);
  const { invocationFact: fact } = s;
  for (let i = 0; i < s.invocationListeners.length; i++) s.invocationListeners[i]!.invocationEnded!(fact);
}

/** Writes the span's work on instance `row`, until now, into the run's fact. */
export function describeWork(s: RunState, span: number, row: number): void {
  const { fibers, invocationFact: fact } = s;
  fact.service = fibers.service[span]!;
  fact.instance = s.instances.number[row]!;
  fact.beganUs = workBeganUs(s, span);
  fact.endedUs = s.nowUs;
  fact.startUs = fibers.startUpUs[span]!;
  const idlingUs = fibers.idlingUs[span]!;
  fact.waitingUs = fibers.computingCount[span] === 0 ? idlingUs + s.nowUs - fibers.idlingSinceUs[span]! : idlingUs;
  fact.isMeasured = (fibers.flags[span]! & fiberFlags.measured) !== 0;
}

/** When the slot was taken: of a batch of messages, by the first of them. */
function workBeganUs(s: RunState, span: number): number {
  const message = s.fibers.message[span]!;
  const startedUs = s.fibers.startedUs[span]!;
  if (message < 0 || s.messages!.table.span[message] !== span) return startedUs;
  return Math.min(startedUs, s.messages!.table.slotSinceUs[message]!);
}

/** The span holds nothing any more: its answer travels to whoever waits, if anybody does. */
export function answer(s: RunState, span: number, outcome: Outcome): void {
  const { fibers } = s;
  const flags = fibers.flags[span]!;
  if ((flags & (fiberFlags.abandoned | fiberFlags.sent)) !== 0) {
    endUnheard(s, span, outcome);
    return;
  }
  const caller = fibers.parent[span]!;
  let backUs: number;
  let lane: number;
  if (caller < 0) {
    tellSpan(s, span, outcome); // The visitor's own way home is no part of the service's latency.
    const source = s.sources[s.visitors.source[fibers.visitor[span]!]!]!;
    backUs = source.clientUs >= 0 ? source.clientUs : clientHopUs(s, span, 1);
    lane = source.backLane;
  } else {
    const state = s.services[fibers.service[span]!]!;
    backUs = state.hopBackUs >= 0 ? state.hopBackUs : hopUs(s, span, 1);
    lane = state.backLane;
    if (s.zones !== null) {
      const acrossUs = wayBack(s, s.zones, state, span);
      if (acrossUs >= 0) {
        backUs = acrossUs;
        lane = -1;
      }
    }
  }
  if (backUs > 0) {
    fibers.outcome[span] = outcome;
    fibers.state[span] = fiberStates.answering;
    fibers.ticket[span] = scheduleAfter(s, lane, eventKinds.answerArrives, span, backUs);
  } else hear(s, span, caller, outcome);
}

/** Nobody waits for the answer: its caller has left, or never waited. */
function endUnheard(s: RunState, span: number, outcome: Outcome): void {
  const { fibers } = s;
  const flags = fibers.flags[span]!;
  if ((flags & fiberFlags.told) === 0) tellSpan(s, span, outcome);
  if ((flags & fiberFlags.abandoned) === 0) {
    if (fibers.message[span]! >= 0) messageEnded(s, span, outcome);
    else if (retryMessage(s, span, outcome)) return;
    fibers.deliveries[span] = 0;
    fibers.refusals[span] = 0;
  }
  closeSpan(s, span);
}

/** Event: the answer is there. */
export function deliver(s: RunState, span: number): void {
  const { fibers } = s;
  hear(s, span, fibers.parent[span]!, fibers.outcome[span]! as Outcome);
}

function hear(s: RunState, span: number, caller: number, outcome: Outcome): void {
  const { fibers } = s;
  if (caller >= 0) {
    tellSpan(s, span, outcome);
    fibers.timeoutTicket[span] = -1;
    closeSpan(s, span);
    callReturned(s, caller, outcome);
    return;
  }
  const visitor = fibers.visitor[span]!;
  closeSpan(s, span);
  answerVisitor(s, visitor, outcome);
}

/** Refuse a span that is at its service's door: nothing is held; the refusal travels like an answer. */
export function refuse(s: RunState, span: number, outcome: Outcome): void {
  if (s.fibers.beganUs[span]! < 0) beginSpan(s, span);
  answer(s, span, outcome);
}
