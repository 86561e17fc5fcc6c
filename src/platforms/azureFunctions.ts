/**
 * `azure-functions`: Azure Functions on the Consumption plan. One size of instance that works on many requests, at
 * most one
 * new instance a second for an app (a service here), charged per call and for the memory really used.
 */
import { figure, type Preset, topics } from './contract.js';
import { always, lognormal } from './spans.js';
import { cancelsAsAsked, knownAtOnce, noLimit, noRetries, threeZones } from './unlimited.js';

export const azureFunctions: Preset = {
  name: 'azure-functions',
  title: 'Azure Functions (Consumption)',
  provider: 'azure',
  region: 'eastus',
  sizes: figure(
    {
      kind: 'list',
      cpuFollowsMemory: true,
      defaultName: '1536MB',
      sizes: [{ name: '1536MB', vCpu: 1, memoryMb: 1536 }],
    },
    'Z1',
    'verified',
  ),
  concurrency: { byDefault: figure(100, 'Z9', 'verified', 'host.json maxConcurrentRequests'), limit: noLimit },
  dispatch: {
    kind: 'environments',
    maxInstances: figure(200, 'Z5', 'verified', 'Windows; Linux 100'),
    mostInstances: figure(200, 'Z5', 'verified', 'Windows; Linux 100'),
    provisioned: figure(0, 'Z6', 'verified', 'always ready instances are for the Flex and Premium plans'),
    idleTimeoutMs: figure(1_200_000, 'M1', 'measured', 'mostly 20 to 30 min (2021-01); undocumented'),
    measuredIdle: 'azure-functions-consumption',
    startsOnDemand: false,
    startLimit: null,
    overflowWaitMs: noLimit,
    scaler: figure(
      { kind: 'azureFunctions', options: { cpu: 0.7, every: 1_000_000 } },
      'Z1',
      'inferred',
      'one more a second at most (verified); the CPU share is inferred',
    ),
    accountConcurrency: null,
  },
  start: {
    placement: figure(always(0), 'M2', 'measured', 'within the client-observed figures'),
    imageMbPerSecond: figure(Number.POSITIVE_INFINITY, 'M2', 'measured', 'within the client-observed figures'),
    table: 'azure-functions-consumption',
    runtime: figure(lognormal(1591.1, 16_261), 'C2', 'measured', "javascript's median and p99"),
  },
  hopMs: figure(5, 'R', 'estimated', 'calling a function over HTTPS on a kept-alive connection, each way'),
  discoveryDelayMs: knownAtOnce,
  requestTimeoutMs: figure(600_000, 'Z5', 'verified'),
  sendRetryWaitsMs: noRetries,
  neverCancels: cancelsAsAsked,
  zones: threeZones,
  frontDoor: 'none',
  nodes: null,
  charges: [
    {
      line: 'requests',
      part: 'compute',
      bills: 'invocations',
      idle: 'none',
      sku: 'az.fn.cons.exec',
      each: 'service',
      per: 'one',
      meter: { kind: 'invocations', watched: 'all' },
      source: 'Z4',
      status: 'verified',
    },
    {
      line: 'compute',
      part: 'compute',
      bills: 'invocations',
      idle: 'none',
      sku: 'az.fn.cons.gbs',
      each: 'service',
      per: 'observed-memory-gb',
      meter: { kind: 'invocation-time', watched: 'all', billsStart: false, granularityMs: 1, minimumMs: 100 },
      source: 'Z7',
      status: 'verified',
      note: 'memory in use, up to the next 128 MB, from 128 to 1536 MB',
    },
  ],
  sellsProvisioned: false,
  architectures: ['x86'],
  ownsServers: false,
  yours: [],
  theirs: topics,
  claimedLevel: 2,
  soldAsServerless: 'MicrosoftDocs/azure-docs articles/azure-functions/functions-overview: “a serverless solution”',
};
