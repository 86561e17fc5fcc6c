/**
 * What a span or a query was on its way, for those who draw single requests: told when it ends, read off the tables.
 *
 * Its own file because nothing of it is on the way of a run that nobody traces. Checked by
 * test/observation/traceRecorder.test.ts on runs whose times are known by hand.
 */
import { type Outcome, outcomes, type TraceFact } from '../observation/contract.js';
import { visitPlaces, visitTimes } from './directVisits.js';
import type { RunState } from './state.js';

/** A fact that says nothing yet; the run fills the same one again and again. */
export function noTrace(): TraceFact {
  return {
    isQuery: false,
    source: 0,
    visitorNumber: 0,
    slot: 0,
    target: 0,
    operation: -1,
    row: 0,
    parentRow: -1,
    attempt: 0,
    instance: -1,
    outcome: 0,
    coldKind: 0,
    beganUs: 0,
    arrivedUs: -1,
    startedUs: -1,
    endedUs: 0,
    waitingUs: 0,
  };
}

/** Only where somebody listens. The span's row is still its own. */
export function traceSpan(s: RunState, span: number, outcome: Outcome): void {
  const { fibers, visitors, traceFact: fact } = s;
  const caller = fibers.parent[span]!;
  const visitor = fibers.visitor[span]!;
  nameVisitor(s, fact, visitor);
  fact.isQuery = false;
  fact.target = fibers.service[span]!;
  fact.operation = fibers.operation[span]!;
  fact.row = span;
  fact.parentRow = caller < 0 ? -1 : fibers.span[caller]!;
  fact.attempt = caller < 0 ? visitors.attempt[visitor]! : fibers.attempt[caller]!;
  fact.instance = fibers.instanceNumber[span]!;
  fact.outcome = outcome;
  fact.coldKind = fibers.coldKind[span]! as 0 | 1 | 2;
  fact.beganUs = fibers.beganUs[span]!;
  fact.arrivedUs = fibers.arrivedUs[span]!;
  fact.startedUs = fibers.startedUs[span]!;
  fact.endedUs = s.nowUs;
  // The answer's way home is in it too, so that the rest is CPU.
  const isIdle = fact.startedUs >= 0 && fibers.computingCount[span] === 0;
  fact.waitingUs = fibers.idlingUs[span]! + (isIdle ? s.nowUs - fibers.idlingSinceUs[span]! : 0);
  for (let i = 0; i < s.traceListeners.length; i++) s.traceListeners[i]!.traced!(fact);
}

/** As `traceSpan`, of a direct visit, whose one span is known as a whole when it ends; refused: at the door. */
export function traceDirect(s: RunState, visit: number, outcome: Outcome, row: number): void {
  const { traceFact: fact } = s;
  const { places, times } = s.direct;
  const source = s.sources[places[8 * visit + visitPlaces.source]!]!;
  const isServed = outcome === outcomes.completed;
  fact.source = source.index;
  fact.visitorNumber = times[4 * visit + visitTimes.number]!;
  fact.slot = visit;
  fact.isQuery = false;
  fact.target = source.direct!.state.index;
  fact.operation = source.onlyEntry!.operation;
  fact.row = visit;
  fact.parentRow = -1;
  fact.attempt = 0;
  fact.instance = row < 0 ? -1 : s.instances.number[row]!;
  fact.outcome = outcome;
  fact.coldKind = places[8 * visit + visitPlaces.coldKind]! as 0 | 1 | 2;
  fact.beganUs = times[4 * visit + visitTimes.beganUs]!;
  fact.arrivedUs = isServed ? fact.beganUs : -1;
  fact.startedUs = isServed ? times[4 * visit + visitTimes.startedUs]! : -1;
  fact.endedUs = s.nowUs;
  fact.waitingUs = isServed && !source.direct!.isCpu ? s.nowUs - fact.startedUs : 0;
  for (let i = 0; i < s.traceListeners.length; i++) s.traceListeners[i]!.traced!(fact);
}

export function traceQuery(s: RunState, fiber: number, outcome: Outcome): void {
  const { fibers, traceFact: fact } = s;
  const span = fibers.span[fiber]!;
  nameVisitor(s, fact, fibers.visitor[span]!);
  fact.isQuery = true;
  fact.target = fibers.database[fiber]!;
  fact.operation = -1;
  fact.row = -1;
  fact.parentRow = span;
  fact.attempt = 0;
  fact.instance = -1;
  fact.outcome = outcome;
  fact.coldKind = 0;
  fact.beganUs = fibers.queryBeganUs[fiber]!;
  fact.arrivedUs = fact.beganUs;
  fact.startedUs = fibers.queryStartedUs[fiber]!;
  fact.endedUs = s.nowUs;
  fact.waitingUs = 0;
  for (let i = 0; i < s.traceListeners.length; i++) s.traceListeners[i]!.traced!(fact);
}

function nameVisitor({ visitors }: RunState, fact: TraceFact, visitor: number): void {
  fact.source = visitors.source[visitor]!;
  fact.visitorNumber = visitors.number[visitor]!;
  fact.slot = visitor;
}
