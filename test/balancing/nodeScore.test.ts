/** Beyond the scheduler's own tables, which test/conformance holds: units, weights and edges. */
import { expect, test } from 'vitest';
import { balancedAllocation, leastAllocated, mostAllocated } from '../../src/balancing/nodeScore.js';
import { findNodeScore, nodeScoreKinds } from '../../src/balancing/registry.js';

test('least and most allocated add up to 100 where nothing is cut off', () => {
  const uses = [{ allocatable: 4000, requested: 1000, weight: 1 }];
  expect([leastAllocated(uses), mostAllocated(uses)]).toEqual([75, 25]);
});

test('a node without a resource is scored by the others; without any it scores 0, and 100 for balance', () => {
  const nothing = [{ allocatable: 0, requested: 5, weight: 1 }];
  expect(leastAllocated([...nothing, { allocatable: 10, requested: 5, weight: 1 }])).toBe(50);
  expect([leastAllocated(nothing), mostAllocated(nothing), balancedAllocation(nothing)]).toEqual([0, 0, 100]);
});

test('every score of the registry is a whole number from 0 to 100, for full, empty and overfull nodes', () => {
  for (const kind of nodeScoreKinds)
    for (const cpu of [0, 1, 1999, 2000, 5000])
      for (const memory of [0, 7, 8192, 9000]) {
        const score = findNodeScore(kind)!({ cpu: 2000, memory: 8192 }, { cpu, memory });
        expect(Number.isInteger(score) && score >= 0 && score <= 100).toBe(true);
      }
});

test('balance is of shares: half of the CPU and half of the memory score 100, half and nothing 75', () => {
  const balanced = findNodeScore('balanced-allocation')!;
  expect(balanced({ cpu: 2000, memory: 8192 }, { cpu: 1000, memory: 4096 })).toBe(100);
  expect(balanced({ cpu: 2000, memory: 8192 }, { cpu: 1000, memory: 0 })).toBe(75);
});
