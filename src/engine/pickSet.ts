/**
 * Environments with a free slot, in the order in which the platform prefers them.
 *
 * Where the platform hands requests to the environments kept ready first, those are a set of their own, and the others
 * come when it is empty.
 *
 * Each rule in the cheapest structure that serves it: used-order is a linked list (an environment goes to the front
 * when it is used), age-order a binary heap on creation numbers, chance a dense list. O(1) or O(log n) a step.
 */
import type { PickRule } from '../model/contract.js';
import type { Draws } from '../random/draws.js';
import type { InstanceTable } from './instanceTable.js';

export class PickSet {
  count = 0;
  /** What the rule's name says: names that come from a scenario's text are slow to compare. */
  private readonly isByUse: boolean;
  private readonly isByChance: boolean;
  private readonly takesNewest: boolean;
  private readonly instances: InstanceTable;
  private readonly draws: Draws;
  private head = -1;
  private tail = -1;
  /** Age rules: a heap of rows; chance: a dense list of rows. `pickNext` then holds a row's position. */
  private readonly rows: number[] = [];
  /** Those kept ready, where they come first. */
  private readonly kept: PickSet | null;

  constructor(rule: PickRule, instances: InstanceTable, draws: Draws, isKeptFirst = false) {
    this.kept = isKeptFirst ? new PickSet(rule, instances, draws) : null;
    this.isByUse = rule === 'most-recently-used' || rule === 'least-recently-used';
    this.isByChance = rule === 'random';
    this.takesNewest = rule === 'most-recently-used' || rule === 'newest';
    this.instances = instances;
    this.draws = draws;
  }

  has(row: number): boolean {
    return this.instances.isInPick[row] === 1;
  }

  /** Put in an environment that was used just now. */
  insert(row: number): void {
    if (this.kept !== null && this.instances.isProvisioned[row] === 1) {
      this.kept.insert(row);
      return;
    }
    this.instances.isInPick[row] = 1;
    this.count++;
    if (this.isByUse) this.link(row);
    else if (this.isByChance) this.place(row, this.rows.push(row) - 1);
    else this.rise(row, this.rows.push(row) - 1);
  }

  remove(row: number): void {
    if (this.instances.isInPick[row] !== 1) return;
    if (this.kept !== null && this.instances.isProvisioned[row] === 1) {
      this.kept.remove(row);
      return;
    }
    this.instances.isInPick[row] = 0;
    this.count--;
    if (this.isByUse) this.unlink(row);
    else this.removeAt(this.instances.pickNext[row]!);
  }

  /** The environment for the next request, or -1. It stays in. */
  pick(): number {
    if (this.kept !== null && this.kept.count > 0) return this.kept.pick();
    if (this.count === 0) return -1;
    if (this.isByUse) return this.takesNewest ? this.head : this.tail;
    return this.isByChance ? this.rows[Math.floor(this.draws.uniform() * this.count)]! : this.rows[0]!;
  }

  private link(row: number): void {
    const { pickNext, pickPrevious } = this.instances;
    pickPrevious[row] = -1;
    pickNext[row] = this.head;
    if (this.head >= 0) pickPrevious[this.head] = row;
    else this.tail = row;
    this.head = row;
  }

  private unlink(row: number): void {
    const { pickNext, pickPrevious } = this.instances;
    const next = pickNext[row]!;
    const previous = pickPrevious[row]!;
    if (previous >= 0) pickNext[previous] = next;
    else this.head = next;
    if (next >= 0) pickPrevious[next] = previous;
    else this.tail = previous;
  }

  private place(row: number, position: number): void {
    this.rows[position] = row;
    this.instances.pickNext[row] = position;
  }

  private removeAt(position: number): void {
    const last = this.rows.pop()!;
    if (position === this.rows.length) return;
    this.place(last, position);
    if (this.isByChance) return;
    this.rise(last, position);
    this.sink(last, this.instances.pickNext[last]!);
  }

  /** Whether row `one` comes before row `other` by age. */
  private goesFirst(one: number, other: number): boolean {
    const { number } = this.instances;
    return this.takesNewest ? number[one]! > number[other]! : number[one]! < number[other]!;
  }

  private rise(row: number, from: number): void {
    let position = from;
    while (position > 0) {
      const parent = (position - 1) >> 1;
      if (!this.goesFirst(row, this.rows[parent]!)) break;
      this.place(this.rows[parent]!, position);
      position = parent;
    }
    this.place(row, position);
  }

  private sink(row: number, from: number): void {
    let position = from;
    for (;;) {
      let child = 2 * position + 1;
      if (child >= this.rows.length) break;
      if (child + 1 < this.rows.length && this.goesFirst(this.rows[child + 1]!, this.rows[child]!)) child++;
      if (this.goesFirst(row, this.rows[child]!)) break;
      this.place(this.rows[child]!, position);
      position = child;
    }
    this.place(row, position);
  }
}
