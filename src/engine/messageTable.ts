/**
 * Messages: what queues hold. A row lives from the sending until the message is done, dead or lost; it keeps its
 * visitor alive, whose key every draw of the work comes from.
 */
import { grownBytes, grownFloats, grownInts, Table } from '../kernel/table.js';

export const messageStates = { onItsWay: 0, waiting: 1, received: 2 } as const;

export class MessageTable extends Table {
  line: Int32Array;
  visitor: Int32Array;
  operation: Int32Array;
  path: Int32Array;
  depth: Int32Array;
  state: Uint8Array;
  isMeasured: Uint8Array;
  /** Times it has been received; the span that works on it since the last time, or -1. */
  receives: Int32Array;
  span: Int32Array;
  /** The next one in its line; the next one of the batch it was received in. */
  next: Int32Array;
  batchNext: Int32Array;
  /** Whether one before it in its batch was done; since when the batch holds its slot. */
  isBatchDone: Uint8Array;
  slotSinceUs: Float64Array;
  sentUs: Float64Array;
  visibleUs: Float64Array;
  /** Of the end of its visibility timeout. */
  ticket: Int32Array;

  constructor(capacity = 32) {
    super(capacity);
    const ints = (): Int32Array => new Int32Array(capacity);
    const floats = (): Float64Array => new Float64Array(capacity);
    const bytes = (): Uint8Array => new Uint8Array(capacity);
    this.line = ints();
    this.visitor = ints();
    this.operation = ints();
    this.path = ints();
    this.depth = ints();
    this.state = bytes();
    this.isMeasured = bytes();
    this.receives = ints();
    this.span = ints();
    this.next = ints();
    this.batchNext = ints();
    this.isBatchDone = bytes();
    this.slotSinceUs = floats();
    this.sentUs = floats();
    this.visibleUs = floats();
    this.ticket = ints();
  }

  protected resize(capacity: number): void {
    this.line = grownInts(this.line, capacity);
    this.visitor = grownInts(this.visitor, capacity);
    this.operation = grownInts(this.operation, capacity);
    this.path = grownInts(this.path, capacity);
    this.depth = grownInts(this.depth, capacity);
    this.state = grownBytes(this.state, capacity);
    this.isMeasured = grownBytes(this.isMeasured, capacity);
    this.receives = grownInts(this.receives, capacity);
    this.span = grownInts(this.span, capacity);
    this.next = grownInts(this.next, capacity);
    this.batchNext = grownInts(this.batchNext, capacity);
    this.isBatchDone = grownBytes(this.isBatchDone, capacity);
    this.slotSinceUs = grownFloats(this.slotSinceUs, capacity);
    this.sentUs = grownFloats(this.sentUs, capacity);
    this.visibleUs = grownFloats(this.visibleUs, capacity);
    this.ticket = grownInts(this.ticket, capacity);
  }
}

/** What waits in one queue for one service: first in, first out, what comes back at the front. */
export class MessageLine {
  readonly queue: number;
  readonly service: number;
  head = -1;
  tail = -1;
  waitingCount = 0;
  receivedCount = 0;
  /** Of the moment at which the line is looked at again: a batch's window is over, or a consumer may have room. */
  lookTicket = -1;

  constructor(queue: number, service: number) {
    this.queue = queue;
    this.service = service;
  }
}

/** The queues of a run: their messages, their lines, and how many of each there have been since clock 0. */
export class MessageQueues {
  readonly table = new MessageTable();
  readonly lines: MessageLine[] = [];
  /** By queue: sent, done, dead, lost. Together with what is there they must add up. */
  readonly sentCount: Float64Array;
  readonly endedCount: Float64Array;

  constructor(queueCount: number) {
    this.sentCount = new Float64Array(queueCount);
    this.endedCount = new Float64Array(queueCount);
  }
}
