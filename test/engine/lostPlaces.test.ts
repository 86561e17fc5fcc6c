/** Lost nodes and zones: who is struck, when it is seen, and where the replacements start. */
import { expect, test } from 'vitest';
import type { PlaceFaultModel } from '../../src/model/contract.js';
import {
  constant,
  cpu,
  environments,
  model,
  ms,
  nodePool,
  replicas,
  runToEnd,
  seconds,
  service,
  source,
} from './modelBuilder.js';

const loseNode: PlaceFaultModel = { kind: 'lose-node', services: [0], name: 'loseNode', atUs: 100 * seconds, count: 1 };
const loseZone: PlaceFaultModel = {
  kind: 'lose-zone',
  services: [0],
  name: 'loseZone',
  atUs: 100 * seconds,
  forUs: 60 * seconds,
  count: 1,
};
const steps = [cpu(constant(ms))];

/** Four replicas of one vCPU on three nodes of two: two, one and one. */
function cluster(fault: PlaceFaultModel, zoneCount: number) {
  return runToEnd(
    model({
      durationUs: 600 * seconds,
      traffic: [source({ kind: 'constant', ratePerSecond: 1 })],
      services: [service(steps, { dispatch: replicas(4, { nodePools: [0] }), discoveryDelay: constant(seconds) })],
      nodePools: [nodePool({ initialCount: 3, minCount: 3, maxCount: 3, zoneCount })],
      faults: [fault],
    }),
  );
}

const timesOf = (notes: readonly string[], kind: string): number[] =>
  notes.filter((note) => note.split(' ')[1] === kind).map((note) => Number(note.split(' ')[0]));

test('a lost node is missed after 40 s, callers forget a second later; after 300 s more others start elsewhere', () => {
  const { notes, visitors, phases, final } = cluster(loseNode, 1);
  expect(timesOf(notes, 'node-lost')).toEqual([100]);
  expect(timesOf(notes, 'node-not-ready')).toEqual([140]);
  expect(timesOf(notes, 'evicted')).toEqual([440, 440]);
  const starts = phases.filter(({ phase, nowUs }) => phase === 'starting' && nowUs > 0);
  expect(starts.map(({ nowUs }) => nowUs / seconds)).toEqual([440, 440]);
  expect(final.service.instancesNow[0]).toBe(4);
  const lostS = visitors.filter(({ outcome }) => outcome !== 0).map(({ beganUs }) => beganUs / seconds);
  expect(lostS.length).toBe(21); // The one there at 100, and every second one until 140: two of four refuse.
  expect(Math.min(...lostS)).toBeGreaterThanOrEqual(100);
  expect(Math.max(...lostS)).toBeLessThanOrEqual(141);
});

test('nodes stand in zones in turn; a zone that comes back holds instances again', () => {
  const { notes, phases, final } = cluster(loseZone, 3);
  expect(notes.filter((note) => note.includes('node-lost'))).toEqual(['100 node-lost node 0 of pool']);
  expect(timesOf(notes, 'evicted')).toEqual([160, 160]);
  expect(notes).toContain('160 node-back node 0 of pool');
  // What was held for it starts there again: it is the emptiest node.
  const replaced = phases.filter(({ phase, nowUs }) => phase === 'ready' && nowUs === 160 * seconds);
  expect(replaced.map(({ node }) => node)).toEqual([0, 0]);
  expect(final.service.instancesNow[0]).toBe(4);
});

test('a zone back before it is missed: callers forget what was there, and nobody asks the dead for ever', () => {
  const { visitors, final } = cluster({ ...loseZone, forUs: 5 * seconds } as PlaceFaultModel, 3);
  const lostS = visitors.filter(({ outcome }) => outcome !== 0).map(({ beganUs }) => beganUs / seconds);
  expect(Math.max(...lostS)).toBeLessThanOrEqual(106);
  expect(final.service.instancesNow[0]).toBe(4);
});

test('a zone lost twice within the time it takes to be missed is missed after its second loss', () => {
  const { notes, final } = runToEnd(
    model({
      durationUs: 600 * seconds,
      services: [service(steps, { dispatch: replicas(4, { nodePools: [0] }) })],
      nodePools: [nodePool({ initialCount: 3, minCount: 3, maxCount: 3, zoneCount: 3 })],
      faults: [
        { ...loseZone, name: 'first', forUs: 10 * seconds },
        { ...loseZone, name: 'second', atUs: 120 * seconds, forUs: 400 * seconds },
      ] as PlaceFaultModel[],
    }),
  );
  expect(timesOf(notes, 'node-lost')).toEqual([100, 120]);
  expect(timesOf(notes, 'node-not-ready')).toEqual([160]);
  expect(final.service.instancesNow[0]).toBe(4);
});

test('where zones are the provider’s, a share of the replicas goes and others start at once', () => {
  const { phases, final } = runToEnd(
    model({
      durationUs: 300 * seconds,
      services: [service(steps, { dispatch: replicas(9), zoneCount: 3 })],
      faults: [loseZone],
    }),
  );
  const at100 = phases.filter(({ nowUs }) => nowUs === 100 * seconds);
  expect(at100.filter(({ phase }) => phase === 'crashed').map(({ instance }) => instance)).toEqual([0, 3, 6]);
  expect(at100.filter(({ phase }) => phase === 'requested')).toHaveLength(3);
  expect(final.service.instancesNow[0]).toBe(9);
});

test('of environments the zone’s share ends; the next request starts another', () => {
  const { phases, visitors } = runToEnd(
    model({
      durationUs: 200 * seconds,
      traffic: [source({ kind: 'constant', ratePerSecond: 0.1 })],
      services: [service(steps, { concurrency: 1, dispatch: environments(), zoneCount: 1 })],
      faults: [{ ...loseZone, atUs: 95 * seconds }],
    }),
  );
  expect(phases.filter(({ phase }) => phase === 'crashed').map(({ nowUs }) => nowUs / seconds)).toEqual([95]);
  expect(phases.filter(({ phase }) => phase === 'ready').map(({ nowUs }) => nowUs / seconds)).toEqual([10, 100]);
  expect(visitors.every(({ outcome }) => outcome === 0)).toBe(true);
});
