/**
 * The providers' own settings, run whole: reserved and changing provisioned concurrency, snapshots, App Engine's basic
 * and manual scaling; and what is refused where. Numbers are the providers' rules worked by hand.
 */
import { expect, test } from 'vitest';
import type { PlatformResult } from '../../src/experiment/contract.js';
import { errors, metric, quantity, result, type World } from './worlds.js';

test('Lambda: reserved concurrency is a limit of its own, and what is left of the account is for the others', () => {
  const found = result({
    run: 'duration: 30s',
    traffic: `
  {one: {entry: a.op, arrivals: {closed: {users: 500, think: 1s}}},
   two: {entry: b.op, arrivals: {closed: {users: 500, think: 1s}}}}`,
    services: '{a: {operations: {op: [{wait: 10m}]}}, b: {operations: {op: [{wait: 10m}]}}}',
    platform: '{preset: lambda, account: {concurrency: 400}, services: {a: {reserved: 100}}}',
  });
  expect(metric(found, 'a', 'instances_max')).toBe(100);
  expect(metric(found, 'b', 'instances_max')).toBe(300);
});

test('Lambda: a function with nothing reserved for it is switched off', () => {
  const found = result({
    run: 'duration: 10s',
    traffic: '{all: {entry: a.op, arrivals: {constant: 1/s}}}',
    platform: '{preset: lambda, defaults: {reserved: 0}}',
  });
  expect(metric(found, 'a', 'requests_rejected')).toBe(9); // At 1 s to 9 s: the run stops at 10 s.
});

test('Lambda: ten requests a second are let in for each unit of concurrency', () => {
  const found = result({
    run: 'warmup: 10s, duration: 100s',
    traffic: '{all: {entry: a.op, arrivals: {constant: 4000/s}}}',
    services: '{a: {operations: {op: [{wait: 10ms}]}}}',
    platform: '{preset: lambda, account: {concurrency: 100}, defaults: {coldStart: 0s}}',
  });
  // 40 environments would do; 1,000 of 4,000 requests a second pass.
  expect(metric(found, 'a', 'requests_completed') / 100).toBeCloseTo(1000, 0);
});

test('Lambda: provisioned concurrency by the clock is paid for as long as it is kept', () => {
  const schedule = '[{at: 0s, replicas: 2}, {at: 10m, replicas: 5}, {at: 20m, replicas: 1}]';
  const found = result({ platform: `{preset: lambda, defaults: {memory: 1GB, provisioned: {schedule: ${schedule}}}}` });
  expect(quantity(found, 'aws.lambda.pc.x86')).toBeCloseTo(600 * (2 + 5 + 1), 6);
  expect(metric(found, 'a', 'instances_max')).toBe(5);
});

test('Lambda: provisioned concurrency that follows 70% settles where 7 requests at once are 70%: at 10', () => {
  const found = result({
    run: 'duration: 40m',
    traffic: '{all: {entry: a.op, arrivals: {closed: {users: 7, think: 0ms}}}}',
    platform: '{preset: lambda, defaults: {memory: 1GB, provisioned: {target: 70%, range: 5..50}}}',
  });
  const changes = (found.events?.rows ?? []).filter(({ kind }) => kind === 'provisioned');
  // All five in use for three datapoints: ceil(5 x 1 / 0.7) = 8; then ceil(8 x 7/8 / 0.7) = 10, which is the target.
  expect(changes.map(({ detail }) => detail.split(':')[0])).toEqual(['5 to 8', '8 to 10']);
  expect(changes[0]!.tS).toBe(180);
});

test('Lambda: with SnapStart a Java function does not start its application again', () => {
  const world = (snapStart: boolean): World => ({
    run: 'duration: 1m',
    traffic: '{all: {entry: a.op, arrivals: {closed: {users: 1, think: 10s}}}}',
    services: '{a: {language: java, startup: 4s, operations: {op: [{wait: 1ms}]}}}',
    platform: `{preset: lambda, defaults: {memory: 1GB, snapStart: ${snapStart}}}`,
  });
  expect(metric(result(world(false)), 'a', 'latency_max')).toBeGreaterThan(4000);
  expect(metric(result(world(true)), 'a', 'latency_max')).toBeLessThan(2000);
});

test('Lambda: a snapshot of a Python function is paid for while kept and at each start; of a Java one never', () => {
  const world = (language: string): World => ({
    run: 'duration: 1h',
    traffic: '{all: {entry: a.op, arrivals: {constant: 4/h}}}',
    services: `{a: {language: ${language}, operations: {op: [{wait: 1ms}]}}}`,
    platform: '{preset: lambda, defaults: {memory: 2GB, snapStart: true}}',
  });
  const python = result(world('python'));
  // Each of the requests at 15, 30 and 45 min finds nobody: idle ones go after 6 min.
  expect(quantity(python, 'aws.lambda.snapstart.restore')).toBe(3 * 2);
  expect(quantity(python, 'aws.lambda.snapstart.cache')).toBe(3600 * 2);
  expect(python.level.features).toEqual([true, false, false]);
  expect(result(world('java')).bill.lines.filter(({ sku }) => sku.includes('snapstart'))).toEqual([]);
});

test('Cloud Functions: a minimum instance is billed while idle, its CPU at a tenth', () => {
  const found = result({
    run: 'duration: 1h',
    platform: '{preset: cloud-functions, defaults: {memory: 1GB, provisioned: 1}}',
  });
  expect(quantity(found, 'gcp.gcf1.idle.gbs')).toBe(3600);
  expect(quantity(found, 'gcp.gcf1.idle.ghz')).toBeCloseTo(3600 * 1.4, 6);
});

test('App Engine, manual scaling: three B2 instances are there and billed all day, whoever comes', () => {
  const platform = '{preset: app-engine-standard, defaults: {scale: {manual: 3}}}';
  const found = result({ run: 'duration: 1d', platform });
  expect(quantity(found, 'gcp.gae.B2')).toBeCloseTo(72, 9);
  expect(metric(found, 'a', 'instances_min')).toBe(3);
});

test('App Engine, basic scaling: a request starts an instance, which goes after its idle time; the rest waits', () => {
  const world = (arrivals: string): World => ({
    run: 'duration: 1h',
    traffic: `{all: {entry: a.op, arrivals: ${arrivals}}}`,
    services: '{a: {concurrency: 1, operations: {op: [{wait: 60s}]}}}',
    platform:
      '{preset: app-engine-standard, defaults: {class: B1, scale: {basic: {idleTimeout: 2m, max: 2}}, coldStart: 0s}}',
  });
  const crowd = result(world('{batch: {every: 10m, size: 3}}'));
  expect(metric(crowd, 'a', 'instances_max')).toBe(2);
  expect(metric(crowd, 'a', 'requests_completed')).toBe(15);
  // Two work for a minute and one of them a minute more, every 10 minutes; each goes two minutes later.
  expect(metric(crowd, 'a', 'instance_hours') * 60).toBeCloseTo(5 * (1 + 2 + (2 + 2)), 6);
  expect(quantity(crowd, 'gcp.gae.B1')).toBeGreaterThan(0);
});

test('App Engine: no more idle instances than maxIdle stay', () => {
  const world = (maxIdle: string): World => ({
    run: 'duration: 10m',
    traffic: '{all: {entry: a.op, arrivals: {batch: {every: 6m, size: 60}}}}',
    services: '{a: {concurrency: 10, operations: {op: [{wait: 30s}]}}}',
    platform: `{preset: app-engine-standard, defaults: {scale: {appEngine: {minIdle: 0${maxIdle}}}, coldStart: 0s}}`,
  });
  const last = (found: PlatformResult): number =>
    found
      .timeline!.series.find(({ scope, metric: name }) => scope === 'service' && name === 'instances_mean')!
      .values.at(-1) ?? Number.NaN;
  expect(last(result(world('')))).toBe(10);
  expect(last(result(world(', maxIdle: 3')))).toBe(3);
});

test.each([
  [
    '{preset: lambda, defaults: {memory: 100MB}}',
    'memory',
    /128MB and 129MB \(verified: AWS Lambda memory documentation/,
  ],
  ['{preset: lambda, defaults: {concurrency: 2}}', 'concurrency', /on lambda, 1, got 2/],
  ['{preset: lambda, nodes: {type: m6i.large, count: 2}}', 'nodes', /provider's/],
  ['{preset: lambda, services: {a: {reserved: 950}}}', 'reserved', /at least 100 must stay \(verified: course texts/],
  ['{preset: lambda, defaults: {reserved: 10, provisioned: 11}}', 'provisioned', /at most 10 may run/],
  ['{preset: cloud-run, defaults: {reserved: 10}}', 'reserved', /lambda only/],
  ['{preset: fargate, defaults: {reserved: 10}}', 'reserved', /lambda only/],
  ['{preset: cloud-run, defaults: {snapStart: true}}', 'snapStart', /not sold on cloud-run/],
  [
    '{preset: lambda, defaults: {snapStart: true}}',
    'snapStart',
    /for javascript on lambda; sold for java, python, dotnet/,
  ],
  [
    '{preset: cloud-run, defaults: {provisioned: {target: 70%, range: 5..50}}}',
    'provisioned',
    /cannot change by itself/,
  ],
  ['{preset: lambda, defaults: {provisioned: {target: 70%, range: 0..50}}}', 'range', /from 1 on/],
  ['{preset: lambda, defaults: {scale: {hpa: {cpu: 60%}}}}', 'hpa', /no scaler of lambda/],
  ['{preset: app-engine-standard, defaults: {class: B1}}', 'class', /no class of app-engine-standard with automatic/],
  ['{preset: app-engine-standard, defaults: {class: F1, scale: {manual: 2}}}', 'class', /with basic or manual scaling/],
  ['{preset: app-engine-standard, defaults: {scale: {basic: {}}}}', 'basic', /has no max/],
  [
    '{preset: app-engine-standard, defaults: {maxInstances: 2, scale: {appEngine: {minIdle: 3}}}}',
    'minIdle',
    /keeps 3 instances where at most 2 may run/,
  ],
  ['{preset: app-engine-standard, defaults: {scale: {manual: 2}, replicas: 0..5}}', 'replicas', /manual says how many/],
  ['{preset: cloud-functions, defaults: {requestTimeout: 10m}}', 'requestTimeout', /at most|longer than/],
  ['{preset: fargate, defaults: {cpu: 3}}', 'cpu', /2 vCPU and 4 vCPU/],
  ['{preset: fargate, defaults: {cpu: 0.25, memory: 3GB}}', 'memory', /1GB and 2GB \(verified/],
  ['{preset: cloud-run, defaults: {cpu: 0.5, concurrency: 10}}', 'concurrency', /of 0.5 vCPU takes at once.*RunConfig/],
  ['{preset: azure-functions, defaults: {provisioned: 2}}', 'provisioned', /not sold on azure-functions.*\(verified/],
  ['{preset: azure-functions, defaults: {maxInstances: 201}}', 'maxInstances', /200, got 201.*\(verified/],
  ['{preset: azure-functions-flex, defaults: {replicas: 0..1001}}', 'replicas', /at most 1000 \(verified/],
  ['{preset: azure-functions-premium, defaults: {replicas: 0..5}}', 'replicas', /at least 1 \(verified/],
  ['{preset: app-engine-flexible, defaults: {replicas: 0..5}}', 'replicas', /at least 1 \(verified/],
])('refused in words of its own: %s', (platform, key, words) => {
  const found = errors({ platform });
  expect(found).toHaveLength(1);
  expect(found[0]!.path).toContain(key);
  expect(`${found[0]!.message} ${found[0]!.hint}`).toMatch(words);
});

test('Lambda: of a snapshot no more disk is sold than is included', () => {
  const services = '{a: {language: java, operations: {op: [{wait: 1s}]}}}';
  const world = (disk: string): World => ({
    services,
    platform: `{preset: lambda, defaults: {snapStart: true, ephemeralStorage: ${disk}}}`,
  });
  expect(errors(world('512MB'))).toEqual([]);
  const [issue] = errors(world('513MB'));
  expect(issue?.message).toMatch(/beside snapStart: of a snapshot no more than 512MB of disk are sold/);
  expect(issue?.hint).toMatch(/leave one of the two out \(\w+: docs.aws.amazon.com/);
});
