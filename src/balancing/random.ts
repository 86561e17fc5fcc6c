/**
 * Random: every known instance is equally likely, whatever it does. What kube-proxy's iptables rules do for a Service,
 * connection by connection.
 */
import type { Balancer, BalancerMemory } from './contract.js';
import { InstanceList } from './instanceList.js';

class RandomMemory implements BalancerMemory {
  private readonly known = new InstanceList();

  add(instance: number): void {
    this.known.add(instance);
  }

  remove(instance: number): void {
    this.known.remove(instance);
  }

  loadChanged(): void {}

  pick(drawA: number): number {
    return this.known.drawn(drawA);
  }
}

export const random: Balancer = {
  kind: 'random',
  source: 'kubernetes pkg/proxy/iptables (statistic mode random, equal chances); Envoy RANDOM',
  usesLoad: false,
  drawCount: 1,
  start: () => new RandomMemory(),
};
