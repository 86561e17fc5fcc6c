/**
 * Endings before the end: callers who leave, work that is cancelled, limits, and instances that die under their work.
 */
import type { TimeoutModel } from '../model/contract.js';
import { outcomes } from '../observation/contract.js';
import { guardedCallBrokenOff } from './callGuards.js';
import { leaveServiceQueue } from './dispatch.js';
import { fiberFlags, fiberStates } from './fibers.js';
import { cancelJob, workLeft } from './machines.js';
import { abandonQuery } from './queries.js';
import { answerHeard } from './routing.js';
import type { ServiceState } from './services.js';
import { beginSpan, closeSpan, leaveStation, tellSpan } from './spans.js';
import type { RunState } from './state.js';
import { countWasted, endComputing } from './steps.js';
import { answer, finishWork, leaveInstance } from './work.js';

/** The patience of whoever asked for `span` is over. Before the first step there is nothing to finish for nobody. */
export function giveUp(s: RunState, span: number, { cancels, isWhileQueued }: TimeoutModel): void {
  if (isWhileQueued) withdraw(s, span);
  else if (cancels) cancelSpan(s, span);
  else abandonSpan(s, span);
}

/** The caller of `span` leaves; the servers finish the work for nobody. */
function abandonSpan(s: RunState, span: number): void {
  const { fibers } = s;
  const flags = fibers.flags[span]!;
  fibers.timeoutTicket[span] = -1;
  fibers.parent[span] = -1;
  fibers.flags[span] = flags | fiberFlags.abandoned;
  const hasBegun = fibers.beganUs[span]! >= 0;
  if (hasBegun && (flags & fiberFlags.told) === 0) tellSpan(s, span, outcomes.timedOut);
  if (fibers.state[span] === fiberStates.answering) {
    fibers.ticket[span] = -1;
    closeSpan(s, span);
  } else markForNobody(s, span);
}

/** The caller of `span` leaves and stops the work behind it, where the platform lets him. */
function cancelSpan(s: RunState, span: number): void {
  if (s.services[s.fibers.service[span]!]!.spec.neverCancels) abandonSpan(s, span);
  else withdraw(s, span);
}

/** The span ends now: everything held is given back, all below ends with it. */
function withdraw(s: RunState, span: number): void {
  const { fibers } = s;
  const flags = fibers.flags[span]!;
  const isInService = (flags & fiberFlags.inService) !== 0;
  fibers.timeoutTicket[span] = -1;
  if (fibers.beganUs[span]! < 0) beginSpan(s, span);
  if ((fibers.flags[span]! & fiberFlags.told) === 0) tellSpan(s, span, outcomes.timedOut);
  if (isInService) {
    unwind(s, span, true);
    leaveInstance(s, span);
  } else if ((flags & fiberFlags.present) !== 0) {
    leaveServiceQueue(s, span);
    leaveStation(s, span);
  }
  fibers.ticket[span] = -1;
  closeSpan(s, span);
}

/** Event: the platform ends a request that ran too long. */
export function limitReached(s: RunState, span: number): void {
  if (s.queue.takenTicket !== s.fibers.limitTicket[span]) return;
  unwind(s, span, false);
  finishWork(s, span, outcomes.timedOut);
}

/**
 * Instance `row` died: every span in service or waiting there fails, in the order in which they came; what it had in
 * flight below goes on for nobody.
 */
export function failEverythingOn(s: RunState, row: number): number {
  const { fibers, instances } = s;
  if (instances.inService[row] === 0 && instances.queued[row] === 0) return 0;
  const victims = [...spansInService(s, row), ...spansInLine(s, row)];
  for (const span of victims) {
    const isStillThere = fibers.isTaken(span) && fibers.span[span] === span && fibers.instance[span] === row;
    if (!isStillThere || (fibers.flags[span]! & fiberFlags.present) === 0) continue; // Ended with one it waited for.
    if ((fibers.flags[span]! & fiberFlags.inService) !== 0) {
      unwind(s, span, false);
      finishWork(s, span, outcomes.failed);
    } else {
      if (s.watchesAnswers) answerHeard(s, span, row, true, false);
      leaveServiceQueue(s, span);
      leaveStation(s, span);
      answer(s, span, outcomes.failed);
    }
  }
  return victims.length;
}

/** In the order in which they took their slots: rows say nothing of age. */
function spansInService(s: RunState, row: number): number[] {
  const { fibers } = s;
  const spans: number[] = [];
  for (let span = 0; span < fibers.highWater; span++) {
    const isThere = fibers.isTaken(span) && fibers.span[span] === span && fibers.instance[span] === row;
    if (isThere && (fibers.flags[span]! & fiberFlags.inService) !== 0) spans.push(span);
  }
  return spans.sort((one, other) => fibers.startOrder[one]! - fibers.startOrder[other]!);
}

function spansInLine(s: RunState, row: number): number[] {
  const spans: number[] = [];
  for (let span = s.instances.queueHead[row]!; span >= 0; span = s.fibers.queueNext[span]!) spans.push(span);
  return spans;
}

/**
 * Break off every step of a span in service (given its main fiber), or of one of its branches. Calls in flight are
 * cancelled, or left to go on for nobody.
 */
function unwind(s: RunState, fiber: number, cancelsBelow: boolean): void {
  const { fibers } = s;
  const state = fibers.state[fiber]!;
  if (s.guards !== null) guardedCallBrokenOff(s, fiber);
  if (fibers.database[fiber]! >= 0) abandonQuery(s, fiber, cancelsBelow ? outcomes.timedOut : outcomes.failed);
  else if (state === fiberStates.computing) {
    const row = fibers.instance[fibers.span[fiber]!]!;
    fibers.work[fiber] = Math.max(0, fibers.work[fiber]! - workLeft(s, row, fiber));
    cancelJob(s, row, fiber);
    endComputing(s, fiber);
  } else if (state === fiberStates.calling) {
    const callee = fibers.callee[fiber]!;
    fibers.callee[fiber] = -1;
    if (cancelsBelow) cancelSpan(s, callee);
    else orphan(s, callee);
  } else if (state === fiberStates.joining) {
    for (let child = fibers.firstChild[fiber]!; child >= 0; ) {
      const sibling = fibers.nextSibling[child]!;
      unwind(s, child, cancelsBelow);
      fibers.give(child);
      child = sibling;
    }
    fibers.firstChild[fiber] = -1;
    fibers.pending[fiber] = 0;
  }
  fibers.attempt[fiber] = 0;
  fibers.ticket[fiber] = -1;
  fibers.state[fiber] = fiberStates.moving;
}

/** The caller of `span` is no more: the span goes on and ends as it ends, and nobody hears of it. */
function orphan(s: RunState, span: number): void {
  const { fibers } = s;
  fibers.timeoutTicket[span] = -1;
  fibers.parent[span] = -1;
  fibers.flags[span]! |= fiberFlags.abandoned;
  if (fibers.state[span] === fiberStates.answering) {
    fibers.ticket[span] = -1;
    tellSpan(s, span, fibers.outcome[span]! as 0 | 1 | 2 | 3);
    closeSpan(s, span);
  } else markForNobody(s, span);
}

/** From now on the work of `span`, and of all below it, is for nobody. */
function markForNobody(s: RunState, span: number): void {
  if (s.fibers.isForNobody[span] === 1) return;
  s.fibers.isForNobody[span] = 1;
  s.hasWorkForNobody = true;
  if ((s.fibers.flags[span]! & fiberFlags.inService) !== 0) markFiber(s, span);
}

/**
 * Count what the steps in progress, of one service or of all (null), have done for nobody until now: their pace is
 * about to change, or the state of the run to be shown.
 */
export function countWastedUntilNow(s: RunState, state: ServiceState | null): void {
  const { fibers } = s;
  for (let fiber = 0; fiber < fibers.highWater; fiber++) {
    if (!fibers.isTaken(fiber) || fibers.state[fiber] !== fiberStates.computing || fibers.database[fiber]! >= 0)
      continue;
    const span = fibers.span[fiber]!;
    if (fibers.isForNobody[span] === 0 || (state !== null && fibers.service[span] !== state.index)) continue;
    const left = workLeft(s, fibers.instance[span]!, fiber);
    countWasted(s, fiber, fibers.work[fiber]! - left);
    fibers.work[fiber] = left;
  }
}

function markFiber(s: RunState, fiber: number): void {
  const { fibers } = s;
  const state = fibers.state[fiber]!;
  if (state === fiberStates.computing && fibers.database[fiber]! < 0) {
    fibers.work[fiber] = workLeft(s, fibers.instance[fibers.span[fiber]!]!, fiber); // What was done was for somebody.
  } else if (state === fiberStates.calling) markForNobody(s, fibers.callee[fiber]!);
  else if (state === fiberStates.joining) {
    for (let child = fibers.firstChild[fiber]!; child >= 0; child = fibers.nextSibling[child]!) markFiber(s, child);
  }
}
