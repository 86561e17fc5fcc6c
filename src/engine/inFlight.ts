/**
 * What is still in flight when a run ends, told once: visitors, spans, queries, work on instances. Whoever counts those
 * that have stopped waiting, or had an environment started for them, counts these too though their end is unknown; and
 * work that began is billed.
 *
 * Its own file because it looks at whole tables, once, and no handler does. Checked by test/engine/inFlight.test.ts.
 */
import type { Observer } from '../observation/contract.js';
import { describeVisit } from './direct.js';
import { visitPlaces, visitStates, visitTimes } from './directVisits.js';
import { fiberFlags } from './fibers.js';
import type { RunState } from './state.js';
import { visitorFlags } from './visitors.js';
import { describeWork } from './work.js';

export function tellInFlight(s: RunState): void {
  const { fibers, visitors } = s;
  for (let fiber = 0; fiber < fibers.highWater; fiber++) {
    if (!fibers.isTaken(fiber)) continue;
    if (fibers.span[fiber] === fiber) {
      tellSpan(s, fiber);
      if (s.invocationListeners.length > 0) tellWork(s, fiber, s.observers);
    }
    if (fibers.database[fiber]! >= 0) tellQuery(s, fiber);
  }
  for (let visit = 0; visit < s.direct.highWater; visit++) {
    if (s.direct.places[8 * visit + visitPlaces.state] === visitStates.free) continue;
    tellDirectSpan(s, visit);
    if (s.invocationListeners.length > 0) tellDirectWork(s, visit, s.observers);
  }
  for (let visit = 0; visit < s.direct.highWater; visit++)
    if (s.direct.places[8 * visit + visitPlaces.state] !== visitStates.free) tellDirectVisitor(s, visit);
  for (let visitor = 0; visitor < visitors.highWater; visitor++)
    if (visitors.isTaken(visitor) && (visitors.flags[visitor]! & visitorFlags.left) === 0) tellVisitor(s, visitor);
}

/**
 * The work in flight at `clockUs`, from the last event to the next, told to one observer as it would be told to all if
 * the run ended then. Changes nothing.
 */
export function tellWorkInFlight(s: RunState, observer: Observer, clockUs: number): void {
  const { fibers, direct, nowUs } = s;
  const observers = [observer];
  s.nowUs = clockUs;
  for (let fiber = 0; fiber < fibers.highWater; fiber++)
    if (fibers.isTaken(fiber) && fibers.span[fiber] === fiber) tellWork(s, fiber, observers);
  for (let visit = 0; visit < direct.highWater; visit++)
    if (direct.places[8 * visit + visitPlaces.state] !== visitStates.free) tellDirectWork(s, visit, observers);
  s.nowUs = nowUs;
}

function tellSpan({ fibers, spanFact: fact, observers, nowUs }: RunState, span: number): void {
  const flags = fibers.flags[span]!;
  if (fibers.beganUs[span]! < 0 || (flags & fiberFlags.told) !== 0) return;
  const arrivedUs = fibers.arrivedUs[span]!;
  const waits = (flags & (fiberFlags.present | fiberFlags.inService)) === fiberFlags.present;
  fact.service = fibers.service[span]!;
  fact.instance = fibers.instanceNumber[span]!;
  fact.beganUs = fibers.beganUs[span]!;
  fact.endedUs = nowUs;
  fact.waitUs = arrivedUs < 0 || waits ? -1 : fibers.startedUs[span]! - arrivedUs;
  fact.coldKind = fibers.coldKind[span]! as 0 | 1 | 2;
  fact.isMeasured = (flags & fiberFlags.measured) !== 0;
  for (const observer of observers) observer.spanInFlight?.(fact);
}

/** A span in service, or bound to an environment that is not ready yet; heard by somebody or not. */
function tellWork(s: RunState, span: number, observers: readonly Observer[]): void {
  const { fibers, invocationFact: fact } = s;
  const flags = fibers.flags[span]!;
  const isInService = (flags & fiberFlags.inService) !== 0;
  if (!isInService && (flags & fiberFlags.bound) === 0) return;
  const row = fibers.instance[span]!;
  describeWork(s, span, row);
  if (!isInService) waitsForStart(s, row);
  for (const observer of observers) observer.invocationInFlight?.(fact);
}

/** Nothing is done yet: of the fact only the start, where the call caused it, is over so far. */
function waitsForStart({ instances, invocationFact: fact, nowUs }: RunState, row: number): void {
  fact.beganUs = nowUs;
  fact.waitingUs = 0;
  if (fact.startUs === -1) fact.startUs = nowUs - instances.createdUs[row]!;
}

function tellQuery({ fibers, queryFact: fact, observers, nowUs, fromUs }: RunState, fiber: number): void {
  const startedUs = fibers.queryStartedUs[fiber]!;
  fact.database = fibers.database[fiber]!;
  fact.beganUs = fibers.queryBeganUs[fiber]!;
  fact.endedUs = nowUs;
  fact.waitUs = startedUs < 0 ? -1 : startedUs - fact.beganUs;
  fact.isMeasured = fact.beganUs >= fromUs;
  for (const observer of observers) observer.queryInFlight?.(fact);
}

function tellVisitor({ visitors, visitorFact: fact, observers, nowUs }: RunState, visitor: number): void {
  fact.source = visitors.source[visitor]!;
  fact.attemptCount = visitors.attempt[visitor]! + 1;
  fact.beganUs = visitors.beganUs[visitor]!;
  fact.endedUs = nowUs;
  fact.isMeasured = (visitors.flags[visitor]! & visitorFlags.measured) !== 0;
  fact.visitorNumber = visitors.number[visitor]!;
  fact.customer = visitors.customer[visitor]!;
  fact.slot = visitor;
  for (const observer of observers) observer.visitorInFlight?.(fact);
}

function tellDirectSpan(
  { direct, instances, sources, spanFact: fact, observers, nowUs }: RunState,
  visit: number,
): void {
  const { places, times } = direct;
  const beganUs = times[4 * visit + visitTimes.beganUs]!;
  const waits = places[8 * visit + visitPlaces.state] === visitStates.waiting;
  fact.service = sources[places[8 * visit + visitPlaces.source]!]!.direct!.state.index;
  fact.instance = instances.number[places[8 * visit + visitPlaces.row]!]!;
  fact.beganUs = beganUs;
  fact.endedUs = nowUs;
  fact.waitUs = waits ? -1 : times[4 * visit + visitTimes.startedUs]! - beganUs;
  fact.coldKind = places[8 * visit + visitPlaces.coldKind]! as 0 | 1 | 2;
  fact.isMeasured = places[8 * visit + visitPlaces.isMeasured] === 1;
  for (const observer of observers) observer.spanInFlight?.(fact);
}

function tellDirectWork(s: RunState, visit: number, observers: readonly Observer[]): void {
  const { places } = s.direct;
  const { state } = s.sources[places[8 * visit + visitPlaces.source]!]!.direct!;
  const waits = places[8 * visit + visitPlaces.state] === visitStates.waiting;
  if (waits && state.balanced) return;
  const row = places[8 * visit + visitPlaces.row]!;
  describeVisit(s, state, visit, row);
  if (waits) waitsForStart(s, row);
  for (const observer of observers) observer.invocationInFlight?.(s.invocationFact);
}

function tellDirectVisitor({ direct, visitorFact: fact, observers, nowUs }: RunState, visit: number): void {
  const { places, times } = direct;
  fact.source = places[8 * visit + visitPlaces.source]!;
  fact.attemptCount = 1;
  fact.beganUs = times[4 * visit + visitTimes.beganUs]!;
  fact.endedUs = nowUs;
  fact.isMeasured = places[8 * visit + visitPlaces.isMeasured] === 1;
  fact.visitorNumber = times[4 * visit + visitTimes.number]!;
  fact.customer = 0;
  fact.slot = visit;
  for (const observer of observers) observer.visitorInFlight?.(fact);
}
