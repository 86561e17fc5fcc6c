/** Disk of an instance's own: what is sold, what it costs (rules: the billing README, aws-lambda and aws-fargate). */
import { expect, test } from 'vitest';
import { compareCompiled } from '../../src/experiment/compare.js';
import { compiled, issuesOf, oneService, onlyPlatform } from './scenarioText.js';

const storageOf = (platform: string) =>
  onlyPlatform(oneService(platform)).billing.charges.flatMap(({ part, line, sku, unitsPer }) =>
    part === 'storage' ? [`${line} ${sku} ${unitsPer}`] : [],
  );

test('Lambda bills what is above 512 MB, Fargate what is above 20 GB', () => {
  const lambda = (mb: string) => storageOf(`{preset: lambda, defaults: {ephemeralStorage: ${mb}}}`);
  expect(lambda('512MB')).toEqual([]);
  expect(lambda('2GB')).toEqual(['storage aws.lambda.ephemeral 1.5']);
  expect(storageOf('{preset: fargate, defaults: {ephemeralStorage: 20GB}}')).toEqual([]);
  expect(storageOf('{preset: fargate, defaults: {ephemeralStorage: 30GB}}')).toEqual([
    'storage aws.fargate.storage 10',
  ]);
});

test.each([
  ['{preset: lambda, defaults: {ephemeralStorage: 11GB}}', 'range', 'the nearest sold: 10239MB and 10240MB'],
  ['{preset: lambda, defaults: {ephemeralStorage: 100MB}}', 'range', 'the nearest sold: 512MB and 513MB'],
  ['{preset: fargate, defaults: {ephemeralStorage: 20.5GB}}', 'range', 'the nearest sold: 20480MB and 21504MB'],
  ['{preset: cloud-run, defaults: {ephemeralStorage: 2GB}}', 'conflict', 'leave it out'],
] as const)('%s is refused', (platform, code, hint) => {
  const [issue] = issuesOf(oneService(platform));
  expect(issue?.code).toBe(code);
  expect(issue?.hint).toContain(hint);
});

test('a month of 6M calls of 280 ms with 2 GB of disk costs the 0.08 of the page (vector lambda-ml-ephemeral)', () => {
  // Of a 30-day month, as the page counts; 6,000,000 x 0.28 s x 1.5 GB = 2,520,000 GB-s at 0.0000000309.
  const scenario = compiled(`
windtunnel: 1
run: {duration: 1h, replications: 1, month: 720h}
traffic: {all: {entry: a.op, arrivals: {constant: 10/s}}}
services: {a: {operations: {op: [{wait: 280ms}]}}}
network: {hop: 0ms}
platforms: {p: {preset: lambda, defaults: {memory: 4096MB, ephemeralStorage: 2048MB, coldStart: 0s}}}
`);
  const [result] = compareCompiled(scenario, { platforms: [0], replications: 1, withCostCurve: false }).platforms;
  const line = result!.bill.lines.find(({ part }) => part === 'storage')!;
  // The last two calls are still at work when the hour ends, since 200 ms and 100 ms: 80 ms and 180 ms are not billed.
  const calls = Number(result!.bill.lines.find(({ sku }) => sku === 'aws.lambda.request')!.quantityRun);
  expect(Number(line.quantityRun)).toBeCloseTo((calls * 0.28 - 0.26) * 1.5, 9);
  expect(line).toMatchObject({ bills: 'invocations', unit: 'GB-second', unitPriceUsd: '0.0000000309' });
});
