/**
 * Spans: opened for a caller, begun when the call leaves, told when it ends for the caller, closed when nothing works
 * on it any more. A span that its caller left is told at once and closed later.
 */
import { type Outcome, outcomeNames } from '../observation/contract.js';
import { fiberFlags, fiberStates } from './fibers.js';
import type { OperationEntry } from './program.js';
import type { RunState } from './state.js';
import { traceSpan } from './traces.js';

/**
 * A span of the operation `entry` for `caller` (a fiber, or -1: a visitor), not begun yet. `path` places its
 * draws.
 */
export function openSpan(s: RunState, visitor: number, entry: OperationEntry, caller: number, path: number): number {
  const { fibers } = s;
  const span = fibers.take();
  fibers.span[span] = span;
  fibers.pc[span] = entry.pc;
  fibers.path[span] = path | 0; // A whole number, as V8 is told by it.
  fibers.parent[span] = caller | 0;
  fibers.state[span] = fiberStates.moving;
  fibers.flags[span] = 0;
  fibers.ticket[span] = -1;
  fibers.visitor[span] = visitor | 0;
  fibers.service[span] = entry.service;
  fibers.operation[span] = entry.operation;
  fibers.instance[span] = -1;
  fibers.instanceNumber[span] = -1;
  fibers.arrivedUs[span] = -1;
  if (s.tracksIdling) {
    fibers.startedUs[span] = -1;
    fibers.idlingUs[span] = 0;
  }
  if (s.hasQueuedTimeouts) fibers.timeoutIsWhileQueued[span] = 0;
  if (s.zones !== null) s.zones.begin(span);
  if (caller < 0) {
    fibers.depth[span] = 1;
    fibers.isForNobody[span] = 0;
  } else {
    const above = fibers.span[caller]!;
    fibers.depth[span] = fibers.depth[above]! + 1;
    fibers.isForNobody[span] = fibers.isForNobody[above]!;
  }
  s.visitors.holders[visitor]!++;
  return span;
}

/** The call leaves its caller now: from here on the span counts. */
export function beginSpan(s: RunState, span: number): void {
  const { fibers } = s;
  const service = fibers.service[span]!;
  const isMeasured = s.isMeasuredNow();
  fibers.beganUs[span] = s.nowUs;
  if (isMeasured) fibers.flags[span]! |= fiberFlags.measured;
  s.measures.offered[service]!++;
  const { spanBeganListeners: listeners } = s;
  for (let i = 0; i < listeners.length; i++) listeners[i]!.spanBegan!(service, s.nowUs, isMeasured);
}

/** Tell how the span ended for its caller. Once. */
export function tellSpan(s: RunState, span: number, outcome: Outcome): void {
  const { fibers, spanFact: fact } = s;
  const flags = fibers.flags[span]!;
  if ((flags & fiberFlags.told) !== 0) throw new Error(`span ${span} ended twice`);
  fibers.flags[span] = flags | fiberFlags.told;
  const service = fibers.service[span]!;
  s.measures.ended[service * outcomeNames.length + outcome]!++;
  const { newTally } = s.services[service]!;
  if (newTally !== null && fibers.instanceNumber[span]! >= newTally.firstNumber)
    newTally.count(outcome, s.nowUs - fibers.beganUs[span]!);
  if (s.traceListeners.length > 0) traceSpan(s, span, outcome);
  if (s.spanListeners.length === 0) return;
  fact.service = service;
  fact.outcome = outcome;
  fact.instance = fibers.instanceNumber[span]!;
  fact.beganUs = fibers.beganUs[span]!;
  fact.endedUs = s.nowUs;
  fact.waitUs = waitedUs(s, span);
  fact.coldKind = fibers.coldKind[span]! as 0 | 1 | 2;
  fact.isMeasured = (flags & fiberFlags.measured) !== 0;
  for (let i = 0; i < s.spanListeners.length; i++) s.spanListeners[i]!.spanEnded!(fact);
}

/**
 * From arrival at the service to its first step or to leaving the queue, or until now where it waits; -1: it never
 * did.
 */
function waitedUs(s: RunState, span: number): number {
  const { arrivedUs, flags, startedUs } = s.fibers;
  const arrived = arrivedUs[span]!;
  if (arrived < 0) return -1;
  const stillWaits = (flags[span]! & (fiberFlags.present | fiberFlags.inService)) === fiberFlags.present;
  return (stillWaits ? s.nowUs : startedUs[span]!) - arrived;
}

/** Nothing works on the span any more: its row is free. */
export function closeSpan(s: RunState, span: number): void {
  const { fibers } = s;
  const visitor = fibers.visitor[span]!;
  if (s.services[fibers.service[span]!]!.mayBeCold) {
    fibers.coldKind[span] = 0;
    fibers.startUpUs[span] = 0;
  }
  fibers.give(span);
  s.visitors.release(visitor);
}

/** The span is present at its service: in a queue there, or in service. */
export function enterStation(s: RunState, span: number): void {
  const { fibers, measures } = s;
  const service = fibers.service[span]!;
  measures.inside[service]!++;
  measures.insideOriginUs[service]! += s.nowUs;
  measures.waiting[service]!++;
  measures.waitingOriginUs[service]! += s.nowUs;
  fibers.arrivedUs[span] = s.nowUs;
  fibers.flags[span]! |= fiberFlags.present;
}

/** The span is present at its service and in service at once: as `enterStation`, without the line. */
export function enterService(s: RunState, span: number): void {
  const { fibers, measures } = s;
  const service = fibers.service[span]!;
  measures.inside[service]!++;
  measures.insideOriginUs[service]! += s.nowUs;
  fibers.arrivedUs[span] = s.nowUs;
}

/** The span leaves its service, from the queue or from service. */
export function leaveStation(s: RunState, span: number): void {
  const { fibers, measures } = s;
  const service = fibers.service[span]!;
  const flags = fibers.flags[span]!;
  measures.inside[service]!--;
  measures.insideOriginUs[service]! -= s.nowUs;
  if ((flags & fiberFlags.inService) === 0) {
    measures.waiting[service]!--;
    measures.waitingOriginUs[service]! -= s.nowUs;
    fibers.startedUs[span] = s.nowUs; // Its wait is over, unserved.
  }
  if (s.nowUs > s.fromUs) {
    const arrivedUs = fibers.arrivedUs[span]!;
    measures.sojournUs[service]! += s.nowUs - Math.max(arrivedUs, s.fromUs);
  }
  fibers.flags[span] = flags & ~(fiberFlags.present | fiberFlags.inService);
}
