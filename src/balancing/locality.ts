/**
 * Locality: a balancer that keeps requests in their caller's zone.
 *
 * It stands around any other balancer and remembers the instances twice: all of them, and those of each zone. `prefer`
 * takes the caller's own zone while callers know an instance there, else any zone: Kubernetes'
 * `trafficDistribution: PreferSameZone` (`PreferClose` before 1.34). `strict` never leaves the zone. A caller without a
 * zone (a visitor from outside, a queue's consumer) chooses among all. What either costs is what one decision of the
 * inner balancer does.
 * Source: kubernetes.io/docs/reference/networking/virtual-ips (traffic distribution); kubernetes/kubernetes
 * pkg/proxy/topology.go: endpoints hinted for the node's zone are used if there are any, else all of them.
 * Checked by test/balancing/locality.test.ts.
 */
import type { Balancer, BalancerMemory, KnownInstance } from './contract.js';
import { grownToHold } from './instanceList.js';

const unknown = -1;

class LocalMemory implements BalancerMemory {
  private readonly inner: Balancer;
  private readonly isStrict: boolean;
  private readonly everywhere: BalancerMemory;
  private readonly ofZone: BalancerMemory[] = [];
  private zoneOf = new Int32Array(16).fill(unknown);

  constructor(inner: Balancer, isStrict: boolean) {
    this.inner = inner;
    this.isStrict = isStrict;
    this.everywhere = inner.start();
  }

  add(instance: number, outstandingCount: number, weight: number, known?: KnownInstance): void {
    const zone = known?.zone ?? 0;
    this.zoneOf = grownToHold(this.zoneOf, instance, unknown);
    this.zoneOf[instance] = zone;
    while (this.ofZone.length <= zone) this.ofZone.push(this.inner.start());
    this.everywhere.add(instance, outstandingCount, weight, known);
    this.ofZone[zone]!.add(instance, outstandingCount, weight, known);
  }

  remove(instance: number): void {
    this.everywhere.remove(instance);
    this.zoneMemory(instance)?.remove(instance);
  }

  loadChanged(instance: number, outstandingCount: number): void {
    this.everywhere.loadChanged(instance, outstandingCount);
    this.zoneMemory(instance)?.loadChanged(instance, outstandingCount);
  }

  answered(instance: number, tookUs: number, nowUs: number): void {
    this.everywhere.answered?.(instance, tookUs, nowUs);
    this.zoneMemory(instance)?.answered?.(instance, tookUs, nowUs);
  }

  pick(drawA: number, drawB: number, key: number, nowUs = 0, zone = unknown): number {
    if (zone === unknown) return this.everywhere.pick(drawA, drawB, key, nowUs);
    const own = this.ofZone[zone]?.pick(drawA, drawB, key, nowUs) ?? -1;
    return own >= 0 || this.isStrict ? own : this.everywhere.pick(drawA, drawB, key, nowUs);
  }

  private zoneMemory(instance: number): BalancerMemory | undefined {
    return instance < this.zoneOf.length ? this.ofZone[this.zoneOf[instance]!] : undefined;
  }
}

/** `balancer`, kept to its callers' zones. */
export function withLocality(balancer: Balancer, locality: 'prefer' | 'strict'): Balancer {
  return {
    ...balancer,
    source: `${balancer.source}; in the caller's zone: Kubernetes trafficDistribution PreferSameZone`,
    usesZones: true,
    start: () => new LocalMemory(balancer, locality === 'strict'),
  };
}
