/** Smooth weighted round-robin over heaps: nginx' own sequence, and the plain walk whatever comes and goes. */
import { expect, test } from 'vitest';
import { smoothWeightedPick, type WeightedPeer } from '../../src/balancing/smoothWeighted.js';
import { weightedRoundRobin } from '../../src/balancing/weightedRoundRobin.js';
import { Draws } from '../../src/random/draws.js';

function sequence(weights: readonly number[], picks: number): string {
  const memory = weightedRoundRobin.start();
  for (const [instance, weight] of weights.entries()) memory.add(instance, 0, weight);
  return Array.from({ length: picks }, () => 'abcdefgh'[memory.pick(0, 0, 0)]).join('');
}

test("weights 5, 1, 1 give the sequence of nginx' commit message: a a b a c a a", () => {
  expect(sequence([5, 1, 1], 14)).toBe('aabacaaaabacaa');
});

test('equal weights are plain round-robin', () => {
  expect(sequence([1, 1, 1], 7)).toBe('abcabca');
});

test('a weight of 0 gets nothing', () => {
  expect(sequence([2, 0, 1], 6)).toBe('acaaca');
});

test('5,000 picks among 40 peers of mixed weights are those of the walk over all peers', () => {
  const draws = new Draws(3, 9);
  const weights = Array.from({ length: 40 }, () => 1 + Math.floor(draws.uniform() * 6));
  let peers: readonly WeightedPeer[] = weights.map((weight) => ({ weight, currentWeight: 0, isEligible: true }));
  const memory = weightedRoundRobin.start();
  for (const [instance, weight] of weights.entries()) memory.add(instance, 0, weight);
  for (let pick = 0; pick < 5000; pick++) {
    const step = smoothWeightedPick(peers);
    peers = step.peers;
    expect(memory.pick(0, 0, 0)).toBe(step.pickedIndex);
  }
});

test('after some left and one came, shares are again as the weights', () => {
  const memory = weightedRoundRobin.start();
  for (const [instance, weight] of [3, 2, 2, 1].entries()) memory.add(instance, 0, weight);
  for (let pick = 0; pick < 11; pick++) memory.pick(0, 0, 0);
  memory.remove(1);
  memory.add(9, 0, 4);
  const counts = new Map<number, number>();
  for (let pick = 0; pick < 1000; pick++) {
    const picked = memory.pick(0, 0, 0);
    counts.set(picked, (counts.get(picked) ?? 0) + 1);
  }
  for (const [instance, weight] of [
    [0, 3],
    [2, 2],
    [3, 1],
    [9, 4],
  ] as const)
    expect(Math.abs(counts.get(instance)! - 100 * weight)).toBeLessThanOrEqual(2);
});

test('whoever comes, goes and comes again between picks, each pick is that of the walk over all peers', () => {
  const draws = new Draws(5, 11);
  const memory = weightedRoundRobin.start();
  // In the order in which they became known, as nginx keeps its list.
  let peers: (WeightedPeer & { readonly instance: number })[] = [];
  for (let step = 0; step < 6000; step++) {
    const instance = Math.floor(draws.uniform() * 30);
    const known = peers.find((peer) => peer.instance === instance);
    if (draws.uniform() < 0.2) {
      if (known) {
        memory.remove(instance);
        peers = peers.filter((peer) => peer !== known);
      } else {
        const weight = 1 + Math.floor(draws.uniform() * 3);
        memory.add(instance, 0, weight);
        peers.push({ instance, weight, currentWeight: 0, isEligible: true });
      }
    }
    const walked = smoothWeightedPick(peers);
    peers = peers.map((peer, place) => ({ ...peer, currentWeight: walked.peers[place]!.currentWeight }));
    expect(memory.pick(0, 0, 0)).toBe(peers[walked.pickedIndex]?.instance ?? -1);
  }
});
