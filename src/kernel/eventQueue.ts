/**
 * The event queue: a binary heap over two parallel arrays, with lanes beside it, and buckets for what is far away once
 * thousands are pending (`farEvents.ts`).
 *
 *   keys[2i]      when it is due, whole microseconds           slot 0 is next; parent of i is (i - 1) >> 1
 *   keys[2i + 1]  who goes first on a tie: rank of its kind, then when it was scheduled (rank x 2^48 + count)
 *   events[i]     the event itself, whatever 31 bits its owner packs into it; ~lane where a lane's first stands for it
 *
 * Plain heaps promise no order for ties; a result would depend on the heap's history. Every event has a *ticket*, the
 * low 30 bits of its count: an owner that keeps the ticket of the event it waits for knows a stale one (two live
 * tickets are equal only if 2^30 events were scheduled between them).
 *
 * Taking the first leaves a hole at the top, which the next push fills with one walk down instead of the two walks of
 * a pop and a push. Times pass through a field and through slots, never as arguments of a function that V8 does not put
 * into its caller: there each would be put on V8's heap first. Checked against a sorted list in
 * `test/kernel/eventQueue.test.ts`.
 */
import { FarEvents } from './farEvents.js';
import { Lane, ticketOf } from './lane.js';

/** With so many in the heap, what is far away goes into buckets. */
const manyPending = 2048;

/** Ranks are 0 to 15. */
export class EventQueue {
  /** Heap slots in use; the hole does not count. */
  size = 0;
  /** Of the event taken last. */
  takenDueUs = 0;
  takenTicket = 0;
  /** 1 or 0: a number, for to see whether a field holds true V8 asks after all that is neither. */
  private hasHole = 0;
  /** Of the event that enters. */
  dueUs = 0;
  private scheduledCount = 0;
  private capacity = 1024;
  /** An empty heap holds `Infinity` in its first slot. */
  private keys = new Float64Array(2048).fill(Number.POSITIVE_INFINITY, 0, 1);
  private events = new Int32Array(1024);
  private readonly lanes: Lane[] = [];
  private readonly far = new FarEvents();
  /** As `far.fromUs`. */
  private farFromUs = Number.NaN;
  private readonly enterFromFar = (event: number): void => {
    if (this.size === this.capacity) this.grow();
    this.keys[2 * this.size] = this.far.dueUs;
    this.keys[2 * this.size + 1] = this.far.order;
    this.events[this.size] = event;
    this.rise(this.size++);
  };

  /** Schedule `event` (>= 0) for `dueUs`; its ticket comes back. O(log n). */
  push(dueUs: number, rank: number, event: number): number {
    this.dueUs = dueUs;
    return this.enter(rank, event);
  }

  /** As `push`, due at what stands in `dueUs`: a time that is handed over would have to be put on V8's heap. */
  enter(rank: number, event: number): number {
    const count = this.scheduledCount++;
    const slot = this.hasHole === 1 ? 0 : this.lastSlot();
    if (this.dueUs >= this.farFromUs) {
      this.far.dueUs = this.dueUs;
      this.far.order = rank * 281474976710656 + count;
      this.far.put(event);
      return count & 0x3fffffff;
    }
    this.keys[2 * slot] = this.dueUs;
    this.keys[2 * slot + 1] = rank * 281474976710656 + count;
    this.events[slot] = event;
    this.settle(slot);
    return count & 0x3fffffff;
  }

  /**
   * A lane for events that share one constant delay and one rank. `isStale` may look at whatever its events concern.
   */
  openLane(isStale: (event: number, ticket: number) => boolean): number {
    return this.lanes.push(new Lane(isStale)) - 1;
  }

  /**
   * As `push`, into a lane: `dueUs` must be no less than that of the lane's last event. O(1) but for the lane's
   * first.
   */
  pushLane(lane: number, dueUs: number, rank: number, event: number): number {
    this.dueUs = dueUs;
    return this.enterLane(lane, rank, event);
  }

  private enterLane(lane: number, rank: number, event: number): number {
    const count = this.scheduledCount++;
    const into = this.lanes[lane]!;
    const place = into.nextPlace();
    into.keys[2 * place] = this.dueUs;
    into.keys[2 * place + 1] = rank * 281474976710656 + count;
    into.events[place] = event;
    if (into.count === 1) this.pushFirstOf(lane);
    return count & 0x3fffffff;
  }

  /** When the next event is due; `Infinity` when there is none. */
  nextDueUs(): number {
    this.close();
    return this.firstDueUs;
  }

  /** Let the heap close over what was taken: then `firstDueUs` holds until the next push. */
  close(): void {
    if (this.hasHole === 1) this.closeHole();
  }

  /** After `close`: when the next event is due; `Infinity` when there is none. */
  get firstDueUs(): number {
    return this.keys[0]!;
  }

  /**
   * Take the next event; its time and ticket are then in `takenDueUs` and `takenTicket`. The queue must not be empty.
   */
  take(): number {
    if (this.hasHole === 1) this.closeHole();
    const { keys } = this;
    this.takenDueUs = keys[0]!;
    this.takenTicket = ticketOf(keys[1]!);
    const event = this.events[0]!;
    this.size--;
    this.hasHole = 1;
    return event >= 0 ? event : this.takeFromLane(~event);
  }

  /** When the event with this ticket is due; NaN where none waits outside of lanes. For views only: O(pending). */
  dueOf(ticket: number): number {
    for (let slot = this.hasHole; slot < this.size + this.hasHole; slot++)
      if (ticketOf(this.keys[2 * slot + 1]!) === ticket && this.events[slot]! >= 0) return this.keys[2 * slot]!;
    return this.far.dueOf(ticket);
  }

  private takeFromLane(index: number): number {
    const lane = this.lanes[index]!;
    const event = lane.events[lane.head]!;
    lane.advance();
    if (lane.count > 0) this.pushFirstOf(index);
    return event;
  }

  /** The first of a lane stands in the heap for all of it. */
  private pushFirstOf(index: number): void {
    const { keys, head } = this.lanes[index]!;
    const slot = this.hasHole === 1 ? 0 : this.lastSlot();
    if (keys[2 * head]! >= this.farFromUs) {
      this.far.dueUs = keys[2 * head]!;
      this.far.order = keys[2 * head + 1]!;
      this.far.put(~index);
      return;
    }
    this.keys[2 * slot] = keys[2 * head]!;
    this.keys[2 * slot + 1] = keys[2 * head + 1]!;
    this.events[slot] = ~index;
    this.settle(slot);
  }

  /** The slot after the last. What is far away may have left the heap after this. */
  private lastSlot(): number {
    if (this.size === this.capacity) this.makeRoom();
    return this.size;
  }

  private makeRoom(): void {
    if (this.size >= manyPending && this.far.count === 0) this.parts();
    if (this.size === this.capacity) this.grow();
  }

  /** What is far away leaves the heap for the buckets. */
  private parts(): void {
    const { keys, events, far, size } = this;
    far.begin(keys, size);
    this.farFromUs = far.fromUs;
    this.size = 0;
    for (let slot = 0; slot < size; slot++) {
      far.dueUs = keys[2 * slot]!;
      far.order = keys[2 * slot + 1]!;
      if (far.dueUs >= far.fromUs) far.put(events[slot]!);
      else this.enterFromFar(events[slot]!); // Into a slot that was read already.
    }
    if (far.count === 0) this.farFromUs = Number.NaN;
  }

  /** The event just written at `slot`, in the hole or after the last, finds its place. */
  private settle(slot: number): void {
    this.size++;
    if (this.hasHole === 1) {
      this.hasHole = 0;
      this.sink();
    } else if (slot > 0) this.rise(slot);
  }

  private closeHole(): void {
    const { keys, events, size } = this;
    this.hasHole = 0;
    if (size === 0) {
      keys[0] = Number.POSITIVE_INFINITY;
      if (this.farFromUs > 0) this.nearNow();
      return;
    }
    keys[0] = keys[size << 1]!;
    keys[1] = keys[(size << 1) | 1]!;
    events[0] = events[size]!;
    this.sink();
  }

  /** The heap is empty: the next bucket of what was far away. */
  private nearNow(): void {
    this.far.release(this.enterFromFar);
    this.farFromUs = this.far.fromUs;
  }

  // Below, a slot is named by where its keys begin: twice its number. Shifts, and `|` where a sum could do, keep V8
  // from looking for an overflow at every step.

  /** The event at slot `from`, the last, rises as far as it goes first. */
  private rise(from: number): void {
    const { keys, events } = this;
    let at = from << 1;
    const dueUs = keys[at]!;
    const order = keys[at | 1]!;
    const event = events[from]!;
    while (at > 0) {
      const parent = ((at - 2) >> 2) << 1;
      const parentUs = keys[parent]!;
      if (parentUs < dueUs || (parentUs === dueUs && keys[parent | 1]! < order)) break;
      keys[at] = parentUs;
      keys[at | 1] = keys[parent | 1]!;
      events[at >> 1] = events[parent >> 1]!;
      at = parent;
    }
    keys[at] = dueUs;
    keys[at | 1] = order;
    events[at >> 1] = event;
  }

  /** The event at the top sinks as far as others go first. */
  private sink(): void {
    const { keys, events } = this;
    const end = this.size << 1;
    const dueUs = keys[0]!;
    const order = keys[1]!;
    const event = events[0]!;
    let at = 0;
    for (;;) {
      let child = (at << 1) | 2;
      if (child >= end) break;
      let childUs = keys[child]!;
      const right = (child + 2) | 0;
      if (right < end) {
        const rightUs = keys[right]!;
        if (rightUs < childUs || (rightUs === childUs && keys[right | 1]! < keys[child | 1]!)) {
          child = right;
          childUs = rightUs;
        }
      }
      if (dueUs < childUs || (dueUs === childUs && order < keys[child | 1]!)) break;
      keys[at] = childUs;
      keys[at | 1] = keys[child | 1]!;
      events[at >> 1] = events[child >> 1]!;
      at = child;
    }
    keys[at] = dueUs;
    keys[at | 1] = order;
    events[at >> 1] = event;
  }

  private grow(): void {
    this.capacity *= 2;
    const { keys, events } = this;
    this.keys = new Float64Array(2 * this.capacity);
    this.events = new Int32Array(this.capacity);
    this.keys.set(keys);
    this.events.set(events);
  }
}
