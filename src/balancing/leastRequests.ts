/**
 * Least requests: of all known instances one with the fewest outstanding requests, a tie decided at random. Full
 * knowledge: the balancer sees every instance's load at once (join the shortest queue).
 *
 * Its structure is one array of the known instances, sorted by load, and for every load where its run ends:
 *
 *   sorted[p]     the instance at position p; the least loaded first
 *   positionOf[i] where instance i stands, or -1 when unknown; loadOf[i] its outstanding requests
 *   endOf[l]      one past the last instance with load <= l, for every l below the greatest load
 *
 * One request more or less moves an instance across one border: swap it with the instance at the border, move the
 * border. So the minimum stands at position 0, its ties are positions 0 .. endOf - 1, and picking and a change by one
 * are O(1). Adding and removing pass all borders above the instance's load: O(greatest load - its load). Nothing is
 * ever scanned.
 */
import type { Balancer, BalancerMemory } from './contract.js';
import { grownToHold } from './instanceList.js';

const absent = -1;

class LeastRequestsMemory implements BalancerMemory {
  private count = 0;
  private sorted = new Int32Array(16);
  private positionOf = new Int32Array(16).fill(absent);
  private loadOf = new Int32Array(16);
  private endOf = new Int32Array(16);

  add(instance: number, outstandingCount: number): void {
    this.positionOf = grownToHold(this.positionOf, instance, absent);
    this.loadOf = grownToHold(this.loadOf, instance, 0);
    this.sorted = grownToHold(this.sorted, this.count, 0);
    if (this.positionOf[instance] !== absent) {
      this.loadChanged(instance, outstandingCount);
      return;
    }
    const start = Math.max(outstandingCount, this.greatestLoad());
    this.extendBorders(start);
    this.sorted[this.count] = instance;
    this.positionOf[instance] = this.count++;
    this.loadOf[instance] = start;
    this.lower(instance, outstandingCount);
  }

  remove(instance: number): void {
    if (!this.isKnown(instance)) return;
    this.raise(instance, this.greatestLoad());
    // Now in the last run; the very last of it takes its place.
    this.moveTo(instance, this.count - 1);
    this.count--;
    this.positionOf[instance] = absent;
  }

  loadChanged(instance: number, outstandingCount: number): void {
    if (!this.isKnown(instance)) return;
    const load = this.loadOf[instance]!;
    if (outstandingCount === load - 1) {
      this.moveTo(instance, this.endOf[outstandingCount]!++);
      this.loadOf[instance] = outstandingCount;
    } else if (outstandingCount === load + 1 && load < this.greatestLoad()) {
      this.moveTo(instance, --this.endOf[load]!);
      this.loadOf[instance] = outstandingCount;
    } else if (outstandingCount > load) {
      this.extendBorders(outstandingCount);
      this.raise(instance, outstandingCount);
    } else this.lower(instance, outstandingCount);
  }

  pick(drawA: number): number {
    if (this.count === 0) return -1;
    const leastLoad = this.loadOf[this.sorted[0]!]!;
    const tied = leastLoad === this.greatestLoad() ? this.count : this.endOf[leastLoad]!;
    return this.sorted[Math.floor(drawA * tied)]!;
  }

  private isKnown(instance: number): boolean {
    return instance < this.positionOf.length && this.positionOf[instance] !== absent;
  }

  private greatestLoad(): number {
    return this.count === 0 ? 0 : this.loadOf[this.sorted[this.count - 1]!]!;
  }

  /** Makes the borders below `load` explicit: no instance stands beyond any of them yet. */
  private extendBorders(load: number): void {
    this.endOf = grownToHold(this.endOf, load, 0);
    for (let l = this.greatestLoad(); l < load; l++) this.endOf[l] = this.count;
  }

  private raise(instance: number, load: number): void {
    for (let l = this.loadOf[instance]!; l < load; l++) this.moveTo(instance, --this.endOf[l]!);
    this.loadOf[instance] = load;
  }

  private lower(instance: number, load: number): void {
    for (let l = this.loadOf[instance]!; l > load; l--) this.moveTo(instance, this.endOf[l - 1]!++);
    this.loadOf[instance] = load;
  }

  /** `instance` goes to `position`; whoever stands there takes its place. */
  private moveTo(instance: number, position: number): void {
    const { sorted, positionOf } = this;
    const from = positionOf[instance]!;
    if (from === position) return;
    const other = sorted[position]!;
    sorted[from] = other;
    sorted[position] = instance;
    positionOf[other] = from;
    positionOf[instance] = position;
  }
}

export const leastRequests: Balancer = {
  kind: 'least-requests',
  source: 'full-knowledge least connections: nginx least_conn, HAProxy leastconn, ALB least outstanding requests',
  usesLoad: true,
  ordersByLoad: true,
  drawCount: 1,
  start: () => new LeastRequestsMemory(),
};
