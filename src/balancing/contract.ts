/**
 * What a load balancer is: a rule that picks one of the instances it knows. One rule a file beside this one, one line
 * each in `registry.ts`. Chance reaches it as draws in [0, 1). Every operation is O(1) or O(log n) in the number of
 * instances; 10,000 of them included.
 */

/** What a balancer may know of an instance that is new to it. */
export interface KnownInstance {
  /** Its number in its service: names it on hash rings, whatever row the engine keeps it in. */
  readonly number: number;
  /** Now, microseconds. */
  readonly nowUs: number;
  /** The zone it stands in, counted from 0; 0 when left out. */
  readonly zone?: number;
}

/** A balancer's memory of one service's instances. Instances are whole numbers >= 0, dense and reused by the engine. */
export interface BalancerMemory {
  /**
   * Callers learn of `instance`, which holds `outstandingCount` requests now. `weight` >= 0, 1 unless chosen; 0 gets
   * nothing. Without `known` its number is `instance`, and it is clock 0.
   */
  add(instance: number, outstandingCount: number, weight: number, known?: KnownInstance): void;
  /** Callers learn that `instance` has gone. Unknown ones are ignored. */
  remove(instance: number): void;
  /** `instance` now holds `outstandingCount` requests, queued or in service. Told only when `usesLoad`. */
  loadChanged(instance: number, outstandingCount: number): void;
  /** `instance` has answered a request it held for `tookUs`. Told only when the balancer `usesLatency`. */
  answered?(instance: number, tookUs: number, nowUs: number): void;
  /**
   * The instance for the next request, or -1 when none is known. `key` is the visitor's hash key, a 32-bit integer.
   * `nowUs` is now, microseconds; 0 when left out. `zone` is the caller's, told only when the balancer `usesZones`; -1
   * or left out: the caller has none.
   */
  pick(drawA: number, drawB: number, key: number, nowUs?: number, zone?: number): number;
}

export interface Balancer {
  readonly kind: string;
  /** Which real system decides so, and where it is documented. */
  readonly source: string;
  /** Whether `loadChanged` must be told. */
  readonly usesLoad: boolean;
  /** Whether `answered` must be told; false when left out. */
  readonly usesLatency?: boolean;
  /** Whether it orders instances by load, so that a weight divides the load; false when left out. */
  readonly ordersByLoad?: boolean;
  /** Whether `pick` must be told the caller's zone; false when left out. */
  readonly usesZones?: boolean;
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
