/**
 * `app-engine-standard`: Google App Engine, standard environment with automatic scaling. Classes F1 to F4_1G, its own
 * scaler by concurrency, CPU and pending latency, charged by the instance-hour with 15 idle minutes after the last
 * request.
 */
import { figure, type Preset, topics } from './contract.js';
import { always, lognormal } from './spans.js';
import { cancelsAsAsked, knownAtOnce, noLimit, noRetries, threeZones } from './unlimited.js';

export const appEngineStandard: Preset = {
  name: 'app-engine-standard',
  title: 'Google App Engine (standard)',
  provider: 'gcp',
  region: 'us-central1',
  sizes: figure(
    {
      kind: 'list',
      cpuFollowsMemory: false,
      defaultName: 'F1',
      defaultByHand: 'B2',
      sizes: [
        { name: 'F1', vCpu: 600 / 2400, memoryMb: 384, scaling: 'automatic' },
        { name: 'F2', vCpu: 1200 / 2400, memoryMb: 768, scaling: 'automatic' },
        { name: 'F4', vCpu: 2400 / 2400, memoryMb: 1536, scaling: 'automatic' },
        { name: 'F4_1G', vCpu: 2400 / 2400, memoryMb: 3072, scaling: 'automatic' },
        { name: 'B1', vCpu: 600 / 2400, memoryMb: 384, scaling: 'by-hand' },
        { name: 'B2', vCpu: 1200 / 2400, memoryMb: 768, scaling: 'by-hand' },
        { name: 'B4', vCpu: 2400 / 2400, memoryMb: 1536, scaling: 'by-hand' },
        { name: 'B4_1G', vCpu: 2400 / 2400, memoryMb: 3072, scaling: 'by-hand' },
        { name: 'B8', vCpu: 4800 / 2400, memoryMb: 3072, scaling: 'by-hand' },
      ],
    },
    'G18',
    'verified',
    'MHz of each class over 2400; F with automatic scaling, B with basic and manual',
  ),
  concurrency: {
    byDefault: figure(10, 'G5', 'verified', 'max_concurrent_requests'),
    limit: figure(1000, 'G19', 'verified', 'older text and Python 2: 80'),
  },
  dispatch: {
    kind: 'environments',
    maxInstances: figure(20, 'G7', 'verified', 'projects made after March 2025; before: no limit'),
    provisioned: figure(0, 'R', 'recalled'),
    idleTimeoutMs: figure(900_000, 'R', 'recalled', 'up to; may be earlier'),
    measuredIdle: null,
    startsOnDemand: false,
    startLimit: null,
    overflowWaitMs: noLimit,
    scaler: figure(
      {
        kind: 'appEngine',
        options: {
          targetCpu: 0.6,
          targetThroughput: 0.6,
          minPendingLatency: 30_000,
          maxPendingLatency: 30_000,
          minIdle: 0,
        },
      },
      'G5',
      'verified',
      'min pending latency and min idle are recalled; max pending latency from one secondary source',
    ),
    accountConcurrency: null,
    byHand: {
      idleTimeoutMs: figure(300_000, 'G24', 'verified', "basic scaling's default"),
      requestTimeoutMs: figure(86_400_000, 'G7', 'verified', 'basic and manual scaling'),
    },
  },
  start: {
    placement: figure(always(0), 'G5', 'estimated', 'within the figures for the runtimes'),
    imageMbPerSecond: figure(Number.POSITIVE_INFINITY, 'G5', 'estimated', 'within the figures for the runtimes'),
    table: 'google-app-engine-standard',
    runtime: figure(lognormal(1000, 3000), 'G5', 'estimated', 'between go (under 1 s) and java (1 to 3 s)'),
  },
  hopMs: null,
  discoveryDelayMs: knownAtOnce,
  requestTimeoutMs: figure(600_000, 'G7', 'verified', 'automatic scaling'),
  sendRetryWaitsMs: noRetries,
  neverCancels: cancelsAsAsked,
  zones: threeZones,
  frontDoor: 'none',
  nodes: null,
  charges: [
    {
      line: 'instance-hours',
      part: 'compute',
      bills: 'instances',
      idle: 'service',
      sku: 'gcp.gae.',
      each: 'service',
      per: 'one',
      meter: { kind: 'tail-time', tailMs: 900_000 },
      source: 'G6',
      status: 'verified',
      skuEndsInSize: true,
      note: '15 minutes after the last request; a shorter gap is charged once, as the gap',
    },
  ],
  sellsProvisioned: true,
  architectures: ['x86'],
  ownsServers: false,
  yours: [],
  theirs: topics,
  claimedLevel: 1,
  soldAsServerless: 'cloud.google.com/appengine/docs: “a fully managed, serverless platform”',
};
