/**
 * Power of two choices: two different known instances are drawn, the one with fewer outstanding requests is taken; when
 * they are equal, the first drawn. Nearly as even as full knowledge, at the price of two looks.
 */
import type { Balancer, BalancerMemory } from './contract.js';
import { grownToHold, InstanceList } from './instanceList.js';

class PowerOfTwoMemory implements BalancerMemory {
  private readonly known = new InstanceList();
  private loadOf = new Int32Array(16);

  add(instance: number, outstandingCount: number): void {
    this.known.add(instance);
    this.loadOf = grownToHold(this.loadOf, instance, 0);
    this.loadOf[instance] = outstandingCount;
  }

  remove(instance: number): void {
    this.known.remove(instance);
  }

  loadChanged(instance: number, outstandingCount: number): void {
    if (this.known.has(instance)) this.loadOf[instance] = outstandingCount;
  }

  pick(drawA: number, drawB: number): number {
    const count = this.known.count;
    if (count < 2) return this.known.drawn(drawA);
    const positionA = Math.floor(drawA * count);
    const drawnB = Math.floor(drawB * (count - 1));
    const first = this.known.at(positionA);
    const second = this.known.at(drawnB < positionA ? drawnB : drawnB + 1);
    return this.loadOf[second]! < this.loadOf[first]! ? second : first;
  }
}

export const powerOfTwo: Balancer = {
  kind: 'power-of-two',
  source: 'Mitzenmacher, The Power of Two Choices (2001); Envoy LEAST_REQUEST with choice_count 2, but never one twice',
  usesLoad: true,
  drawCount: 2,
  start: () => new PowerOfTwoMemory(),
};
