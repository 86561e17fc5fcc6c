/** Calls between zones: how many go across, what that takes, who is kept at home, who has gone meanwhile. */
import { expect, test } from 'vitest';
import { withLocality } from '../../src/balancing/locality.js';
import { findBalancer } from '../../src/balancing/registry.js';
import { startRun } from '../../src/engine/run.js';
import type { Model, NodePoolModel } from '../../src/model/contract.js';
import type { Observer } from '../../src/observation/contract.js';
import { call, outcomesOf, send, tell, visitorsAt } from './handMade.js';
import { constant, model, ms, nodePool, replicas, seconds, service, source, wait } from './modelBuilder.js';

interface World {
  readonly kind?: string;
  readonly locality?: 'prefer' | 'strict';
  readonly zones?: number;
  readonly front?: number;
  readonly back?: number;
  readonly hopMs?: number;
  readonly acrossMs?: number;
  readonly pools?: readonly NodePoolModel[];
  readonly startMs?: number;
}

/** `front` calls `back`; both have a hop of 2 ms and 10 ms between zones, each way. */
function world(
  {
    kind = 'random',
    locality,
    zones = 3,
    front = 3,
    back = 3,
    hopMs = 2,
    acrossMs = 10,
    pools = [],
    startMs = 0,
  }: World,
  parts: Partial<Model> = {},
): Model {
  const plain = findBalancer(kind)!;
  const nodePools = pools.map((_, index) => index);
  const hops = { hopOut: constant(hopMs * ms), hopBack: constant(hopMs * ms) };
  const betweenZones = { hopOut: constant(acrossMs * ms), hopBack: constant(acrossMs * ms) };
  return model({
    traffic: [source({ kind: 'constant', ratePerSecond: 100 })],
    durationUs: 30 * seconds,
    services: [
      service([call(1)], { ...hops, betweenZones, zoneCount: zones, dispatch: replicas(front, { nodePools }) }),
      service([wait(constant(ms))], {
        ...hops,
        betweenZones,
        name: 'back',
        zoneCount: zones,
        start: { ...service([]).start, whole: constant(startMs * ms) },
        dispatch: replicas(back, { balancer: locality ? withLocality(plain, locality) : plain, nodePools }),
      }),
    ],
    nodePools: pools,
    ...parts,
  });
}

/** Calls and answers within a zone and across, as told; and how long each span of `back` took, in ms. */
function waysOf(it: Model) {
  const ways = { within: 0, across: 0, backWithin: 0, backAcross: 0 };
  const tookMs: number[] = [];
  const watcher: Observer = {
    zoneWayTaken(service, way, isAcross) {
      expect(service).toBe(1);
      if (way === 0) ways[isAcross ? 'across' : 'within']++;
      else ways[isAcross ? 'backAcross' : 'backWithin']++;
    },
    spanEnded: (fact) => {
      if (fact.service === 1) tookMs.push((fact.endedUs - fact.beganUs) / ms);
    },
  };
  const run = startRun(it, { replicationIndex: 0 }, [watcher]);
  run.advance({ untilUs: Number.POSITIVE_INFINITY, eventLimit: Number.POSITIVE_INFINITY });
  return { ...ways, tookMs };
}

test('with Z zones and a choice at random, (Z - 1)/Z of the calls go across', () => {
  for (const zones of [2, 3, 5]) {
    const { within, across } = waysOf(world({ zones, front: zones, back: 2 * zones }));
    const share = across / (within + across);
    // Binomial, n = 2,999: four standard deviations.
    const expected = (zones - 1) / zones;
    expect(Math.abs(share - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / (within + across)));
  }
});

test('a way across takes its own time out and back, shorter than the hop or longer', () => {
  for (const acrossMs of [10, 0.5]) {
    const { tookMs, across, backAcross } = waysOf(world({ acrossMs }));
    expect([...new Set(tookMs)].sort((a, b) => a - b)).toEqual([5, 2 * acrossMs + 1].sort((a, b) => a - b));
    expect(tookMs.filter((each) => each !== 5).length).toBeLessThanOrEqual(backAcross);
    expect(across - backAcross).toBeLessThanOrEqual(2); // Those still in flight at the end.
  }
});

test('whoever prefers his zone never leaves it while somebody is there', () => {
  for (const kind of ['random', 'round-robin', 'least-requests', 'ring-hash'])
    expect(waysOf(world({ kind, locality: 'prefer' }))).toMatchObject({ across: 0, backAcross: 0 });
});

test('a zone without an instance: prefer goes across, strict is refused', () => {
  // Two instances of `back` in zones 0 and 1; the front in zone 2 has none at home.
  const prefers = waysOf(world({ locality: 'prefer', back: 2 }));
  expect([prefers.within, prefers.across]).toEqual([2000, 999]);
  const strict = tell(world({ locality: 'strict', back: 2 }));
  expect(outcomesOf(strict.visitors)).toMatchObject({ failed: 999 });
  expect(outcomesOf(strict.spans.filter((span) => span.service === 1))).toMatchObject({ rejected: 999 });
});

test('an instance stands where its node does', () => {
  // One node a zone, each with room for one instance of either service: front and back pair up at home.
  const pools = [nodePool({ vCpu: 2, initialCount: 3, minCount: 3, maxCount: 3, zoneCount: 3 })];
  expect(waysOf(world({ locality: 'strict', pools }))).toMatchObject({ across: 0, within: 2_999 });
  const elsewhere = [nodePool({ vCpu: 8, initialCount: 1, minCount: 1, maxCount: 1, zoneCount: 3 })];
  expect(waysOf(world({ pools: elsewhere }))).toMatchObject({ across: 0 });
});

test('visitors have no zone, and a message takes one way', () => {
  const services = [
    service([send(1)], { betweenZones: { hopOut: constant(0), hopBack: constant(0) }, zoneCount: 2 }),
    service([], {
      name: 'back',
      zoneCount: 2,
      betweenZones: { hopOut: constant(0), hopBack: constant(0) },
      dispatch: replicas(2),
    }),
  ];
  const sends = waysOf(model({ traffic: [visitorsAt([0, seconds, 2 * seconds, 3 * seconds])], services }));
  expect(sends).toMatchObject({ within: 2, across: 2, backWithin: 0, backAcross: 0 });
});

test('an instance that is gone when the call arrives refuses the connection', () => {
  // The call leaves at 1 s and is on its way for 10 ms; the only instance dies at 1.005 s.
  const told = tell(
    world(
      { zones: 2, front: 2, back: 1, startMs: 500 },
      {
        traffic: [visitorsAt([seconds, seconds])],
        durationUs: 2 * seconds,
        faults: [{ kind: 'crash', name: 'crash', atUs: 1_005 * ms, service: 1, count: 1 }],
      },
    ),
  );
  // One visitor's front stands beside it and is answered after 1 + 2 x 2 ms, at 1.005 s, before it dies; one across.
  const spans = told.spans.filter((span) => span.service === 1);
  expect(outcomesOf(spans)).toEqual({ completed: 1, failed: 1 });
});
