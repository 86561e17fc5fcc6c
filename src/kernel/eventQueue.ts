/**
 * The event queue: a binary heap over three parallel arrays.
 *
 *   dueUs[i]   when it is due, whole microseconds            slot 0 is next; parent of i is (i - 1) >> 1
 *   order[i]   who goes first on a tie: rank of its kind, then when it was scheduled (rank x 2^48 + count)
 *   event[i]   the event itself: whatever 32 bits the owner packs into it
 *
 * Plain heaps promise no order for ties; a result would depend on the heap's history. `order` is unique, so it also
 * serves as the ticket of an event: an owner that keeps the ticket of the event it waits for knows a stale one.
 *
 * Taking the first leaves a hole at the top, which the next `push` fills with one sift down instead of the two
 * walks of a pop and a push. Checked against a sorted list in `test/kernel/eventQueue.test.ts`.
 */
const rankStep = 2 ** 48;
const rankBases = Float64Array.from({ length: 16 }, (_, rank) => rank * rankStep);

/** Ranks are 0 to 15. */
export class EventQueue {
  /** Events pending; the hole does not count. */
  size = 0;
  /** Of the event taken last. */
  takenDueUs = 0;
  takenOrder = 0;
  /** Ticket of the event pushed last. */
  pushedOrder = 0;
  private hasHole = false;
  private scheduledCount = 0;
  private capacity = 1024;
  private dueUs = new Float64Array(1024);
  private order = new Float64Array(1024);
  private event = new Int32Array(1024);

  /** Schedule `event` for `dueUs`. The ticket is then in `pushedOrder`. O(log n). */
  push(dueUs: number, rank: number, event: number): void {
    const order = rankBases[rank]! + this.scheduledCount++;
    this.pushedOrder = order;
    if (this.hasHole) {
      this.hasHole = false;
      this.size++;
      this.sink(dueUs, order, event);
      return;
    }
    if (this.size === this.capacity) this.grow();
    const { dueUs: dues, order: orders, event: events } = this;
    let slot = this.size++;
    while (slot > 0) {
      const parent = (slot - 1) >> 1;
      const parentDueUs = dues[parent]!;
      if (parentDueUs < dueUs || (parentDueUs === dueUs && orders[parent]! < order)) break;
      dues[slot] = parentDueUs;
      orders[slot] = orders[parent]!;
      events[slot] = events[parent]!;
      slot = parent;
    }
    dues[slot] = dueUs;
    orders[slot] = order;
    events[slot] = event;
  }

  /** When the next event is due; `Infinity` when there is none. */
  nextDueUs(): number {
    if (this.hasHole) this.closeHole();
    return this.size === 0 ? Number.POSITIVE_INFINITY : this.dueUs[0]!;
  }

  /** Take the next event; its time and ticket are then in `takenDueUs` and `takenOrder`. The queue must not be empty. */
  take(): number {
    if (this.hasHole) this.closeHole();
    this.takenDueUs = this.dueUs[0]!;
    this.takenOrder = this.order[0]!;
    this.size--;
    this.hasHole = true;
    return this.event[0]!;
  }

  private closeHole(): void {
    this.hasHole = false;
    const last = this.size;
    if (last > 0) this.sink(this.dueUs[last]!, this.order[last]!, this.event[last]!);
  }

  /** Put an event in at the top and let it sink among the `size` events of the heap. */
  private sink(dueUs: number, order: number, event: number): void {
    const { dueUs: dues, order: orders, event: events, size } = this;
    let slot = 0;
    for (;;) {
      let child = 2 * slot + 1;
      if (child >= size) break;
      const right = child + 1;
      if (right < size) {
        const gap = dues[right]! - dues[child]!;
        if (gap < 0 || (gap === 0 && orders[right]! < orders[child]!)) child = right;
      }
      const childDueUs = dues[child]!;
      if (dueUs < childDueUs || (dueUs === childDueUs && order < orders[child]!)) break;
      dues[slot] = childDueUs;
      orders[slot] = orders[child]!;
      events[slot] = events[child]!;
      slot = child;
    }
    dues[slot] = dueUs;
    orders[slot] = order;
    events[slot] = event;
  }

  private grow(): void {
    this.capacity *= 2;
    const { dueUs, order, event } = this;
    this.dueUs = new Float64Array(this.capacity);
    this.order = new Float64Array(this.capacity);
    this.event = new Int32Array(this.capacity);
    this.dueUs.set(dueUs);
    this.order.set(order);
    this.event.set(event);
  }
}
