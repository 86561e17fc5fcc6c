/**
 * Arrivals for experiments of our own: evenly spaced for the serverless level, memoryless at a given rate for the curve
 * of cost against traffic. Its own file because the scenario's arrivals are the scenario's, and these replace them.
 * They keep the contract of an arrival process: whole microseconds, never going back, Infinity when nobody comes.
 */
import type { Model, TrafficModel } from '../model/contract.js';
import { makeSampler } from '../random/registry.js';

type Arrivals = Extract<TrafficModel['arrivals'], { start: unknown }>;
type Process = ReturnType<Arrivals['start']>;

/** One visitor every `gapUs` from `gapUs` on, `count` of them. */
export function everyArrivals(gapUs: number, count: number): Arrivals {
  return {
    kind: 'constant',
    isStationary: true,
    meanPerSecond: () => 1e6 / gapUs,
    start: () => {
      let arrived = 0;
      return process(() => (arrived < count ? ++arrived * gapUs : Number.POSITIVE_INFINITY));
    },
  };
}

/** A Poisson process of one rate, per second, > 0. */
export function evenArrivals(ratePerSecond: number): Arrivals {
  const meanGapUs = 1e6 / ratePerSecond;
  return {
    kind: 'poisson',
    isStationary: true,
    meanPerSecond: () => ratePerSecond,
    start: (draws) => {
      let atUs = 0; // Not rounded: gaps rounded one by one would change the rate.
      return process(() => {
        atUs += -Math.log(1 - draws.uniform()) * meanGapUs;
        return Math.round(atUs);
      });
    },
  };
}

/** A source that visits one service's only operation, without hops, time-outs or retries. */
export function probeSource(name: string, service: number, arrivals: Arrivals): TrafficModel {
  return {
    name,
    entries: [{ service, operation: 0 }],
    arrivals,
    timeout: null,
    retries: null,
    client: makeSampler({ kind: 'constant', value: 0 }),
    isCounted: true,
    keys: null,
  };
}

/** The model with each service's operations replaced by one that waits `waitUs`, on the same instances. */
export function withProbeWork(model: Model, waitUs: number): Model {
  const time = makeSampler({ kind: 'constant', value: waitUs });
  const operations = [{ name: 'probe', steps: [{ kind: 'wait' as const, time }] }];
  return { ...model, services: model.services.map((service) => ({ ...service, operations })) };
}

function process(nextUs: () => number): Process {
  return { nextUs, entryIndex: 0, traceWaitUs: 0 };
}
