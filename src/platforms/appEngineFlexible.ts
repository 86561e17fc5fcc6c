/**
 * `app-engine-flexible`: Google App Engine, flexible environment. Virtual machines that the provider runs, never
 * fewer than
 * one, minutes to start.
 */
import { figure, type Preset } from './contract.js';
import { always, between } from './spans.js';
import {
  cancelsAsAsked,
  knownAfterOneSecond,
  nobodyWakes,
  noRetries,
  oneReplica,
  tenIdleMinutes,
  threeZones,
  unlimitedConcurrency,
} from './unlimited.js';

export const appEngineFlexible: Preset = {
  name: 'app-engine-flexible',
  title: 'Google App Engine (flexible)',
  provider: 'gcp',
  region: 'us-central1',
  sizes: figure(
    {
      kind: 'grid',
      defaultVCpu: 1,
      defaultMemoryMb: 614,
      grids: [
        { vCpuMin: 1, vCpuMax: 1, vCpuStep: 1, memoryMinMb: 512, memoryMaxMb: 6246, memoryStepMb: 1 },
        { vCpuMin: 2, vCpuMax: 2, vCpuStep: 1, memoryMinMb: 1434, memoryMaxMb: 12_902, memoryStepMb: 1 },
        { vCpuMin: 4, vCpuMax: 4, vCpuStep: 1, memoryMinMb: 3277, memoryMaxMb: 26_214, memoryStepMb: 1 },
        { vCpuMin: 8, vCpuMax: 8, vCpuStep: 1, memoryMinMb: 6964, memoryMaxMb: 52_838, memoryStepMb: 1 },
        { vCpuMin: 16, vCpuMax: 16, vCpuStep: 1, memoryMinMb: 14_336, memoryMaxMb: 106_086, memoryStepMb: 1 },
      ],
    },
    'R',
    'recalled',
    'per core 0.9 to 6.5 GB, less 0.4 GB that the platform keeps',
  ),
  concurrency: unlimitedConcurrency,
  dispatch: {
    kind: 'balanced',
    balancer: 'round-robin',
    replicas: oneReplica,
    maxInstances: figure(20, 'G17', 'verified', 'the default of automatic scaling'),
    scaler: figure(
      {
        kind: 'targetTracking',
        options: { cpu: 0.5, scaleInCooldown: 120_000_000, scaleOutCooldown: 120_000_000 },
      },
      'G17',
      'inferred',
      'cool-down 120 s by default (verified), CPU 50 % as in its example; between the limits of `replicas`',
    ),
    wakeOnRequest: nobodyWakes,
    idleTimeoutMs: tenIdleMinutes,
    leastInstances: figure(1, 'G8', 'verified', 'never below one instance'),
    launchLimit: null,
    scalesByHand: true, // manual_scaling: instances, cloud.google.com/appengine/docs/flexible/reference/app-yaml
  },
  start: {
    placement: figure(between(60_000, 120_000), 'G13', 'verified', 'a new instance typically takes 60 to 120 s'),
    imageMbPerSecond: figure(Number.POSITIVE_INFINITY, 'G13', 'verified', 'within the 60 to 120 s'),
    table: null,
    runtime: figure(always(0), 'G13', 'verified', 'within the 60 to 120 s'),
  },
  hopMs: null,
  discoveryDelayMs: knownAfterOneSecond,
  requestTimeoutMs: figure(3_600_000, 'G8', 'verified'),
  sendRetryWaitsMs: noRetries,
  neverCancels: cancelsAsAsked,
  zones: threeZones,
  frontDoor: 'none',
  nodes: null,
  charges: [
    {
      line: 'cpu',
      part: 'compute',
      bills: 'instances',
      idle: 'service',
      sku: 'gcp.gaeflex.vcpu',
      each: 'service',
      per: 'vcpu',
      meter: { kind: 'instance-time', watched: 'all', fromPhase: 'requested', granularityMs: 1000, minimumMs: 60_000 },
      source: 'G25',
      status: 'inferred',
    },
    {
      line: 'memory',
      part: 'compute',
      bills: 'instances',
      idle: 'service',
      sku: 'gcp.gaeflex.gb',
      each: 'service',
      per: 'memory-gb',
      meter: { kind: 'instance-time', watched: 'all', fromPhase: 'requested', granularityMs: 1000, minimumMs: 60_000 },
      source: 'G25',
      status: 'inferred',
    },
  ],
  sellsProvisioned: false,
  architectures: ['x86'],
  ownsServers: false,
  yours: ['runtime', 'scaling', 'replicas', 'health'],
  theirs: ['servers', 'operating system', 'balancing', 'roll-outs', 'zones'],
  claimedLevel: 1,
  soldAsServerless: 'cloud.google.com/appengine/docs: “a fully managed, serverless platform”',
};
