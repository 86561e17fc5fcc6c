/**
 * From what the recorders of one replication hold to its metrics, by scope: a number per name, or no entry where there
 * is no value (a mean of nothing). Its own file because every ratio is taken here, per replication, before anything is
 * averaged. Names and units: `metricCatalogue.ts`. Checked by hand-made facts in test/experiment.
 */
import { outcomeNames } from '../observation/contract.js';
import type { OutcomeTotals } from '../observation/outcomeTally.js';
import type { DatabaseStates, ServiceStates, StateRecorder } from '../observation/stateRecorder.js';
import type { Tally, TallyTotals } from '../observation/tally.js';
import { LatencyHistogram } from '../stats/histogram.js';

/** Metric -> value in the catalogue's unit; names are the product's own. Without a value: no entry. */
export type Numbers = Readonly<Record<string, number>>;

const usPerMs = 1000;
const usPerHour = 3.6e9;
const quantiles = [
  ['latency_p50', 0.5],
  ['latency_p90', 0.9],
  ['latency_p95', 0.95],
  ['latency_p99', 0.99],
  ['latency_p999', 0.999],
] as const;

/** The metrics of one replication. Lists are in the order of the run's sources, services and databases. */
export interface ReplicationNumbers {
  readonly platform: Numbers;
  readonly traffic: readonly Numbers[];
  readonly services: readonly Numbers[];
  readonly databases: readonly Numbers[];
  /** Left out where there are none. */
  readonly queues?: readonly Numbers[];
  /**
   * Completed requests behind the platform's latencies, and those latencies (ms) at `curveShares`; NaN beyond the
   * samples.
   */
  readonly completedCount: number;
  readonly latencyCurveMs: readonly number[];
}

export interface Recorders {
  readonly tally: Tally;
  readonly states: Pick<StateRecorder, 'services' | 'databases' | 'pools' | 'platform'>;
  /** What completions are counted over; states bring their own length. */
  readonly lengthUs: number;
  /** Of each source: whether its visitors are the platform's. */
  readonly isCounted: readonly boolean[];
  /** Names of the metrics behind the tally's thresholds, in its order: `within_800ms`. */
  readonly withinNames: readonly string[];
}

/**
 * Shares of the latency curve: evenly spaced by -log(1 - share), eight to a factor of ten, with the usual percentiles.
 */
export const curveShares: readonly number[] = [
  ...new Set([
    ...Array.from({ length: 40 }, (_, step) => Number((1 - 10 ** (-(step + 1) / 8)).toFixed(9))),
    ...quantiles.map(([, share]) => share),
  ]),
].sort((a, b) => a - b);

/** To be asked after the run has ended. */
export function measure({ tally, states, lengthUs, isCounted, withinNames }: Recorders): ReplicationNumbers {
  const { measuredUs } = states.platform;
  const totals = tally.totals();
  const requests = (ends: OutcomeTotals, slots: readonly number[], names: readonly string[]): Writable =>
    requestNumbers({ ends, slots, withinNames: names, measuredUs: lengthUs });
  const countedSources = isCounted.flatMap((counts, source) => (counts ? [source] : []));
  const everyService = Array.from(totals.spans.beganCount.keys());
  const ofService = (slots: readonly number[]): Writable => ({
    ...waitNumbers(totals.spans, slots),
    ...coldNumbers(totals, slots),
    ...stateNumbers(
      slots.flatMap((slot) => states.services[slot] ?? []),
      measuredUs,
    ),
  });
  const visitors = mergedLatencies(totals.visitors, countedSources);
  return {
    platform: {
      ...requests(totals.visitors, countedSources, withinNames),
      ...ofService(everyService),
      ...platformStateNumbers(states),
    },
    traffic: isCounted.map((_, source) => requests(totals.visitors, [source], withinNames)),
    services: everyService.map((service) => ({
      ...requests(totals.spans, [service], withinNames),
      ...ofService([service]),
      ...fleetNumbers(states.services[service], measuredUs),
    })),
    databases: Array.from(totals.queries.beganCount, (_, slot) => ({
      ...requests(totals.queries, [slot], []),
      ...waitNumbers(totals.queries, [slot]),
      ...databaseNumbers(states.databases[slot], measuredUs),
    })),
    completedCount: visitors.count,
    latencyCurveMs: curveShares.map((share) =>
      visitors.count * (1 - share) < 1 ? Number.NaN : visitors.quantile(share) / usPerMs,
    ),
  };
}

type Writable = Record<string, number>;

interface RequestWords {
  readonly ends: OutcomeTotals;
  readonly slots: readonly number[];
  readonly withinNames: readonly string[];
  readonly measuredUs: number;
}

/** Counts, ratios and latencies of what began in the measured time, over some slots together. */
function requestNumbers({ ends, slots, withinNames, measuredUs }: RequestWords): Writable {
  const [completed, failed, rejected, timedOut] = outcomeNames.map((_, outcome) =>
    total(slots, (slot) => ends.endedCount[slot * outcomeNames.length + outcome]!),
  ) as [number, number, number, number]; // One entry per outcome, and there are four.
  const endedCount = completed + failed + rejected + timedOut;
  const offered = total(slots, (slot) => ends.beganCount[slot]!);
  if (offered < endedCount) throw new Error(`${endedCount} ended of ${offered} that began`);
  const numbers: Writable = {
    requests_offered: offered,
    requests_completed: completed,
    requests_failed: failed,
    requests_rejected: rejected,
    requests_timed_out: timedOut,
    throughput: (total(slots, (slot) => ends.insideCount[slot]!) / measuredUs) * 1e6,
  };
  if (endedCount > 0) {
    numbers['success_ratio'] = completed / endedCount;
    numbers['error_ratio'] = (endedCount - completed) / endedCount;
  }
  if (offered > 0)
    withinNames.forEach((name, k) => {
      numbers[name] = total(slots, (slot) => ends.withinCount[slot * withinNames.length + k]!) / offered;
    });
  if (completed > 0) {
    const latencies = mergedLatencies(ends, slots);
    numbers['latency_mean'] = latencies.meanUs / usPerMs;
    for (const [name, share] of quantiles) numbers[name] = latencies.quantile(share) / usPerMs;
    numbers['latency_max'] = latencies.maxUs / usPerMs;
  }
  return numbers;
}

function mergedLatencies(ends: OutcomeTotals, slots: readonly number[]): LatencyHistogram {
  const [only] = slots;
  if (slots.length === 1 && only !== undefined) return ends.latencies[only]!;
  const merged = new LatencyHistogram();
  for (const slot of slots) merged.merge(ends.latencies[slot]!);
  return merged;
}

function waitNumbers(ends: OutcomeTotals, slots: readonly number[]): Writable {
  const waitCount = total(slots, (slot) => ends.waitCount[slot]!);
  if (waitCount === 0) return {};
  return { wait_mean: total(slots, (slot) => ends.waitSumUs[slot]!) / waitCount / usPerMs };
}

function coldNumbers({ spans }: TallyTotals, slots: readonly number[]): Writable {
  const coldStarts = total(slots, (slot) => spans.coldStartCount[slot]!);
  const offered = total(slots, (slot) => spans.beganCount[slot]!);
  const numbers: Writable = {
    cold_starts: coldStarts,
    cold_waits: total(slots, (slot) => spans.coldWaitCount[slot]!),
  };
  if (offered > 0) numbers['cold_start_ratio'] = coldStarts / offered;
  return numbers;
}

/** Of one service alone: extremes and availability do not add up to the platform's. */
function fleetNumbers(service: ServiceStates | undefined, measuredUs: number): Writable {
  if (!service) return {};
  const { instancesMin, instancesMax, availableUs } = service;
  return { instances_min: instancesMin, instances_max: instancesMax, availability: availableUs / measuredUs };
}

/** Time-averages and sums over some services together; nothing when no state was read. */
function stateNumbers(services: readonly ServiceStates[], measuredUs: number): Writable {
  if (services.length === 0) return {};
  const sum = (read: (service: ServiceStates) => number): number => total(services, read);
  const cpuUsedUs = sum((service) => service.cpuUsedUs);
  const cpuReadyUs = sum((service) => service.cpuReadyUs);
  const instanceAreaUs = sum((service) => service.instanceAreaUs);
  const numbers: Writable = {
    queue_mean: sum((service) => service.queueAreaUs) / measuredUs,
    in_system_mean: sum((service) => service.inSystemAreaUs) / measuredUs,
    instances_mean: instanceAreaUs / measuredUs,
    instance_hours: instanceAreaUs / usPerHour,
    busy_hours: sum((service) => service.busyAreaUs) / usPerHour,
    scale_outs: sum((service) => service.scaleOutCount),
    scale_ins: sum((service) => service.scaleInCount),
    restarts: sum((service) => service.restartCount),
    replacements: sum((service) => service.replacementCount),
  };
  if (cpuReadyUs > 0) numbers['utilisation'] = cpuUsedUs / cpuReadyUs;
  if (cpuUsedUs > 0) numbers['wasted_work'] = sum((service) => service.cpuWastedUs) / cpuUsedUs;
  return numbers;
}

function platformStateNumbers({ platform, pools }: Recorders['states']): Writable {
  const { measuredUs, instancesMin, instancesMax, nodesMax, entriesAvailableUs } = platform;
  if (measuredUs === 0) return {};
  const numbers: Writable = {
    instances_min: instancesMin,
    instances_max: instancesMax,
    availability: entriesAvailableUs / measuredUs,
  };
  if (pools.length > 0) {
    numbers['nodes_mean'] = total(pools, (pool) => pool.nodeAreaUs) / measuredUs;
    numbers['nodes_max'] = nodesMax;
  }
  return numbers;
}

function databaseNumbers(database: DatabaseStates | undefined, measuredUs: number): Writable {
  if (!database) return {};
  const numbers: Writable = {
    queue_mean: database.queueAreaUs / measuredUs,
    in_system_mean: database.inSystemAreaUs / measuredUs,
  };
  if (Number.isFinite(database.connectionLimit))
    numbers['utilisation'] = database.connectionAreaUs / (database.connectionLimit * measuredUs);
  return numbers;
}

function total<T>(items: readonly T[], read: (item: T) => number): number {
  return items.reduce((sum, item) => sum + read(item), 0);
}
