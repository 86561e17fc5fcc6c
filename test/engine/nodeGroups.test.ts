/** A placement by groups of nodes chooses the node that a look at every node chooses. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findNodeScore } from '../../src/balancing/registry.js';
import { type KeptRoom, NodeFleet, type NodeState } from '../../src/engine/nodeFleet.js';
import type { NodePoolModel, ServiceModel } from '../../src/model/contract.js';
import { constant, model, service } from './modelBuilder.js';

const pool = (vCpu: number, zoneCount: number, score: 'least-allocated' | 'most-allocated'): NodePoolModel => ({
  name: '',
  vCpu,
  memoryMb: 4096,
  initialCount: 0,
  minCount: 0,
  maxCount: 100,
  boot: constant(0),
  autoscaler: null,
  score: findNodeScore(score)!,
  zoneCount,
  lossNoticedUs: 0,
  evictionUs: 0,
});

const services: readonly ServiceModel[] = [
  { ...service([]), vCpuRequest: 0.3, memoryRequestMb: 256 },
  { ...service([]), vCpuRequest: 0.1, memoryRequestMb: 1000 },
  { ...service([]), vCpuRequest: 1, memoryRequestMb: 64 },
];

/** Room held on a node that is not there: every node is looked at, and nothing else changes. */
const heldElsewhere: ReadonlyMap<number, KeptRoom> = new Map([[-1, { vCpu: 1, memoryMb: 1 }]]);

const states: readonly NodeState['state'][] = ['booting', 'ready', 'leaving', 'lost', 'gone'];
const action = fc.record({
  what: fc.constantFrom('add', 'place', 'place', 'place', 'remove', 'state'),
  service: fc.nat(2),
  pick: fc.nat(1000),
});

test('by groups as by nodes, whatever came, went and changed its state before', () => {
  const run = fc.property(fc.array(action, { maxLength: 200 }), fc.boolean(), (actions, spreads) => {
    const pools = [pool(2, 3, 'least-allocated'), pool(4, 1, 'most-allocated')];
    const fleet = new NodeFleet({ ...model({}), nodePools: pools }, 0);
    const placed: [ServiceModel, NodeState][] = [];
    for (const { what, service: index, pick } of actions) {
      const its = services[index]!;
      const node = fleet.nodes[pick % Math.max(1, fleet.nodes.length)];
      if (what === 'add' || !node) fleet.add(pick % 2, pick % 5 === 0 ? 'booting' : 'ready', 0);
      else if (what === 'state' && node.state !== 'gone') node.state = states[pick % states.length]!;
      else if (what === 'remove' && placed.length > 0) fleet.release(...placed.splice(pick % placed.length, 1)[0]!);
      else {
        const zoneCounts = spreads ? [pick % 3, 1, 2] : null;
        const best = fleet.best(its, [0, 1], zoneCounts, new Map());
        expect(best).toBe(fleet.best(its, [0, 1], zoneCounts, heldElsewhere));
        if (!best) continue;
        fleet.reserve(its, best);
        placed.push([its, best]);
      }
    }
  });
  fc.assert(run, { seed: 7, numRuns: 200 });
});
