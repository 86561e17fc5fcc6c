/**
 * Visitors: they arrive, ask at an entry, wait, give up, try again, and leave with an answer or without.
 */
import { type Outcome, outcomes } from '../observation/contract.js';
import { mix32 } from '../random/draws.js';
import { backoffUs } from './calls.js';
import { directArrival } from './direct.js';
import { arriveAtService } from './dispatch.js';
import { giveUp } from './endings.js';
import { eventKinds } from './eventKinds.js';
import { fiberFlags } from './fibers.js';
import { scheduleAfter } from './lanes.js';
import { attemptPlace, hashName, placeOf } from './program.js';
import type { SourceState } from './sources.js';
import { beginSpan, openSpan, tellSpan } from './spans.js';
import type { RunState } from './state.js';
import { visitorFlags } from './visitors.js';

const thinkPlace = hashName('think');
const customerPlace = hashName('customer');
const timeoutPlace = hashName('visitor timeout');
const backoffPlace = hashName('visitor backoff');
const clientPlaces = [hashName('client out'), hashName('client back')] as const;

/** Schedule every source's first arrival; a closed crowd starts by thinking. */
export function beginSources(s: RunState): void {
  s.sources.forEach((source, index) => {
    if (source.process) scheduleArrival(s, source);
    else for (let user = 0; user < source.userCount; user++) think(s, index, user);
  });
}

/** Schedule the source's next arrival, unless the run ends before it. */
export function scheduleArrival(s: RunState, source: SourceState): void {
  const atUs = source.process!.nextUs();
  if (atUs < s.toUs) s.schedule(eventKinds.arrival, source.index, atUs);
}

/** User `user` of a closed crowd thinks before his next visit. */
function think(s: RunState, index: number, user: number): void {
  const source = s.sources[index]!;
  const number = source.visits[user]! * source.userCount + user;
  s.draws.moveToStep(visitorKeyA(source.keyA, number), visitorKeyB(source.keyB, number), thinkPlace);
  const thinkUs = Math.round(source.think!.sample(s.draws));
  s.schedule(eventKinds.userReturns, source.firstUser + user, s.nowUs + thinkUs);
}

/** The two words of visitor `number`'s own key: one full mix each of the source's words and the number. */
export function visitorKeyA(sourceKeyA: number, number: number): number {
  const high = number < 4294967296 ? 0 : Math.floor(number / 4294967296);
  return mix32(sourceKeyA + Math.imul(number | 0, 0x51ed270b) + high);
}
export function visitorKeyB(sourceKeyB: number, number: number): number {
  const high = number < 4294967296 ? 0 : Math.floor(number / 4294967296);
  return mix32(sourceKeyB ^ (Math.imul(number | 0, 0x2545f491) - high));
}

/** Event: the next visitor of an open source. */
export function arrival(s: RunState, index: number): void {
  const source = s.sources[index]!;
  if (source.direct !== null) {
    directArrival(s, source, source.direct);
    return;
  }
  const visitor = admit(s, source, index, source.arrivedCount);
  if (source.bringsMore) {
    s.visitors.entry[visitor] = source.process!.entryIndex;
    s.visitors.traceWaitUs[visitor] = source.process!.traceWaitUs;
    s.visitors.flags[visitor]! |= visitorFlags.bringsMore;
  }
  scheduleArrival(s, source);
  beginAttempt(s, visitor);
}

/** Event: a user of a closed crowd has thought. */
export function userReturns(s: RunState, anyUser: number): void {
  const index = s.sources.findIndex(
    ({ firstUser, userCount }) => anyUser >= firstUser && anyUser < firstUser + userCount,
  );
  const source = s.sources[index]!;
  const user = anyUser - source.firstUser;
  const number = source.visits[user]! * source.userCount + user;
  source.visits[user]!++;
  const visitor = admit(s, source, index, number);
  s.visitors.user[visitor] = user;
  s.visitors.flags[visitor]! |= visitorFlags.bringsMore;
  beginAttempt(s, visitor);
}

function admit(s: RunState, source: SourceState, index: number, number: number): number {
  const { visitors } = s;
  const visitor = visitors.takeClean();
  const keyA = visitorKeyA(source.keyA, number);
  const keyB = visitorKeyB(source.keyB, number);
  const isMeasured = s.isMeasuredNow();
  let brings = isMeasured ? visitorFlags.measured : 0;
  source.arrivedCount++;
  visitors.source[visitor] = index | 0;
  visitors.number[visitor] = number;
  visitors.keyA[visitor] = keyA;
  visitors.keyB[visitor] = keyB;
  if (source.customers) {
    s.draws.moveToStep(keyA, keyB, customerPlace);
    visitors.customer[visitor] = source.customers.sample(s.draws);
    brings |= visitorFlags.bringsMore;
    visitors.hashKey[visitor] = mix32(visitors.customer[visitor]! ^ 0x3c6ef372);
  } else visitors.hashKey[visitor] = keyA;
  visitors.beganUs[visitor] = s.nowUs;
  visitors.holders[visitor] = 1;
  visitors.flags[visitor] = brings;
  s.measures.visitorsInside[index]!++;
  const { visitorBeganListeners: listeners } = s;
  for (let i = 0; i < listeners.length; i++) listeners[i]!.visitorBegan!(index, s.nowUs, isMeasured);
  return visitor;
}

/** The visitor asks at his entry, for the first time or again. */
function beginAttempt(s: RunState, visitor: number): void {
  const { visitors } = s;
  const source = s.sources[visitors.source[visitor]!]!;
  const attempt = visitors.attempt[visitor]!;
  const entry = source.onlyEntry ?? source.entries[visitors.entry[visitor]!]!;
  const path = attempt === 0 ? entry.firstPath : placeOf(entry.hash, attemptPlace, attempt);
  const span = openSpan(s, visitor, entry, -1, path);
  visitors.root[visitor] = span;
  if (s.arrivalListeners.length > 0) tellArrival(s, visitor);
  if (source.spec.timeout !== null) armPatience(s, source, visitor);
  const outUs = source.clientUs >= 0 ? source.clientUs : clientHopUs(s, span, 0);
  if (outUs > 0) {
    s.fibers.beganUs[span] = -1;
    s.fibers.ticket[span] = scheduleAfter(s, source.outLane, eventKinds.spanArrives, span, outUs);
  } else {
    beginSpan(s, span);
    arriveAtService(s, span);
  }
}

function tellArrival(s: RunState, visitor: number): void {
  const { arrivalListeners: listeners, visitors } = s;
  const index = visitors.source[visitor]!;
  const isMeasured = (visitors.flags[visitor]! & visitorFlags.measured) !== 0;
  for (let i = 0; i < listeners.length; i++) listeners[i]!.visitorArrived!(index, s.nowUs, isMeasured);
}

function armPatience(s: RunState, source: SourceState, visitor: number): void {
  const { visitors } = s;
  let afterUs = source.timeoutUs;
  if (!(afterUs >= 0)) {
    const place = placeOf(timeoutPlace, 0, visitors.attempt[visitor]!);
    s.draws.moveToStep(visitors.keyA[visitor]!, visitors.keyB[visitor]!, place);
    afterUs = Math.round(source.spec.timeout!.after.sample(s.draws));
  }
  const ticket = scheduleAfter(s, source.timeoutLane, eventKinds.visitorTimesOut, visitor, afterUs);
  visitors.timeoutTicket[visitor] = ticket;
}

/** Event: a span's way out is over. */
export function spanArrives(s: RunState, span: number): void {
  if (s.queue.takenTicket !== s.fibers.ticket[span]) return;
  if (s.fibers.beganUs[span]! < 0) rootArrives(s, span);
  else arriveAtService(s, span);
}

/** A visitor's request reaches its entry, where its span begins: the client's way is the visitor's alone. */
function rootArrives(s: RunState, span: number): void {
  beginSpan(s, span);
  if ((s.fibers.flags[span]! & fiberFlags.abandoned) !== 0) tellSpan(s, span, outcomes.timedOut);
  arriveAtService(s, span);
}

/** Time between the visitor and the entry, out (0) or back (1), whole microseconds. */
export function clientHopUs(s: RunState, span: number, way: 0 | 1): number {
  const { visitors } = s;
  const visitor = s.fibers.visitor[span]!;
  const source = s.sources[visitors.source[visitor]!]!;
  if (source.clientUs >= 0) return source.clientUs;
  const place = placeOf(clientPlaces[way], 0, visitors.attempt[visitor]!);
  s.draws.moveToStep(visitors.keyA[visitor]!, visitors.keyB[visitor]!, place);
  return Math.round(source.spec.client.sample(s.draws));
}

/** The attempt under way ended so: the visitor goes home, or waits and tries again. */
export function answerVisitor(s: RunState, visitor: number, outcome: Outcome): void {
  const { visitors } = s;
  const source = s.sources[visitors.source[visitor]!]!;
  const { retries } = source;
  visitors.timeoutTicket[visitor] = -1;
  visitors.root[visitor] = -1;
  const attempt = visitors.attempt[visitor]! + 1;
  if (outcome === outcomes.completed || !retries || attempt > retries.attempts) {
    endVisit(s, source, visitor, outcome);
    return;
  }
  visitors.attempt[visitor] = attempt;
  s.draws.moveToStep(visitors.keyA[visitor]!, visitors.keyB[visitor]!, placeOf(backoffPlace, 0, attempt));
  const waitUs = backoffUs(s, retries.backoffUs, retries.jitter, attempt);
  s.schedule(eventKinds.visitorTriesAgain, visitor, s.nowUs + waitUs);
}

/** Event: the visitor has waited long enough between two attempts. */
export function visitorTriesAgain(s: RunState, visitor: number): void {
  beginAttempt(s, visitor);
}

/** Event: the visitor's patience with this attempt is over. */
export function visitorTimesOut(s: RunState, visitor: number): void {
  const { visitors } = s;
  if (s.queue.takenTicket !== visitors.timeoutTicket[visitor]) return;
  const timeout = s.sources[visitors.source[visitor]!]!.spec.timeout!;
  const span = visitors.root[visitor]!;
  giveUp(s, span, timeout);
  answerVisitor(s, visitor, outcomes.timedOut);
}

function endVisit(s: RunState, source: SourceState, visitor: number, outcome: Outcome): void {
  const { visitors, visitorFact: fact } = s;
  const index = visitors.source[visitor]!;
  source.endedCount++;
  s.measures.visitorsInside[index]!--;
  if (s.visitorListeners.length > 0) {
    fact.source = index;
    fact.outcome = outcome;
    fact.attemptCount = visitors.attempt[visitor]! + 1;
    fact.beganUs = visitors.beganUs[visitor]!;
    fact.endedUs = s.nowUs;
    fact.isMeasured = (visitors.flags[visitor]! & visitorFlags.measured) !== 0;
    fact.visitorNumber = visitors.number[visitor]!;
    fact.customer = visitors.customer[visitor]!;
    fact.slot = visitor;
    for (let i = 0; i < s.visitorListeners.length; i++) s.visitorListeners[i]!.visitorEnded!(fact);
  }
  const user = visitors.user[visitor]!;
  visitors.flags[visitor]! |= visitorFlags.left;
  visitors.attempt[visitor] = 0;
  visitors.release(visitor);
  if (user >= 0) think(s, index, user);
}
