/**
 * Queues between services: a message is sent, waits until a consumer has room, is received for a while, and is deleted
 * when its work is done; what is not deleted in time comes back, and what comes back too often is dead.
 *
 * The rules are those of Amazon SQS: standard queues: at least once, a visibility timeout from each receive, a redrive
 * policy by the number of receives, retention. Consumers pull, so a message goes only to an instance with a free slot;
 * one receive takes up to a batch, which one slot works off one after the other, each message answered for itself
 * (`ReportBatchItemFailures`). Where requests start instances the platform pulls as long as it may start one.
 */
import { type MessageKind, type Outcome, outcomes, type QueueRequest } from '../observation/contract.js';
import { arriveAtService } from './dispatch.js';
import { canTakeMessage } from './environments.js';
import { eventKinds } from './eventKinds.js';
import { fiberFlags } from './fibers.js';
import { instanceStates } from './instanceTable.js';
import { type MessageLine, messageStates } from './messageTable.js';
import { hashName, placeOf } from './program.js';
import { loadChanged } from './routing.js';
import type { ServiceState } from './services.js';
import { beginSpan, openSpan } from './spans.js';
import type { RunState } from './state.js';
import { startSpan } from './work.js';

const againPlace = hashName('delivery');
/** How long until a consumer without room asks again, beside being told of every slot that gets free. */
const pollUs = 1_000_000;
const depthLimit = 100;

/** A message for `operation` of the line's service leaves its sender; it is in the queue after `hopUs`. */
export function postMessage(
  s: RunState,
  lineIndex: number,
  operation: number,
  from: { readonly visitor: number; readonly path: number; readonly depth: number; readonly hopUs: number },
): void {
  const { table, lines, sentCount } = s.messages!;
  const message = table.take();
  table.line[message] = lineIndex;
  table.visitor[message] = from.visitor;
  s.visitors.holders[from.visitor]!++;
  table.operation[message] = operation;
  table.path[message] = from.path;
  table.depth[message] = from.depth;
  table.state[message] = messageStates.onItsWay;
  table.isMeasured[message] = s.isMeasuredNow() ? 1 : 0;
  table.receives[message] = 0;
  table.span[message] = -1;
  table.batchNext[message] = -1;
  table.ticket[message] = -1;
  table.sentUs[message] = s.nowUs;
  sentCount[lines[lineIndex]!.queue]!++;
  tell(s, message, 'sent');
  tellRequest(s, lines[lineIndex]!.queue, 'send');
  if (from.depth > depthLimit) endMessage(s, message, 'lost');
  else if (from.hopUs > 0) s.schedule(eventKinds.messageArrives, message, s.nowUs + from.hopUs);
  else messageArrives(s, message);
}

/** Event: a message is in its queue. */
export function messageArrives(s: RunState, message: number): void {
  const { table, lines } = s.messages!;
  const lineIndex = table.line[message]!;
  const line = lines[lineIndex]!;
  table.state[message] = messageStates.waiting;
  table.visibleUs[message] = s.nowUs;
  table.next[message] = -1;
  if (line.tail < 0) line.head = message;
  else table.next[line.tail] = message;
  line.tail = message;
  line.waitingCount++;
  deliver(s, lineIndex);
}

/** The service may have room: whatever waits for it is offered. */
export function deliverTo(s: RunState, state: ServiceState): void {
  for (const lineIndex of state.inbox!) if (s.messages!.lines[lineIndex]!.waitingCount > 0) deliver(s, lineIndex);
}

/** Event: a batch's window is over, or it is time to ask again whether there is room. */
export function lineLooks(s: RunState, lineIndex: number): void {
  const line = s.messages!.lines[lineIndex]!;
  if (s.queue.takenTicket !== line.lookTicket) return;
  line.lookTicket = -1;
  deliver(s, lineIndex);
}

/** Hand over batches as long as one is complete, or old enough, and somebody has room. */
function deliver(s: RunState, lineIndex: number): void {
  const line = s.messages!.lines[lineIndex]!;
  const { batchSize, windowUs } = s.model.queues![line.queue]!;
  const state = s.services[line.service]!;
  const { table } = s.messages!;
  while (line.waitingCount > 0) {
    dropExpired(s, line);
    if (line.waitingCount === 0) return;
    const dueUs = table.visibleUs[line.head]! + windowUs;
    if (line.waitingCount < batchSize && s.nowUs < dueUs) {
      lookAgain(s, line, lineIndex, dueUs);
      return;
    }
    const row = consumerFor(s, state);
    if (row === nobody) {
      if (state.environments) lookAgain(s, line, lineIndex, s.nowUs + pollUs);
      return;
    }
    receive(s, line, batchSize, row);
  }
}

function lookAgain(s: RunState, line: MessageLine, lineIndex: number, dueUs: number): void {
  if (line.lookTicket < 0) line.lookTicket = s.schedule(eventKinds.lineLooks, lineIndex, dueUs);
}

/** In `batchNext`: the rest of its batch has gone on without it. */
const passedOn = -2;
const nobody = -2;
const byDoor = -1;
/** A replica with a free slot (its row); through the service's door, where requests start instances; nobody. */
function consumerFor(s: RunState, state: ServiceState): number {
  if (state.environments) return canTakeMessage(s, state) ? byDoor : nobody;
  const wakes = state.balanced!.wakesOnRequest || state.holdsRequests;
  if (wakes && state.readyCount === 0) return state.waitingCount === 0 ? byDoor : nobody;
  for (;;) {
    const row = state.freeSlots!.pick(state.balancerDraws.uniform());
    if (row < 0) return nobody;
    if (s.instances.isHung[row] === 0) return row;
    state.freeSlots!.set(row, false); // It asks for nothing while it hangs; its next sign of life puts it back.
  }
}

/** What is older than the queue keeps is gone. */
function dropExpired(s: RunState, line: MessageLine): void {
  const { table } = s.messages!;
  const { retentionUs } = s.model.queues![line.queue]!;
  while (line.head >= 0 && s.nowUs - table.sentUs[line.head]! > retentionUs) endMessage(s, takeHead(s, line), 'lost');
}

function takeHead(s: RunState, line: MessageLine): number {
  const { table } = s.messages!;
  const message = line.head;
  line.head = table.next[message]!;
  if (line.head < 0) line.tail = -1;
  line.waitingCount--;
  return message;
}

/** One receive: up to a batch of messages, of which the first is begun and the others follow in its slot. */
function receive(s: RunState, line: MessageLine, batchSize: number, row: number): void {
  const { table } = s.messages!;
  const { visibilityUs } = s.model.queues![line.queue]!;
  tellRequest(s, line.queue, 'receive');
  const first = line.head;
  let previous = -1;
  for (let count = Math.min(batchSize, line.waitingCount); count > 0; count--) {
    const message = takeHead(s, line);
    table.state[message] = messageStates.received;
    table.receives[message]!++;
    table.batchNext[message] = -1;
    table.span[message] = -1; // Who received it before may no longer delete it.
    table.isBatchDone[message] = 0;
    table.slotSinceUs[message] = Number.POSITIVE_INFINITY;
    table.ticket[message] = s.schedule(eventKinds.messageReturns, message, s.nowUs + visibilityUs);
    if (previous >= 0) table.batchNext[previous] = message;
    previous = message;
    line.receivedCount++;
    tell(s, message, 'received');
  }
  begin(s, first, row);
}

/** The work on a received message begins, in a free slot of `row` or through the service's door. */
function begin(s: RunState, message: number, row: number): void {
  const { table, lines } = s.messages!;
  const { fibers } = s;
  const { service } = lines[table.line[message]!]!;
  const state = s.services[service]!;
  const again = table.receives[message]! - 1;
  const path = again === 0 ? table.path[message]! : placeOf(table.path[message]!, againPlace, again);
  const entry = s.program.operations[service]![table.operation[message]!]!;
  const span = openSpan(s, table.visitor[message]!, entry, -1, path);
  fibers.flags[span]! |= fiberFlags.sent;
  fibers.depth[span] = table.depth[message]!;
  fibers.message[span] = message;
  table.span[message] = span;
  beginSpan(s, span);
  if (row < 0) {
    arriveAtService(s, span);
    return;
  }
  state.arrivedCount++;
  state.lastRequestUs = s.nowUs;
  startSpan(s, span, row);
  if (state.balanced) loadChanged(s, state, row);
}

/**
 * The span gives up its slot on `row`: the next message of its batch takes it over, where the instance is there to go
 * on. Called before the slot is given back, so that it never is.
 */
export function continueBatch(s: RunState, span: number, row: number): boolean {
  const { table } = s.messages!;
  const message = s.fibers.message[span]!;
  const isOwn = table.span[message] === span;
  const next = isOwn ? table.batchNext[message]! : -1;
  const at = s.instances.state[row]!;
  if (next < 0 || (at !== instanceStates.ready && at !== instanceStates.draining)) return false;
  table.batchNext[message] = passedOn;
  table.slotSinceUs[next] = Math.min(table.slotSinceUs[message]!, s.fibers.startedUs[span]!);
  const isDone = s.fibers.outcome[span] === outcomes.completed;
  table.isBatchDone[next] = isDone || table.isBatchDone[message] === 1 ? 1 : 0;
  begin(s, next, row);
  return true;
}

/**
 * The work on a message is done, and its time may be over: back in its line, it leaves it before the slot asks for
 * another. Whoever received it last may still delete it, as long as nobody has received it again: `DeleteMessage` takes
 * "the most recently received ReceiptHandle" (docs.aws.amazon.com, Amazon SQS API Reference, DeleteMessage).
 */
export function withdrawIfBack(s: RunState, span: number): void {
  const { table, lines } = s.messages!;
  const message = s.fibers.message[span]!;
  if (table.span[message] !== span || table.state[message] !== messageStates.waiting) return;
  const line = lines[table.line[message]!]!;
  let before = -1; // What is back stands in front: the search is short.
  for (let at = line.head; at !== message; at = table.next[at]!) before = at;
  if (before < 0) line.head = table.next[message]!;
  else table.next[before] = table.next[message]!;
  if (line.tail === message) line.tail = before;
  line.waitingCount--;
  line.receivedCount++;
  table.state[message] = messageStates.received;
  tell(s, message, 'withdrawn');
}

/** The work on a message ended so: done, it is deleted; else it comes back when its time is over. */
export function messageEnded(s: RunState, span: number, outcome: Outcome): void {
  const { table, lines } = s.messages!;
  const message = s.fibers.message[span]!;
  s.fibers.message[span] = -1;
  if (!table.isTaken(message) || table.span[message] !== span) return; // Received again by somebody else meanwhile.
  table.span[message] = -1;
  const line = lines[table.line[message]!]!;
  const isDone = outcome === outcomes.completed;
  const isLast = table.batchNext[message] !== passedOn;
  if (isLast && (isDone || table.isBatchDone[message] === 1)) tellRequest(s, line.queue, 'delete');
  if (!isDone) return;
  line.receivedCount--;
  endMessage(s, message, 'done');
}

/** Event: the visibility timeout of a message is over: it is back in its queue, or dead. */
export function messageReturns(s: RunState, message: number): void {
  const { table, lines } = s.messages!;
  if (!table.isTaken(message) || s.queue.takenTicket !== table.ticket[message]) return;
  const lineIndex = table.line[message]!;
  const line = lines[lineIndex]!;
  line.receivedCount--;
  table.batchNext[message] = -1; // The others of its batch come back at this very instant, too.
  table.ticket[message] = -1;
  if (table.receives[message]! >= s.model.queues![line.queue]!.maxReceives) {
    endMessage(s, message, 'dead');
    return;
  }
  tell(s, message, 'retried');
  table.state[message] = messageStates.waiting;
  table.visibleUs[message] = s.nowUs;
  table.next[message] = line.head;
  line.head = message;
  if (line.tail < 0) line.tail = message;
  line.waitingCount++;
  deliver(s, lineIndex);
}

function endMessage(s: RunState, message: number, how: 'done' | 'dead' | 'lost'): void {
  const { table, lines, endedCount } = s.messages!;
  const line = lines[table.line[message]!]!;
  endedCount[line.queue]!++;
  tell(s, message, how);
  if (how !== 'done') s.note(`message-${how}`, line.service, -1, s.model.queues![line.queue]!.name);
  table.ticket[message] = -1;
  s.visitors.release(table.visitor[message]!);
  table.give(message);
}

function tell(s: RunState, message: number, kind: MessageKind): void {
  if (s.messageListeners.length === 0) return;
  const { table, lines } = s.messages!;
  const fact = s.messageFact;
  fact.queue = lines[table.line[message]!]!.queue;
  fact.kind = kind;
  fact.nowUs = s.nowUs;
  fact.ageUs = s.nowUs - table.sentUs[message]!;
  fact.isMeasured = table.isMeasured[message] === 1;
  for (const listener of s.messageListeners) listener.messageMoved!(fact);
}

function tellRequest(s: RunState, queue: number, request: QueueRequest): void {
  for (const listener of s.queueRequestListeners) listener.queueAsked!(queue, request, s.nowUs, s.isMeasuredNow());
}
