/**
 * What a load balancer is: a rule that picks one of the instances it knows. One rule a file beside this one, one line
 * each in `registry.ts`. Chance reaches it as draws in [0, 1). Every operation is O(1) or O(log n) in the number of
 * instances; 10,000 of them included.
 */

/** A balancer's memory of one service's instances. Instances are whole numbers >= 0, dense and reused by the engine. */
export interface BalancerMemory {
  /** Callers learn of `instance`, which holds `outstandingCount` requests now. `weight` > 0, 1 unless chosen. */
  add(instance: number, outstandingCount: number, weight: number): void;
  /** Callers learn that `instance` has gone. Unknown ones are ignored. */
  remove(instance: number): void;
  /** `instance` now holds `outstandingCount` requests, queued or in service. Told only when `usesLoad`. */
  loadChanged(instance: number, outstandingCount: number): void;
  /** The instance for the next request, or -1 when none is known. `key` is the visitor's hash key, a 32-bit integer. */
  pick(drawA: number, drawB: number, key: number): number;
}

export interface Balancer {
  readonly kind: string;
  /** Which real system decides so, and where it is documented. */
  readonly source: string;
  /** Whether `loadChanged` must be told. */
  readonly usesLoad: boolean;
  /** How many of the two draws `pick` reads: the engine draws no more than that. */
  readonly drawCount: 0 | 1 | 2;
  start(): BalancerMemory;
}

/**
 * How much a scheduler likes a node, higher is better; the best of those where the instance fits gets it. Arguments are
 * of one node: what it offers to instances, and what would be requested there with the new instance. Both CPU and
 * memory in any unit of their own. A whole number from 0 to 100.
 */
export type NodeScore = (offered: NodeResources, requested: NodeResources) => number;

export interface NodeResources {
  readonly cpu: number;
  readonly memory: number;
}
