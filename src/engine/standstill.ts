/**
 * Time that stands still: more happens at one instant than any run needs, so whoever goes round there goes round for
 * ever. Its own file because the run must then be told where it hangs, in the scenario's words, from what is at hand.
 *
 * How much is too much follows how many are there: a crowd of a million users may well return at one instant, but a
 * thousand steps for each of them are enough, and so are some hundreds of thousands where nobody else comes. Checked by
 * test/engine/standstill.test.ts.
 */
import { visitPlaces } from './directVisits.js';
import { eventKinds } from './eventKinds.js';
import type { RunState } from './state.js';

/** So many steps and events at one instant are looked at, once for all of them; twice as many may be too many. */
export const instantStepLimit = 250_000;
/** Of steps and events for each who is there, or who has just come from outside. */
const stepsForEach = 1000;

/** What happened at one instant, as often as it was looked at. */
export class InstantWatch {
  private atUs = -1;
  private comersBefore = 0;
  /** Steps and events so far. */
  stepCount = 0;

  /** `instantStepLimit` more of them at this instant: whether that is more than anybody who is there can need. */
  isTooMuch(s: RunState): boolean {
    const comers = s.sources.reduce((sum, { process, arrivedCount }) => sum + (process ? arrivedCount : 0), 0);
    const isNew = this.atUs !== s.nowUs;
    this.atUs = s.nowUs;
    this.stepCount = (isNew ? 0 : this.stepCount) + instantStepLimit;
    const come = comers - this.comersBefore;
    this.comersBefore = comers;
    s.stepsAtInstant = 0;
    if (isNew) return false; // How many have come at this instant is not known yet.
    const users = s.sources.reduce((sum, { userCount }) => sum + userCount, 0);
    const there = s.visitors.liveCount + s.direct.liveCount + s.instances.liveCount + users;
    return come * stepsForEach < instantStepLimit && this.stepCount > there * stepsForEach;
  }
}

/** Many steps at one instant: whether the run, which then never leaves it, is stopped, naming the operation. */
export function standsStillAt(s: RunState, pc: number): boolean {
  if (!s.instant.isTooMuch(s)) return false;
  s.stopped ??= {
    code: 'zero-time-loop',
    message:
      `operation ${s.program.owners[pc]} goes round without time passing ` +
      `(${s.instant.stepCount} steps at one instant); let a step in the loop take time`,
  };
  return true;
}

/** Many events at one instant: if that is too much, the run is stopped, naming whom the one at hand concerns. */
export function standsStillWith(s: RunState, kind: number, index: number): void {
  if (!s.instant.isTooMuch(s)) return;
  const { what, mend } = culprit(s, kind, index);
  const where = `(${s.instant.stepCount} events at ${s.nowUs / 1e6} s)`;
  s.stopped ??= { code: 'zero-time-loop', message: `${what} without time passing ${where}; ${mend}` };
}

interface Culprit {
  readonly what: string;
  readonly mend: string;
}

const requestsMend = 'let a step of it, or the hop to it, take time';
const visitorsMend = 'give their think time, their back-off or the answer a length';
const messagesMend = "give the queue's visibility or window, or the work on a message, a length";
const instancesMend = 'give its start, its idle time or the time between its faults a length';

function culprit(s: RunState, kind: number, index: number): Culprit {
  switch (kind) {
    case eventKinds.arrival:
      return visitors(s, index);
    case eventKinds.userReturns:
      return visitors(
        s,
        s.sources.findLastIndex(({ firstUser }) => firstUser <= index),
      );
    case eventKinds.directDone:
      return visitors(s, s.direct.places[8 * index + visitPlaces.source]!);
    case eventKinds.visitorTriesAgain:
    case eventKinds.visitorTimesOut:
      return visitors(s, s.visitors.source[index]!);
    case eventKinds.messageArrives:
    case eventKinds.messageReturns:
      return messages(s, s.messages!.lines[s.messages!.table.line[index]!]!.queue);
    case eventKinds.lineLooks:
      return messages(s, s.messages!.lines[index]!.queue);
    case eventKinds.instanceMoves:
    case eventKinds.callersLearn:
    case eventKinds.callersForget:
    case eventKinds.crashes:
    case eventKinds.memoryRunsOut:
    case eventKinds.drainEnds:
      return instances(s, s.instances.service[index]!);
    case eventKinds.fiberGoesOn:
    case eventKinds.spanArrives:
    case eventKinds.answerArrives:
    case eventKinds.callAgain:
    case eventKinds.callTimesOut:
    case eventKinds.limitReached:
    case eventKinds.overflowEnds:
    case eventKinds.messageAgain:
      return requests(s, s.fibers.service[s.fibers.span[index]!]!);
    default:
      return { what: 'the run goes on', mend: 'give what is repeated there a length' };
  }
}

function visitors(s: RunState, source: number): Culprit {
  return { what: `visitors of ${s.model.traffic[source]!.name} come again and again`, mend: visitorsMend };
}

function messages(s: RunState, queue: number): Culprit {
  return { what: `messages of ${s.model.queues![queue]!.name} are received again and again`, mend: messagesMend };
}

function instances(s: RunState, service: number): Culprit {
  return { what: `instances of ${s.model.services[service]!.name} come and go`, mend: instancesMend };
}

function requests(s: RunState, service: number): Culprit {
  return { what: `requests to ${s.model.services[service]!.name} go round`, mend: requestsMend };
}
