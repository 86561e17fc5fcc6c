/** The invoice: months, allowances, tiers, idling and waiting, each against a figure worked out by hand. */
import { expect, test } from 'vitest';
import type { BillingPlan, Charge, Meter, Usage } from '../../src/billing/contract.js';
import { Fraction } from '../../src/billing/fraction.js';
import { writeInvoice, zeroTrafficMonth } from '../../src/billing/invoice.js';
import { costPerMillion } from '../../src/billing/invoiceSums.js';
import { ownPricePerTime } from '../../src/billing/platformCharges.js';
import { missingPrices } from '../../src/billing/pricing.js';
import { sumUsage } from '../../src/billing/usage.js';
import { charge, hour, planOf, second, ToldRun } from './run.js';

const requests = (service: string): Meter => ({ kind: 'invocations', service, watched: 'all' });
const steps = { granularityMs: 1, minimumMs: 0 };
const time = (service: string): Meter => ({
  kind: 'invocation-time',
  service,
  watched: 'all',
  billsStart: true,
  startUnbilledUs: 0,
  ...steps,
});
const taskTime: Meter = { kind: 'instance-time', service: 'movie', watched: 'all', fromPhase: 'pulling', ...steps };
const lambdaRequests = charge(requests('movie'));
const lambdaTime = charge(time('movie'), { sku: 'aws.lambda.x86.gbs', line: 'compute', unitsPer: '1.5' });

/** Usage as a run of two hours would tell it. */
function usage(quantities: readonly (string | number)[], over: Partial<Usage> = {}): Usage {
  return {
    measuredUs: String(2 * hour),
    charges: quantities.map((quantity) => ({ quantity: String(quantity), workedUs: '0', waitingUs: '0' })),
    activity: [{ service: 'movie', instanceUs: '0', busyUs: '0' }],
    nodeActivity: [],
    ...over,
  };
}
const linesOf = (plan: BillingPlan, ...usages: Usage[]) => writeInvoice(plan, usages, null).lines;

test('the output contract: 120,345 requests in two hours are 43,925,925 a month, a million of them free', () => {
  const [line] = linesOf(planOf([lambdaRequests]), usage([120_345]));
  expect(line).toMatchObject({
    line: 'requests',
    unit: 'request',
    unitPriceUsd: '0.0000002',
    quantityRun: '120345',
    quantityMonth: '43925925',
    freeMonth: '1000000',
    amountRunUsd: '0.024069',
    amountMonthUsd: '8.585185',
    priceDate: '2026',
    priceStatus: 'stored-source',
  });
});

test('a published bill comes out of a run as it does of its statement (vector lambda-mobile-backend: 2.733338)', () => {
  const plan = planOf([lambdaTime, lambdaRequests]);
  const month = usage([3_000_000 * 120_000, 3_000_000], { measuredUs: String(730 * hour) });
  const { lines, total } = writeInvoice(plan, [month], null);
  expect(lines.map(({ amountMonthUsd }) => amountMonthUsd)).toEqual(['2.333338', '0.4']);
  expect(total.monthUsd).toBe('2.733338');
  expect(total.runUsd).toBe('9.600018'); // 540,000 GB-s x 0.0000166667 + 3M x 0.0000002, nothing free
});

test('an account has one allowance: two services share it in proportion', () => {
  const plan = planOf([lambdaRequests, charge(requests('fare'), { service: 'fare' })]);
  const lines = linesOf(plan, usage([3_000_000, 1_000_000], { measuredUs: String(730 * hour) }));
  expect(lines.map(({ freeMonth }) => freeMonth)).toEqual(['750000', '250000']);
  expect(lines.map(({ amountMonthUsd }) => amountMonthUsd)).toEqual(['0.45', '0.15']);
});

test('both processors of Lambda share one allowance of GB-seconds', () => {
  const arm = { ...lambdaTime, sku: 'aws.lambda.arm.gbs', unitsPer: '1' };
  const plan = planOf([{ ...lambdaTime, unitsPer: '1' }, arm]);
  const lines = linesOf(plan, usage([600_000 * second, 200_000 * second], { measuredUs: String(730 * hour) }));
  expect(lines.map(({ freeMonth }) => freeMonth)).toEqual(['300000', '100000']);
});

test('an allowance that is used up, or larger than the use, leaves the whole or nothing', () => {
  const [used] = linesOf(planOf([lambdaRequests], { freeTier: 'none' }), usage([120_345]));
  expect(used).toMatchObject({ freeMonth: '0', amountMonthUsd: '8.785185' });
  const [small] = linesOf(planOf([lambdaRequests]), usage([100]));
  expect(small).toMatchObject({ freeMonth: '36500', amountMonthUsd: '0', amountRunUsd: '0.00002' });
});

test('tiers count the month of the account, and each service has its share of each (vector ic-lambda-tier2)', () => {
  const one = { ...lambdaTime, unitsPer: '1' };
  const plan = planOf([one, { ...one, meter: time('fare'), service: 'fare' }], { freeTier: 'none' });
  const halves = usage(
    [4_608_000_000, 4_608_000_000].map((s) => `${s}000000`),
    { measuredUs: String(730 * hour) },
  );
  const lines = linesOf(plan, halves);
  expect(lines.map(({ line, quantityMonth, amountMonthUsd }) => [line, quantityMonth, amountMonthUsd])).toEqual([
    ['compute', '3000000000', '50000.1'],
    ['compute#2', '1608000000', '24120'],
    ['compute', '3000000000', '50000.1'],
    ['compute#2', '1608000000', '24120'],
  ]);
});

test('a month is the measured time stretched, and the rest of it from a run of its own', () => {
  const plan = planOf([lambdaRequests], { month: { monthH: '730', representsH: '17', restShare: '0.15' } });
  const { lines } = writeInvoice(plan, [usage([100_000])], [usage([15_000], { measuredUs: String(hour) })]);
  expect(lines[0]!.quantityMonth).toBe(String(100_000 * 8.5 + 15_000 * 713));
  expect(() => writeInvoice(plan, [usage([1])], null)).toThrow('the rest of the month needs a run of its own');
});

test('a month without visitors is the idle run alone', () => {
  const plan = planOf(
    [charge({ kind: 'measured-time' }, { sku: 'aws.eks.cluster', bills: 'instances', idle: 'platform' })],
    {
      month: { monthH: '730', representsH: '17', restShare: '0.15' },
    },
  );
  expect(zeroTrafficMonth(plan, [usage([2 * hour])]).total).toMatchObject({ monthUsd: '73', idleMonthUsd: '73' });
});

test('hours are divided by 3600 only with the seconds: a Fargate task is 36.0401 (vector ic-fargate-1)', () => {
  const plan = planOf([
    charge(taskTime, { sku: 'aws.fargate.x86.vcpu', line: 'cpu', bills: 'instances', idle: 'service' }),
    charge(taskTime, { sku: 'aws.fargate.x86.gb', line: 'memory', unitsPer: '2', bills: 'instances', idle: 'service' }),
  ]);
  const { lines, total } = writeInvoice(plan, [usage([2 * hour, 2 * hour])], null);
  expect(lines.map(({ unit, quantityMonth }) => [unit, quantityMonth])).toEqual([
    ['vCPU-hour', '730'],
    ['GB-hour', '1460'],
  ]);
  expect(total.monthUsd).toBe('36.0401');
});

test('quantities of books that count in millions are shown in millions', () => {
  const azure = charge(requests('movie'), { sku: 'az.fn.cons.exec' });
  const [line] = linesOf(planOf([azure]), usage([3_000_000], { measuredUs: String(730 * hour) }));
  expect(line).toMatchObject({ unit: 'million executions', quantityMonth: '3', freeMonth: '1', amountMonthUsd: '0.4' });
});

test('App Engine hours are unweighted, the class weighs the free hours: 28 F1-hours on 30.4 days', () => {
  const f2 = charge(
    { kind: 'tail-time', service: 'movie', tailMs: 900_000 },
    { sku: 'gcp.gae.F2', bills: 'instances' },
  );
  const plan = planOf([f2], { provider: 'gcp', region: 'us-central1' });
  const [line] = linesOf(plan, usage([2 * hour]));
  expect(line).toMatchObject({
    quantityMonth: '730',
    freeMonth: '425.6',
    unitPriceUsd: '0.10',
    amountMonthUsd: '30.44',
  });
});

test('outside tier 1 the allowance is a credit in money (vector run-t2-credit-small: 0.72 are left)', () => {
  const cpu = charge(time('movie'), { sku: 'gcp.run.req.t2.cpu' });
  const plan = planOf([cpu], { provider: 'gcp', region: 'us-central1' });
  const [line] = linesOf(plan, usage([150_000 * second], { measuredUs: String(730 * hour) }));
  expect(line).toMatchObject({
    quantityMonth: '150000',
    freeMonth: '0',
    creditMonthUsd: '4.32',
    amountMonthUsd: '0.72',
  });
});

test('idle is what instances cost while they held nothing, whole hours or parts of them', () => {
  const own = { sku: 'aws.fargate.x86.vcpu', bills: 'instances' } as const;
  const plan = planOf([charge(taskTime, { ...own, idle: 'service' }), lambdaRequests], { freeTier: 'none' });
  const activity = [{ service: 'movie', instanceUs: String(4 * hour), busyUs: String(hour) }];
  const { lines, total } = writeInvoice(plan, [usage([4 * hour, 1000], { activity })], null);
  expect(lines[0]).toMatchObject({ amountMonthUsd: '59.1008', idleMonthUsd: '44.3256' });
  expect(lines[1]!.idleMonthUsd).toBe('0');
  expect(total.idleMonthUsd).toBe('44.3256');
});

test('a node idles by what of it is not requested', () => {
  const meter: Meter = { kind: 'node-time', pool: 0, granularityMs: 1000, minimumMs: 60_000 };
  const ownPrice = ownPricePerTime('250', 'node-month', 730 * hour);
  const nodes: Charge = charge(meter, { sku: '', ownPrice, line: 'node-hours', bills: 'instances', idle: 'nodes' });
  const nodeActivity = [{ requested: '30', allocatable: '100' }];
  const [line] = linesOf(planOf([nodes]), usage([6 * hour], { nodeActivity }));
  expect(line).toMatchObject({ unit: 'node-month', quantityMonth: '3', amountMonthUsd: '750', idleMonthUsd: '525' });
  expect(line!.priceStatus).toBe('own');
});

test('a caller pays while it waits: the waiting share of what was billed', () => {
  const waiting = { quantity: String(400 * second), workedUs: String(390 * second), waitingUs: String(100 * second) };
  const plan = planOf([{ ...lambdaTime, unitsPer: '1' }], { freeTier: 'none' });
  const { total } = writeInvoice(plan, [usage([], { charges: [waiting] })], null);
  expect(Fraction.of(total.waitingMonthUsd).times(Fraction.of(4)).compare(Fraction.of(total.monthUsd))).toBe(0);
});

test('replications are billed each by itself; lines are their means and add up to the mean of the sums', () => {
  const plan = planOf([lambdaRequests, lambdaTime]);
  const runs = [1_000, 2_000, 4_001].map((n) => usage([n, n * 123_456]));
  const invoice = writeInvoice(plan, runs, null);
  const sum = Fraction.sum(invoice.lines.map(({ amountRunUsd }) => Fraction.of(amountRunUsd)));
  expect(sum.toDecimal(20)).toBe(invoice.total.runUsd);
  const mean = Fraction.sum(invoice.replications.map(({ total }) => Fraction.of(total.runUsd))).over(Fraction.of(3));
  expect(mean.minus(sum).toDecimal(11)).toBe('0');
  expect(invoice.replications).toHaveLength(3);
  expect(invoice.lines[0]!.quantityRun).toBe('2333.666666666667');
});

test('an override replaces the price and keeps the allowance; an approximated region marks every line', () => {
  const [dear] = linesOf(
    planOf([lambdaRequests], { priceOverrides: [{ id: 'aws.lambda.request', usd: '0.000001' }] }),
    usage([120_345]),
  );
  expect(dear).toMatchObject({ unitPriceUsd: '0.000001', amountMonthUsd: '42.925925', priceStatus: 'overridden' });
  const [far] = linesOf(planOf([lambdaRequests], { regionFactor: '1.12' }), usage([120_345]));
  expect(far).toMatchObject({ unitPriceUsd: '0.000000224', priceStatus: 'approximated' });
});

test('what stands beside the platform is billed, shown by part, and left out of its own amount', () => {
  const database = charge({ kind: 'measured-time' }, { sku: 'aws.rds.t4g.small', part: 'database', service: 'movie' });
  const { total, services } = writeInvoice(planOf([lambdaRequests, database]), [usage([1_000_000, 2 * hour])], null);
  expect(total).toMatchObject({ runUsd: '0.264', ownRunUsd: '0.2' });
  // The database has the service's name; its cost is still not the service's.
  expect(services.map(({ service, runUsd }) => [service, runUsd])).toEqual([
    ['movie', '0.2'],
    ['', '0.064'],
  ]);
});

test('prices that are missing are named before a run', () => {
  const plan = planOf([
    lambdaRequests,
    charge(requests('movie'), { sku: 'aws.lamda' }),
    charge(taskTime, { sku: 'aws.lamda' }),
  ]);
  expect(missingPrices(plan)).toEqual(['aws.lamda']);
  expect(() => writeInvoice(plan, [usage([1, 1, 1])], null)).toThrow('no price for "aws.lamda"');
});

test('usages add up whatever their order, and a sum is billed as their mean', () => {
  const [a, b] = [usage([10]), usage([30])];
  expect(sumUsage(a, b)).toEqual(sumUsage(b, a));
  expect(linesOf(planOf([lambdaRequests]), sumUsage(a, b))[0]!.quantityMonth).toBe('7300');
});

test('cost per million is the month over the requests completed in it, and has no value without any', () => {
  expect(costPerMillion('8.5', 4_250_000)).toBe('2');
  expect(costPerMillion('8.5', 0)).toBeNull();
});

test('an invoice survives JSON and structuredClone', () => {
  const plan = planOf([lambdaRequests, lambdaTime]);
  const run = new ToldRun(plan, 0, 2 * hour);
  run.call(second, 2 * second);
  const invoice = writeInvoice(plan, [run.end()], null);
  expect(JSON.parse(JSON.stringify(invoice))).toEqual(invoice);
  expect(structuredClone(invoice)).toEqual(invoice);
  expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
});

test('what minimum charges added is a part of the line, and baseline and usage are the whole', () => {
  const floor: Meter = { ...taskTime, minimumMs: 60_000 };
  const plan = planOf([
    charge(floor, { sku: 'aws.fargate.x86.vcpu', line: 'cpu', bills: 'instances' }),
    lambdaRequests,
  ]);
  // Of two hours of tasks a quarter was never there.
  const task = { quantity: String(2 * hour), workedUs: '0', waitingUs: '0', minimumUs: String(hour / 2) };
  const both = usage([0, 120_345]);
  const { lines, total } = writeInvoice(plan, [{ ...both, charges: [task, both.charges[1]!] }], null);
  expect(lines[0]).toMatchObject({ amountMonthUsd: '29.5504', minimumMonthUsd: '7.3876' });
  expect(total).toMatchObject({
    minimumMonthUsd: '7.3876',
    baselineMonthUsd: '29.5504',
    usageMonthUsd: '8.585185',
    monthUsd: '38.135585',
  });
});
