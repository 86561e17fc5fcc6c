/**
 * Which constant delays have lanes: the ways between visitors and services, patience, platforms' limits. One lane for
 * each
 * kind of event and delay; what is drawn anew each time goes through the heap.
 */
import { eventKinds, kindBits, rankOfKind } from './eventKinds.js';
import { constantUs } from './sources.js';
import type { RunState } from './state.js';

export class Lanes {
  private readonly state: RunState;
  private readonly byKey = new Map<number, number>();

  constructor(state: RunState) {
    this.state = state;
  }

  /** The lane for events of `kind` that come `delayUs` after they are scheduled; -1 where the delay is no constant. */
  of(kind: number, delayUs: number): number {
    if (!(delayUs > 0) || delayUs === Number.POSITIVE_INFINITY) return -1;
    const key = delayUs * 2 ** kindBits + kind;
    let lane = this.byKey.get(key);
    if (lane === undefined) {
      lane = this.state.queue.openLane(this.staleness(kind));
      this.byKey.set(key, lane);
    }
    return lane;
  }

  private staleness(kind: number): (event: number, ticket: number) => boolean {
    const { fibers, visitors } = this.state;
    if (kind === eventKinds.visitorTimesOut)
      return (event, ticket) => visitors.timeoutTicket[event >> kindBits] !== ticket;
    if (kind === eventKinds.callTimesOut) return (event, ticket) => fibers.timeoutTicket[event >> kindBits] !== ticket;
    if (kind === eventKinds.limitReached) return (event, ticket) => fibers.limitTicket[event >> kindBits] !== ticket;
    return (event, ticket) => fibers.ticket[event >> kindBits] !== ticket;
  }
}

/** Open the lanes of everything in the model whose delay never changes. */
export function openLanes(s: RunState): void {
  const { spanArrives, answerArrives, visitorTimesOut, callTimesOut, limitReached, overflowEnds } = eventKinds;
  for (const source of s.sources) {
    source.outLane = s.lanes.of(spanArrives, source.clientUs);
    source.backLane = s.lanes.of(answerArrives, source.clientUs);
    source.timeoutLane = s.lanes.of(visitorTimesOut, source.timeoutUs);
  }
  for (const state of s.services) {
    state.outLane = s.lanes.of(spanArrives, state.hopOutUs);
    state.backLane = s.lanes.of(answerArrives, state.hopBackUs);
    state.limitLane = s.lanes.of(limitReached, state.spec.requestTimeoutUs);
    state.overflowLane = s.lanes.of(overflowEnds, state.environments?.overflowWaitUs ?? Number.NaN);
  }
  for (const { timeout } of s.program.calls) {
    s.program.timeoutLanes.push(s.lanes.of(callTimesOut, timeout ? constantUs(timeout.after) : Number.NaN));
  }
}

/**
 * Schedule an event `delayUs` from now in its lane, or through the heap where it has none (-1). Its ticket comes
 * back.
 */
export function scheduleAfter(s: RunState, lane: number, kind: number, index: number, delayUs: number): number {
  if (lane < 0) return s.schedule(kind, index, s.nowUs + delayUs);
  return s.queue.pushLane(lane, s.nowUs + delayUs, rankOfKind[kind]!, (index << kindBits) | kind);
}
