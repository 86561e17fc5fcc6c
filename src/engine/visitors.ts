/**
 * Visitors: who is inside, and what he brought.
 *
 * A row lives while the visitor waits or while any span on his behalf is alive (a message, or work that goes on after
 * he left), because their draws come from his key. `holders` counts both.
 */
import { grownBytes, grownFloats, grownInts, Table } from '../kernel/table.js';

/** Bits of `flags`. `bringsMore`: of `user`, `entry`, `customer` and `traceWaitUs` some are not what most have. */
export const visitorFlags = { measured: 1, left: 2, bringsMore: 4 } as const;

export class VisitorTable extends Table {
  source: Int32Array;
  /** Number within the source, from 0; and of a closed crowd: which user. */
  number: Float64Array;
  user: Int32Array;
  entry: Int32Array;
  /** The place in chance of everything this visitor brings. */
  keyA: Int32Array;
  keyB: Int32Array;
  /** Which customer he is, from 1 (0: his own), and hashed: for balancers that keep customers together. */
  customer: Float64Array;
  hashKey: Int32Array;
  attempt: Int32Array;
  /** The root span of the attempt under way, or -1. */
  root: Int32Array;
  beganUs: Float64Array;
  traceWaitUs: Float64Array;
  timeoutTicket: Int32Array;
  holders: Int32Array;
  flags: Uint8Array;

  constructor(capacity = 32) {
    super(capacity);
    const ints = (): Int32Array => new Int32Array(capacity);
    const rows = (): Int32Array => new Int32Array(capacity).fill(-1);
    const floats = (): Float64Array => new Float64Array(capacity);
    this.source = ints();
    this.number = floats();
    this.user = rows();
    this.entry = ints();
    this.keyA = ints();
    this.keyB = ints();
    this.customer = floats();
    this.hashKey = ints();
    this.attempt = ints();
    this.root = rows();
    this.beganUs = floats();
    this.traceWaitUs = floats();
    this.timeoutTicket = rows();
    this.holders = ints();
    this.flags = new Uint8Array(capacity);
  }

  /**
   * A row in which `user`, `root` and `timeoutTicket` are -1, and `entry`, `customer`, `attempt` and `traceWaitUs` 0:
   * what they are of most visitors, who leave them so.
   */
  takeClean(): number {
    const visitor = this.take();
    if ((this.flags[visitor]! & visitorFlags.bringsMore) !== 0) {
      this.user[visitor] = -1;
      this.entry[visitor] = 0;
      this.customer[visitor] = 0;
      this.traceWaitUs[visitor] = 0;
    }
    return visitor;
  }

  /** One holder less; the last one frees the row. */
  release(visitor: number): void {
    const holders = this.holders[visitor]! - 1;
    this.holders[visitor] = holders;
    if (holders === 0) this.give(visitor);
  }

  protected resize(capacity: number): void {
    this.source = grownInts(this.source, capacity);
    this.number = grownFloats(this.number, capacity);
    this.user = grownInts(this.user, capacity, -1);
    this.entry = grownInts(this.entry, capacity);
    this.keyA = grownInts(this.keyA, capacity);
    this.keyB = grownInts(this.keyB, capacity);
    this.customer = grownFloats(this.customer, capacity);
    this.hashKey = grownInts(this.hashKey, capacity);
    this.attempt = grownInts(this.attempt, capacity);
    this.root = grownInts(this.root, capacity, -1);
    this.beganUs = grownFloats(this.beganUs, capacity);
    this.traceWaitUs = grownFloats(this.traceWaitUs, capacity);
    this.timeoutTicket = grownInts(this.timeoutTicket, capacity, -1);
    this.holders = grownInts(this.holders, capacity);
    this.flags = grownBytes(this.flags, capacity);
  }
}
