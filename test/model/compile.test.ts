/** The compiler as a whole: defaults, mixed platforms, the rest of the month, names, order, issues told all at once. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compiled, compileText, issuesOf, oneService, onlyPlatform } from './scenarioText.js';

const flagship = readFileSync('scenarios/movie-booking/compare.yaml', 'utf8');

test('the flagship compiles for all eight platforms, in the order of the file, without warnings', () => {
  const { platforms, warnings } = compiled(flagship);
  expect(platforms.map(({ name }) => name)).toEqual([
    'data-center',
    'kubernetes',
    'app-engine',
    'fargate',
    'fargate-to-zero',
    'cloud-functions',
    'lambda',
    'azure-functions',
  ]);
  expect([...warnings, ...platforms.flatMap((platform) => platform.warnings)]).toEqual([]);
});

test('services, sources and databases stand in order of their names, titles in order of the file', () => {
  const { model, titles } = compiled(flagship).platforms[0]!;
  expect(model.services.map(({ name }) => name)).toEqual(['booking', 'customer', 'fare', 'movie', 'review']);
  expect(titles.services[0]).toEqual({ name: 'movie', title: 'MovieService' });
  expect(model.traffic.map(({ name }) => name)).toEqual(['book', 'browse', 'review']);
});

test('a platform is the same model wherever it stands in the file', () => {
  const one = 'x: {preset: eks}';
  const other = 'y: {preset: lambda}';
  const text = (first: string, second: string) =>
    oneService('{preset: fixed}').replace('p: {preset: fixed}', `${first}, ${second}`);
  const plain = (value: unknown) => JSON.stringify(value);
  const forth = compiled(text(one, other)).platforms;
  const back = compiled(text(other, one)).platforms;
  expect(plain(forth.map(({ model, billing, colourIndex }) => [model, billing, colourIndex]))).toBe(
    plain([...back].reverse().map(({ model, billing, colourIndex }) => [model, billing, colourIndex])),
  );
});

test('the language’s defaults: one replica, no scaler, hop 0.5 ms, 30 s of grace, no limits', () => {
  const { model } = onlyPlatform(oneService('{preset: kubernetes}'));
  const [service] = model.services;
  expect(service).toMatchObject({
    vCpu: 1,
    memoryMb: 512,
    memoryUsedMb: 0.6 * 512,
    concurrency: Infinity,
    queueLimit: Infinity,
    poolSize: Infinity,
    drain: { preStopUs: 0, graceUs: 30e6, onTerm: 'stop-accepting' },
    requestTimeoutUs: Infinity,
    dispatch: { initialCount: 1, minCount: 1, maxCount: 1, scalers: [], wakesOnRequest: false },
  });
  expect([service?.hopOut.mean, service?.hopBack.mean, service?.discoveryDelay.mean]).toEqual([500, 500, 1e6]);
  expect(model.traffic[0]).toMatchObject({ timeout: null, retries: null, isCounted: true });
  expect(model.traffic[0]?.client.mean).toBe(0);
});

test('a platform’s own words on the network win, then the scenario’s, then the preset’s', () => {
  const hop = (platform: string, rest: string) =>
    onlyPlatform(oneService(platform, '', rest)).model.services[0]!.hopOut.mean;
  expect(hop('{preset: lambda}', '')).toBe(5000);
  expect(hop('{preset: lambda}', 'network: {hop: 2ms}')).toBe(2000);
  expect(hop('{preset: lambda, network: {hop: 1ms}}', 'network: {hop: 2ms}')).toBe(1000);
});

test('functions: replicas a..b is provisioned a and at most b', () => {
  const { dispatch } = onlyPlatform(oneService('{preset: lambda, defaults: {replicas: 5..50}}')).model.services[0]!;
  expect(dispatch).toMatchObject({
    provisionedCount: 5,
    maxCount: 50,
    overflowWaitUs: 0,
    startLimit: { burst: 1000, perSecond: 100 },
  });
});

test('Lambda’s account bounds every service, and all of them together', () => {
  const [issue] = issuesOf(oneService('{preset: lambda, defaults: {maxInstances: 2000}}'));
  expect(issue?.message).toContain('more than the account runs at once, 1000');
  const { model } = onlyPlatform(
    oneService('{preset: lambda, account: {concurrency: 5000}, defaults: {maxInstances: 2000}}'),
  );
  expect(model.accountConcurrency).toBe(5000);
  expect(model.services[0]?.dispatch).toMatchObject({ maxCount: 2000 });
});

test('App Engine: its soft limit is concurrency x 60%, its requests pend 30 ms', () => {
  const { dispatch } = onlyPlatform(oneService('{preset: app-engine-standard}')).model.services[0]!;
  expect(dispatch).toMatchObject({
    startsOnDemand: false,
    maxCount: 20,
    pending: { softSlots: 6, targetCpu: 0.6, minPendingUs: 30_000, maxPendingUs: 30_000 },
  });
});

test('App Engine: what is written of its scaler wins, maxConcurrent over the need', () => {
  const scale = 'scale: {appEngine: {targetThroughput: 50%, maxConcurrent: 40, minPendingLatency: 1s, minIdle: 2}}';
  const { concurrency, dispatch } = onlyPlatform(
    oneService(`{preset: app-engine-standard, defaults: {${scale}}}`, 'concurrency: 80'),
  ).model.services[0]!;
  expect(concurrency).toBe(40);
  expect(dispatch).toMatchObject({ minIdleCount: 2, pending: { softSlots: 20, minPendingUs: 1e6, maxPendingUs: 1e6 } });
});

test('a range from 0 on a platform that no request wakes runs, with a warning', () => {
  const warnings = (defaults: string) =>
    onlyPlatform(oneService(`{preset: fargate, defaults: {replicas: 0..5, ${defaults}}}`)).warnings.map(
      ({ code }) => code,
    );
  expect(warnings('wakeOnRequest: false')).toContain('never-wakes');
  expect(warnings('wakeOnRequest: true')).toEqual([]);
});

test('a service may run on another preset: its own words hold, the platform’s sizes and scalers don’t', () => {
  const text = oneService(
    '{preset: fargate, defaults: {replicas: 2..4, memory: 1GB, scale: {targetTracking: {cpu: 60%}}}, ' +
      'services: {a: {preset: lambda}}}',
    'memory: 256MB',
  );
  const { model, levelFacts, billing } = onlyPlatform(text);
  expect(model.services[0]).toMatchObject({ memoryMb: 256, dispatch: { kind: 'environments', provisionedCount: 0 } });
  expect(levelFacts).toMatchObject({ claimed: 2, ownsServers: false });
  expect(billing.charges.map(({ sku }) => sku)).toContain('aws.lambda.request');
});

test('settings that say nothing on a kind of platform are refused at their place', () => {
  const codes = issuesOf(oneService('{preset: eks, defaults: {pick: newest, coldStart: 1s, provisioned: 3}}'));
  expect(codes.map(({ code, path }) => `${code} ${path}`)).toEqual([
    'conflict platforms.p.defaults.pick',
    'conflict platforms.p.defaults.coldStart',
    'conflict platforms.p.defaults.provisioned',
  ]);
});

test('mistakes on several platforms are told at once, in the order of the file', () => {
  const text = oneService('{preset: lamda}').replace(
    'p: {preset: lamda}',
    'p: {preset: lamda}, q: {preset: eks, region: mars}, r: {preset: openfaas}',
  );
  expect(issuesOf(text).map(({ code, path }) => `${code} ${path}`)).toEqual([
    'reference platforms.p.preset',
    'reference platforms.q.region',
    'reference platforms.r.preset',
  ]);
});

test('one mistake in defaults is one issue, however many services it concerns', () => {
  const text = `
traffic: {all: {entry: a.op, arrivals: {poisson: 1/s}}}
services: {a: {operations: {op: [{call: b.op}]}}, b: {operations: {op: [{cpu: 1ms}]}}}
platforms: {p: {preset: eks, defaults: {balancer: ramdom}}}
`;
  expect(issuesOf(text)).toHaveLength(1);
});

test('names that JavaScript knows are plain names', () => {
  const text = `
traffic: {constructor: {entry: __proto__.toString, arrivals: {poisson: 1/s}}}
services:
  __proto__: {operations: {toString: [{call: hasOwnProperty.valueOf}, {query: constructor}]}}
  hasOwnProperty: {operations: {valueOf: [{cpu: 1ms}]}}
databases: {constructor: {query: 1ms}}
platforms:
  toString: {preset: lambda, services: {__proto__: {memory: 1769MB}}}
  __proto__: {preset: eks}
`;
  const [lambda] = compiled(text).platforms;
  expect(lambda?.model.services.map(({ name, memoryMb }) => [name, memoryMb])).toEqual([
    ['__proto__', 1769],
    ['hasOwnProperty', 128],
  ]);
});

test('the rest of the month has its share of each source’s mean rate, no faults and no releases', () => {
  const text = oneService(
    '{preset: lambda}',
    '',
    'run: {duration: 1h, represents: 17h, rest: 15%}\nfaults: [{at: 5m, crash: a, instances: 1}]',
  );
  const { restModel, model, billing } = onlyPlatform(text);
  expect(model.faults).toHaveLength(1);
  expect(restModel?.faults).toEqual([]);
  const arrivals = restModel!.traffic[0]!.arrivals;
  expect('meanPerSecond' in arrivals && arrivals.meanPerSecond(0, 3.6e9)).toBeCloseTo(0.75, 12);
  expect(billing.month).toEqual({ monthH: '730', representsH: '17', restShare: '0.15' });
});

test('where nobody comes in the rest of the month, standing there still costs: it is run too', () => {
  const { restModel } = onlyPlatform(oneService('{preset: eks}', '', 'run: {duration: 1h, represents: 17h}'));
  const arrivals = restModel!.traffic[0]!.arrivals;
  expect('meanPerSecond' in arrivals && arrivals.meanPerSecond(0, 3.6e9)).toBe(0);
});

test('a run that stands for the whole month has no rest', () => {
  expect(onlyPlatform(oneService('{preset: eks}')).restModel).toBeNull();
});

test('a profile that happens once is no month', () => {
  const once = '[[0m, 1/s], [30m, 40/s]]';
  const warnings = (profile: string, run: string) =>
    compiled(
      oneService('{preset: fixed}', '', `run: {${run}}`).replace('{poisson: 5/s}', `{poisson: ${profile}}`),
    ).warnings.map(({ code }) => code);
  expect(warnings(`{profile: ${once}}`, 'duration: 1h')).toEqual(['not-periodic']);
  expect(warnings(`{profile: ${once}, period: 1h}`, 'duration: 1h')).toEqual([]);
  expect(warnings(`{profile: ${once}}`, 'duration: 1h, represents: 17h')).toEqual([]);
});

test('a scenario without platforms runs on one machine', () => {
  const text =
    'traffic: {all: {entry: a.op, arrivals: {poisson: 1/s}}}\nservices: {a: {operations: {op: [{cpu: 1ms}]}}}';
  expect(compiled(text).platforms.map(({ name, preset }) => [name, preset])).toEqual([['local', 'local']]);
});

test('a query without a time anywhere is refused where it stands', () => {
  const text = `
traffic: {all: {entry: a.op, arrivals: {poisson: 1/s}}}
services: {a: {operations: {op: [{query: db}]}}}
databases: {db: {connections: 5}}
platforms: {p: {preset: fixed}}
`;
  const [issue] = issuesOf(text);
  expect([issue?.code, issue?.at.line]).toEqual(['missing', 3]);
});

test('every value taken says where it is from', () => {
  const { inputs } = onlyPlatform(oneService('{preset: lambda, defaults: {memory: 1769MB}}', 'concurrency: 80'));
  const origin = (path: string) => inputs.find((input) => input.path === `platforms.p.services.a.${path}`);
  expect(origin('memory')).toMatchObject({ value: '1769', unit: 'MB', origin: 'test.yaml:5' });
  expect(origin('concurrency')).toMatchObject({
    value: '1',
    origin: expect.stringContaining('preset lambda (verified: docs.aws'),
  });
  expect(origin('pick')).toMatchObject({ value: 'most-recently-used', origin: 'default' });
});

test('a checked result carries every warning once', () => {
  const result = compileText(oneService('{preset: eks, nodes: {type: t3.large}}'));
  expect(result.ok && result.warnings.map(({ code }) => code)).toEqual(['burstable']);
});
