/**
 * A small hand-made model, for tests that run the engine without a scenario: one service of one instance, one source.
 */

import { findBalancer } from '../../src/balancing/registry.js';
import type { BillingPlan } from '../../src/billing/contract.js';
import { makeRestart } from '../../src/healing/registry.js';
import type { Model, ServiceModel, StepModel } from '../../src/model/contract.js';
import type { DistributionSpec, Sampler } from '../../src/random/contract.js';
import { makeSampler } from '../../src/random/registry.js';
import { makeRollout } from '../../src/rollout/registry.js';
import { makeArrivals } from '../../src/workload/registry.js';

const always = (valueUs: number): Sampler => makeSampler({ kind: 'constant', value: valueUs });
const restart = made(makeRestart());
const rollout = made(makeRollout('recreate'));
const balancer = findBalancer('round-robin');
if (!balancer) throw new Error('round-robin is not registered');

function made<T>(one: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: string }): T {
  if (one.ok) return one.value;
  throw new Error(one.fault);
}

interface SmallWords {
  readonly work: DistributionSpec;
  readonly ratePerSecond: number;
  readonly warmupS: number;
  readonly durationS: number;
  readonly steps?: readonly StepModel[];
  readonly service?: Partial<ServiceModel>;
}

/** One FIFO server (concurrency 1 on one vCPU) under Poisson arrivals, no hops. */
export function smallModel({ work, ratePerSecond, warmupS, durationS, steps, service }: SmallWords): Model {
  return {
    platformName: 'bench',
    seed: '1',
    warmupUs: warmupS * 1e6,
    durationUs: durationS * 1e6,
    windowUs: 10e6,
    traffic: [
      {
        name: 'visitors',
        entries: [{ service: 0, operation: 0 }],
        arrivals: makeArrivals({ kind: 'poisson', ratePerSecond }, { load: 1, modulation: null }),
        timeout: null,
        retries: null,
        client: always(0),
        isCounted: true,
        keys: null,
      },
    ],
    services: [
      {
        name: 'server',
        operations: [{ name: 'work', steps: steps ?? [{ kind: 'cpu', work: makeSampler(work) }] }],
        vCpu: 1,
        vCpuRequest: 1,
        memoryMb: 512,
        memoryRequestMb: 512,
        memoryUsedMb: 300,
        concurrency: 1,
        queueLimit: Number.POSITIVE_INFINITY,
        poolSize: Number.POSITIVE_INFINITY,
        start: { whole: always(0), placement: always(0), pullUs: 0, runtime: always(0), application: always(0) },
        drain: { preStopUs: 0, graceUs: 30e6, onTerm: 'stop-accepting' },
        restart,
        discoveryDelay: always(0),
        hopOut: always(0),
        hopBack: always(0),
        dispatch: {
          kind: 'balanced',
          balancer: balancer!,
          initialCount: 1,
          minCount: 1,
          maxCount: 1,
          scalers: [],
          wakesOnRequest: false,
          idleTimeoutUs: Number.POSITIVE_INFINITY,
          launchLimit: null,
          rollout,
          nodePools: [],
        },
        requestTimeoutUs: Number.POSITIVE_INFINITY,
        sendRetryWaitsUs: [],
        neverCancels: false,
        zoneCount: 1,
        ...service,
      },
    ],
    databases: [],
    nodePools: [],
    faults: [],
    releases: [],
    accountConcurrency: Number.POSITIVE_INFINITY,
    eventLimit: 1e9,
  };
}

/** $1 an hour for the instance, in a month of 730 h like the measured time. */
export const smallPlan: BillingPlan = {
  provider: 'bench',
  region: '',
  regionFactor: '1',
  charges: [
    {
      meter: {
        kind: 'instance-time',
        service: 'server',
        watched: 'all',
        fromPhase: 'requested',
        granularityMs: 1,
        minimumMs: 0,
      },
      unitsPer: '1',
      sku: '',
      ownPrice: { usd: '1', unit: 'instance-hour', baseUnitsPerUnit: '3600' },
      part: 'compute',
      line: 'instance-hours',
      bills: 'instances',
      service: 'server',
      idle: 'service',
    },
  ],
  freeTier: 'full',
  priceOverrides: [],
  month: { monthH: '730', representsH: '730', restShare: '0' },
  notBilled: [],
};
