/**
 * A newcomer with summary.csv and a pocket calculator: every line of each platform's invoice comes out, and the
 * quantities are what the run's own metrics say. On the movie-booking application, one short run of it.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compareCompiled } from '../../src/experiment/compare.js';
import { compileScenario } from '../../src/experiment/prepare.js';
import { summaryCsv } from '../../src/report/csv/summaryCsv.js';
import { parseScenario } from '../../src/scenario/parse.js';
import { readCsv } from './fixtures/readCsv.js';

const file = 'scenarios/movie-booking/compare.yaml';
const short = readFileSync(file, 'utf8')
  .replace('warmup: 15m', 'warmup: 1m')
  .replace('duration: 2h', 'duration: 2m')
  .replace('at: 45m', 'at: 90s')
  .replace('at: 100m', 'at: 2m')
  .replace('replications: 10', 'replications: 1');
const parsed = parseScenario(short, file);
if (!parsed.ok) throw new Error(parsed.issues.map(({ message }) => message).join('; '));
const compiled = compileScenario(parsed.value);
if (!compiled.ok) throw new Error('the scenario is refused');
const everyPlatform = compiled.value.platforms.map((_, place) => place);
const compared = compareCompiled(compiled.value, { platforms: everyPlatform, replications: 1, withCostCurve: false });
const { platforms } = compared;

/** summary.csv as its reader looks things up: platform, scope, name, metric. */
const means = new Map(
  readCsv(summaryCsv(compared)).map(([platform, scope, name, metric, , mean]) => [
    [platform, scope, name, metric].join('|'),
    Number(mean),
  ]),
);
const look = (platform: string, scope: string, name: string, metric: string): number => {
  const mean = means.get([platform, scope, name, metric].join('|'));
  if (mean === undefined) throw new Error(`summary.csv has no ${platform} ${scope} ${name} ${metric}`);
  return mean;
};
const hours = 2 / 60;

test.each(platforms.map((platform) => [platform.name, platform] as const))(
  '%s: quantity less the free part, times the price, is the amount of every line, and their sum the bill',
  (name, { bill }) => {
    let run = 0;
    let month = 0;
    for (const { service, line, sku, amountRunUsd, amountMonthUsd } of bill.lines) {
      const key = `${service === '' ? '' : `${service}.`}${line}${sku === '' ? '' : ` ${sku}`}`;
      const part = (metric: string): number => look(name, 'line', key, metric);
      const paid = (part('quantity_month') - part('free_month')) * part('unit_price');
      expect(paid, `${name} ${key}`).toBeCloseTo(Number(amountMonthUsd), 8);
      expect(part('quantity_run') * part('unit_price'), `${name} ${key}`).toBeCloseTo(Number(amountRunUsd), 8);
      run += part('quantity_run') * part('unit_price');
      month += paid;
    }
    expect(month).toBeCloseTo(look(name, 'platform', '', 'cost_month'), 6);
    expect(run).toBeCloseTo(look(name, 'platform', '', 'cost_run'), 6);
  },
);

test('what stands there is billed by the hours of the run', () => {
  const quantity = (platform: string, name: string): number => look(platform, 'line', name, 'quantity_run');
  expect(quantity('kubernetes', 'control-plane-hours aws.eks.cluster')).toBeCloseTo(hours, 9);
  expect(quantity('kubernetes', 'load-balancer-hours aws.alb.hour')).toBeCloseTo(hours, 9);
  const nodes = look('kubernetes', 'platform', '', 'nodes_mean');
  expect(quantity('kubernetes', 'node-hours aws.ec2.m6i.large')).toBeCloseTo(nodes * hours, 2);
  expect(look('data-center', 'line', 'node-hours', 'quantity_run')).toBeCloseTo((3 * hours) / 730, 9);
  // A task of half a vCPU and 1 GB, as small as Fargate sells it for this service.
  const taskHours = look('fargate', 'service', 'customer', 'instance_hours');
  expect(quantity('fargate', 'customer.cpu aws.fargate.x86.vcpu')).toBeCloseTo(taskHours * 0.5, 3);
  expect(quantity('fargate', 'customer.memory aws.fargate.x86.gb')).toBeCloseTo(taskHours, 3);
});

test('what was asked for is billed by the calls, and by how long they took', () => {
  for (const service of ['movie', 'booking', 'fare', 'review', 'customer']) {
    const ofLambda = (metric: string): number => look('lambda', 'service', service, metric);
    const requests = look('lambda', 'line', `${service}.requests aws.lambda.request`, 'quantity_run');
    expect(requests).toBeGreaterThanOrEqual(ofLambda('requests_completed'));
    expect(requests).toBeLessThanOrEqual(ofLambda('requests_offered'));
    // GB-seconds: environments were busy so long, each call is rounded up to a millisecond, each cold start is billed.
    const gb = 1769 / 1024;
    const busyS = ofLambda('busy_hours') * 3600;
    const billedS = look('lambda', 'line', `${service}.compute aws.lambda.x86.gbs`, 'quantity_run') / gb;
    expect(billedS).toBeGreaterThan(busyS * 0.99);
    expect(billedS).toBeLessThan(busyS + requests * 0.001 + ofLambda('cold_starts') * 2 + 0.5);
  }
});
