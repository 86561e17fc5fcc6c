/**
 * `fixed`: N bare instances that are simply there. For theory: nothing starts, nothing scales, nothing is billed unless
 * the scenario names a price (`prices: {fixed.instance: $0.05}`, an hour of one instance).
 */
import type { Preset } from './contract.js';
import {
  anySize,
  cancelsAsAsked,
  knownAtOnce,
  nobodyWakes,
  noLimit,
  noRetries,
  oneReplica,
  oneZone,
  startsAtOnce,
  tenIdleMinutes,
  unlimitedConcurrency,
} from './unlimited.js';

export const fixed: Preset = {
  name: 'fixed',
  title: 'Bare instances',
  provider: 'own',
  region: null,
  sizes: anySize,
  concurrency: unlimitedConcurrency,
  dispatch: {
    kind: 'balanced',
    balancer: 'round-robin',
    replicas: oneReplica,
    maxInstances: noLimit,
    scaler: null,
    wakeOnRequest: nobodyWakes,
    idleTimeoutMs: tenIdleMinutes,
    launchLimit: null,
  },
  start: startsAtOnce,
  hopMs: null,
  discoveryDelayMs: knownAtOnce,
  requestTimeoutMs: noLimit,
  isSupervised: false,
  sendRetryWaitsMs: noRetries,
  neverCancels: cancelsAsAsked,
  zones: oneZone,
  frontDoor: 'none',
  nodes: null,
  charges: [
    {
      line: 'instance-hours',
      part: 'compute',
      bills: 'instances',
      idle: 'service',
      sku: 'fixed.instance',
      each: 'service',
      per: 'one',
      meter: { kind: 'instance-time', watched: 'all', fromPhase: 'requested', granularityMs: 1, minimumMs: 0 },
      source: 'D',
      status: 'verified',
      note: 'only where the scenario gives a price for it',
    },
  ],
  sellsProvisioned: false,
  architectures: ['x86'],
  ownsServers: true,
  yours: ['servers', 'operating system', 'runtime', 'scaling', 'replicas', 'health', 'balancing', 'roll-outs', 'zones'],
  theirs: [],
  claimedLevel: null,
  soldAsServerless: null,
};
