/**
 * Events that are far away: kept in buckets of time, unordered, until their bucket is next. A heap pays for all that is
 * pending at every event, in levels and in cache misses; with a million pending, most need not be ordered yet.
 *
 *   bucket k of the ring    due in [base + k w, base + (k + 1) w)      w is a power of two: no rounding at the borders
 *   the last one            all that is due later; spread over a new ring when this one is through
 *
 * A bucket is a list of chunks; a chunk holds 32 events as the heap does (`keys`, `events`), and its place in `next`.
 * Its own file because the heap needs to know only the moment from which on events are kept here (`fromUs`); with few
 * pending there is no such moment and nothing here runs. Checked against a sorted list in
 * `test/kernel/eventQueue.test.ts`.
 */
import { ticketOf } from './lane.js';

const bucketCount = 1024;
const later = bucketCount;
/** So few are left to the heap again, when a ring is through. */
const fewPending = 512;
/** Events of a chunk. */
const chunkSize = 32;

export class FarEvents {
  count = 0;
  /** Everything due before this is in the heap, everything else here; NaN while nothing is kept here. */
  fromUs = Number.NaN;
  /** Of the event that enters: numbers that V8 would put on its heap as arguments. */
  dueUs = 0;
  order = 0;
  private baseUs = 0;
  private perUs = 1;
  /** The bucket that comes next. */
  private nextBucket = 0;
  private readonly firsts = new Int32Array(bucketCount + 1).fill(-1);
  private readonly lasts = new Int32Array(bucketCount + 1).fill(-1);
  /** Events in a bucket's last chunk; the others are full. */
  private readonly fills = new Int32Array(bucketCount + 1);
  private keys = new Float64Array(0);
  private events = new Int32Array(0);
  private next = new Int32Array(0);
  private chunkCount = 0;
  private freeChunk = -1;

  /**
   * Begin to keep events here: with buckets over the time in which `size` pending events, laid out as in the heap, are
   * due. They stay where they are; the caller puts here those that are due from `fromUs` on.
   */
  begin(keys: Float64Array, size: number): void {
    let firstUs = Number.POSITIVE_INFINITY;
    let sumUs = 0;
    for (let slot = 0; slot < size; slot++) {
      const dueUs = Math.min(keys[2 * slot]!, Number.MAX_SAFE_INTEGER);
      firstUs = Math.min(firstUs, dueUs);
      sumUs += dueUs;
    }
    this.layOut(firstUs, sumUs / size);
    this.nextBucket = 1;
    this.fromUs = this.baseUs + 1 / this.perUs;
  }

  /** A ring of four times the mean distance: of exponential distances 98% lie in it. */
  private layOut(firstUs: number, meanUs: number): void {
    const widthUs = (4 * (meanUs - firstUs)) / bucketCount;
    this.baseUs = Math.floor(firstUs);
    this.perUs = 2 ** -Math.max(0, Math.ceil(Math.log2(Math.max(1, widthUs))));
    this.nextBucket = 0;
  }

  /** Keep `event`, due at `dueUs`, which is not before `fromUs`. */
  put(event: number): void {
    const place = (this.dueUs - this.baseUs) * this.perUs;
    const bucket = place < bucketCount ? place | 0 : later;
    let chunk = this.lasts[bucket]!;
    let fill = this.fills[bucket]!;
    if (chunk < 0 || fill === chunkSize) {
      chunk = this.append(bucket, chunk);
      fill = 0;
    }
    const at = chunk * chunkSize + fill;
    this.keys[2 * at] = this.dueUs;
    this.keys[2 * at + 1] = this.order;
    this.events[at] = event;
    this.fills[bucket] = fill + 1;
    this.count++;
  }

  private append(bucket: number, last: number): number {
    let chunk = this.freeChunk;
    if (chunk >= 0) this.freeChunk = this.next[chunk]!;
    else {
      if (this.chunkCount === this.next.length) this.grow();
      chunk = this.chunkCount++;
    }
    this.next[chunk] = -1;
    if (last < 0) this.firsts[bucket] = chunk;
    else this.next[last] = chunk;
    this.lasts[bucket] = chunk;
    return chunk;
  }

  /** The next bucket that holds anything is emptied into `take`, which hears `dueUs` and `order` by these fields. */
  release(take: (event: number) => void): void {
    if (!this.skipEmpty()) {
      if (this.count <= fewPending) {
        this.fromUs = Number.NaN;
        this.empty(later, take);
        return;
      }
      this.turn();
    }
    const bucket = this.nextBucket++;
    // Everything that follows, put by `take` too, stands behind this bucket.
    this.fromUs = this.baseUs + this.nextBucket / this.perUs;
    this.empty(bucket, take);
    if (this.count === 0) this.fromUs = Number.NaN;
  }

  private skipEmpty(): boolean {
    while (this.nextBucket < bucketCount && this.firsts[this.nextBucket]! < 0) this.nextBucket++;
    return this.nextBucket < bucketCount;
  }

  /** This ring is through: a new one for what is due later, beginning with the first of it. */
  private turn(): void {
    let firstUs = Number.POSITIVE_INFINITY;
    let sumUs = 0;
    for (let chunk = this.firsts[later]!; chunk >= 0; chunk = this.next[chunk]!) {
      const end = chunk * chunkSize + this.fillOf(later, chunk);
      for (let at = chunk * chunkSize; at < end; at++) {
        const dueUs = Math.min(this.keys[2 * at]!, Number.MAX_SAFE_INTEGER);
        firstUs = Math.min(firstUs, dueUs);
        sumUs += dueUs;
      }
    }
    this.layOut(firstUs, sumUs / this.count);
    this.empty(later, (event) => this.put(event));
  }

  /** Its chunks are free again before the first of its events is told of. */
  private empty(bucket: number, take: (event: number) => void): void {
    const lastFill = this.fills[bucket]!;
    const last = this.lasts[bucket]!;
    let chunk = this.firsts[bucket]!;
    this.firsts[bucket] = -1;
    this.lasts[bucket] = -1;
    this.fills[bucket] = 0;
    while (chunk >= 0) {
      const fill = chunk === last ? lastFill : chunkSize;
      for (let at = chunk * chunkSize; at < chunk * chunkSize + fill; at++) {
        this.dueUs = this.keys[2 * at]!;
        this.order = this.keys[2 * at + 1]!;
        this.count--;
        take(this.events[at]!);
      }
      const following = this.next[chunk]!;
      this.next[chunk] = this.freeChunk;
      this.freeChunk = chunk;
      chunk = following;
    }
  }

  /** When the event with this ticket is due; NaN where it is not here. For views only: O(count). */
  dueOf(ticket: number): number {
    for (let bucket = 0; bucket <= later; bucket++)
      for (let chunk = this.firsts[bucket]!; chunk >= 0; chunk = this.next[chunk]!)
        for (let at = chunk * chunkSize; at < chunk * chunkSize + this.fillOf(bucket, chunk); at++)
          if (ticketOf(this.keys[2 * at + 1]!) === ticket && this.events[at]! >= 0) return this.keys[2 * at]!;
    return Number.NaN;
  }

  private fillOf(bucket: number, chunk: number): number {
    return chunk === this.lasts[bucket] ? this.fills[bucket]! : chunkSize;
  }

  private grow(): void {
    const { keys, events, next } = this;
    const capacity = Math.max(256, 2 * next.length);
    this.keys = new Float64Array(2 * chunkSize * capacity);
    this.events = new Int32Array(chunkSize * capacity);
    this.next = new Int32Array(capacity);
    this.keys.set(keys);
    this.events.set(events);
    this.next.set(next);
  }
}
