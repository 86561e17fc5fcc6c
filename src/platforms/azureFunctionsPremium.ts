/**
 * `azure-functions-premium`: Azure Functions, Elastic Premium. Instances that are always there, at least one, more as
 * the load asks for them and one prewarmed beside them, charged by the second for cores and memory; no charge per call.
 */
import { figure, type Preset } from './contract.js';
import { always, lognormal } from './spans.js';
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

export const azureFunctionsPremium: Preset = {
  name: 'azure-functions-premium',
  title: 'Azure Functions (Premium)',
  provider: 'azure',
  region: 'eastus',
  sizes: figure(
    {
      kind: 'list',
      cpuFollowsMemory: false,
      defaultName: 'EP1',
      sizes: [
        { name: 'EP1', vCpu: 1, memoryMb: 3584 },
        { name: 'EP2', vCpu: 2, memoryMb: 7168 },
        { name: 'EP3', vCpu: 4, memoryMb: 14_336 },
      ],
    },
    'Z3',
    'verified',
  ),
  concurrency: unlimitedConcurrency,
  dispatch: {
    kind: 'balanced',
    balancer: 'round-robin',
    replicas: oneReplica,
    maxInstances: figure(100, 'Z3', 'verified', 'Windows; Linux 20 to 40 by region'),
    scaler: figure(
      { kind: 'azurePremium', options: { cpu: 0.7, prewarmed: 1 } },
      'Z3',
      'inferred',
      'one prewarmed beside the active ones (verified), between the limits of `replicas`; the CPU share is inferred',
    ),
    wakeOnRequest: nobodyWakes,
    idleTimeoutMs: tenIdleMinutes,
    leastInstances: figure(1, 'Z3', 'verified', 'at least one instance is always there'),
    mostKept: figure(20, 'Z3', 'verified', 'always-ready instances of one app'),
    launchLimit: figure({ burst: 1, perSecond: 1 }, 'Z1', 'verified', 'at most one new instance a second'),
  },
  start: {
    placement: figure(always(0), 'M2', 'measured', 'within the client-observed figures'),
    imageMbPerSecond: figure(Number.POSITIVE_INFINITY, 'M2', 'measured', 'within the client-observed figures'),
    table: 'azure-functions-premium',
    runtime: figure(lognormal(170, 232.3), 'C2', 'measured', "C#'s, the only row: instances are pre-warmed"),
  },
  hopMs: figure(5, 'R', 'estimated', 'calling a function over HTTPS on a kept-alive connection, each way'),
  discoveryDelayMs: knownAfterOneSecond,
  requestTimeoutMs: figure(Number.POSITIVE_INFINITY, 'Z3', 'verified', 'unbounded; 60 min are guaranteed'),
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
      sku: 'az.fn.premium.vcpu',
      each: 'service',
      per: 'vcpu',
      meter: { kind: 'instance-time', watched: 'all', fromPhase: 'requested', granularityMs: 1000, minimumMs: 0 },
      source: 'Z3',
      status: 'verified',
    },
    {
      line: 'memory',
      part: 'compute',
      bills: 'instances',
      idle: 'service',
      sku: 'az.fn.premium.gb',
      each: 'service',
      per: 'memory-gb',
      meter: { kind: 'instance-time', watched: 'all', fromPhase: 'requested', granularityMs: 1000, minimumMs: 0 },
      source: 'Z3',
      status: 'verified',
    },
  ],
  sellsProvisioned: false,
  architectures: ['x86'],
  ownsServers: false,
  yours: ['replicas'],
  theirs: ['servers', 'operating system', 'runtime', 'scaling', 'health', 'balancing', 'roll-outs', 'zones'],
  claimedLevel: null,
  soldAsServerless: 'MicrosoftDocs/azure-docs articles/azure-functions/functions-overview: “a serverless solution”',
};
