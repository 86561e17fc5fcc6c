/**
 * From an oracle to a scenario: its parameters and the words of its mapping, put together in the scenario language.
 * What comes out is what a user would write; the product parses, compiles and runs it.
 *
 * Here are the sections that every oracle has: traffic, platform, network, how long. What the services do is
 * `shapes.ts`; how visitors arrive is `arrivals.ts`. Nothing in these files knows a single case.
 */
import { arrivalsOf } from './arrivals.js';
import { exponential, lawOf, seconds } from './dist.js';
import type { Oracle } from './oracle.js';
import { type Shape, shapeOf } from './shapes.js';

export interface World {
  /** The scenario, without `seed` and `run`. */
  readonly sections: Readonly<Record<string, unknown>>;
  /** The services a case's lists are about, in the order of the case. */
  readonly stations: readonly string[];
  readonly sendsMessages: boolean;
  /** The first tenth is deleted. Else the run is watched from clock 0. */
  readonly hasWarmup: boolean;
  /** Length of one replication for a number of requests, the deleted tenth included. */
  horizonS(requestCount: number): number;
  /** How many runs one replication consists of, for a number of requests: more where the beginning alone is watched. */
  runCount(requestCount: number): number;
  /** So long a run goes on after its end is no longer watched, that whoever began can end. */
  readonly tailS: number;
  /** Where a run is watched closely. */
  readonly moments: Moments;
}

export interface Moments {
  /** The number inside is wanted then. */
  readonly atS: readonly number[];
  /** Arrivals are wanted between these. */
  readonly boundsS: readonly number[];
  /** Arrivals are wanted in windows of this length; 0: they are not. */
  readonly windowS: number;
  /** The waits of the first so many spans are wanted one by one. */
  readonly waitCount: number;
}

/** @throws Error when a parameter is missing or not as it should be */
export function worldOf(oracle: Oracle): World {
  const { parameters } = oracle;
  const shape = shapeOf(oracle);
  const arrivals = arrivalsOf(oracle, shape.workS);
  const patience = patienceOf(oracle);
  const retries = shape.retries ? { retries: shape.retries } : {};
  const key = keyOf(oracle);
  const source = (service: string, own: unknown): object => ({
    entry: `${service}.work`,
    arrivals: own,
    ...patience,
    ...retries,
    ...key,
  });
  const atS = numbersOr(oracle, 'at_s');
  const given = parameters.number('horizon_s', null) ?? atS.at(-1) ?? arrivals.horizonS ?? renewalsS(oracle);
  const visitorsPerS = shape.entries.reduce((sum, { share }) => sum + share, 0) * arrivals.perS;
  const startS = parameters.number('cold_start_s', 0) + parameters.number('cold_start_mean_s', 0);
  return {
    sections: {
      traffic: Object.fromEntries(
        shape.entries.map(({ service, share }) => [`to-${service}`, source(service, arrivals.write(share))]),
      ),
      services: shape.services,
      network: { hop: '0ms', client: '0ms' },
      platforms: { bench: platformOf(oracle, shape) },
      ...faultsOf(oracle),
      ...releasesOf(oracle),
    },
    stations: shape.stations,
    sendsMessages: shape.sendsMessages === true,
    hasWarmup: atS.length === 0 && arrivals.horizonS === null && parameters.raw('maxSurge') === undefined,
    horizonS: (requestCount) => given ?? requestCount / visitorsPerS,
    runCount: (requestCount) =>
      atS.length > 0 && given !== null ? Math.max(1, Math.floor(requestCount / (visitorsPerS * given))) : 1,
    tailS: 40 * (shape.workS + startS) + 1,
    moments: {
      atS,
      boundsS: arrivals.boundsS,
      windowS: arrivals.countWindowS,
      waitCount: 1 + Math.max(-1, ...nthOf(oracle)),
    },
  };
}

/** Whose waits are wanted one by one, counted from 0; cases give them beside the waits. */
export function nthOf({ expected: { nth } }: Oracle): readonly number[] {
  return Array.isArray(nth) ? nth.filter((one) => typeof one === 'number') : [];
}

function numbersOr({ parameters }: Oracle, name: string): readonly number[] {
  return parameters.raw(name) === undefined ? [] : parameters.numbers(name);
}

/** A visitor's timeout: on the whole answer or while he queues, with or without an end to the work behind it. */
function patienceOf({ parameters, words }: Oracle): object {
  const meanS = parameters.number('timeout_mean_s', null);
  const constantS = parameters.number('timeout_s', null);
  const after = meanS === null ? (constantS === null ? null : seconds(constantS)) : exponential(meanS);
  if (after === null) return {};
  const isWhileQueued = /\bqueued\b/i.test(words);
  const cancels = /\bcancel/i.test(words) && !/\b(no|not) cancel/i.test(words);
  return { timeout: { after, while: isWhileQueued ? 'queued' : 'anywhere', cancels } };
}

function keyOf({ parameters }: Oracle): object {
  const customers = parameters.number('keys', null);
  return customers === null ? {} : { key: { customers, zipf: parameters.number('exponent') } };
}

/** Short names of the rules by which a platform picks an idle environment. */
const pickNames: ReadonlyMap<string, string> = new Map([
  ['mru', 'most-recently-used'],
  ['lru', 'least-recently-used'],
]);

function platformOf({ parameters, words }: Oracle, shape: Shape): object {
  const wordAfter = (name: string, values: string): string | undefined =>
    new RegExp(`\\b${name}:? (${values})\\b`, 'i').exec(words)?.[1];
  const startsByRequest = parameters.raw('idle_timeout_s') !== undefined || shape.prices !== undefined;
  const preset = wordAfter('preset', '[a-z-]+') ?? (startsByRequest ? 'faas' : 'fixed');
  const coldStartMeanS = parameters.number('cold_start_mean_s', null);
  const coldStartS = parameters.number('cold_start_s', null);
  const idleTimeoutS = parameters.number('idle_timeout_s', null);
  const pick = parameters.text('pick', null) ?? wordAfter('pick', '[a-z]+(?:-[a-z]+)+|newest|oldest|random') ?? null;
  const mttrS = parameters.number('mttr_s', null);
  const maxInstances = wordAfter('maxInstances', '\\d+');
  const provisioned = parameters.number('provisioned', null) ?? wordAfter('provisioned', '\\d+');
  const overflow = wordAfter('overflow', 'reject|wait');
  const balancer = wordAfter('balancer', '[a-z]+(?:-[a-z]+)*');
  const replicas = parameters.number('instances', null) ?? parameters.number('replicas', null);
  return {
    preset,
    ...(shape.prices && { prices: shape.prices, account: { freeTier: 'none' } }),
    defaults: {
      ...(preset !== 'faas' && { replicas: replicas ?? 1 }),
      ...(preset === 'faas' && shape.isUnlimited && { concurrency: manyRequests }),
      ...(balancer && { balancer }),
      ...(coldStartMeanS !== null && { coldStart: exponential(coldStartMeanS) }),
      ...(coldStartS !== null && { coldStart: seconds(coldStartS) }),
      ...(idleTimeoutS !== null && { idleTimeout: seconds(idleTimeoutS) }),
      ...(pick !== null && { pick: pickNames.get(pick) ?? pick }),
      ...(maxInstances && { maxInstances: Number(maxInstances) }),
      ...(provisioned && { provisioned: Number(provisioned) }),
      ...(overflow && { overflow }),
      ...(mttrS !== null && { restart: { after: lawOf(parameters.raw('repair_law'), mttrS) } }),
      ...rolloutOf(parameters.raw('maxSurge'), parameters.raw('maxUnavailable')),
      ...healthOf({ parameters }),
    },
  };
}

/** As good as no limit where the platform's own is 1. */
const manyRequests = 1_000_000;

function rolloutOf(maxSurge: unknown, maxUnavailable: unknown): object {
  if (maxSurge === undefined && maxUnavailable === undefined) return {};
  return { rollout: { rolling: { maxSurge: maxSurge ?? 0, maxUnavailable: maxUnavailable ?? 0 } }, drain: '0s' };
}

function releasesOf({ parameters }: Oracle): object {
  if (parameters.raw('maxSurge') === undefined && parameters.raw('maxUnavailable') === undefined) return {};
  return { releases: [{ at: seconds(releaseAtS), service: 'server', version: 'v2' }] };
}

/** When a release begins: some time after the beginning, that what stood before is seen. */
const releaseAtS = 10;

/** Probes, with what it is to find below `faults`. */
function healthOf({ parameters }: Pick<Oracle, 'parameters'>): object {
  const everyS = parameters.number('period_s', null);
  if (everyS === null) return {};
  const probe = {
    every: seconds(everyS),
    timeout: seconds(parameters.number('timeout_s')),
    failures: parameters.number('failures'),
  };
  // Each repair takes its own time, so that the next fault finds the probe at any phase of its period.
  return { health: { readiness: probe, liveness: probe }, restart: { after: { uniform: ['0s', seconds(everyS)] } } };
}

function faultsOf(oracle: Oracle): object {
  const { parameters } = oracle;
  const mtbfS = parameters.number('mtbf_s', null);
  if (mtbfS !== null) return { faults: [{ crash: '*', mtbf: lawOf(parameters.raw('failure_law'), mtbfS) }] };
  const periodS = parameters.number('period_s', null);
  if (periodS === null) return {};
  const what = parameters.flag('hang', false) ? 'hang' : 'crash';
  return {
    faults: Array.from({ length: faultCount }, (_, index) => ({
      at: seconds(faultAtS(index, periodS)),
      [what]: 'server',
      instances: 1,
      ...(what === 'hang' && { for: seconds(faultGapPeriods * 0.8 * periodS) }),
    })),
  };
}

/** Faults of one replication, far apart, at moments that have nothing to do with the probe's. */
const faultCount = 150;
const faultGapPeriods = 60;
const goldenShare = (Math.sqrt(5) - 1) / 2;

function faultAtS(index: number, periodS: number): number {
  return Number(((faultGapPeriods * (index + 1) + ((index * goldenShare) % 1)) * periodS).toFixed(6));
}

/** Where failures, releases or faults set the length: long enough to see so many of them as the case wants. */
function renewalsS({ parameters, note, replicationCount }: Oracle): number | null {
  const mtbfS = parameters.number('mtbf_s', null);
  if (mtbfS !== null) {
    const wanted = Number((/([\d,]+) failures/.exec(note)?.[1] ?? '20,000').replaceAll(',', ''));
    const cycleS = mtbfS + parameters.number('mttr_s', 0);
    return ((wanted / replicationCount) * cycleS) / parameters.number('instances', 1);
  }
  const startS = parameters.number('startup_to_ready_s', null);
  if (startS !== null) return releaseAtS + (parameters.number('replicas') + 2) * (startS + 60);
  const periodS = parameters.number('period_s', null);
  return periodS === null ? null : faultGapPeriods * (faultCount + 1) * periodS;
}
