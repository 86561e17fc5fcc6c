/**
 * What every Kubernetes preset shares: pods behind kube-proxy, the cluster autoscaler, the time a pod takes to start.
 * The presets beside it add whose nodes they are, what the system keeps of them, and the control plane's price.
 */
import { figure, type NodeReserve, topics } from './contract.js';
import { always, between } from './spans.js';
import {
  anySize,
  cancelsAsAsked,
  knownAfterOneSecond,
  nobodyWakes,
  noLimit,
  noRetries,
  oneReplica,
  unlimitedConcurrency,
} from './unlimited.js';

/** Cores kept by managed Kubernetes: 6 % of the first, 1 % of the second, 0.5 % of the next two, 0.25 % of the rest. */
export const managedCpuShares: NodeReserve['cpuShares'] = [
  [1, 0.06],
  [1, 0.01],
  [2, 0.005],
  [Number.POSITIVE_INFINITY, 0.0025],
];

/** A managed node group adds and removes machines as the cluster autoscaler asks. */
export const clusterAutoscaler = {
  boot: figure(between(90_000, 180_000), 'K2', 'recalled', 'group-based; public claims, low trust'),
  scanMs: figure(10_000, 'K1', 'verified'),
  unneededMs: figure(600_000, 'K1', 'verified'),
  delayAfterAddMs: figure(600_000, 'K1', 'verified'),
  threshold: figure(0.5, 'K1', 'verified'),
} as const;

export const threeNodes = figure(3, 'D', 'verified');

export const kubernetesShared = {
  sizes: anySize,
  concurrency: unlimitedConcurrency,
  dispatch: {
    kind: 'balanced',
    balancer: 'random',
    replicas: oneReplica,
    maxInstances: noLimit,
    scaler: null,
    wakeOnRequest: nobodyWakes,
    idleTimeoutMs: figure(300_000, 'R', 'estimated', "the cool-down of KEDA's HTTP add-on"),
    launchLimit: null,
  },
  start: {
    placement: figure(always(2000), 'R', 'recalled', 'a pod whose image is cached'),
    imageMbPerSecond: figure(30, 'R', 'estimated', 'a pull of a typical image takes 5 to 30 s'),
    table: null,
    runtime: figure(always(0), 'R', 'recalled', 'within the 2 s'),
  },
  hopMs: null,
  discoveryDelayMs: knownAfterOneSecond,
  requestTimeoutMs: noLimit,
  sendRetryWaitsMs: noRetries,
  neverCancels: cancelsAsAsked,
  sellsProvisioned: false,
  architectures: ['x86'],
  ownsServers: true,
  yours: topics,
  theirs: [],
  claimedLevel: null,
  soldAsServerless: null,
} as const;
