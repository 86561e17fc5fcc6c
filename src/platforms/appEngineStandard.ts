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
      sizes: [
        { name: 'F1', vCpu: 600 / 2400, memoryMb: 384 },
        { name: 'F2', vCpu: 1200 / 2400, memoryMb: 768 },
        { name: 'F4', vCpu: 2400 / 2400, memoryMb: 1536 },
        { name: 'F4_1G', vCpu: 2400 / 2400, memoryMb: 3072 },
      ],
    },
    'G12',
    'verified',
    'MHz of each class over 2400',
  ),
  concurrency: {
    byDefault: figure(10, 'G5', 'verified', 'max_concurrent_requests'),
    limit: figure(1000, 'R', 'recalled', 'older text and Python 2: 80'),
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
};
