/**
 * `faas`: a bare pay-per-invocation platform, without any provider's limits: one environment per request, kept for ten
 * minutes. For theory and for comparing with other simulators. No bill unless the scenario names a price
 * (`prices: {faas.request: $0.0000002, faas.gbs: $0.0000166667}`).
 */
import { figure, type Preset } from './contract.js';
import {
  anySize,
  cancelsAsAsked,
  knownAtOnce,
  noLimit,
  noRetries,
  oneZone,
  startsAtOnce,
  tenIdleMinutes,
} from './unlimited.js';

const onlyWhenPriced = 'only where the scenario gives a price for it';

export const faas: Preset = {
  name: 'faas',
  title: 'Bare functions',
  provider: 'own',
  region: null,
  sizes: anySize,
  concurrency: { byDefault: figure(1, 'D', 'verified'), limit: noLimit },
  dispatch: {
    kind: 'environments',
    maxInstances: noLimit,
    provisioned: figure(0, 'D', 'verified'),
    idleTimeoutMs: tenIdleMinutes,
    measuredIdle: null,
    startsOnDemand: true,
    startLimit: null,
    overflowWaitMs: noLimit,
    scaler: null,
    accountConcurrency: null,
  },
  start: startsAtOnce,
  hopMs: null,
  discoveryDelayMs: knownAtOnce,
  requestTimeoutMs: noLimit,
  sendRetryWaitsMs: noRetries,
  neverCancels: cancelsAsAsked,
  zones: oneZone,
  frontDoor: 'none',
  nodes: null,
  charges: [
    {
      line: 'requests',
      part: 'compute',
      bills: 'invocations',
      idle: 'none',
      sku: 'faas.request',
      each: 'service',
      per: 'one',
      meter: { kind: 'invocations', watched: 'all' },
      source: 'D',
      status: 'verified',
      note: onlyWhenPriced,
    },
    {
      line: 'compute',
      part: 'compute',
      bills: 'invocations',
      idle: 'none',
      sku: 'faas.gbs',
      each: 'service',
      per: 'memory-gb',
      meter: { kind: 'invocation-time', watched: 'all', billsStart: true, granularityMs: 1, minimumMs: 0 },
      source: 'D',
      status: 'verified',
      note: onlyWhenPriced,
    },
  ],
  sellsProvisioned: true,
  architectures: ['x86'],
  ownsServers: false,
  yours: [],
  theirs: [
    'servers',
    'operating system',
    'runtime',
    'scaling',
    'replicas',
    'health',
    'balancing',
    'roll-outs',
    'zones',
  ],
  claimedLevel: null,
  soldAsServerless: null,
};
