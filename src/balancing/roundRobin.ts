/**
 * Round-robin: the known instances in turn, in the order in which callers learnt of them.
 *
 * A ring of two linked lists in typed arrays, so that the turn survives any removal: when the instance whose turn it is
 * goes, it is the next one's turn; nobody is skipped and nobody is served twice. A new instance comes last in the round
 * that is under way: just before the one whose turn it is.
 */
import type { Balancer, BalancerMemory } from './contract.js';
import { grownToHold } from './instanceList.js';

const none = -1;

class RoundRobinMemory implements BalancerMemory {
  /** By instance: its neighbours in the ring, or `none` when it is unknown. */
  private after = new Int32Array(16).fill(none);
  private before = new Int32Array(16).fill(none);
  /** Whose turn it is; `none` when nobody is known. */
  private turn = none;

  add(instance: number): void {
    this.after = grownToHold(this.after, instance, none);
    this.before = grownToHold(this.before, instance, none);
    if (this.after[instance] !== none) return;
    if (this.turn === none) {
      this.after[instance] = instance;
      this.before[instance] = instance;
      this.turn = instance;
      return;
    }
    const last = this.before[this.turn]!;
    this.after[last] = instance;
    this.before[instance] = last;
    this.after[instance] = this.turn;
    this.before[this.turn] = instance;
  }

  remove(instance: number): void {
    const next = this.after[instance] ?? none;
    if (next === none) return;
    const previous = this.before[instance]!;
    if (next === instance) this.turn = none;
    else if (this.turn === instance) this.turn = next;
    this.after[previous] = next;
    this.before[next] = previous;
    this.after[instance] = none;
    this.before[instance] = none;
  }

  loadChanged(): void {}

  pick(): number {
    const picked = this.turn;
    if (picked !== none) this.turn = this.after[picked]!;
    return picked;
  }
}

export const roundRobin: Balancer = {
  kind: 'round-robin',
  source: 'nginx ngx_http_upstream_round_robin.c with equal weights; Envoy ROUND_ROBIN; HAProxy roundrobin',
  usesLoad: false,
  drawCount: 0,
  start: () => new RoundRobinMemory(),
};
