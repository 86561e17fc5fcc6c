/** Connections and pools: who waits for one, who is refused, who holds on to what. */
import { expect, test } from 'vitest';
import { endings, query, tell, visitorsAt } from './handMade.js';
import { constant, database, model, ms, replicas, seconds, service, wait } from './modelBuilder.js';

test('a query waits for a connection in line, then holds it for its time', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0, 1 * ms, 2 * ms])],
      services: [service([query(10 * ms)])],
      databases: [database({ connections: 2 })],
    }),
  );
  expect(endings(told.queries)).toEqual(['completed 0..10000', 'completed 1000..11000', 'completed 2000..20000']);
  expect(told.queries.map(({ waitUs }) => waitUs)).toEqual([0, 0, 8 * ms]);
  // Two connections: 0..20 and 1..11; the queue: 2..10.
  expect(told.final.database.connectionAreaUs[0]).toBe(30 * ms);
  expect(told.final.database.queueAreaUs[0]).toBe(8 * ms);
  expect(told.final.database.inSystemAreaUs[0]).toBe(38 * ms);
});

test('overflow: reject refuses, and the step fails', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0, 1 * ms])],
      services: [service([query(10 * ms), wait(constant(1 * ms))])],
      databases: [database({ connections: 1, rejectsOverflow: true })],
    }),
  );
  expect(endings(told.queries)).toEqual(['rejected 1000..1000', 'completed 0..10000']);
  expect(endings(told.visitors)).toEqual(['failed 1000..1000', 'completed 0..11000']);
  expect(told.queries[0]!.waitUs).toBe(-1);
});

test('queries share cores like an instance’s CPU, each with one core at most', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0, 0, 0])],
      services: [service([query(20 * ms)])],
      databases: [database({ cores: 2 })],
    }),
  );
  // Three on two cores: each at 2/3, all done at 30 ms.
  expect(endings(told.queries)).toEqual(['completed 0..30000', 'completed 0..30000', 'completed 0..30000']);
  const alone = tell(
    model({
      traffic: [visitorsAt([0])],
      services: [service([query(20 * ms)])],
      databases: [database({ cores: 8 })],
    }),
  );
  expect(endings(alone.queries)).toEqual(['completed 0..20000']);
});

test('a pool bounds the connections of one instance: its queries wait there though the database has more', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0, 0, 0])],
      services: [service([query(10 * ms)], { poolSize: 2 })],
      databases: [database({ connections: 100 })],
    }),
  );
  expect(endings(told.queries)).toEqual(['completed 0..10000', 'completed 0..10000', 'completed 0..20000']);
});

test('an instance holds its connections while it lives: idle ones still keep others out', () => {
  // Two instances with a pool of 2 each at a database of 2 connections; round robin.
  const world = (poolSize: number) =>
    model({
      durationUs: 10 * seconds,
      traffic: [visitorsAt([0, 1 * seconds, 2 * seconds])],
      services: [service([query(10 * ms)], { poolSize, dispatch: replicas(2) })],
      databases: [database({ connections: 1 })],
    });
  // The first instance holds the one connection: the second one's query waits for ever, the first serves its own.
  expect(endings(tell(world(2)).queries)).toEqual(['completed 0..10000', 'completed 2000000..2010000']);
  // Without a pool a connection is opened for each query.
  expect(endings(tell(world(Number.POSITIVE_INFINITY)).queries)).toHaveLength(3);
});

test('what an instance held is free when it ends, and whoever waited gets it', () => {
  const told = tell(
    model({
      durationUs: 10 * seconds,
      traffic: [visitorsAt([0, 1 * seconds])],
      services: [service([query(10 * ms)], { poolSize: 1, dispatch: replicas(2) })],
      databases: [database({ connections: 1 })],
      faults: [{ kind: 'crash', name: 'crash', atUs: 3 * seconds, service: 0, count: 1 }],
    }),
  );
  // The oldest, instance 0, dies at 3 s with the connection.
  expect(endings(told.queries)).toEqual(['completed 0..10000', 'completed 1000000..3010000']);
  expect(told.queries[1]!.waitUs).toBe(2 * seconds);
});

test('whoever waits behind an instance whose pool has filled meanwhile is not held up by it', () => {
  // One connection each for instance 0 and 1 of a database of 3; pools of 2. Instance 0 asks four times at once: one more
  // connection for it, two waits at its pool. Then instance 1 asks for its second.
  const told = tell(
    model({
      durationUs: 60 * seconds,
      traffic: [
        visitorsAt([0], { name: 'a', entries: [{ service: 0, operation: 0 }] }),
        visitorsAt([1 * ms], { name: 'b', entries: [{ service: 1, operation: 0 }] }),
        visitorsAt([2 * ms, 3 * ms, 4 * ms], { name: 'c', entries: [{ service: 0, operation: 0 }] }),
        visitorsAt([5 * ms], { name: 'd', entries: [{ service: 1, operation: 0 }] }),
        visitorsAt([10 * seconds], { name: 'e', entries: [{ service: 2, operation: 0 }] }),
      ],
      services: [
        service([query(1 * seconds)], { name: 's0', poolSize: 2 }),
        service([query(1 * seconds)], { name: 's1', poolSize: 2 }),
        service([query(9 * seconds)], { name: 's2', poolSize: 1 }),
      ],
      databases: [database({ connections: 2 })],
      faults: [{ kind: 'crash', name: 'crash', atUs: 20 * seconds, service: 0, count: 1 }],
    }),
  );
  // s0 and s1 hold a connection each for good and serve their own; s2 gets one when s0 dies.
  expect(endings(told.queries)).toEqual([
    'completed 0..1000000',
    'completed 1000..1001000',
    'completed 2000..2000000',
    'completed 5000..2001000',
    'completed 3000..3000000',
    'completed 4000..4000000',
    'completed 10000000..29000000',
  ]);
});

test('connections that come free serve the line past those whose pool is full', () => {
  // Three connections, all held by `holder`; `wide` (pool 2) waits with two, `narrow` with one behind them.
  const told = tell(
    model({
      durationUs: 60 * seconds,
      traffic: [
        visitorsAt([0, 0, 0], { name: 'a', entries: [{ service: 0, operation: 0 }] }),
        visitorsAt([1 * seconds, 1 * seconds, 1 * seconds], { name: 'b', entries: [{ service: 1, operation: 0 }] }),
        visitorsAt([2 * seconds], { name: 'c', entries: [{ service: 2, operation: 0 }] }),
      ],
      services: [
        service([query(1 * ms)], { name: 'holder', poolSize: 3 }),
        service([query(10 * seconds)], { name: 'wide', poolSize: 2 }),
        service([query(1 * seconds)], { name: 'narrow', poolSize: 2 }),
      ],
      databases: [database({ connections: 3 })],
      faults: [{ kind: 'crash', name: 'crash', atUs: 5 * seconds, service: 0, count: 1 }],
    }),
  );
  // At 5 s three come free: two for `wide`, whose third waits for its own, and one for `narrow`.
  expect(endings(told.queries).slice(3)).toEqual([
    'completed 2000000..6000000',
    'completed 1000000..15000000',
    'completed 1000000..15000000',
    'completed 1000000..25000000',
  ]);
});

test('a query cut off where its instance dies has failed', () => {
  const told = tell(
    model({
      durationUs: 10 * seconds,
      traffic: [visitorsAt([0])],
      services: [service([query(5 * seconds)])],
      databases: [database({ connections: 1, cores: 1 })],
      faults: [{ kind: 'crash', name: 'crash', atUs: 1 * seconds, service: 0, count: 1 }],
    }),
  );
  expect(endings(told.queries)).toEqual(['failed 0..1000000']);
  expect(endings(told.visitors)).toEqual(['failed 0..1000000']);
});

test('a query of no time still takes a connection’s turn', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0, 0])],
      services: [service([query(0)])],
      databases: [database({ connections: 1, cores: 1 })],
    }),
  );
  expect(endings(told.queries)).toEqual(['completed 0..0', 'completed 0..0']);
});

test('a slow database takes its factor longer over queries that begin meanwhile', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0, 100 * ms, 200 * ms])],
      services: [service([query(10 * ms)])],
      databases: [database()],
      faults: [
        { kind: 'slow-database', services: [0], name: 'slow', atUs: 50 * ms, forUs: 100 * ms, database: 0, factor: 3 },
      ],
    }),
  );
  expect(endings(told.queries)).toEqual(['completed 0..10000', 'completed 100000..130000', 'completed 200000..210000']);
});

test('a slow database with cores slows those in progress, too', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0])],
      services: [service([query(20 * ms)])],
      databases: [database({ cores: 1 })],
      faults: [
        { kind: 'slow-database', services: [0], name: 'slow', atUs: 10 * ms, forUs: 10 * ms, database: 0, factor: 2 },
      ],
    }),
  );
  // Ten done by 10, five more by 20, the last five at full pace.
  expect(endings(told.queries)).toEqual(['completed 0..25000']);
});

test('a lost database breaks what is open there and refuses the rest until it is back', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0, 5 * ms, 30 * ms, 60 * ms])],
      services: [service([query(20 * ms)], { dispatch: replicas(1) })],
      databases: [database({ connections: 1 })],
      faults: [{ kind: 'lose-database', services: [0], name: 'lost', atUs: 10 * ms, forUs: 40 * ms, database: 0 }],
    }),
  );
  expect(endings(told.visitors)).toEqual([
    'failed 5000..10000',
    'failed 0..10000',
    'failed 30000..30000',
    'completed 60000..80000',
  ]);
});
