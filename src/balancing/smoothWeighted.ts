/**
 * Smooth weighted round-robin, one pick: nginx' rule, which spreads a heavy peer's turns instead of bunching them.
 *
 * A pure step over all peers; nginx' least_conn decides its ties with it, too. Held to the sequences of nginx' own
 * commit message.
 */

export interface WeightedPeer {
  /** > 0. */
  readonly weight: number;
  /** What the rule remembers of it; 0 at first. Frozen while it is not eligible. */
  readonly currentWeight: number;
  readonly isEligible: boolean;
}

/**
 * Every eligible peer's current weight grows by its weight; the greatest is picked (the first of equals) and loses the
 * sum of the eligible weights. `pickedIndex` is -1, and nothing changes, when none is eligible.
 */
export function smoothWeightedPick(peers: readonly WeightedPeer[]): {
  readonly pickedIndex: number;
  readonly peers: readonly WeightedPeer[];
} {
  let weightSum = 0;
  let pickedIndex = -1;
  const grown = peers.map((peer) =>
    peer.isEligible ? { ...peer, currentWeight: peer.currentWeight + peer.weight } : peer,
  );
  for (const [index, { isEligible, weight, currentWeight }] of grown.entries()) {
    if (!isEligible) continue;
    weightSum += weight;
    if (pickedIndex < 0 || currentWeight > grown[pickedIndex]!.currentWeight) pickedIndex = index;
  }
  const after = grown.map((peer, index) =>
    index === pickedIndex ? { ...peer, currentWeight: peer.currentWeight - weightSum } : peer,
  );
  return { pickedIndex, peers: after };
}
