/** Nodes that are emptied: by an operator, the autoscaler, consolidation, the provider; budgets hold them back. */
import { expect, test } from 'vitest';
import { disruptionBudget } from '../../src/healing/disruptionBudget.js';
import type { BalancedModel, FaultModel, NodePoolModel, ServiceModel } from '../../src/model/contract.js';
import { momentsOf, notesOf, outcomesOf, type Told, tell, visitorsAt } from './handMade.js';
import { constant, model, nodePool, replicas, seconds, service, wait } from './modelBuilder.js';

const drain: FaultModel = {
  kind: 'drain-node',
  name: 'drainNode',
  services: [0],
  atUs: 100 * seconds,
  forUs: 200 * seconds,
  count: 1,
};

function cluster(parts: {
  readonly pool?: Partial<NodePoolModel>;
  readonly dispatch?: Partial<BalancedModel>;
  readonly service?: Partial<ServiceModel>;
  readonly faults?: readonly FaultModel[];
  readonly count?: number;
  readonly lastsS?: number;
}): Told {
  const { lastsS = 400 } = parts;
  return tell(
    model({
      durationUs: lastsS * seconds,
      traffic: [visitorsAt(Array.from({ length: lastsS * 10 }, (_, k) => k * 0.1 * seconds))],
      services: [
        service([wait(constant(0.05 * seconds))], {
          start: { ...service([]).start, whole: null, application: constant(20 * seconds) },
          dispatch: replicas(parts.count ?? 4, { nodePools: [0], ...parts.dispatch }),
          ...parts.service,
        }),
      ],
      nodePools: [nodePool({ initialCount: 4, minCount: 4, maxCount: 4, ...parts.pool })],
      faults: parts.faults ?? [],
    }),
  );
}

const fewest = (told: Told): number => told.final.service.instancesMin[0]!;

/** Four on two nodes of two, two nodes empty. */
const packed = { score: () => 0 };

test('without a budget a drained node loses all its instances at once; it comes back when he has done', () => {
  const told = cluster({ pool: packed, faults: [drain] });
  expect(notesOf(told, 'evicted')).toEqual(['from node 0 @ 100', 'from node 0 @ 100']);
  expect(momentsOf(told, 'ready').filter((at) => at > 0)).toEqual([120, 120]);
  expect(fewest(told)).toBe(2);
  expect(told.nodes.filter(({ node }) => node === 0).map(({ phase, nowUs }) => `${phase} ${nowUs / seconds}`)).toEqual([
    'booting 0',
    'ready 0',
    'gone 100.05', // The request in progress there is finished.
    'ready 300',
  ]);
});

test('with a budget of one at a time the second waits until the first is ready elsewhere, tried every 5 s', () => {
  const budget = disruptionBudget({ rule: 'minAvailable', limit: { kind: 'share', share: 0.75 } });
  const told = cluster({ pool: packed, faults: [drain], dispatch: { disruptionBudget: budget } });
  expect(notesOf(told, 'evicted')).toEqual(['from node 0 @ 100', 'from node 0 @ 120']);
  expect(notesOf(told, 'eviction-refused')).toEqual(['its disruption budget @ 100']);
  expect(fewest(told)).toBe(3);
  expect(notesOf(told, 'node-removed')).toEqual(['node 0 of pool @ 120']);
});

test('a budget that lets nobody go keeps the node, until the operator gives up', () => {
  const budget = disruptionBudget({ rule: 'maxUnavailable', limit: { kind: 'count', count: 0 } });
  const told = cluster({ pool: packed, faults: [drain], dispatch: { disruptionBudget: budget } });
  expect(notesOf(told, 'evicted')).toEqual([]);
  expect(fewest(told)).toBe(4);
  expect(told.nodes.filter(({ phase }) => phase === 'gone')).toEqual([]);
});

test('both percentages of a budget round up (Kubernetes: 30% of four unavailable are two)', () => {
  const allowed = (rule: 'minAvailable' | 'maxUnavailable', share: number, desired: number): number =>
    disruptionBudget({ rule, limit: { kind: 'share', share } }).allowedCount(desired, desired);
  expect(allowed('maxUnavailable', 0.3, 4)).toBe(2);
  expect(allowed('minAvailable', 0.5, 7)).toBe(3);
  expect(allowed('minAvailable', 1, 7)).toBe(0);
  expect(disruptionBudget({ rule: 'minAvailable', limit: { kind: 'count', count: 2 } }).allowedCount(3, 1)).toBe(0);
});

const autoscaler = {
  scanUs: 10 * seconds,
  unneededUs: 100 * seconds,
  delayAfterAddUs: 0,
  threshold: 0.5,
};

test('the cluster autoscaler leaves a node alone whose instances a budget keeps', () => {
  // One small instance on each of four nodes: a quarter used, and all would fit on one.
  const small = { vCpuRequest: 0.5, memoryRequestMb: 100 };
  const pool = { autoscaler, minCount: 1, maxCount: 4 };
  const free = cluster({ pool, service: small });
  expect(free.final.pool.nodesNow[0]).toBeLessThan(4);
  const none = disruptionBudget({ rule: 'maxUnavailable', limit: { kind: 'count', count: 0 } });
  const held = cluster({ pool, service: small, dispatch: { disruptionBudget: none } });
  expect(held.final.pool.nodesNow[0]).toBe(4);
});

test('consolidation takes empty nodes within its budget 15 s after it has found them (Karpenter)', () => {
  const consolidation = {
    includesUnderused: false,
    afterUs: 30 * seconds,
    budget: { kind: 'count', count: 1 },
  } as const;
  const told = cluster({ pool: { ...packed, autoscaler, minCount: 1, consolidation }, lastsS: 100 });
  // Nothing has come to nodes 2 and 3 since 0: found at 30, sure at 50 (looks are every 10 s), one at a time.
  expect(notesOf(told, 'node-removed')).toEqual(['node 2 of pool @ 50', 'node 3 of pool @ 60']);
});

test('consolidation moves instances of an under-used node where that is asked for', () => {
  const consolidation = { includesUnderused: true, afterUs: 0, budget: { kind: 'share', share: 0.1 } } as const;
  const small = { vCpuRequest: 0.5, memoryRequestMb: 100 };
  const told = cluster({ pool: { autoscaler, minCount: 1, consolidation }, service: small, lastsS: 200 });
  expect(told.final.pool.nodesNow[0]).toBe(1);
  expect(outcomesOf(told.visitors)).toEqual({ completed: told.visitors.length });
});

test('a spot node is drained when the provider gives notice; a new one is there before it is gone', () => {
  const spot = { untilNotice: constant(100 * seconds), noticeUs: 120 * seconds };
  const told = cluster({ pool: { initialCount: 2, minCount: 2, maxCount: 2, spot }, count: 2, lastsS: 190 });
  expect(notesOf(told, 'spot-notice').map((note) => note.slice(0, 6))).toEqual(['node 0', 'node 1']);
  // Two new nodes boot in 60 s; what was drained starts there, in 20 s.
  expect(momentsOf(told, 'ready').filter((at) => at > 0)).toEqual([180, 180]);
  // Both drain at 100: what node 0 held was to start on node 1, and is sent on at once.
  expect(momentsOf(told, 'gone')).toEqual([100, 100, 100.05]);
});

test('what still works when the two minutes are over fails with the node', () => {
  const spot = { untilNotice: constant(100 * seconds), noticeUs: 120 * seconds };
  const told = tell(
    model({
      durationUs: 300 * seconds,
      traffic: [visitorsAt([90 * seconds])],
      services: [
        service([wait(constant(200 * seconds))], {
          drain: { preStopUs: 0, graceUs: 600 * seconds, onTerm: 'stop-accepting' },
          dispatch: replicas(1, { nodePools: [0] }),
        }),
      ],
      nodePools: [nodePool({ spot })],
    }),
  );
  expect(outcomesOf(told.visitors)).toEqual({ failed: 1 });
  expect(told.visitors[0]!.endedUs).toBe(220 * seconds);
});
