/**
 * Measures one of the yardstick's workloads, as a scenario, through the engine. Only the run is timed: reading and
 * compiling take milliseconds whatever its length, and the yardstick's clock starts there too.
 */
import { startRun } from '../../../src/engine/run.js';
import { runReplication } from '../../../src/experiment/replication.js';
import type { CompiledPlatform } from '../../../src/model/compiled.js';
import type { Override } from '../../../src/scenario/overrides.js';
import { LatencyHistogram } from '../../../src/stats/histogram.js';
import type { Asked, Tasks, WorkloadName } from '../task.js';
import { load } from './loading.js';

/** The rate of each: for W3 with one instance a service, for its rate follows the instances. */
const workloads: Readonly<Record<WorkloadName, { readonly file: string; readonly arrivalsPerSecond: number }>> = {
  w1: { file: 'scenarios/theory/w1-mm8.yaml', arrivalsPerSecond: 6.4 },
  w2: { file: 'scenarios/theory/w2-keep-alive.yaml', arrivalsPerSecond: 100 },
  w3: { file: 'scenarios/theory/w3-five-services.yaml', arrivalsPerSecond: 560 },
};
const usualInstances = 4;

export function measureWorkload(asked: Asked<'workload'>): Tasks['workload']['answer'] {
  const { compiled } = load(workloads[asked.workload].file, changesFor(asked));
  const platform = compiled.platforms[0]!;
  return asked.observers === 'histogram' ? measureEngine(platform) : measureReplication(platform);
}

/** From an empty system at clock 0, as the yardstick; the duration makes the number of requests. */
function changesFor({ workload, requestCount, seed, instancesPerService }: Asked<'workload'>): readonly Override[] {
  const { arrivalsPerSecond } = workloads[workload];
  const instanceCount = workload === 'w3' ? (instancesPerService ?? usualInstances) : 1;
  const ratePerSecond = arrivalsPerSecond * instanceCount;
  return [
    { path: 'seed', value: seed },
    { path: 'run.warmup', value: '0s' },
    { path: 'run.duration', value: `${Math.round((requestCount / ratePerSecond) * 1e6)}us` },
    { path: 'run.window', value: '' },
    ...(instanceCount === 1
      ? []
      : [
          { path: 'traffic.all.arrivals.poisson', value: `${ratePerSecond}/s` },
          { path: 'platforms.bench.defaults.replicas', value: instanceCount },
        ]),
  ];
}

function measureEngine({ model }: CompiledPlatform): Tasks['workload']['answer'] {
  const latency = new LatencyHistogram();
  const startedMs = performance.now();
  const run = startRun(model, { replicationIndex: 0 }, [
    { visitorEnded: ({ beganUs, endedUs }) => latency.record(endedUs - beganUs) },
  ]);
  run.advance();
  const seconds = (performance.now() - startedMs) / 1000;
  if (run.stopped) throw new Error(run.stopped.message);
  const { requestCount, spanCount, eventCount } = run;
  const [meanMs, p99Ms] = [latency.meanUs / 1000, latency.quantile(0.99) / 1000];
  return { requestCount, spanCount, eventCount, seconds, meanMs, p99Ms };
}

function measureReplication({ model, billing }: CompiledPlatform): Tasks['workload']['answer'] {
  const startedMs = performance.now();
  const result = runReplication({ model, billing, within: [] }, { replicationIndex: 0, withTimeline: true });
  const seconds = (performance.now() - startedMs) / 1000;
  if (result.stopped) throw new Error(result.stopped.message);
  const { requestCount, spanCount, eventCount } = result;
  return { requestCount, spanCount, eventCount, seconds, meanMs: null, p99Ms: null };
}
