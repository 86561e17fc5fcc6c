/**
 * Discounts on lines, each against a figure worked out by hand: a share off, a commitment that is used, half used, or
 * too small, and spot for what a commitment leaves.
 */
import { expect, test } from 'vitest';
import type { BillingPlan, Charge, Discount, Usage } from '../../src/billing/contract.js';
import { writeInvoice } from '../../src/billing/invoice.js';
import { charge, hour, planOf, second } from './run.js';

const perHour = { unit: 'commitment-hour', baseUnitsPerUnit: '3600' };
/** One vCPU of Fargate at a round price: $0.10 an hour. */
const task: Charge = charge(
  { kind: 'instance-time', service: 'movie', watched: 'all', fromPhase: 'pulling', granularityMs: 1, minimumMs: 0 },
  { sku: 'aws.fargate.x86.vcpu', line: 'cpu', bills: 'instances', idle: 'service' },
);
const discountOf = (over: Partial<Discount>): Discount => ({
  off: '0.2',
  charges: [0],
  commitment: null,
  title: '20% off',
  ...over,
});
const planWith = (discounts: readonly Discount[], over: Partial<BillingPlan> = {}): BillingPlan =>
  planOf([task], { discounts, priceOverrides: [{ id: 'aws.fargate.x86.vcpu', usd: '0.10' }], ...over });
/** So many vCPU-hours in one measured hour. */
const hours = (count: number): Usage => ({
  measuredUs: String(hour),
  charges: [{ quantity: String(count * 3600 * second), workedUs: '0', waitingUs: '0' }],
  activity: [{ service: 'movie', instanceUs: String(count * hour), busyUs: String((count * hour) / 2) }],
  nodeActivity: [],
});
const bill = (plan: BillingPlan, usage: Usage, rest: Usage | null = null) => {
  const { lines, total } = writeInvoice(plan, [usage], rest && [rest]);
  return {
    total,
    lines: lines.map(
      ({ line, unitPriceUsd, quantityMonth, amountMonthUsd }) =>
        `${line} ${unitPriceUsd} x ${quantityMonth} = ${amountMonthUsd}`,
    ),
  };
};

test('a fifth off is a fifth off the unit price, of the run, of the month and of what idled', () => {
  const { lines, total } = bill(planWith([discountOf({})]), hours(10));
  expect(lines).toEqual(['cpu 0.08 x 7300 = 584']);
  expect(total).toMatchObject({ runUsd: '0.8', monthUsd: '584', idleMonthUsd: '292' });
});

test('a commitment that is too small covers what it pays for at the reduced price, the rest is list price', () => {
  // $0.40 an hour buys 5 of the 10 vCPU-hours at $0.08; 5 remain at $0.10. 0.40 + 0.50 = 0.90 an hour.
  const commitment = { usd: '0.40', ...perHour };
  const { lines, total } = bill(planWith([discountOf({ commitment })]), hours(10));
  expect(lines).toEqual(['cpu 0.08 x 3650 = 292', 'cpu 0.10 x 3650 = 365', 'unused-commitment 0.40 x 0 = 0']);
  expect(total).toMatchObject({ runUsd: '0.9', monthUsd: '657' });
});

test('a commitment is paid whether used or not: what is left of it is a line of its own, all of it idle', () => {
  // 10 vCPU-hours cost $0.80 reduced; of $1 an hour $0.20 is for nothing: 0.2 commitment-hours in each hour.
  const commitment = { usd: '1', ...perHour };
  const { lines, total } = bill(planWith([discountOf({ commitment })]), hours(10));
  expect(lines).toEqual(['cpu 0.08 x 7300 = 584', 'unused-commitment 1 x 146 = 146']);
  expect(total).toMatchObject({ runUsd: '1', monthUsd: '730', idleMonthUsd: String(292 + 146), ownRunUsd: '1' });
});

test('the busy and the quiet part of a month use a commitment each by itself', () => {
  // 17 h at 10 vCPU (0.80 an hour, 0.40 covered: 5 at 0.10 remain), 713 h at 1 vCPU (0.08 of 0.40 used).
  const commitment = { usd: '0.40', ...perHour };
  const month = { monthH: '730', representsH: '17', restShare: '0.1' };
  const { total, lines } = bill(planWith([discountOf({ commitment })], { month }), hours(10), hours(1));
  expect(total.monthUsd).toBe('300.5'); // 0.40 x 730 + 17 x 5 x 0.10
  expect(lines.at(-1)).toBe('unused-commitment 0.40 x 570.4 = 228.16'); // 713 x 0.32
});

test('spot takes what a commitment leaves', () => {
  const commitment = { usd: '0.40', ...perHour };
  const spot = discountOf({ off: '0.7', title: 'spot' });
  const { lines, total } = bill(planWith([discountOf({ commitment }), spot]), hours(10));
  expect(lines).toEqual(['cpu 0.08 x 3650 = 292', 'cpu 0.03 x 3650 = 109.5', 'unused-commitment 0.40 x 0 = 0']);
  expect(total.runUsd).toBe('0.55');
});

test('discounts come after the free tier, and lines stay quantity less free part times unit price', () => {
  const requests = charge({ kind: 'invocations', service: 'movie', watched: 'all' });
  const plan = planOf([requests], { discounts: [discountOf({ commitment: { usd: '0.0008', ...perHour } })] });
  const usage = { ...hours(0), charges: [{ quantity: '12000', workedUs: '0', waitingUs: '0' }] };
  const { lines } = writeInvoice(plan, [usage], null);
  // 8,760,000 a month, 1M free: 7.76M x 0.0000002 = 1.552, reduced 1.2416; 730 x 0.0008 = 0.584 covers 3.65M.
  expect(
    lines.map(({ quantityMonth, freeMonth, amountMonthUsd }) => [quantityMonth, freeMonth, amountMonthUsd]),
  ).toEqual([
    ['4650000', '1000000', '0.584'],
    ['4110000', '0', '0.822'],
    ['0', '0', '0'],
  ]);
});
