/**
 * Peers of one weight in the order of their turns. Its own file because it is what makes a pick of smooth weighted
 * round-robin cost the same among ten peers and among ten thousand.
 *
 * Who has just been picked usually comes after all others of his weight, so peers stand in a line: a ring that is read
 * at its head and written at its end. Where one would have to stand amid the others (the sum of the weights has
 * changed), he waits in a heap beside the line; whoever is first of both is next. In the line O(1), in the heap
 * O(log n). One who leaves the line stays in the ring until his place comes to the head, and is passed over there.
 *
 * Checked through `weightedRoundRobin.ts`, against the plain walk of `smoothWeighted.ts`.
 */

/** What is known of peers, by instance. */
export class PeerColumns {
  /** Current weight less weight x picks so far: constant while a peer waits. */
  offset = new Float64Array(16);
  /** Place in the order in which peers became known; -1: not known. */
  order = new Float64Array(16).fill(-1);
  /** Where it stands in its heap; -1: in the line. */
  position = new Int32Array(16);

  /** Makes room for `instance`. */
  hold(instance: number): void {
    let length = this.order.length;
    if (instance < length) return;
    const from = length;
    while (length <= instance) length *= 2;
    const { offset, order, position } = this;
    this.offset = new Float64Array(length);
    this.order = new Float64Array(length).fill(-1, from);
    this.position = new Int32Array(length);
    this.offset.set(offset);
    this.order.set(order);
    this.position.set(position);
  }

  isBefore(one: number, other: number): boolean {
    const gap = this.offset[one]! - this.offset[other]!;
    return gap > 0 || (gap === 0 && this.order[one]! < this.order[other]!);
  }
}

export class Turns {
  readonly weight: number;
  /** Peers in the line and in the heap. */
  count = 0;
  private readonly peers: PeerColumns;
  private line = new Int32Array(16);
  /** Of each place in the line the peer's order: another one now stands for somebody who has left. */
  private lineOrder = new Float64Array(16);
  private head = 0;
  private length = 0;
  private lastOffset = 0;
  private lastOrder = 0;
  private readonly heap: number[] = [];

  constructor(weight: number, peers: PeerColumns) {
    this.weight = weight;
    this.peers = peers;
  }

  /** Whose turn it is; -1 when there is nobody. */
  first(): number {
    const { line, lineOrder, peers, heap } = this;
    const mask = line.length - 1;
    while (this.length > 0 && lineOrder[this.head] !== peers.order[line[this.head]!]) {
      this.head = (this.head + 1) & mask;
      this.length--;
    }
    const inHeap = heap.length > 0 ? heap[0]! : -1;
    if (this.length === 0) return inHeap;
    const inLine = line[this.head]!;
    return inHeap >= 0 && peers.isBefore(inHeap, inLine) ? inHeap : inLine;
  }

  /** `instance`, whose offset and order are set, waits for its turn. */
  enter(instance: number): void {
    this.count++;
    this.place(instance);
  }

  /** `instance`, which is `first()`, has had its turn, and its offset was lowered: it waits for the next one. */
  moveOn(instance: number): void {
    if (this.peers.position[instance]! >= 0) this.takeFromHeap(instance);
    else {
      this.head = (this.head + 1) & (this.line.length - 1);
      this.length--;
    }
    this.place(instance);
  }

  /** `instance` is no longer one of these. Its order must become none before anything else is asked. */
  leave(instance: number): void {
    this.count--;
    if (this.peers.position[instance]! >= 0) this.takeFromHeap(instance);
  }

  private place(instance: number): void {
    const offset = this.peers.offset[instance]!;
    const order = this.peers.order[instance]!;
    const isLast = offset < this.lastOffset || (offset === this.lastOffset && order > this.lastOrder);
    if (this.length > 0 && !isLast) {
      this.heap.push(instance);
      this.rise(instance, this.heap.length - 1);
      return;
    }
    if (this.length === this.line.length) this.grow();
    const end = (this.head + this.length++) & (this.line.length - 1);
    this.line[end] = instance;
    this.lineOrder[end] = order;
    this.peers.position[instance] = -1;
    this.lastOffset = offset;
    this.lastOrder = order;
  }

  private takeFromHeap(instance: number): void {
    const { heap } = this;
    const at = this.peers.position[instance]!;
    const last = heap.pop()!;
    if (last === instance) return;
    this.rise(last, at);
    this.sink(last, this.peers.position[last]!);
  }

  private rise(instance: number, from: number): void {
    const { heap, peers } = this;
    let at = from;
    while (at > 0) {
      const parent = heap[(at - 1) >> 1]!;
      if (!peers.isBefore(instance, parent)) break;
      heap[at] = parent;
      peers.position[parent] = at;
      at = (at - 1) >> 1;
    }
    heap[at] = instance;
    peers.position[instance] = at;
  }

  private sink(instance: number, from: number): void {
    const { heap, peers } = this;
    let at = from;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= heap.length) break;
      if (below + 1 < heap.length && peers.isBefore(heap[below + 1]!, heap[below]!)) below++;
      const child = heap[below]!;
      if (!peers.isBefore(child, instance)) break;
      heap[at] = child;
      peers.position[child] = at;
      at = below;
    }
    heap[at] = instance;
    peers.position[instance] = at;
  }

  private grow(): void {
    const { line, lineOrder, head, length } = this;
    this.line = new Int32Array(2 * line.length);
    this.lineOrder = new Float64Array(2 * line.length);
    for (let i = 0; i < length; i++) {
      const from = (head + i) & (line.length - 1);
      this.line[i] = line[from]!;
      this.lineOrder[i] = lineOrder[from]!;
    }
    this.head = 0;
  }
}
