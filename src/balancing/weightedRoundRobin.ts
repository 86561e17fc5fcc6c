/**
 * Smooth weighted round-robin as a balancer: nginx' sequence exactly, without nginx' walk over all peers at each pick.
 *
 * A pick adds to every peer's current weight its own weight and takes the sum from the one picked. So a peer that is
 * not picked changes as a straight line in the number of picks; among peers of equal weight the order never changes
 * but for the one picked. Peers wait by weight, ordered by what is constant while they wait (current weight less
 * weight x picks; `turns.ts`), and a pick compares the first of each weight: O(w) for w different weights, of which
 * there are few. Ties go to the peer that was known first, as in nginx' list.
 *
 * Checked against the plain walk of `smoothWeighted.ts`, which is held to nginx' own sequences.
 */
import type { Balancer, BalancerMemory } from './contract.js';
import { PeerColumns, Turns } from './turns.js';

class WeightedRoundRobinMemory implements BalancerMemory {
  private readonly peers = new PeerColumns();
  private readonly weights = new Map<number, number>();
  private readonly groups: Turns[] = [];
  private weightSum = 0;
  private pickCount = 0;
  private addedCount = 0;

  add(instance: number, _outstandingCount: number, weight: number): void {
    if (this.weights.has(instance)) return;
    this.weights.set(instance, weight);
    if (weight <= 0) return;
    const { peers } = this;
    peers.hold(instance);
    peers.offset[instance] = -weight * this.pickCount;
    peers.order[instance] = this.addedCount++;
    this.weightSum += weight;
    let group = this.groups.find((one) => one.weight === weight);
    if (!group) {
      group = new Turns(weight, peers);
      this.groups.push(group);
    }
    group.enter(instance);
  }

  remove(instance: number): void {
    const weight = this.weights.get(instance);
    if (weight === undefined) return;
    this.weights.delete(instance);
    if (weight <= 0) return;
    this.weightSum -= weight;
    const index = this.groups.findIndex((one) => one.weight === weight);
    const group = this.groups[index]!;
    group.leave(instance);
    this.peers.order[instance] = -1;
    if (group.count === 0) this.groups.splice(index, 1);
    if (this.groups.length === 0) this.pickCount = 0;
  }

  loadChanged(): void {}

  pick(): number {
    const { groups, peers } = this;
    if (groups.length === 0) return -1;
    this.pickCount++;
    let bestGroup = groups[0]!;
    let best = bestGroup.first();
    let bestWeight = peers.offset[best]! + bestGroup.weight * this.pickCount;
    for (let i = 1; i < groups.length; i++) {
      const group = groups[i]!;
      const peer = group.first();
      const currentWeight = peers.offset[peer]! + group.weight * this.pickCount;
      if (currentWeight < bestWeight || (currentWeight === bestWeight && peers.order[peer]! > peers.order[best]!))
        continue;
      bestGroup = group;
      best = peer;
      bestWeight = currentWeight;
    }
    peers.offset[best]! -= this.weightSum;
    bestGroup.moveOn(best);
    return best;
  }
}

export const weightedRoundRobin: Balancer = {
  kind: 'weighted-round-robin',
  source: 'nginx ngx_http_upstream_round_robin.c, smooth weighted round-robin (commit 52327e0627f4)',
  usesLoad: false,
  drawCount: 0,
  start: () => new WeightedRoundRobinMemory(),
};
