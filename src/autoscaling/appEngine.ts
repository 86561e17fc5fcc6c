/**
 * App Engine's automatic scaling, the half that starts instances: while requests wait in the pending queue, one
 * instance per `maxConcurrent x targetThroughput` of them is on its way. Which request goes where, how long one may
 * pend and when an idle instance stops is the engine's (the pending queue and the idle timeout); this scaler never
 * asks for fewer.
 */
import type { MadeScaler, Scaler, ScalerFamily } from './contract.js';
import { wholeUp } from './wholeUp.js';

export const appEngine: ScalerFamily = {
  kind: 'appEngine',
  options: {
    targetCpu: 'share',
    targetThroughput: 'share',
    minPendingLatency: 'duration',
    maxPendingLatency: 'duration',
    minIdle: 'count',
    maxIdle: 'count',
    maxConcurrent: 'count',
  },
  make(options): MadeScaler {
    const throughput = (options['targetThroughput'] as number | undefined) ?? 0.6;
    const maxConcurrent = (options['maxConcurrent'] as number | undefined) ?? 10;
    const targetCpu = (options['targetCpu'] as number | undefined) ?? 0.6;
    // The ranges of app.yaml's reference.
    if (throughput < 0.5 || throughput > 0.95)
      return { ok: false, option: 'targetThroughput', fault: 'a share from 50% to 95% is needed' };
    if (targetCpu < 0.5 || targetCpu > 0.95)
      return { ok: false, option: 'targetCpu', fault: 'a share from 50% to 95% is needed' };
    if (maxConcurrent < 1) return { ok: false, option: 'maxConcurrent', fault: '1 or more is needed' };
    const { minPendingLatency = 0, maxPendingLatency = Number.POSITIVE_INFINITY } = options;
    if ((minPendingLatency as number) > (maxPendingLatency as number))
      return { ok: false, option: 'minPendingLatency', fault: 'must not be above maxPendingLatency' };
    return { ok: true, value: bound(maxConcurrent * throughput) };
  },
};

/** `slotsPerInstance`: how many requests an instance is meant to hold, > 0, not always whole. */
function bound(slotsPerInstance: number): Scaler<null> {
  return {
    kind: 'appEngine',
    source: 'cloud.google.com/appengine/docs/standard/reference/app-yaml, automatic_scaling; how instances are managed',
    everyUs: 100_000,
    offsetUs: 0,
    decidesOnWait: true,
    windowsUs: [],
    start: null,
    decide({ readyCount, startingCount, waitingCount, minCount, maxCount }) {
      const neededCount = wholeUp(waitingCount / slotsPerInstance);
      const bounded = (count: number) => Math.min(maxCount, Math.max(minCount, count));
      const wantedCount = bounded(readyCount + Math.max(startingCount, neededCount));
      const because = neededCount > startingCount ? 'pending requests' : 'follows load';
      return { wantedCount, because, memory: null };
    },
    explain({ readyCount, startingCount, waitingCount }) {
      const neededCount = wholeUp(waitingCount / slotsPerInstance);
      return {
        observed: `${waitingCount} pending, ${readyCount} ready, ${startingCount} starting`,
        formula: `${readyCount} + max(${startingCount}, ceil(${waitingCount} / ${slotsPerInstance}))`,
        askedCount: readyCount + Math.max(startingCount, neededCount),
      };
    },
  };
}
