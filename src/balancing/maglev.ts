/**
 * Maglev: a table of 65,537 slots filled by the instances in turn, each taking the next free slot of its own
 * permutation; a key goes to the instance of its slot. Nearly equal shares, and few keys move when instances change.
 *
 * A decision is one look into the table. The table is filled anew, O(65,537 log 65,537) expected, at the first decision
 * after instances came or went, however many did; Envoy does the same at each update of its endpoints. Instances take
 * turns in the order of their numbers, so the table depends on who is known, not on the order of learning.
 */
import type { Balancer, BalancerMemory, KnownInstance } from './contract.js';
import { hashOfPair } from './hashing.js';

/** A prime, Envoy's default; at least a hundred slots an instance keeps shares within 1% up to 655 instances. */
const slotCount = 65_537;

interface Placed {
  readonly instance: number;
  readonly number: number;
  readonly weight: number;
}

class MaglevMemory implements BalancerMemory {
  private readonly known = new Map<number, Placed>();
  private readonly slots = new Int32Array(slotCount);
  private isStale = true;

  add(instance: number, _outstandingCount: number, weight: number, known?: KnownInstance): void {
    if (this.known.has(instance)) return;
    this.known.set(instance, { instance, number: known?.number ?? instance, weight });
    this.isStale = true;
  }

  remove(instance: number): void {
    if (this.known.delete(instance)) this.isStale = true;
  }

  loadChanged(): void {}

  pick(_drawA: number, _drawB: number, key: number): number {
    if (this.isStale) this.fill();
    return this.slots[(key >>> 0) % slotCount]!;
  }

  private fill(): void {
    this.isStale = false;
    this.slots.fill(-1);
    const placed = [...this.known.values()].filter(({ weight }) => weight > 0);
    if (placed.length === 0) return;
    placed.sort((one, other) => one.number - other.number);
    const most = Math.max(...placed.map(({ weight }) => weight));
    const next = placed.map(({ number }) => hashOfPair(number, 0) % slotCount);
    const skips = placed.map(({ number }) => (hashOfPair(number, 1) % (slotCount - 1)) + 1);
    const turns = new Float64Array(placed.length);
    for (let left = slotCount; left > 0; ) {
      for (let i = 0; i < placed.length && left > 0; i++) {
        turns[i]! += placed[i]!.weight / most; // Of less weight, it sits out turns until they make a whole one.
        if (turns[i]! < 1) continue;
        turns[i]! -= 1;
        let slot = next[i]!;
        while (this.slots[slot] !== -1) slot = (slot + skips[i]!) % slotCount;
        this.slots[slot] = placed[i]!.instance;
        next[i] = (slot + skips[i]!) % slotCount;
        left--;
      }
    }
  }
}

export const maglev: Balancer = {
  kind: 'maglev',
  source: 'Eisenbud et al., Maglev (NSDI 2016), section 3.4; Envoy MAGLEV with its default table of 65,537',
  usesLoad: false,
  drawCount: 0,
  start: () => new MaglevMemory(),
};
