/**
 * Scores for choosing among nodes: Kubernetes' NodeResourcesFit (least or most allocated) and balanced allocation.
 *
 * In this room because placing an instance is choosing one of many by load, as a balancer does; the engine filters the
 * nodes and asks only for the score. Arithmetic is the scheduler's: whole numbers, divisions cut off. Amounts may be in
 * any unit, whole ones (milli-vCPU, MB) to be as exact as the scheduler. Held to the scheduler's own test tables.
 */
import type { NodeScore } from './contract.js';

/** One resource of a node: what it offers, what would be requested of it, and how much the resource counts. */
export interface ResourceUse {
  readonly allocatable: number;
  readonly requested: number;
  readonly weight: number;
}

/** Greater where more stays free: spreads. 0 to 100; 0 when the node offers nothing, or less than is requested. */
export function leastAllocated(uses: readonly ResourceUse[]): number {
  return weightedMean(uses, ({ allocatable, requested }) =>
    requested > allocatable ? 0 : Math.floor(((allocatable - requested) * 100) / allocatable),
  );
}

/** Greater where more is taken: packs. 0 to 100; what is requested beyond what is offered counts as all of it. */
export function mostAllocated(uses: readonly ResourceUse[]): number {
  return weightedMean(uses, ({ allocatable, requested }) =>
    Math.floor((Math.min(requested, allocatable) * 100) / allocatable),
  );
}

/**
 * Greater where the resources are taken in equal shares. 0 to 100; weights do not count; 100 with a single resource,
 * and with none (the scheduler's test "zero node resources, pods scheduled with resources").
 */
export function balancedAllocation(uses: readonly ResourceUse[]): number {
  const shares = uses.filter(isOffered).map(({ allocatable, requested }) => Math.min(1, requested / allocatable));
  if (shares.length < 2) return 100;
  return Math.trunc((1 - deviation(shares)) * 100);
}

function isOffered({ allocatable }: ResourceUse): boolean {
  return allocatable > 0;
}

function weightedMean(uses: readonly ResourceUse[], score: (use: ResourceUse) => number): number {
  let sum = 0;
  let weightSum = 0;
  for (const use of uses.filter(isOffered)) {
    sum += score(use) * use.weight;
    weightSum += use.weight;
  }
  return weightSum === 0 ? 0 : Math.floor(sum / weightSum);
}

/** Population standard deviation; of two values half their difference, as the scheduler computes it. */
function deviation(shares: readonly number[]): number {
  if (shares.length === 2) return Math.abs((shares[0]! - shares[1]!) / 2);
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  return Math.sqrt(shares.reduce((sum, share) => sum + (share - mean) * (share - mean), 0) / shares.length);
}

/** The three as an engine asks for them: CPU and memory with equal weight. */
export const leastAllocatedScore: NodeScore = (offered, requested) => leastAllocated(pair(offered, requested));
export const mostAllocatedScore: NodeScore = (offered, requested) => mostAllocated(pair(offered, requested));
export const balancedScore: NodeScore = (offered, requested) => balancedAllocation(pair(offered, requested));

function pair(...[offered, requested]: Parameters<NodeScore>): readonly ResourceUse[] {
  return [
    { allocatable: offered.cpu, requested: requested.cpu, weight: 1 },
    { allocatable: offered.memory, requested: requested.memory, weight: 1 },
  ];
}
