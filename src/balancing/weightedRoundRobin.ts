/**
 * Smooth weighted round-robin as a balancer: nginx' sequence exactly, without nginx' walk over all peers at each pick.
 *
 * A pick adds to every peer's current weight its own weight and takes the sum from the one picked. So a peer that is
 * not picked changes as a straight line in the number of picks; among peers of equal weight the order never changes
 * but for the one picked. Peers are kept in one heap for each weight, ordered by what is constant while they wait
 * (current weight less weight x picks), and a pick compares the heads of the heaps: O(w + log n) for w different
 * weights, of which there are few. Ties go to the peer that was known first, as in nginx' list.
 *
 * Checked against the plain walk of `smoothWeighted.ts`, which is held to nginx' own sequences.
 */
import type { Balancer, BalancerMemory } from './contract.js';

interface Peer {
  readonly instance: number;
  readonly weight: number;
  /** Place in the order in which peers became known. */
  readonly order: number;
  /** Current weight less weight x picks so far. */
  offset: number;
  /** Where it stands in its group's heap. */
  position: number;
}

/** Peers of one weight; `heap[0]` is the next of them. */
interface Group {
  readonly weight: number;
  readonly heap: Peer[];
}

class WeightedRoundRobinMemory implements BalancerMemory {
  private readonly peers = new Map<number, Peer>();
  private readonly groups: Group[] = [];
  private weightSum = 0;
  private pickCount = 0;
  private addedCount = 0;

  add(instance: number, _outstandingCount: number, weight: number): void {
    if (this.peers.has(instance)) return;
    const offset = -weight * this.pickCount;
    const peer: Peer = { instance, weight, order: this.addedCount++, offset, position: -1 };
    this.peers.set(instance, peer);
    if (weight <= 0) return;
    this.weightSum += weight;
    let group = this.groups.find((one) => one.weight === weight);
    if (!group) {
      group = { weight, heap: [] };
      this.groups.push(group);
    }
    peer.position = group.heap.push(peer) - 1;
    rise(group.heap, peer);
  }

  remove(instance: number): void {
    const peer = this.peers.get(instance);
    if (!peer) return;
    this.peers.delete(instance);
    if (peer.position < 0) return;
    this.weightSum -= peer.weight;
    const index = this.groups.findIndex((one) => one.weight === peer.weight);
    const { heap } = this.groups[index]!;
    const last = heap.pop()!;
    if (last !== peer) {
      heap[peer.position] = last;
      last.position = peer.position;
      rise(heap, last);
      sink(heap, last);
    }
    if (heap.length === 0) this.groups.splice(index, 1);
    if (this.groups.length === 0) this.pickCount = 0;
  }

  loadChanged(): void {}

  pick(): number {
    if (this.groups.length === 0) return -1;
    this.pickCount++;
    let best = this.groups[0]!.heap[0]!;
    let bestWeight = best.offset + best.weight * this.pickCount;
    for (let i = 1; i < this.groups.length; i++) {
      const peer = this.groups[i]!.heap[0]!;
      const currentWeight = peer.offset + peer.weight * this.pickCount;
      if (currentWeight < bestWeight || (currentWeight === bestWeight && peer.order > best.order)) continue;
      best = peer;
      bestWeight = currentWeight;
    }
    best.offset -= this.weightSum;
    sink(this.groups.find((one) => one.weight === best.weight)!.heap, best);
    return best.instance;
  }
}

function isBefore(one: Peer, other: Peer): boolean {
  return one.offset > other.offset || (one.offset === other.offset && one.order < other.order);
}

function rise(heap: Peer[], peer: Peer): void {
  let at = peer.position;
  while (at > 0) {
    const above = (at - 1) >> 1;
    const parent = heap[above]!;
    if (!isBefore(peer, parent)) break;
    heap[at] = parent;
    parent.position = at;
    at = above;
  }
  heap[at] = peer;
  peer.position = at;
}

function sink(heap: Peer[], peer: Peer): void {
  let at = peer.position;
  for (;;) {
    let below = 2 * at + 1;
    if (below >= heap.length) break;
    if (below + 1 < heap.length && isBefore(heap[below + 1]!, heap[below]!)) below++;
    const child = heap[below]!;
    if (!isBefore(child, peer)) break;
    heap[at] = child;
    child.position = at;
    at = below;
  }
  heap[at] = peer;
  peer.position = at;
}

export const weightedRoundRobin: Balancer = {
  kind: 'weighted-round-robin',
  source: 'nginx ngx_http_upstream_round_robin.c, smooth weighted round-robin (commit 52327e0627f4)',
  usesLoad: false,
  drawCount: 0,
  start: () => new WeightedRoundRobinMemory(),
};
