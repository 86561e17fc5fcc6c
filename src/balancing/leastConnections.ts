/**
 * Least connections with weights, as nginx and as HAProxy decide it. The two differ when peers are idle and in ties, so
 * each is here under its own name. Pure; the balancer `least-requests` is the unweighted rule for many instances.
 */
import { smoothWeightedPick } from './smoothWeighted.js';

export interface ConnectedPeer {
  /** > 0. */
  readonly weight: number;
  /** Connections it holds now. */
  readonly activeCount: number;
  /** What smooth weighted round-robin remembers of it; 0 when left out. */
  readonly currentWeight?: number;
}

/**
 * nginx least_conn: the peer with the least connections for its weight; among equals one turn of smooth weighted
 * round-robin. Returns its index, -1 without peers.
 */
export function nginxLeastConnections(peers: readonly ConnectedPeer[]): number {
  let least: ConnectedPeer | undefined;
  // Compared crosswise, as nginx does: no division, so equals are equal.
  const isLess = (a: ConnectedPeer, b: ConnectedPeer) => a.activeCount * b.weight < b.activeCount * a.weight;
  for (const peer of peers) if (least === undefined || isLess(peer, least)) least = peer;
  if (least === undefined) return -1;
  const best = least;
  return smoothWeightedPick(
    peers.map((peer) => ({
      weight: peer.weight,
      currentWeight: peer.currentWeight ?? 0,
      isEligible: !isLess(best, peer),
    })),
  ).pickedIndex;
}

/**
 * HAProxy leastconn: the key its tree is sorted by; the lowest is next. An idle server comes first whatever its
 * weight.
 */
export function haproxyLeastConnectionsKey({ weight, activeCount }: ConnectedPeer): number {
  const scale = 4096; // SRV_EWGHT_MAX: 256 of user weight x 16.
  const weightUnit = 16;
  return activeCount === 0 ? 0 : Math.trunc(((activeCount + 1) * scale) / (weightUnit * weight));
}
