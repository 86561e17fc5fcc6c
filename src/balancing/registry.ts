/**
 * The load balancers there are: one line each. Scenario checking, help and the contract suite read this table.
 */
import type { Balancer, NodeScore } from './contract.js';
import { haproxyLeastConnectionsKey, nginxLeastConnections } from './leastConnections.js';
import { leastLatency } from './leastLatency.js';
import { leastRequests } from './leastRequests.js';
import { maglev } from './maglev.js';
import { balancedScore, leastAllocatedScore, mostAllocatedScore } from './nodeScore.js';
import { powerOfTwo } from './powerOfTwo.js';
import { random } from './random.js';
import { ringHash } from './ringHash.js';
import { roundRobin } from './roundRobin.js';
import { smoothWeightedPick } from './smoothWeighted.js';
import { weightedRoundRobin } from './weightedRoundRobin.js';

export const balancers: readonly Balancer[] = [
  roundRobin,
  random,
  leastRequests,
  powerOfTwo,
  weightedRoundRobin,
  ringHash,
  maglev,
  leastLatency,
];

/** Their names as scenarios write them. */
export const balancerKinds: readonly string[] = balancers.map(({ kind }) => kind);

/**
 * Decisions of real balancers as functions: for rehearsing them pick by pick, and for the conformance cases. Each is
 * documented where it stands.
 */
export const balancerRules = { smoothWeightedPick, nginxLeastConnections, haproxyLeastConnectionsKey } as const;

/** The balancer a scenario calls `kind`; undefined when there is none of that name. */
export function findBalancer(kind: string): Balancer | undefined {
  return balancers.find((balancer) => balancer.kind === kind);
}

const nodeScores: ReadonlyMap<string, NodeScore> = new Map([
  ['least-allocated', leastAllocatedScore],
  ['most-allocated', mostAllocatedScore],
  ['balanced-allocation', balancedScore],
]);

export const nodeScoreKinds: readonly string[] = [...nodeScores.keys()];

/** How nodes are scored under the name `kind`; undefined when there is none of that name. */
export function findNodeScore(kind: string): NodeScore | undefined {
  return nodeScores.get(kind);
}
