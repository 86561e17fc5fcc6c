/** Priorities and zones: who is placed, where, and who has to go for him. */
import { expect, test } from 'vitest';
import type { ServiceModel } from '../../src/model/contract.js';
import { momentsOf, notesOf, tell, visitorsAt } from './handMade.js';
import { constant, model, nodePool, replicas, seconds, service, wait } from './modelBuilder.js';

const start = { ...service([]).start, whole: null, application: constant(10 * seconds) };

function important(count: number, scaledAtS: number): ServiceModel {
  const scaler = {
    kind: 'by hand',
    source: 'by hand',
    everyUs: scaledAtS * seconds,
    offsetUs: 0,
    windowsUs: [],
    start: null,
    decide: () => ({ wantedCount: count, because: 'by hand', memory: null }),
  };
  const dispatch = replicas(1, { nodePools: [0], priority: 100, maxCount: count, scalers: [scaler] });
  return service([wait(constant(1000))], { name: 'important', start, dispatch });
}

test('a pending instance of higher priority takes a lower one’s place; that one waits (Kubernetes)', () => {
  const told = tell(
    model({
      durationUs: 60 * seconds,
      traffic: [visitorsAt([])],
      services: [
        important(2, 20),
        service([wait(constant(1000))], { name: 'batch', start, dispatch: replicas(3, { nodePools: [0] }) }),
      ],
      nodePools: [nodePool({ initialCount: 2, minCount: 2, maxCount: 2 })],
    }),
  );
  expect(notesOf(told, 'preempted')).toEqual(['for important, priority 100 @ 20']);
  expect(momentsOf(told, 'ready', 0)).toEqual([0, 30]);
  // The youngest of three went (both nodes would give up one of them), and its successor finds no place.
  expect(momentsOf(told, 'gone', 1)).toEqual([20]);
  expect(notesOf(told, 'pending').map((note) => note.split(' @ ')[1])).toEqual(['20', '20']);
  expect(momentsOf(told, 'ready', 1)).toEqual([0, 0, 0]);
});

test('two of higher priority who take places on one node both get theirs', () => {
  const told = tell(
    model({
      durationUs: 60 * seconds,
      traffic: [visitorsAt([])],
      services: [
        important(3, 20),
        service([wait(constant(1000))], { name: 'batch', start, dispatch: replicas(3, { nodePools: [0] }) }),
      ],
      nodePools: [nodePool({ vCpu: 4, initialCount: 1, minCount: 1, maxCount: 1 })],
    }),
  );
  expect(notesOf(told, 'preempted')).toHaveLength(2);
  expect(momentsOf(told, 'gone', 1)).toEqual([20, 20]);
  expect(momentsOf(told, 'ready', 0)).toEqual([0, 30, 30]);
});

test('nobody goes for one of equal priority', () => {
  const told = tell(
    model({
      durationUs: 60 * seconds,
      traffic: [visitorsAt([])],
      services: [
        important(2, 20),
        service([wait(constant(1000))], { name: 'batch', dispatch: replicas(3, { nodePools: [0], priority: 100 }) }),
      ],
      nodePools: [nodePool({ initialCount: 2, minCount: 2, maxCount: 2 })],
    }),
  );
  expect(notesOf(told, 'preempted')).toEqual([]);
  expect(momentsOf(told, 'ready', 0)).toEqual([0]);
});

test('at clock 0 the important ones have the places there are', () => {
  const told = tell(
    model({
      durationUs: 10 * seconds,
      traffic: [visitorsAt([])],
      services: [
        service([wait(constant(1000))], { name: 'batch', dispatch: replicas(3, { nodePools: [0] }) }),
        service([wait(constant(1000))], { name: 'web', dispatch: replicas(3, { nodePools: [0], priority: 1 }) }),
      ],
      nodePools: [nodePool({ initialCount: 2, minCount: 2, maxCount: 2 })],
    }),
  );
  expect(momentsOf(told, 'ready', 0).length).toBe(1);
  expect(momentsOf(told, 'ready', 1).length).toBe(3);
});

test('spread over zones: a packing scheduler still puts one of three in each, and not all on the first node', () => {
  const lostZone = (spreadsZones: boolean) =>
    tell(
      model({
        durationUs: 60 * seconds,
        traffic: [visitorsAt([])],
        services: [service([wait(constant(1000))], { dispatch: replicas(3, { nodePools: [0], spreadsZones }) })],
        nodePools: [nodePool({ vCpu: 4, initialCount: 3, minCount: 3, maxCount: 3, zoneCount: 3, score: () => 0 })],
        faults: [{ kind: 'lose-zone', name: 'zone', services: [0], atUs: 30 * seconds, forUs: 10 * seconds, count: 1 }],
      }),
    );
  expect(momentsOf(lostZone(true), 'crashed').length).toBe(1);
  expect(momentsOf(lostZone(false), 'crashed').length).toBe(3);
});
