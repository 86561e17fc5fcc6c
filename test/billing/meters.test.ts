/**
 * Each meter against a few facts told by hand; expected figures are the providers' rules and the platforms' behaviour
 * cases.
 */
import { expect, test } from 'vitest';
import type { Meter } from '../../src/billing/contract.js';
import { partsPerUnitHour } from '../../src/billing/meters/balancerUnits.js';
import { hour, minute, second, ToldRun } from './run.js';

const lambdaTime: Meter = {
  kind: 'invocation-time',
  service: 'movie',
  watched: 'all',
  billsStart: true,
  startUnbilledUs: 0,
  granularityMs: 1,
  minimumMs: 0,
};
const runTime: Meter = {
  kind: 'active-time',
  service: 'movie',
  watched: 'all',
  billsStart: true,
  granularityMs: 100,
  minimumMs: 0,
};
const taskTime: Meter = {
  kind: 'instance-time',
  service: 'movie',
  watched: 'all',
  fromPhase: 'pulling',
  granularityMs: 1000,
  minimumMs: 60_000,
};
const gaeTime: Meter = { kind: 'tail-time', service: 'movie', tailMs: 900_000 };

test('Lambda adds start-up to the call and rounds the sum up once (1307.68 + 1058.15 ms bill 2366 ms)', () => {
  const run = new ToldRun([lambdaTime], 0, hour);
  run.call(2 * second, 2 * second + 1_058_150, { startUs: 1_307_680 });
  expect(run.quantity()).toBe(2_366_000);
});

test('60 calls of 3 s, of which 4 start an environment in 0.2 s, bill 180.8 s (behaviour case G01)', () => {
  const run = new ToldRun([lambdaTime], 0, 100 * second);
  for (let i = 0; i < 60; i++) run.call(i * second, (i + 3) * second, { startUs: i < 4 ? 200_000 : 0 });
  expect(run.quantity()).toBe(180_800_000);
});

test('where start-up is not billed, or a part of it is not, it is left out', () => {
  const run = new ToldRun(
    [
      { ...lambdaTime, billsStart: false },
      { ...lambdaTime, startUnbilledUs: 150_000 },
    ],
    0,
    hour,
  );
  run.call(second, 2 * second, { startUs: 200_000 });
  const { charges } = run.end();
  expect(charges.map(({ quantity }) => quantity)).toEqual(['1000000', '1050000']);
});

test('Azure bills a call of 50 ms as 100 ms, Google one of 101 ms as 200 ms', () => {
  const azure = { ...lambdaTime, billsStart: false, minimumMs: 100 };
  const google = { ...lambdaTime, billsStart: false, granularityMs: 100 };
  const run = new ToldRun([azure, google], 0, hour);
  run.call(0, 50_000);
  run.call(0, 101_000);
  expect(run.end().charges.map(({ quantity }) => quantity)).toEqual(['201000', '300000']);
});

test('only calls that began inside the measured time are counted, whenever they end', () => {
  const run = new ToldRun([{ kind: 'invocations', service: 'movie', watched: 'all' }, lambdaTime], minute, 2 * minute);
  run.call(minute - 1, minute + second);
  run.call(minute, 3 * minute);
  expect(run.end().charges.map(({ quantity }) => quantity)).toEqual(['1', String(2 * minute)]);
});

test('what a call spent only waiting is kept beside what it took', () => {
  const run = new ToldRun([lambdaTime], 0, hour);
  run.call(0, 400_500, { waitingUs: 300_000 });
  expect(run.end().charges[0]).toEqual({ quantity: '401000', workedUs: '400500', waitingUs: '300000' });
});

test('provisioned instances and the others are told apart', () => {
  const provisioned = { ...lambdaTime, watched: 'provisioned' } as const;
  const onDemand = { ...lambdaTime, watched: 'on-demand' } as const;
  const run = new ToldRun([provisioned, onDemand], 0, hour);
  run.phase(0, 'ready', 0, true);
  run.phase(1, 'ready', second);
  run.call(second, 2 * second, { instance: 0 });
  run.call(second, 4 * second, { instance: 1 });
  expect(run.end().charges.map(({ quantity }) => quantity)).toEqual(['1000000', '3000000']);
});

test('overlapping requests count once: [0,250] [100,400] [1000,1050] ms bill 500 ms (vector run-overlap)', () => {
  const run = new ToldRun([runTime], 0, hour);
  run.busy(0, 0, 400_000);
  run.busy(0, 1_000_000, 1_050_000);
  expect(run.quantity()).toBe(500_000);
});

test('requests that follow on each other without a gap are one piece', () => {
  const run = new ToldRun([runTime], 0, hour);
  run.busy(0, 0, 130_000);
  run.busy(0, 130_000, 260_000);
  expect(run.quantity()).toBe(300_000);
});

test('Cloud Run bills start-up into the first request; Azure Flex bills from ready, a second at least', () => {
  const flex: Meter = { ...runTime, billsStart: false, minimumMs: 1000 };
  const run = new ToldRun([runTime, flex], 0, hour);
  run.phase(0, 'starting', 0);
  run.phase(0, 'ready', 1_210_000);
  run.busy(0, 1_210_000, 1_500_000);
  expect(run.end().charges.map(({ quantity }) => quantity)).toEqual(['1500000', '1000000']);
});

test('a started instance that is busy when it crashes is billed to the crash, and starts anew', () => {
  const run = new ToldRun([runTime], 0, hour);
  run.phase(0, 'starting', 0);
  run.phase(0, 'ready', second);
  run.meters.instanceBusyChanged!(0, 0, true, second);
  run.phase(0, 'crashed', 2 * second);
  run.meters.instanceBusyChanged!(0, 0, false, 2 * second);
  run.phase(0, 'starting', 10 * second);
  run.phase(0, 'ready', 11 * second);
  expect(run.quantity()).toBe(3 * second);
});

test('idle time of minimum instances is time ready without a call', () => {
  const run = new ToldRun([{ kind: 'idle-time', service: 'movie', watched: 'provisioned' }], minute, hour);
  run.phase(0, 'ready', 0, true);
  run.phase(1, 'ready', minute);
  run.busy(0, 2 * minute, 5 * minute);
  expect(run.quantity()).toBe(56 * minute);
});

test('a task of 12.3 s bills a minute, one of 90.2 s 91 s, one still there its time in the measured interval', () => {
  const run = new ToldRun([taskTime], 10 * minute, 20 * minute);
  run.phase(0, 'pulling', 11 * minute);
  run.phase(0, 'gone', 11 * minute + 12_300_000);
  run.phase(1, 'pulling', 12 * minute);
  run.phase(1, 'ready', 13 * minute);
  run.phase(1, 'gone', 12 * minute + 90_200_000);
  run.phase(2, 'ready', 0, true);
  expect(run.quantity()).toBe((60 + 91 + 600) * second);
});

test('what a minimum adds is told apart: 47 s of a task of 12.3 s, 70 ms of a call of 30 ms', () => {
  const calls: Meter = {
    kind: 'invocation-time',
    service: 'movie',
    watched: 'all',
    billsStart: false,
    startUnbilledUs: 0,
    granularityMs: 1,
    minimumMs: 100,
  };
  const run = new ToldRun([taskTime, calls], 0, hour);
  run.phase(0, 'pulling', minute);
  run.phase(0, 'gone', minute + 12_300_000);
  run.call(2 * minute, 2 * minute + 30_000);
  run.call(2 * minute, 2 * minute + 130_000);
  expect(run.end().charges.map(({ minimumUs }) => minimumUs)).toEqual([String(47 * second), '70000']);
});

test('a minimum charge counts when its instance ended inside, even past the end; not when it ended before', () => {
  const run = new ToldRun([taskTime], 10 * minute, 20 * minute);
  run.phase(0, 'starting', 9 * minute);
  run.phase(0, 'gone', 9 * minute + second);
  run.phase(1, 'starting', 20 * minute - second);
  run.phase(1, 'gone', 20 * minute - 1);
  expect(run.quantity()).toBe(minute);
});

test('a crash ends a life, and the restart begins another with its own minimum', () => {
  const run = new ToldRun([taskTime], 0, hour);
  run.phase(0, 'pulling', 0);
  run.phase(0, 'starting', second);
  run.phase(0, 'crashed', 2 * second);
  run.phase(0, 'starting', 2 * second);
  run.phase(0, 'crashed', 4 * second);
  expect(run.quantity()).toBe(2 * minute);
});

test('App Engine: a request of 1 s and then nothing bills 901 s (behaviour case G04 a)', () => {
  const run = new ToldRun([gaeTime], 0, 2 * hour);
  run.phase(0, 'ready', 0);
  run.busy(0, 0, second);
  run.phase(0, 'gone', 901 * second);
  expect(run.quantity()).toBe(901 * second);
});

test('App Engine: busy 0-30 min, idle 10, busy 60, then nothing bills 115 min (behaviour case G04 b)', () => {
  const run = new ToldRun([gaeTime], 0, 4 * hour);
  run.phase(0, 'ready', 0);
  run.busy(0, 0, 30 * minute);
  run.busy(0, 40 * minute, 100 * minute);
  expect(run.quantity()).toBe(115 * minute);
});

test('App Engine: an instance kept by choice is billed through, another up to its tail, none past the end', () => {
  const run = new ToldRun([gaeTime], 0, hour);
  run.phase(0, 'ready', 0, true);
  run.phase(1, 'ready', 0);
  run.phase(2, 'ready', 50 * minute);
  expect(run.quantity()).toBe((60 + 15 + 10) * minute);
});

test('a node is paid from its boot; the measured time is paid whatever happens', () => {
  const nodes: Meter = { kind: 'node-time', pool: 0, granularityMs: 1000, minimumMs: 60_000 };
  const run = new ToldRun([nodes, { kind: 'measured-time' }], 0, hour);
  run.meters.nodeChanged!({ pool: 0, node: 0, phase: 'ready', nowUs: 0 });
  run.meters.nodeChanged!({ pool: 0, node: 1, phase: 'booting', nowUs: 30 * minute });
  run.meters.nodeChanged!({ pool: 0, node: 1, phase: 'ready', nowUs: 31 * minute });
  run.meters.nodeChanged!({ pool: 0, node: 1, phase: 'gone', nowUs: 40 * minute });
  run.meters.nodeChanged!({ pool: 3, node: 2, phase: 'booting', nowUs: 30 * minute });
  expect(run.end().charges.map(({ quantity }) => Number(quantity))).toEqual([70 * minute, hour]);
});

test('a gateway counts attempts by their weight, transfer the bytes of completed visitors', () => {
  const weights = [{ source: 'browse', weight: 18_000 }];
  const run = new ToldRun(
    [
      { kind: 'visits', when: 'arrived', weights: [] },
      { kind: 'visits', when: 'completed', weights },
    ],
    0,
    hour,
  );
  run.visit(0, second);
  run.visit(second, 3 * second, 3);
  expect(run.end().charges.map(({ quantity }) => quantity)).toEqual(['2', '18000']);
});

test('queries that began inside are counted: all, those that read, those that write', () => {
  const meters = (['any', 'read', 'write'] as const).map(
    (access): Meter => ({ kind: 'queries', database: 'db', access }),
  );
  const run = new ToldRun(meters, minute, hour);
  run.meters.queryBegan!(0, second, false, false);
  run.meters.queryBegan!(0, minute, true, false);
  run.meters.queryBegan!(0, minute, true, true);
  run.meters.queryBegan!(0, minute, true, true);
  expect(run.end().charges.map(({ quantity }) => quantity)).toEqual(['3', '1', '2']);
});

test('load balancer units are those of the largest dimension of each hour', () => {
  const bytes = [{ source: 'browse', inBytes: 1_000, outBytes: 99_000 }];
  const meter: Meter = { kind: 'balancer-units', targets: 'instances', bytes };
  const connections = new ToldRun([{ ...meter, bytes: [] }], 0, hour);
  for (let i = 0; i < 90_000; i++) connections.visit(i * 40_000, i * 40_000 + 1_000); // 25 new connections a second
  expect(BigInt(connections.quantity())).toBe(partsPerUnitHour);

  const twoHours = new ToldRun([meter], 0, 2 * hour);
  for (let i = 0; i < 20_000; i++) twoHours.visit(i * 1_000, i * 1_000 + 500); // 2 GB in the first hour
  expect(BigInt(twoHours.quantity())).toBe(2n * partsPerUnitHour);
});

test('half an hour at 2.5 new connections a second is a twentieth of a unit-hour (vector booking-app-level1)', () => {
  const run = new ToldRun([{ kind: 'balancer-units', targets: 'instances', bytes: [] }], 0, hour / 2);
  for (let i = 0; i < 4_500; i++) run.visit(i * 400_000, i * 400_000 + 1_000);
  expect(BigInt(run.quantity())).toBe(partsPerUnitHour / 20n);
});

test('charges that measure the same share one meter, and facts that nobody bills are not asked for', () => {
  const run = new ToldRun([taskTime, taskTime], 0, hour);
  run.phase(0, 'ready', 0);
  expect(run.meters.invocationEnded).toBeUndefined();
  expect(run.meters.visitorArrived).toBeUndefined();
  expect(run.end().charges.map(({ quantity }) => Number(quantity))).toEqual([hour, hour]);
});

test('a plan that names a service the run has not is refused', () => {
  const meter: Meter = { kind: 'invocations', service: '__proto__', watched: 'all' };
  expect(() => new ToldRun([meter], 0, hour)).toThrow('the bill names service "__proto__", which the run has not');
});
