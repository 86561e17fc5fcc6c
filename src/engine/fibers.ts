/**
 * Fibers and spans: one table for everything that walks through steps.
 *
 * A *span* is an operation at work for one caller; it walks its steps with a *main fiber*, which is the same row. A
 * branch of `parallel` and the body of `repeat` walk with fibers of their own, whose `span` points to the main row. The
 * columns marked [span] mean something only in main rows.
 *
 * A free row is *clean*: the columns that most spans never touch hold what a new span begins with, so that opening one
 * does not write them. Whoever changes such a column changes it back (`assertClean` looks at the end of every run).
 */
import { grownBytes, grownFloats, grownInts, Table } from '../kernel/table.js';

/** What a fiber is waiting for. */
export const fiberStates = {
  /** On the wire to its service, or between steps. */
  moving: 0,
  /** In an instance's or a service's queue, or bound to an environment that is starting. */
  queued: 1,
  /** A `cpu` step in progress. */
  computing: 2,
  /** A `wait` step, or a query being served: time passes. */
  waiting: 3,
  /** Waiting for a database connection. */
  connecting: 4,
  /** Waiting for the answer of `callee`. */
  calling: 5,
  /** Waiting before the next attempt of a call. */
  backingOff: 6,
  /** Waiting for `pending` child fibers. */
  joining: 7,
  /** [span] The answer is on its way back. */
  answering: 8,
  /** In line to walk on at this very instant. */
  walking: 9,
  /** At a call that waits for a place among its instance's calls. */
  held: 10,
  /** Where it may walk on, but its instance hangs. */
  parked: 11,
} as const;

/** Bits of `flags`. */
export const fiberFlags = {
  /** A step failed. */
  failed: 1,
  /** [span] Began inside the measured interval. */
  measured: 2,
  /** [span] Whoever asked has left: nobody waits for the answer. */
  abandoned: 4,
  /** [span] Sent, not called: nobody ever waited. */
  sent: 8,
  /** [span] Holds a concurrency slot. */
  inService: 16,
  /** [span] Its end has been told to the observers. */
  told: 32,
  /** [span] Present at its service: counted in its queue or in service. */
  present: 64,
  /** [span] An environment is starting for it, it is bound to it. */
  bound: 128,
} as const;

/** Places in a row's two figures of `jobs`, side by side as those of `machineFields`: `(fiber << 1) | place`. */
export const jobFields = { finish: 0, order: 1 } as const;

/** Places in a row's four of `jobLinks`, the last of which is free: `(fiber << 2) | place`. */
export const linkFields = { child: 0, next: 1, previous: 2 } as const;

export class FiberTable extends Table {
  span: Int32Array;
  pc: Int32Array;
  /** Of a span: the message it works on, or -1. */
  message: Int32Array;
  /** Where on the visitor's way this fiber is: mixed with a step's hash it is the place of that step's draws. */
  path: Int32Array;
  /** Of a branch: the fiber that waits for it. Of a main row: the fiber that called, -1 when a visitor did. */
  parent: Int32Array;
  state: Uint8Array;
  flags: Uint8Array;
  /** Children of a joining fiber: first child, siblings, and how many have not ended. */
  firstChild: Int32Array;
  nextSibling: Int32Array;
  pending: Int32Array;
  /** The span a calling fiber waits for. */
  callee: Int32Array;
  /** Attempts made so far of the call in progress. */
  attempt: Int32Array;
  /** Of a repeat's fiber: rounds left after this one, and this round's number. */
  roundsLeft: Float64Array;
  round: Int32Array;
  /** Ticket of the event this fiber waits for. */
  ticket: Int32Array;
  /** Work of the `cpu` step or query in progress, vCPU-microseconds. */
  work: Float64Array;
  /** Of the job in progress: when it ends (`jobFields`), and its place in the machine's heap of jobs (`linkFields`). */
  jobs: Float64Array;
  jobLinks: Int32Array;
  /** The database of the query in progress, or -1; when it was asked, and served. */
  database: Int32Array;
  /** Connecting: it waits for a connection of its instance's own pool, not at the database. */
  waitsAtPool: Uint8Array;
  queryBeganUs: Float64Array;
  queryStartedUs: Float64Array;
  /** Neighbours in whatever queue this fiber stands. */
  queueNext: Int32Array;
  queuePrevious: Int32Array;
  /** [span] */
  visitor: Int32Array;
  service: Int32Array;
  operation: Int32Array;
  instance: Int32Array;
  instanceNumber: Int32Array;
  depth: Int32Array;
  /** [span] Of a message: how often the platform has delivered it before. */
  deliveries: Int32Array;
  /** [span] Of those deliveries: how many were refused, where refusals are tried again on their own. */
  refusals: Int32Array;
  coldKind: Uint8Array;
  outcome: Uint8Array;
  /** [span] Fibers of the span with a `cpu` step in progress. */
  computingCount: Int32Array;
  beganUs: Float64Array;
  arrivedUs: Float64Array;
  startedUs: Float64Array;
  /** [span] In service: as the how-manieth of the run it took its slot. */
  startOrder: Float64Array;
  /** [span] Start-up of the environment it caused, microseconds. */
  startUpUs: Float64Array;
  /** [span] How many times as much CPU it costs on a process that is still warming up. */
  warmth: Float64Array;
  /** [span] Time in service without any `cpu` step in progress, and since when that has been so. */
  idlingUs: Float64Array;
  idlingSinceUs: Float64Array;
  /**
   * [span] Its timeout counts only until its first step; and: what it does is for nobody, the caller above has left.
   */
  timeoutIsWhileQueued: Uint8Array;
  isForNobody: Uint8Array;
  /** [span] Ticket of its call's timeout; of its platform's limit. */
  timeoutTicket: Int32Array;
  limitTicket: Int32Array;

  constructor(capacity = 32) {
    super(capacity);
    const ints = (): Int32Array => new Int32Array(capacity);
    const rows = (): Int32Array => new Int32Array(capacity).fill(-1);
    const floats = (): Float64Array => new Float64Array(capacity);
    this.span = ints();
    this.pc = ints();
    this.message = rows();
    this.path = ints();
    this.parent = ints();
    this.state = new Uint8Array(capacity);
    this.flags = new Uint8Array(capacity);
    this.firstChild = rows();
    this.nextSibling = ints();
    this.pending = ints();
    this.callee = rows();
    this.attempt = ints();
    this.roundsLeft = floats();
    this.round = ints();
    this.ticket = ints();
    this.work = floats();
    this.jobs = new Float64Array(capacity << 1);
    this.jobLinks = new Int32Array(capacity << 2);
    this.database = rows();
    this.waitsAtPool = new Uint8Array(capacity);
    this.queryBeganUs = floats();
    this.queryStartedUs = floats();
    this.queueNext = ints();
    this.queuePrevious = ints();
    this.visitor = ints();
    this.service = ints();
    this.operation = ints();
    this.instance = ints();
    this.instanceNumber = ints();
    this.depth = ints();
    this.deliveries = ints();
    this.refusals = ints();
    this.coldKind = new Uint8Array(capacity);
    this.outcome = new Uint8Array(capacity);
    this.computingCount = ints();
    this.beganUs = floats();
    this.arrivedUs = floats();
    this.startedUs = floats();
    this.startOrder = floats();
    this.startUpUs = floats();
    this.warmth = floats();
    this.idlingUs = floats();
    this.idlingSinceUs = floats();
    this.timeoutIsWhileQueued = new Uint8Array(capacity);
    this.isForNobody = new Uint8Array(capacity);
    this.timeoutTicket = rows();
    this.limitTicket = rows();
  }

  /** A branch or body of `parent`, ready to walk from `pc`. */
  takeBranch(parent: number, pc: number, path: number): number {
    const fiber = this.take();
    this.span[fiber] = this.span[parent]!;
    this.pc[fiber] = pc;
    this.path[fiber] = path;
    this.parent[fiber] = parent;
    this.flags[fiber] = 0;
    this.state[fiber] = fiberStates.moving;
    this.roundsLeft[fiber] = 0;
    this.round[fiber] = 0;
    this.ticket[fiber] = -1;
    this.nextSibling[fiber] = this.firstChild[parent]!;
    this.firstChild[parent] = fiber;
    return fiber;
  }

  /** @throws Error when a free row is not as a new span or branch takes it to be. */
  assertClean(): void {
    for (let row = 0; row < this.highWater; row++) {
      if (this.isTaken(row)) continue;
      const links = Math.max(this.firstChild[row]!, this.callee[row]!, this.database[row]!, this.message[row]!);
      const tickets = Math.max(this.timeoutTicket[row]!, this.limitTicket[row]!);
      const counts =
        this.pending[row]! +
        this.attempt[row]! +
        this.computingCount[row]! +
        this.deliveries[row]! +
        this.refusals[row]!;
      const cold = this.coldKind[row]! + this.startUpUs[row]!;
      if (links >= 0 || tickets >= 0 || counts !== 0 || cold !== 0)
        throw new Error(`free row ${row} of the fibers is not clean`);
    }
  }

  protected resize(capacity: number): void {
    this.span = grownInts(this.span, capacity);
    this.pc = grownInts(this.pc, capacity);
    this.message = grownInts(this.message, capacity, -1);
    this.path = grownInts(this.path, capacity);
    this.parent = grownInts(this.parent, capacity);
    this.state = grownBytes(this.state, capacity);
    this.flags = grownBytes(this.flags, capacity);
    this.firstChild = grownInts(this.firstChild, capacity, -1);
    this.nextSibling = grownInts(this.nextSibling, capacity);
    this.pending = grownInts(this.pending, capacity);
    this.callee = grownInts(this.callee, capacity, -1);
    this.attempt = grownInts(this.attempt, capacity);
    this.roundsLeft = grownFloats(this.roundsLeft, capacity);
    this.round = grownInts(this.round, capacity);
    this.ticket = grownInts(this.ticket, capacity);
    this.work = grownFloats(this.work, capacity);
    this.jobs = grownFloats(this.jobs, capacity << 1);
    this.jobLinks = grownInts(this.jobLinks, capacity << 2);
    this.database = grownInts(this.database, capacity, -1);
    this.waitsAtPool = grownBytes(this.waitsAtPool, capacity);
    this.queryBeganUs = grownFloats(this.queryBeganUs, capacity);
    this.queryStartedUs = grownFloats(this.queryStartedUs, capacity);
    this.queueNext = grownInts(this.queueNext, capacity);
    this.queuePrevious = grownInts(this.queuePrevious, capacity);
    this.visitor = grownInts(this.visitor, capacity);
    this.service = grownInts(this.service, capacity);
    this.operation = grownInts(this.operation, capacity);
    this.instance = grownInts(this.instance, capacity);
    this.instanceNumber = grownInts(this.instanceNumber, capacity);
    this.depth = grownInts(this.depth, capacity);
    this.deliveries = grownInts(this.deliveries, capacity);
    this.refusals = grownInts(this.refusals, capacity);
    this.coldKind = grownBytes(this.coldKind, capacity);
    this.outcome = grownBytes(this.outcome, capacity);
    this.computingCount = grownInts(this.computingCount, capacity);
    this.beganUs = grownFloats(this.beganUs, capacity);
    this.arrivedUs = grownFloats(this.arrivedUs, capacity);
    this.startedUs = grownFloats(this.startedUs, capacity);
    this.startOrder = grownFloats(this.startOrder, capacity);
    this.startUpUs = grownFloats(this.startUpUs, capacity);
    this.warmth = grownFloats(this.warmth, capacity);
    this.idlingUs = grownFloats(this.idlingUs, capacity);
    this.idlingSinceUs = grownFloats(this.idlingSinceUs, capacity);
    this.timeoutIsWhileQueued = grownBytes(this.timeoutIsWhileQueued, capacity);
    this.isForNobody = grownBytes(this.isForNobody, capacity);
    this.timeoutTicket = grownInts(this.timeoutTicket, capacity, -1);
    this.limitTicket = grownInts(this.limitTicket, capacity, -1);
  }
}
