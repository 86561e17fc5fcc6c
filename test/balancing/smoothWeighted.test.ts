/** Beyond nginx' own sequences, which test/conformance holds. */
import { expect, test } from 'vitest';
import { haproxyLeastConnectionsKey, nginxLeastConnections } from '../../src/balancing/leastConnections.js';
import { smoothWeightedPick, type WeightedPeer } from '../../src/balancing/smoothWeighted.js';

test('over one cycle each peer is picked as often as its weight, and the current weights come back to 0', () => {
  const weights = [7, 1, 4, 3];
  let peers: readonly WeightedPeer[] = weights.map((weight) => ({ weight, currentWeight: 0, isEligible: true }));
  const counts = weights.map(() => 0);
  for (let pick = 0; pick < 15; pick++) {
    const step = smoothWeightedPick(peers);
    counts[step.pickedIndex]!++;
    peers = step.peers;
  }
  expect(counts).toEqual(weights);
  expect(peers.map(({ currentWeight }) => currentWeight)).toEqual([0, 0, 0, 0]);
});

test('without an eligible peer nothing is picked and nothing changes', () => {
  const peers = [{ weight: 2, currentWeight: 1, isEligible: false }];
  expect(smoothWeightedPick(peers)).toEqual({ pickedIndex: -1, peers });
});

test('nginx takes the first of equal peers and none of none; HAProxy an idle server whatever its weight', () => {
  const peer = { weight: 1, activeCount: 2 };
  expect([nginxLeastConnections([peer, peer]), nginxLeastConnections([])]).toEqual([0, -1]);
  expect(haproxyLeastConnectionsKey({ weight: 1, activeCount: 0 })).toBe(0);
  expect(haproxyLeastConnectionsKey({ weight: 256, activeCount: 0 })).toBe(0);
});
