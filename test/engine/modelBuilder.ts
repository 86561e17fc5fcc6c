/**
 * Small models by hand, for tests of the engine: every field has a plain default, a test says only what it is about.
 */
import { findBalancer, findNodeScore } from '../../src/balancing/registry.js';
import { startRun } from '../../src/engine/run.js';
import { makeRestart } from '../../src/healing/registry.js';
import type {
  BalancedModel,
  DatabaseModel,
  EnvironmentModel,
  Model,
  NodePoolModel,
  ServiceModel,
  StepModel,
  TrafficModel,
} from '../../src/model/contract.js';
import type { Observer, SpanFact, StateView, VisitorFact } from '../../src/observation/contract.js';
import type { DistributionSpec, Sampler } from '../../src/random/contract.js';
import { makeSampler } from '../../src/random/registry.js';
import { makeRollout } from '../../src/rollout/registry.js';
import type { ArrivalSpec } from '../../src/workload/arrivalSpec.js';
import { makeArrivals } from '../../src/workload/registry.js';

export const ms = 1000;
export const seconds = 1_000_000;

export function constant(value: number): Sampler {
  return makeSampler({ kind: 'constant', value });
}
export function exponential(mean: number): Sampler {
  return makeSampler({ kind: 'exponential', mean });
}
export function sampler(spec: DistributionSpec): Sampler {
  return makeSampler(spec);
}
export function cpu(work: Sampler): StepModel {
  return { kind: 'cpu', work };
}
export function wait(time: Sampler): StepModel {
  return { kind: 'wait', time };
}

export function source(spec: ArrivalSpec, parts: Partial<TrafficModel> = {}): TrafficModel {
  return {
    name: 'all',
    entries: [{ service: 0, operation: 0 }],
    arrivals: makeArrivals(spec, { load: 1, modulation: null }),
    timeout: null,
    retries: null,
    client: constant(0),
    isCounted: true,
    keys: null,
    ...parts,
  };
}

export function replicas(count: number, parts: Partial<BalancedModel> = {}): BalancedModel {
  const rollout = makeRollout('rolling', {});
  if (!rollout.ok) throw new Error(rollout.fault);
  return {
    kind: 'balanced',
    balancer: findBalancer('round-robin')!,
    initialCount: count,
    minCount: count,
    maxCount: count,
    scalers: [],
    wakesOnRequest: false,
    idleTimeoutUs: Number.POSITIVE_INFINITY,
    launchLimit: null,
    rollout: rollout.value,
    nodePools: [],
    ...parts,
  };
}

export function environments(parts: Partial<EnvironmentModel> = {}): EnvironmentModel {
  return {
    kind: 'environments',
    pick: 'most-recently-used',
    idleTimeout: constant(600 * seconds),
    provisionedCount: 0,
    minIdleCount: 0,
    maxCount: Number.POSITIVE_INFINITY,
    startsOnDemand: true,
    startLimit: null,
    overflowWaitUs: Number.POSITIVE_INFINITY,
    pending: null,
    scaler: null,
    ...parts,
  };
}

export function service(steps: readonly StepModel[], parts: Partial<ServiceModel> = {}): ServiceModel {
  const restart = makeRestart();
  if (!restart.ok) throw new Error(restart.fault);
  return {
    name: 'server',
    operations: [{ name: 'work', steps }],
    vCpu: 1,
    vCpuRequest: 1,
    memoryMb: 512,
    memoryRequestMb: 512,
    memoryUsedMb: 300,
    concurrency: Number.POSITIVE_INFINITY,
    queueLimit: Number.POSITIVE_INFINITY,
    poolSize: Number.POSITIVE_INFINITY,
    start: { whole: constant(0), placement: constant(0), pullUs: 0, runtime: constant(0), application: constant(0) },
    drain: { preStopUs: 0, graceUs: 30 * seconds, onTerm: 'stop-accepting' },
    restart: restart.value,
    discoveryDelay: constant(0),
    hopOut: constant(0),
    hopBack: constant(0),
    dispatch: replicas(1),
    requestTimeoutUs: Number.POSITIVE_INFINITY,
    sendRetryWaitsUs: [],
    neverCancels: false,
    zoneCount: 1,
    ...parts,
  };
}

export function database(parts: Partial<DatabaseModel> = {}): DatabaseModel {
  return {
    name: 'db',
    connections: Number.POSITIVE_INFINITY,
    rejectsOverflow: false,
    cores: Number.POSITIVE_INFINITY,
    ...parts,
  };
}

export function nodePool(parts: Partial<NodePoolModel> = {}): NodePoolModel {
  return {
    name: 'pool',
    vCpu: 2,
    memoryMb: 8192,
    initialCount: 1,
    minCount: 1,
    maxCount: 1,
    boot: constant(60 * seconds),
    autoscaler: null,
    score: findNodeScore('least-allocated')!,
    zoneCount: 1,
    lossNoticedUs: 40 * seconds,
    evictionUs: 300 * seconds,
    ...parts,
  };
}

export function model(parts: Partial<Model>): Model {
  return {
    platformName: 'bench',
    seed: '1',
    warmupUs: 0,
    durationUs: 100 * seconds,
    windowUs: 10 * seconds,
    traffic: [],
    services: [],
    databases: [],
    nodePools: [],
    faults: [],
    releases: [],
    accountConcurrency: Number.POSITIVE_INFINITY,
    eventLimit: 1e10,
    ...parts,
  };
}

/** Everything a run told, copied: small runs only. */
export interface Heard {
  readonly visitors: VisitorFact[];
  readonly spans: SpanFact[];
  readonly notes: string[];
  readonly phases: {
    readonly service: number;
    readonly instance: number;
    readonly node: number;
    readonly phase: string;
    readonly nowUs: number;
  }[];
  readonly warnings: readonly string[];
  readonly final: StateView;
}

export function runToEnd(world: Model, replicationIndex = 0): Heard {
  const visitors: VisitorFact[] = [];
  const spans: SpanFact[] = [];
  const notes: string[] = [];
  const phases: { service: number; instance: number; node: number; phase: string; nowUs: number }[] = [];
  let final: StateView | undefined;
  const observer: Observer = {
    visitorEnded: (fact) => void visitors.push({ ...fact }),
    spanEnded: (fact) => void spans.push({ ...fact }),
    noted: ({ nowUs, kind, detail }) => void notes.push(`${nowUs / seconds} ${kind} ${detail}`),
    instanceChanged: ({ service: at, instance, node, phase, nowUs }) =>
      void phases.push({ service: at, instance, node, phase, nowUs }),
    sampled: (state, moment) => {
      if (moment === 'run-ends') final = structuredClone(state);
    },
  };
  const run = startRun(world, { replicationIndex }, [observer]);
  run.advance();
  if (run.stopped) throw new Error(run.stopped.message);
  return { visitors, spans, notes, phases, warnings: run.warnings.map(({ code }) => code), final: final! };
}

export function meanMs(values: readonly { readonly beganUs: number; readonly endedUs: number }[]): number {
  return values.reduce((sum, { beganUs, endedUs }) => sum + endedUs - beganUs, 0) / values.length / ms;
}
