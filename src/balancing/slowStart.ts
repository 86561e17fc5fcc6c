/**
 * Slow start: a balancer in which a new instance's share grows, linearly from a tenth to the whole, over a window.
 *
 * It stands around any other balancer. One that it picks while warming is taken with the chance of its present share,
 * else picked again, with other draws and another key; so the share of a warming instance is that part of an equal
 * one's, under every rule. Rules that take the least loaded of all see a warming instance's load divided by its share
 * as well, as nginx and HAProxy weigh active connections; or it would be their first choice because it is empty.
 * A decision asks at most `tries` times: O(1) of the inner one's.
 */
import type { Balancer, BalancerMemory, KnownInstance } from './contract.js';
import { hashOfPair } from './hashing.js';

/** Envoy's slow_start_config: min_weight_percent 10%, aggression 1 (linear). */
const leastShare = 0.1;
const tries = 8;
const wholeDraw = 2 ** 32;

interface Warming {
  readonly sinceUs: number;
  loadCount: number;
}

class SlowStartMemory implements BalancerMemory {
  private readonly inner: BalancerMemory;
  private readonly windowUs: number;
  private readonly dividesLoad: boolean;
  private readonly warming = new Map<number, Warming>();
  private nextLookUs = 0;

  constructor(inner: BalancerMemory, windowUs: number, dividesLoad: boolean) {
    this.inner = inner;
    this.windowUs = windowUs;
    this.dividesLoad = dividesLoad;
  }

  add(instance: number, outstandingCount: number, weight: number, known?: KnownInstance): void {
    this.inner.add(instance, outstandingCount, weight, known);
    // Those there at clock 0 have served for long.
    if (!known || known.nowUs === 0 || this.warming.has(instance)) return;
    this.warming.set(instance, { sinceUs: known.nowUs, loadCount: outstandingCount });
    if (this.warming.size === 1) this.nextLookUs = known.nowUs + this.windowUs / 20;
  }

  remove(instance: number): void {
    this.warming.delete(instance);
    this.inner.remove(instance);
  }

  loadChanged(instance: number, outstandingCount: number): void {
    const warming = this.warming.get(instance);
    if (!warming || !this.dividesLoad) {
      this.inner.loadChanged(instance, outstandingCount);
      return;
    }
    warming.loadCount = outstandingCount;
    this.inner.loadChanged(instance, Math.floor(outstandingCount / this.shareAt(warming, this.nextLookUs)));
  }

  answered(instance: number, tookUs: number, nowUs: number): void {
    this.inner.answered?.(instance, tookUs, nowUs);
  }

  pick(drawA: number, drawB: number, key: number, nowUs = 0): number {
    if (this.warming.size === 0) return this.inner.pick(drawA, drawB, key, nowUs);
    if (nowUs >= this.nextLookUs) this.look(nowUs);
    let a = drawA;
    let b = drawB;
    let k = key;
    for (let attempt = 1; ; attempt++) {
      const picked = this.inner.pick(a, b, k, nowUs);
      const warming = this.warming.get(picked);
      if (!warming || attempt === tries) return picked;
      // The coin follows from the key, so that the customers of an instance come to it one after another and stay.
      const coin = hashOfPair(k, bitsOf(a) ^ attempt);
      if (coin / wholeDraw < this.shareAt(warming, nowUs)) return picked;
      k = hashOfPair(k, 0x51ed270b) | 0;
      b = hashOfPair(bitsOf(b), attempt) / wholeDraw;
      a = hashOfPair(bitsOf(a), k) / wholeDraw;
    }
  }

  /** Twenty times a window: whoever has warmed up is forgotten here, and divided loads are brought up to date. */
  private look(nowUs: number): void {
    this.nextLookUs = nowUs + this.windowUs / 20;
    for (const [instance, warming] of this.warming) {
      const isWarm = nowUs >= warming.sinceUs + this.windowUs;
      if (isWarm) this.warming.delete(instance);
      const share = isWarm ? 1 : this.shareAt(warming, nowUs);
      if (this.dividesLoad) this.inner.loadChanged(instance, Math.floor(warming.loadCount / share));
    }
  }

  private shareAt({ sinceUs }: Warming, nowUs: number): number {
    return Math.min(1, Math.max(leastShare, (nowUs - sinceUs) / this.windowUs));
  }
}

function bitsOf(draw: number): number {
  return Math.floor(draw * wholeDraw) | 0;
}

/** `balancer` with slow start over `windowUs` > 0. Reads both draws. */
export function withSlowStart(balancer: Balancer, windowUs: number): Balancer {
  return {
    ...balancer,
    source: `${balancer.source}; slow start: Envoy slow_start_config with its defaults`,
    drawCount: 2,
    start: () => new SlowStartMemory(balancer.start(), windowUs, balancer.ordersByLoad === true),
  };
}
