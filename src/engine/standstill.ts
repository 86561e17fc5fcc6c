/**
 * Time that stands still: more happens at one instant than any run needs, so whoever goes round there goes round for
 * ever. Its own file because the run must then be told where it hangs, in the scenario's words, from the event at hand.
 *
 * For loops of events: a crowd that is refused and comes again, a message that fails and is received again. A loop of
 * steps within one operation is named by `RunState.standStill`. Checked by test/engine/standstill.test.ts.
 */
import { visitPlaces } from './directVisits.js';
import { eventKinds } from './eventKinds.js';
import { instantStepLimit, type RunState } from './state.js';

/** Too many events at one instant: the run is stopped, naming whom the one at hand concerns. */
export function standStillWith(s: RunState, kind: number, index: number): void {
  const { what, mend } = culprit(s, kind, index);
  const where = `(${instantStepLimit} events at ${s.nowUs / 1e6} s)`;
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
