/** Charges the scenario brings: nodes, front doors, transfer, databases, extras; prices are those of the price book. */
import { expect, test } from 'vitest';
import { writeInvoice } from '../../src/billing/invoice.js';
import {
  databaseCharges,
  extraCharge,
  frontDoorCharges,
  frontDoors,
  nodeCharge,
  ownPricePerTime,
  transferCharges,
  zoneCharges,
} from '../../src/billing/platformCharges.js';
import { missingPrices } from '../../src/billing/pricing.js';
import { hour, planOf, second, ToldRun } from './run.js';

const bytes = [{ source: 'browse', inBytes: 2_000, outBytes: 18_000 }];

test('every front door is priced', () => {
  for (const name of [...frontDoors, 'azure-lb'] as const) {
    const { charges, notBilled } = frontDoorCharges(name, 'instances', bytes);
    expect(missingPrices(planOf(charges)), name).toEqual([]);
    expect(charges.every(({ part }) => part === 'front-door')).toBe(true);
    expect(notBilled, name).toEqual([]);
  }
});

test('a month of a balancer at 2.5 connections a second costs 16.425 and 0.584 (vector booking-app-level1)', () => {
  const plan = planOf(frontDoorCharges('alb', 'instances', [{ source: 'browse', inBytes: 0, outBytes: 0 }]).charges);
  const run = new ToldRun(plan, 0, hour);
  for (let i = 0; i < 9_000; i++) run.visit(i * 400_000, i * 400_000 + 1_000);
  const { lines } = writeInvoice(plan, [run.end()], null);
  expect(lines.map(({ line, amountMonthUsd }) => [line, amountMonthUsd])).toEqual([
    ['load-balancer-hours', '16.425'],
    ['load-balancer-units', '0.584'],
  ]);
});

test("Google's balancer: 730 h of a rule are 18.25; 100 GiB carried, whichever way, 0.80 (its pricing page)", () => {
  const half = [{ source: 'browse', inBytes: 2 ** 30, outBytes: 2 ** 30 }];
  const plan = planOf(frontDoorCharges('google-lb', 'instances', half).charges);
  const run = new ToldRun(plan, 0, 730 * hour);
  for (let i = 0; i < 50; i++) run.visit(i * second, i * second + 1);
  const { lines } = writeInvoice(plan, [run.end()], null);
  expect(lines.map(({ line, unit, amountMonthUsd }) => [line, unit, amountMonthUsd])).toEqual([
    ['load-balancer-hours', 'hour', '18.25'],
    ['load-balancer-units', 'GiB', '0.8'],
  ]);
});

test('an HTTP API counts a visit of 513 KB twice (vector apigw-http-chunks)', () => {
  const large = [{ source: 'browse', inBytes: 100, outBytes: 513 * 1024 }];
  const plan = planOf(frontDoorCharges('api-gateway-http', 'lambda', large).charges);
  const run = new ToldRun(plan, 0, hour);
  run.visit(0, second);
  expect(run.quantity()).toBe(2);
});

test('transfer is billed by bytes of completed visits, 10^9 to a GB, the first 100 GB of an account free', () => {
  const plan = planOf(transferCharges('aws.egress', bytes).charges);
  const run = new ToldRun(plan, 0, hour);
  for (let i = 0; i < 1_000; i++) run.visit(i * second, i * second + 1);
  const [line] = writeInvoice(plan, [run.end()], null).lines;
  expect(line).toMatchObject({ unit: 'GB', quantityRun: '0.018', quantityMonth: '13.14', freeMonth: '13.14' });
  expect(line!.amountMonthUsd).toBe('0');
  expect(transferCharges(null, bytes).notBilled).toHaveLength(1);
});

test('a database is billed by the hour, by its own price, by query, or not at all, which is said', () => {
  const month = ownPricePerTime('58', 'database-month', 730 * hour);
  const charges = [
    ...databaseCharges('db', { sku: 'aws.rds.t4g.small' }).charges,
    ...databaseCharges('db', { ownPrice: month }).charges,
    ...databaseCharges('db', { sku: 'aws.dynamodb.rru' }).charges,
  ];
  const plan = planOf(charges);
  const run = new ToldRun(plan, 0, hour);
  run.meters.queryBegan!(0, second, true, false);
  const { lines } = writeInvoice(plan, [run.end()], null);
  expect(lines.map(({ line, amountMonthUsd }) => [line, amountMonthUsd])).toEqual([
    ['database-hours', '23.36'],
    ['database-hours', '58'],
    ['requests', '0.00009125'],
  ]);
  expect(databaseCharges('movie-db', null)).toEqual({ charges: [], notBilled: ['database movie-db'] });
});

test('three nodes at 250 USD a month and an extra of 800 cost 1550, whatever the traffic', () => {
  const nodes = nodeCharge(0, { ownPrice: ownPricePerTime('250', 'node-month', 730 * hour) });
  const extra = extraCharge('on-call engineer', ownPricePerTime('800', 'month', 730 * hour), 'instances');
  const plan = planOf([nodes, extra]);
  const run = new ToldRun(plan, 0, 2 * hour);
  for (const node of [0, 1, 2]) run.meters.nodeChanged!({ pool: 0, node, phase: 'ready', nowUs: 0 });
  expect(writeInvoice(plan, [run.end()], null).total.monthUsd).toBe('1550');
});

test('a price for a time counts the seconds of that time', () => {
  expect(ownPricePerTime('0.60', 'hour', hour).baseUnitsPerUnit).toBe('3600');
  expect(ownPricePerTime('1', 'tick', 500_000).baseUnitsPerUnit).toBe('0.5');
  expect(ownPricePerTime('58', 'month', 730 * hour).baseUnitsPerUnit).toBe('2628000');
});

test('bytes between zones: each way counts, twice where both ends are billed, in the measured time alone', () => {
  const back = { service: 'movie', inBytes: 1_000, outBytes: 9_000 };
  const gigabytesOf = (provider: string): number => {
    const plan = planOf(zoneCharges(provider, [back]).charges);
    const run = new ToldRun(plan, 0, hour);
    const { meters } = run;
    for (let i = 0; i < 1000; i++) {
      meters.zoneWayTaken!(0, 0, true, true);
      meters.zoneWayTaken!(0, 1, true, true);
      meters.zoneWayTaken!(0, 0, false, true);
      meters.zoneWayTaken!(0, 0, true, false);
    }
    return Number(run.end().charges[0]!.quantity) / 1e9;
  };
  expect([gigabytesOf('aws'), gigabytesOf('gcp')]).toEqual([0.02, 0.01]);
  expect(zoneCharges('azure', [back]).charges).toEqual([]);
});
