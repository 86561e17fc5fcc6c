/**
 * `fargate`: AWS Fargate behind an ECS service and a load balancer. Fixed combinations of CPU and memory, tasks that
 * take
 * the better part of a minute to start, charged from the image's download on.
 *
 * The start is measured whole: 53 to 62 s from creation to start for an image of 413 MB, ten tasks (source F5). It is
 * split
 * here at an assumed 20 MB/s of fetching and unpacking, 20.65 s for that image; what is left, 32 to 41 s, agrees with
 * the
 * provider's own "30-45 s or longer" (F7). After it the load balancer takes about 10 s to find the task healthy.
 */
import { figure, type Preset } from './contract.js';
import { always, percentiles } from './spans.js';
import {
  cancelsAsAsked,
  knownAfterOneSecond,
  noLimit,
  noRetries,
  oneReplica,
  threeZones,
  unlimitedConcurrency,
} from './unlimited.js';

export const fargate: Preset = {
  name: 'fargate',
  title: 'AWS Fargate',
  provider: 'aws',
  region: 'us-east-1',
  sizes: figure(
    {
      kind: 'grid',
      defaultVCpu: 0.25,
      defaultMemoryMb: 512,
      grids: [
        { vCpuMin: 0.25, vCpuMax: 0.25, vCpuStep: 1, memoryMinMb: 512, memoryMaxMb: 512, memoryStepMb: 512 },
        { vCpuMin: 0.25, vCpuMax: 0.25, vCpuStep: 1, memoryMinMb: 1024, memoryMaxMb: 2048, memoryStepMb: 1024 },
        { vCpuMin: 0.5, vCpuMax: 0.5, vCpuStep: 1, memoryMinMb: 1024, memoryMaxMb: 4096, memoryStepMb: 1024 },
        { vCpuMin: 1, vCpuMax: 1, vCpuStep: 1, memoryMinMb: 2048, memoryMaxMb: 8192, memoryStepMb: 1024 },
        { vCpuMin: 2, vCpuMax: 2, vCpuStep: 1, memoryMinMb: 4096, memoryMaxMb: 16384, memoryStepMb: 1024 },
        { vCpuMin: 4, vCpuMax: 4, vCpuStep: 1, memoryMinMb: 8192, memoryMaxMb: 30720, memoryStepMb: 1024 },
        { vCpuMin: 8, vCpuMax: 8, vCpuStep: 1, memoryMinMb: 16384, memoryMaxMb: 61440, memoryStepMb: 4096 },
        { vCpuMin: 16, vCpuMax: 16, vCpuStep: 1, memoryMinMb: 32768, memoryMaxMb: 122880, memoryStepMb: 8192 },
      ],
    },
    'F2',
    'verified',
  ),
  concurrency: unlimitedConcurrency,
  dispatch: {
    kind: 'balanced',
    balancer: 'round-robin',
    replicas: oneReplica,
    maxInstances: figure(5000, 'R', 'recalled', 'tasks of one service'),
    scaler: null,
    wakeOnRequest: figure(false, 'F8', 'verified', 'scaling on a metric never sees a request to nobody'),
    idleTimeoutMs: figure(900_000, 'F6', 'inferred', 'as long as the scale-in alarm watches'),
    launchLimit: figure({ burst: 100, perSecond: 20 }, 'F4', 'verified'),
    rolling: figure(
      { maxSurge: '100%', maxUnavailable: 0 },
      'F9',
      'recalled',
      'minimumHealthyPercent 100 and maximumPercent 200 of an ECS service',
    ),
  },
  start: {
    placement: figure(
      percentiles([
        [0, 32_350],
        [50, 35_350],
        [90, 40_450],
        [99, 41_250],
        [100, 41_350],
      ]),
      'F5',
      'measured',
      'the measured starts less 20.65 s of pulling',
    ),
    imageMbPerSecond: figure(20, 'F5', 'estimated', 'leaves 30 to 45 s for the rest, as F7 says'),
    table: null,
    runtime: figure(always(10_000), 'F5', 'verified', 'until the load balancer finds the task healthy'),
  },
  hopMs: null,
  discoveryDelayMs: knownAfterOneSecond,
  requestTimeoutMs: noLimit,
  sendRetryWaitsMs: noRetries,
  neverCancels: cancelsAsAsked,
  zones: threeZones,
  frontDoor: 'alb',
  nodes: null,
  charges: [
    {
      line: 'cpu',
      part: 'compute',
      bills: 'instances',
      idle: 'service',
      sku: 'aws.fargate.x86.vcpu',
      each: 'service',
      per: 'vcpu',
      meter: { kind: 'instance-time', watched: 'all', fromPhase: 'pulling', granularityMs: 1000, minimumMs: 60_000 },
      source: 'F3',
      status: 'verified',
      onlyArch: 'x86',
      note: 'the minimum of one minute is recalled',
    },
    {
      line: 'memory',
      part: 'compute',
      bills: 'instances',
      idle: 'service',
      sku: 'aws.fargate.x86.gb',
      each: 'service',
      per: 'memory-gb',
      meter: { kind: 'instance-time', watched: 'all', fromPhase: 'pulling', granularityMs: 1000, minimumMs: 60_000 },
      source: 'F3',
      status: 'verified',
      onlyArch: 'x86',
      note: 'the minimum of one minute is recalled',
    },
    {
      line: 'cpu',
      part: 'compute',
      bills: 'instances',
      idle: 'service',
      sku: 'aws.fargate.arm64.vcpu',
      each: 'service',
      per: 'vcpu',
      meter: { kind: 'instance-time', watched: 'all', fromPhase: 'pulling', granularityMs: 1000, minimumMs: 60_000 },
      source: 'F3',
      status: 'verified',
      onlyArch: 'arm64',
      note: 'the minimum of one minute is recalled',
    },
    {
      line: 'memory',
      part: 'compute',
      bills: 'instances',
      idle: 'service',
      sku: 'aws.fargate.arm64.gb',
      each: 'service',
      per: 'memory-gb',
      meter: { kind: 'instance-time', watched: 'all', fromPhase: 'pulling', granularityMs: 1000, minimumMs: 60_000 },
      source: 'F3',
      status: 'verified',
      onlyArch: 'arm64',
      note: 'the minimum of one minute is recalled',
    },
  ],
  sellsProvisioned: false,
  architectures: ['x86', 'arm64'],
  ownsServers: false,
  yours: ['runtime', 'scaling', 'replicas', 'health', 'balancing', 'roll-outs', 'zones'],
  theirs: ['servers', 'operating system'],
  claimedLevel: 1,
};
