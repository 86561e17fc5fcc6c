/**
 * Ring hash: every instance stands at many places of a ring of 2^32; a key goes to the first instance at or after its
 * own place. When an instance comes or goes only the keys of its own arcs move. Ketama's consistent hashing.
 *
 * The ring is cut into equal buckets, each a short sorted list, several points a bucket on average; so a lookup, and
 * adding or removing one point, is O(1) expected, with any number of instances. The buckets are made anew, twice as
 * many, when the points outgrow them. An instance's places follow from its number in its service alone.
 */
import type { Balancer, BalancerMemory, KnownInstance } from './contract.js';
import { hashOfPair } from './hashing.js';

/** Places of one instance, as nginx' and libmemcached's ketama have them for a weight of 1. */
const pointsPerInstance = 160;
/** A point is its place x 2^21 + the instance: whole and exact below 2^53. */
const instanceSpan = 2 ** 21;
const mostPointsPerBucket = 8;

class RingHashMemory implements BalancerMemory {
  /** Buckets in order of place; each holds its points in rising order. Their number is 2^(32 - shift). */
  private buckets: number[][] = Array.from({ length: 64 }, () => []);
  private shift = 26;
  private pointCount = 0;
  /** The number by which each known instance is placed, and the weight with which. */
  private readonly known = new Map<number, { readonly number: number; readonly pointCount: number }>();

  add(instance: number, _outstandingCount: number, weight: number, known?: KnownInstance): void {
    if (this.known.has(instance)) return;
    const placed = { number: known?.number ?? instance, pointCount: Math.round(pointsPerInstance * weight) };
    this.known.set(instance, placed);
    for (let i = 0; i < placed.pointCount; i++) this.insert(pointOf(instance, placed.number, i));
    if (this.pointCount > mostPointsPerBucket * this.buckets.length) this.refine();
  }

  remove(instance: number): void {
    const placed = this.known.get(instance);
    if (!placed) return;
    this.known.delete(instance);
    for (let i = 0; i < placed.pointCount; i++) {
      const point = pointOf(instance, placed.number, i);
      const bucket = this.buckets[this.bucketOf(point)]!;
      bucket.splice(bucket.indexOf(point), 1);
      this.pointCount--;
    }
  }

  loadChanged(): void {}

  pick(_drawA: number, _drawB: number, key: number): number {
    if (this.pointCount === 0) return -1;
    const from = (key >>> 0) * instanceSpan;
    let index = this.bucketOf(from);
    for (const point of this.buckets[index]!) if (point >= from) return point % instanceSpan;
    for (;;) {
      index = (index + 1) % this.buckets.length;
      const bucket = this.buckets[index]!;
      if (bucket.length > 0) return bucket[0]! % instanceSpan;
    }
  }

  private bucketOf(point: number): number {
    return Math.floor(point / instanceSpan) >>> this.shift;
  }

  private insert(point: number): void {
    const bucket = this.buckets[this.bucketOf(point)]!;
    let at = bucket.length;
    while (at > 0 && bucket[at - 1]! > point) at--;
    bucket.splice(at, 0, point);
    this.pointCount++;
  }

  private refine(): void {
    const points = this.buckets.flat();
    while (this.pointCount > (mostPointsPerBucket / 4) * 2 ** (32 - this.shift)) this.shift--;
    this.buckets = Array.from({ length: 2 ** (32 - this.shift) }, () => []);
    for (const point of points) this.buckets[this.bucketOf(point)]!.push(point); // In rising order already.
  }
}

function pointOf(instance: number, number: number, index: number): number {
  return hashOfPair(number, index) * instanceSpan + instance;
}

export const ringHash: Balancer = {
  kind: 'ring-hash',
  source: 'Ketama consistent hashing: Envoy RING_HASH, nginx `hash ... consistent` (160 points a server)',
  usesLoad: false,
  drawCount: 0,
  start: () => new RingHashMemory(),
};
