/** Drafts: what manifests, traces and logs say must stand in the scenario, and the scenario must be right. */
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { accessLog } from '../../src/scenario/drafts/accessLog.js';
import { compose } from '../../src/scenario/drafts/compose.js';
import type { Draft, DraftSource } from '../../src/scenario/drafts/contract.js';
import { kubernetes } from '../../src/scenario/drafts/kubernetes.js';
import { cpuOf, dockerSeconds, memoryOf } from '../../src/scenario/drafts/parts.js';
import { draftSources } from '../../src/scenario/drafts/registry.js';
import { sam } from '../../src/scenario/drafts/sam.js';
import { traces } from '../../src/scenario/drafts/traces.js';
import { writeDraft } from '../../src/scenario/drafts/writeDraft.js';
import { parseScenario } from '../../src/scenario/parse.js';

function drafted(source: DraftSource, text: string, name = 'given'): Draft {
  const made = source.read([{ name, text }]);
  if (!made.ok) throw new Error(made.fault);
  return made.draft;
}

/** The draft as plain data, after its text has been found right. */
function written(draft: Draft): ReturnType<typeof parse> {
  const text = writeDraft(draft, 'a test');
  const checked = parseScenario(text, 'draft.yaml');
  expect(checked.ok ? [] : checked.issues).toEqual([]);
  return parse(text);
}

const manifests = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: front}
spec:
  replicas: 3
  minReadySeconds: 5
  strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}
  template:
    spec:
      terminationGracePeriodSeconds: 45
      containers:
        - name: front
          env: [{name: STOCK_URL, value: "http://stock:8080/api"}]
          resources: {requests: {cpu: 250m, memory: 256Mi}, limits: {cpu: "1", memory: 512Mi}}
          lifecycle: {preStop: {exec: {command: ["/bin/sh", "-c", "sleep 5"]}}}
          readinessProbe: {periodSeconds: 5, timeoutSeconds: 1, failureThreshold: 2}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: stock}
spec: {replicas: 2, template: {spec: {containers: [{name: stock}]}}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: front}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: front}
  minReplicas: 2
  maxReplicas: 10
  metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}]
  behavior: {scaleDown: {stabilizationWindowSeconds: 60}}
`;

test('Kubernetes: sizes, calls by environment, scaler, probe, roll-out and drain are those of the manifests', () => {
  const draft = drafted(kubernetes, manifests);
  const { services, platforms } = written(draft);
  expect(services.front).toEqual({
    cpu: { request: '250m', limit: '1' },
    memory: { request: '256MB', limit: '512MB' },
    operations: { handle: [{ cpu: '5ms' }, { call: 'stock.handle' }] },
  });
  expect(platforms.kubernetes.services.front).toEqual({
    replicas: '2..10',
    scale: { hpa: { cpu: '50%', scaleDown: { stabilizationWindowSeconds: 60 } } },
    health: { readiness: { every: '5s', timeout: '1s', failures: 2 } },
    rollout: { rolling: { maxSurge: 1, maxUnavailable: 0, minReady: '5s' } },
    drain: { preStop: '5s', grace: '45s' },
  });
  expect(platforms.kubernetes.services.stock.replicas).toBe(2);
  expect(draft.unknown.join()).toContain('the CPU that stock asks for: it has no request');
});

test('Compose: databases by their image, calls by what is depended on, health checks as readiness', () => {
  const draft = drafted(
    compose,
    `services:
  web:
    image: shop/web
    ports: ["80:80"]
    depends_on: [stock]
    healthcheck: {test: curl localhost, interval: 1m30s, timeout: 5s, retries: 2, start_period: 10s}
  stock:
    image: shop/stock
    depends_on: {db: {condition: service_healthy}}
    deploy: {replicas: 2, resources: {limits: {cpus: "0.5", memory: 512M}}}
  db: {image: "postgres:16"}
`,
  );
  const { traffic, services, databases, platforms } = written(draft);
  expect(traffic.visitors.entry).toBe('web.handle');
  expect(services.web.operations.handle).toEqual([{ cpu: '5ms' }, { call: 'stock.handle' }]);
  // Docker's 512M is 512 MiB, which is what MB means in `memory`.
  expect(services.stock).toMatchObject({
    cpu: '0.5',
    memory: '512MB',
    operations: { handle: [{ cpu: '5ms' }, { query: 'db' }] },
  });
  expect(Object.keys(databases)).toEqual(['db']);
  expect(platforms.local.services.web.health.readiness).toEqual({
    initialDelay: '10s',
    every: '90s',
    timeout: '5s',
    failures: 2,
  });
});

test('SAM: sizes, runtimes, limits; an HTTP event is a source, a schedule a constant one', () => {
  const draft = drafted(
    sam,
    `Transform: AWS::Serverless-2016-10-31
Globals: {Function: {Runtime: python3.12, Timeout: 10}}
Resources:
  Book:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.book
      MemorySize: 1769
      Architectures: [arm64]
      ReservedConcurrentExecutions: 50
      Role: !GetAtt Role.Arn
      Events:
        Api: {Type: HttpApi, Properties: {Path: /book, Method: post}}
        Tick: {Type: Schedule, Properties: {Schedule: rate(5 minutes)}}
`,
  );
  const { traffic, services, platforms } = written(draft);
  expect(traffic['book-tick']).toEqual({ entry: 'book.handle', arrivals: { constant: '288/day' } });
  expect(traffic['book-api'].arrivals).toEqual({ poisson: '10/s' });
  expect(services.book.language).toBe('python');
  expect(platforms.lambda).toMatchObject({
    frontDoor: 'api-gateway-http',
    services: { book: { memory: '1769MB', requestTimeout: '10s', reserved: 50, arch: 'arm64' } },
  });
});

/** Two visits of a front that asks two others at once, one of which asks a database; times in microseconds. */
function span(id: string, parent: string, service: string, name: string, start: number, end: number, database = '') {
  const nanoseconds = (us: number): string => `${1_700_000_000_000_000 + us}000`;
  return {
    resource: { attributes: [{ key: 'service.name', value: { stringValue: service } }] },
    scopeSpans: [
      {
        spans: [
          {
            traceId: 't',
            spanId: id,
            parentSpanId: parent,
            name,
            startTimeUnixNano: nanoseconds(start),
            endTimeUnixNano: nanoseconds(end),
            attributes: database === '' ? [] : [{ key: 'db.system', value: { stringValue: database } }],
          },
        ],
      },
    ],
  };
}

test('OpenTelemetry: own time is what no call covers; what overlaps runs at once; a share is a chance', () => {
  const resourceSpans = [
    span('a', '', 'front', 'GET /', 0, 100_000),
    span('a1', 'a', 'stock', 'check', 10_000, 60_000),
    span('a2', 'a', 'price', 'quote', 20_000, 70_000),
    span('a3', 'a1', 'stock', 'select', 20_000, 30_000, 'postgresql'),
    span('b', '', 'front', 'GET /', 10_000_000, 10_100_000),
    span('b1', 'b', 'stock', 'check', 10_010_000, 10_060_000),
    span('b2', 'b', 'price', 'quote', 10_020_000, 10_070_000),
  ];
  const { traffic, services, databases } = written(drafted(traces, JSON.stringify({ resourceSpans })));
  // 100 ms, of which 10 to 70 ms are covered by calls.
  expect(services.front.operations.get).toEqual([
    { wait: '40000us' },
    { parallel: [{ call: 'stock.check' }, { call: 'price.quote' }] },
  ]);
  expect(services.stock.operations.check[1]).toEqual({ choose: [{ chance: '50%', do: [{ query: 'postgresql' }] }] });
  expect(databases.postgresql).toEqual({ query: '10000us' });
  // Two visits; the last span begins 10.02 s after the first.
  expect(traffic['front-get']).toEqual({ entry: 'front.get', arrivals: { poisson: '0.1996/s' } });
});

test('Jaeger: the same spans in its form give the same calls', () => {
  const one = (spanID: string, parent: string, processID: string, startTime: number, duration: number) => ({
    spanID,
    operationName: 'work',
    processID,
    startTime,
    duration,
    references: parent === '' ? [] : [{ refType: 'CHILD_OF', spanID: parent }],
  });
  const data = [
    {
      traceID: 't',
      processes: { p1: { serviceName: 'front' }, p2: { serviceName: 'back' } },
      spans: [one('a', '', 'p1', 0, 50_000), one('b', 'a', 'p2', 10_000, 10_000), one('c', 'a', 'p2', 30_000, 10_000)],
    },
  ];
  const { services } = written(drafted(traces, JSON.stringify({ data })));
  expect(services.front.operations.work).toEqual([
    { wait: '30000us' },
    { repeat: { times: 2, do: [{ call: 'back.work' }] } },
  ]);
});

test('a log: methods and first parts of paths become entries, the most frequent first', () => {
  const line = (request: string, bytes: number): string =>
    `1.2.3.4 - - [10/Oct/2025:13:55:36 +0000] "${request} HTTP/1.1" 200 ${bytes} "-" "x"`;
  const text = [line('GET /films/1', 100), line('GET /films/2', 300), line('POST /book', 200)].join('\n');
  const { sections } = drafted(accessLog, text, 'logs/access.log');
  expect(sections['traffic']).toMatchObject({
    log: {
      entry: { 'GET /films*': 'web.get-films', 'POST /book*': 'web.post-book', else: 'web.rest' },
      arrivals: { trace: { file: 'access.log', format: 'access-log' } },
      bytes: { out: '200B' },
    },
  });
});

test('quantities of other systems keep their size', () => {
  expect([memoryOf('512Mi'), memoryOf('1Gi'), memoryOf('1G'), memoryOf('134217728'), memoryOf('many')]).toEqual([
    '512MB',
    '1024MB',
    '953.674MB',
    '128MB',
    undefined,
  ]);
  expect([cpuOf('250m'), cpuOf(2), cpuOf('0'), cpuOf('half')]).toEqual(['250m', '2', undefined, undefined]);
  expect([dockerSeconds('1m30s'), dockerSeconds('500ms'), dockerSeconds('soon')]).toEqual(['90s', '0.5s', undefined]);
});

test('what is no such source is a sentence, never an exception', () => {
  for (const source of draftSources)
    for (const text of ['', '{}', '[]', 'a: [', 'null', '\u0000', '{"data": [{"spans": [null]}]}'])
      expect([true, false], `${source.kind} ${text}`).toContain(source.read([{ name: 'x', text }]).ok);
  for (const source of draftSources) expect(source.read([]).ok).toBe(false);
});
