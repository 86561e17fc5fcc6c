/** Views of a service for the scalers' tests: plain ones to change a field of, and any number of random ones. */
import type { InstanceSignal, ScalerView } from '../../src/autoscaling/contract.js';
import type { Draws } from '../../src/random/draws.js';

/** A warm, ready instance that uses `cpuUsedMilli` of the whole vCPU it requests. */
export function instanceUsing(cpuUsedMilli: number | null, changes: Partial<InstanceSignal> = {}): InstanceSignal {
  return {
    phase: 'running',
    isDeleted: false,
    isReady: true,
    startedAtUs: 0,
    readyChangedAtUs: 1_000_000,
    cpuRequestMilli: 1000,
    cpuUsedMilli,
    memoryRequestMb: 512,
    memoryUsedMb: 256,
    sampledAtUs: 3_600_000_000,
    sampleWindowUs: 15_000_000,
    requestsPerSecond: 10,
    concurrencyMean: 2,
    ...changes,
  };
}

/** An hour into a run, with as many instances as `changes.instances`, two without. */
export function viewOf(changes: Partial<ScalerView> = {}): ScalerView {
  const instances = changes.instances ?? [instanceUsing(500), instanceUsing(500)];
  return {
    nowUs: 3_605_000_000,
    currentCount: instances.length,
    readyCount: instances.length,
    startingCount: 0,
    minCount: 1,
    maxCount: 100,
    cpuShareByMinute: [],
    requestsPerInstanceByMinute: [],
    concurrencyMeans: [0, 0],
    requestRateMeans: [0, 0],
    busyMeans: [0, 0],
    waitingCount: 0,
    oldestWaitUs: 0,
    cpuShareShort: null,
    queuedCount: 0,
    receivedCount: 0,
    oldestMessageUs: 0,
    ...changes,
    instances,
  };
}

/** A view with nothing in it: no instance, no request, no history. */
export const emptyView = viewOf({ instances: [], minCount: 0 });

/** Any view there might be at `nowUs`, with the limits given. */
export function randomView(draws: Draws, nowUs: number, limits: { minCount: number; maxCount: number }): ScalerView {
  const whole = (below: number) => Math.floor(draws.uniform() * below);
  const maybe = <T>(value: T): T | null => (draws.uniform() < 0.2 ? null : value);
  const phases = ['running', 'running', 'running', 'pending', 'failed'] as const;
  const instances = Array.from({ length: whole(12) }, () =>
    instanceUsing(maybe(whole(2500)), {
      phase: phases[whole(phases.length)]!,
      isDeleted: draws.uniform() < 0.1,
      isReady: draws.uniform() < 0.8,
      startedAtUs: Math.max(0, nowUs - whole(600_000_000)),
      readyChangedAtUs: Math.max(0, nowUs - whole(300_000_000)),
      memoryUsedMb: maybe(whole(1024)),
      sampledAtUs: Math.max(0, nowUs - 5_000_000),
      requestsPerSecond: draws.uniform() * 100,
      concurrencyMean: draws.uniform() * 50,
    }),
  );
  const minutes = () => Array.from({ length: whole(20) }, () => maybe(draws.uniform() * 2));
  const readyCount = instances.filter(({ isReady }) => isReady).length;
  return viewOf({
    ...limits,
    nowUs,
    instances,
    currentCount: limits.minCount + whole(limits.maxCount - limits.minCount + 1),
    readyCount,
    startingCount: Math.min(whole(4), Math.max(0, limits.maxCount - readyCount)),
    cpuShareByMinute: minutes(),
    requestsPerInstanceByMinute: minutes(),
    concurrencyMeans: [draws.uniform() * 500, draws.uniform() * 500],
    requestRateMeans: [draws.uniform() * 500, draws.uniform() * 500],
    busyMeans: [draws.uniform() * 12, draws.uniform() * 12],
    waitingCount: whole(3) * whole(200),
    oldestWaitUs: whole(1_000_000),
    cpuShareShort: maybe(draws.uniform() * 1.2),
    queuedCount: whole(3) * whole(100),
    receivedCount: whole(20),
    oldestMessageUs: whole(600_000_000),
  });
}
