/** What each platform is charged for; quantities per second or piece follow from the sizes taken. */
import { expect, test } from 'vitest';
import { findPrice } from '../../src/billing/prices/registry.js';
import { issuesOf, oneService, onlyPlatform } from './scenarioText.js';

const chargesOn = (platform: string, service = '', rest = '') =>
  onlyPlatform(oneService(platform, service, rest)).billing.charges.map(
    ({ line, sku, unitsPer }) => `${line} ${sku} ${unitsPer}`,
  );

test('Lambda: requests and GB-seconds of the memory taken', () => {
  expect(chargesOn('{preset: lambda, defaults: {memory: 1769MB}}')).toEqual([
    'requests aws.lambda.request 1',
    'compute aws.lambda.x86.gbs 1.7275390625',
    'transfer aws.egress 1',
  ]);
});

test('Lambda on arm64 pays arm’s price; provisioned environments have lines of their own', () => {
  expect(chargesOn('{preset: lambda, defaults: {arch: arm64, memory: 1GB, provisioned: 5}}')).toEqual([
    'requests aws.lambda.request 1',
    'compute aws.lambda.arm.gbs 1',
    'compute aws.lambda.pc.duration.arm 1',
    'provisioned aws.lambda.pc.arm 5',
    'transfer aws.egress 1',
  ]);
});

test('INIT is billed and the 120 ms before it are not, unless coldStart says it all', () => {
  const unbilled = (defaults: string) => {
    const charge = onlyPlatform(oneService(`{preset: lambda, defaults: {${defaults}}}`)).billing.charges[1]!;
    return charge.meter.kind === 'invocation-time' && [charge.meter.billsStart, charge.meter.startUnbilledUs];
  };
  expect(unbilled('')).toEqual([true, 120_000]);
  expect(unbilled('coldStart: 200ms')).toEqual([true, 0]);
});

test('EKS: control plane, nodes, balancer hours and units', () => {
  expect(chargesOn('{preset: eks}')).toEqual([
    'control-plane-hours aws.eks.cluster 1',
    'node-hours aws.ec2.m6i.large 1',
    'load-balancer-hours aws.alb.hour 1',
    'load-balancer-units aws.alb.lcu 1',
    'transfer aws.egress 1',
  ]);
});

test('GKE and AKS stand behind their provider’s balancer: its hours, and what it carries', () => {
  const doors = (platform: string) =>
    onlyPlatform(oneService(platform)).billing.charges.flatMap(({ part, sku }) => (part === 'front-door' ? [sku] : []));
  expect(doors('{preset: gke}')).toEqual(['gcp.lb.rule', 'gcp.lb.data']);
  expect(doors('{preset: aks}')).toEqual(['az.lb.rule', 'az.lb.data']);
  expect(doors('{preset: cloud-run, frontDoor: google-lb}')).toEqual(['gcp.lb.rule', 'gcp.lb.data']);
  expect(doors('{preset: data-center, frontDoor: alb}')).toEqual(['aws.alb.hour', 'aws.alb.lcu']);
  expect(doors('{preset: data-center, services: {a: {preset: lambda}}, frontDoor: api-gateway-http}')).toEqual([
    'aws.apigw.http',
  ]);
});

test('Flex: executions on always-ready instances have no free grant, so they stand apart', () => {
  const { charges } = onlyPlatform(oneService('{preset: azure-functions-flex, defaults: {provisioned: 2}}')).billing;
  const requests = charges.filter(({ line }) => line === 'requests');
  expect(requests.map(({ sku, meter }) => [sku, meter])).toEqual([
    ['az.fn.flex.exec', { kind: 'invocations', service: 'a', watched: 'on-demand' }],
    ['az.fn.flex.ready.requests', { kind: 'invocations', service: 'a', watched: 'provisioned' }],
  ]);
  expect(findPrice('az.fn.flex.ready.requests', 'eastus')?.free).toBeNull();
});

test('Fargate: vCPU and GB of the task, a minute at least, from the pull on', () => {
  const { charges } = onlyPlatform(oneService('{preset: fargate}', 'cpu: 500m, memory: 256MB')).billing;
  expect(charges.slice(0, 2).map(({ sku, unitsPer }) => [sku, unitsPer])).toEqual([
    ['aws.fargate.x86.vcpu', '0.5'],
    ['aws.fargate.x86.gb', '1'],
  ]);
  expect(charges[0]?.meter).toMatchObject({ fromPhase: 'pulling', granularityMs: 1000, minimumMs: 60_000 });
});

test.each([
  ['cloud-run', 'gcp.egress'],
  ['gke', 'gcp.egress'],
  ['cloud-functions', 'gcp.gcf1.egress'],
  ['azure-functions', 'az.egress'],
  ['aks', 'az.egress'],
  ['fargate', 'aws.egress'],
])('%s: what goes out to visitors is billed as %s', (preset, sku) => {
  const { charges } = onlyPlatform(oneService(`{preset: ${preset}}`, 'cpu: 500m, memory: 256MB')).billing;
  expect(charges.filter(({ part }) => part === 'transfer')).toMatchObject([{ sku, meter: { kind: 'visits' } }]);
});

test('App Engine: instance-hours of the class taken, 15 minutes after the last request', () => {
  const { charges } = onlyPlatform(oneService('{preset: app-engine-standard}', 'cpu: 500m, memory: 256MB')).billing;
  expect(charges.map(({ sku }) => sku)).toEqual(['gcp.gae.F2', 'gcp.gae.egress']);
  expect(charges[0]).toMatchObject({ sku: 'gcp.gae.F2', unitsPer: '1', meter: { kind: 'tail-time', tailMs: 900_000 } });
});

test('Cloud Functions: GB-seconds and GHz-seconds in steps of 100 ms', () => {
  expect(chargesOn('{preset: cloud-functions, defaults: {memory: 256MB}}').slice(0, 3)).toEqual([
    'requests gcp.gcf1.invocation 1',
    'memory gcp.gcf1.gbs 0.25',
    'cpu gcp.gcf1.ghz 0.4',
  ]);
});

test('Azure Consumption: memory in use, 60% of what the service needs, to the next 128 MB', () => {
  // 153.6 -> 256 MB
  expect(chargesOn('{preset: azure-functions}', 'memory: 256MB')[1]).toBe('compute az.fn.cons.gbs 0.25');
  expect(chargesOn('{preset: azure-functions}')[1]).toBe('compute az.fn.cons.gbs 1'); // 921.6 -> 1024 MB
});

test('bare platforms bill nothing unless they are given a price', () => {
  expect(chargesOn('{preset: fixed}')).toEqual([]);
  expect(chargesOn('{preset: faas}')).toEqual([]);
  const { charges } = onlyPlatform(oneService('{preset: faas, prices: {faas.request: $0.0000002}}')).billing;
  expect(charges[0]).toMatchObject({ line: 'requests', ownPrice: { usd: '0.0000002', unit: 'request' } });
});

test('a database is billed as the scenario says, else named as not billed', () => {
  const text = (bill: string) => `
traffic: {all: {entry: a.op, arrivals: {poisson: 1/s}}}
services: {a: {operations: {op: [{query: db}]}}}
databases: {db: {query: 1ms${bill}}}
platforms: {p: {preset: fixed}}
`;
  expect(onlyPlatform(text('')).billing.notBilled).toContain('database db');
  const own = onlyPlatform(text(', bill: {price: $58/mo}')).billing.charges[0];
  expect(own).toMatchObject({
    part: 'database',
    line: 'database-hours',
    ownPrice: { usd: '58', unit: 'database-month' },
  });
  expect(onlyPlatform(text(', bill: aws.rds.t4g.small')).billing.charges[0]).toMatchObject({
    sku: 'aws.rds.t4g.small',
  });
  expect(issuesOf(text(', bill: aws.rds.t4g.smal'))[0]).toMatchObject({ code: 'reference', path: 'databases.db.bill' });
});

test('a queue is billed by the request, or by the hour where its price is for one; a wrong id is refused', () => {
  const text = (bill: string) => `
traffic: {all: {entry: a.op, arrivals: {poisson: 1/s}}}
services: {a: {operations: {op: [{send: {to: a.mail, via: mails}}], mail: []}}}
queues: {mails: {bill: ${bill}}}
platforms: {p: {preset: fixed}}
`;
  const chargeOf = (bill: string) => onlyPlatform(text(bill)).billing.charges.find(({ part }) => part === 'queue');
  // As the contract's own example writes it. $0.40 a million: infracost's golden bill of 2 million is $0.80.
  expect(chargeOf('aws.sqs')).toMatchObject({ sku: 'aws.sqs', line: 'requests', meter: { kind: 'queue-requests' } });
  expect(findPrice('aws.sqs', 'us-east-1')?.tiers[0]).toMatchObject({ usd: '0.0000004' });
  expect(chargeOf('{price: $10/mo}')).toMatchObject({ line: 'queue-hours' });
  expect(chargeOf('aws.rds.t4g.small')).toMatchObject({ line: 'queue-hours', meter: { kind: 'measured-time' } });
  expect(issuesOf(text('aws.sqss'))[0]).toMatchObject({ code: 'reference', path: 'queues.mails.bill' });
});

test('a region approximated from another carries its factor', () => {
  const { region, regionFactor } = onlyPlatform(
    oneService('{preset: eks, region: {like: us-east-1, factor: 1.12}}'),
  ).billing;
  expect([region, regionFactor]).toEqual(['us-east-1', '1.12']);
});

test.each([
  ['{preset: eks, region: eu-west-1}', 'reference', 'known: us-east-1'],
  ['{preset: fixed, region: us-east-1}', 'conflict', 'leave it out'],
  ['{preset: eks, prices: {aws.eks.clster: $0.2}}', 'reference', 'aws.eks.cluster'],
  ['{preset: eks, frontDoor: albx}', 'reference', 'did you mean "alb"?'],
  ['{preset: cloud-run, frontDoor: alb}', 'conflict', 'write google-lb, none'],
  ['{preset: azure-functions, frontDoor: api-gateway-http}', 'conflict', 'write none'],
  ['{preset: lambda, frontDoor: google-lb}', 'conflict', 'write alb, api-gateway-http, api-gateway-rest, none'],
  ['{preset: fargate, frontDoor: function-url}', 'conflict', 'write alb'],
] as const)('%s is refused: %s', (platform, code, hint) => {
  const [issue] = issuesOf(oneService(platform));
  expect(issue?.code).toBe(code);
  expect(issue?.hint).toContain(hint);
});

test('reads and writes of a database have a price each; what has none is said', () => {
  const text = (bill: string) => `
traffic: {all: {entry: a.op, arrivals: {poisson: 1/s}}}
services: {a: {operations: {op: [{query: db}, {query: {db: db, write: true}}]}}}
databases: {db: {query: 1ms, bill: ${bill}}}
platforms: {p: {preset: fixed}}
`;
  const { charges } = onlyPlatform(text('{perRead: aws.dynamodb.rru, perWrite: aws.dynamodb.wru}')).billing;
  expect(charges.map(({ sku, meter }) => [sku, meter])).toEqual([
    ['aws.dynamodb.rru', { kind: 'queries', database: 'db', access: 'read' }],
    ['aws.dynamodb.wru', { kind: 'queries', database: 'db', access: 'write' }],
  ]);
  const { billing } = onlyPlatform(text('{perRead: aws.dynamodb.rru}'));
  expect(billing.notBilled).toContain('queries of database db that write');
});

test('extras are lines of their own, for the amount and the time they are given', () => {
  const text = oneService('{preset: fixed, extras: [{line: on-call engineer, amount: $800/mo, bills: instances}]}');
  expect(onlyPlatform(text).billing.charges[0]).toMatchObject({
    line: 'on-call engineer',
    part: 'other',
    bills: 'instances',
    ownPrice: { usd: '800', unit: 'extra-month', baseUnitsPerUnit: '2628000' },
  });
});

test('a discount covers what its patterns fit, spot what is sold as spot', () => {
  const discounts = '[{off: 20%, covers: [aws.fargate.*], commit: $0.60/h}, {spot: 70%}]';
  expect(onlyPlatform(oneService(`{preset: fargate, discounts: ${discounts}}`)).billing.discounts).toEqual([
    {
      off: '0.2',
      charges: [0, 1],
      commitment: { usd: '0.6', unit: 'commitment-hour', baseUnitsPerUnit: '3600' },
      title: '20% off aws.fargate.*, for a commitment of $0.60 per hour',
    },
    {
      off: '0.7',
      charges: [0, 1],
      commitment: null,
      title: 'spot capacity at 70% off; that it may be taken back is not simulated',
    },
  ]);
});

test.each([
  ['{preset: fargate, discounts: [{off: 20%, covers: [aws.fargte.*]}]}', 'reference', 'aws.fargate'],
  ['{preset: lambda, discounts: [{spot: 70%}]}', 'conflict', 'leave it out'],
] as const)('%s is refused: %s', (platform, code, hint) => {
  const [issue] = issuesOf(oneService(platform));
  expect(issue?.code).toBe(code);
  expect(issue?.hint).toContain(hint);
});
