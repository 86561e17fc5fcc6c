/**
 * The names in which oracles ask, and where the product's answer stands: a metric of the product (units converted), or
 * something counted in `facts.ts`. Lists follow the case's stations.
 */
import type { LatencyHistogram } from '../../../src/stats/histogram.js';
import { invoiceOf, type Seen } from './simulate.js';

export type Answer = number | readonly number[] | Readonly<Record<string, number>>;

/** What a case expects of the same name, for its form. */
type Reader = (seen: Seen, expected: unknown) => Answer;

const platform =
  (metric: string, factor = 1): Reader =>
  ({ numbers }) =>
    factor * named(numbers.platform, metric);

/** Of one service, when a name stands for it; of the case's stations in its order, or by name. */
const stations =
  (read: (seen: Seen, service: number) => number): Reader =>
  (seen, expected) => {
    const { prepared } = seen;
    const all = prepared.stations.map((service) => read(seen, service));
    if (Array.isArray(expected)) return all;
    return Object.fromEntries(prepared.world.stations.map((name, at) => [name, all[at] ?? Number.NaN]));
  };

const utilisation: Reader = (seen, expected) =>
  typeof expected === 'number'
    ? named(seen.numbers.platform, 'utilisation')
    : stations(({ numbers }, service) => named(numbers.services[service], 'utilisation'))(seen, expected);

const ms = 1e-3;

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  // Queues.
  ['utilisation', utilisation],
  ['L', platform('in_system_mean')],
  ['Lq', platform('queue_mean')],
  ['W', platform('latency_mean', ms)],
  ['W_accepted', platform('latency_mean', ms)],
  ['end_to_end_mean', endToEndMean],
  ['W_all', ({ facts }) => facts.stayedUs / facts.visitorCount / 1e6],
  ['Wq', platform('wait_mean', ms)],
  ['Wq_accepted', platform('wait_mean', ms)],
  ['Wq_all', platform('wait_mean', ms)],
  ['p_wait', ({ facts }) => facts.waitedCount / facts.waits.count],
  ['throughput', platform('throughput')],
  ['X', platform('throughput')],
  ['R', platform('latency_mean', ms)],
  ['response_time', platform('latency_mean', ms)],
  ['busy', ({ numbers }) => named(numbers.platform, 'in_system_mean') - named(numbers.platform, 'queue_mean')],
  ['mean_slowdown', meanSlowdown],
  ['branch_W', ({ numbers, prepared }) => mean(prepared.stations.map((at) => latencyS(numbers.services[at])))],
  ['station_W', stations(({ numbers }, service) => latencyS(numbers.services[service]))],
  ['station_L', stations(({ numbers }, service) => named(numbers.services[service], 'in_system_mean'))],
  ['station_rate', stations((seen, service) => offered(seen.numbers.services[service]) / seen.watchedS)],
  ['in_flight', ({ facts }) => facts.inside.mean],
  ['in_flight_mean', ({ facts }) => facts.inside.mean],
  ['in_flight_variance', ({ facts }) => facts.inside.variance],
  ['mean_in_flight', ({ facts }) => facts.insideAt],
  // Arrivals.
  ['rate', ({ numbers, watchedS }) => offered(numbers.platform) / watchedS],
  ['mean_rate', ({ numbers, watchedS }) => offered(numbers.platform) / watchedS],
  ['idc_inf', dispersion],
  ['counts_per_segment', ({ facts }) => facts.arrivalsBetween],
  ['total', ({ facts }) => facts.arrivalsBetween.reduce((sum, count) => sum + count, 0)],
  ['top1_share', ({ facts }) => topShare(facts.customers, 1)],
  ['top10_share', ({ facts }) => topShare(facts.customers, 10)],
  // How requests end.
  ['p_block', ratio('requests_rejected')],
  ['p_loss', ratio('requests_rejected')],
  ['p_fail', ratio('requests_failed')],
  ['p_reject', ratio('requests_rejected')],
  ['p_timeout', ratio('requests_timed_out')],
  ['p_abandon', ratio('requests_timed_out')],
  ['p_final_failure', ratio('requests_failed')],
  ['success_ratio', platform('success_ratio')],
  ['mean_attempts', ({ facts }) => facts.attemptCount / facts.visitorCount],
  [
    'leaf_attempts_per_request',
    ({ numbers, prepared }) => offered(numbers.services[prepared.stations.at(-1)!]) / offered(numbers.platform),
  ],
  // Environments that requests start.
  ['p_cold', ({ numbers }) => named(numbers.platform, 'cold_starts') / accepted(numbers.services[0])],
  ['mean_instances', platform('instances_mean')],
  ['alive_fraction', platform('instances_mean')],
  ['mean_busy', ({ numbers, watchedS }) => (3600 * named(numbers.platform, 'busy_hours')) / watchedS],
  [
    'mean_idle',
    ({ numbers, watchedS }) =>
      (3600 * (named(numbers.platform, 'instance_hours') - named(numbers.platform, 'busy_hours'))) / watchedS,
  ],
  ['busy_fraction', ({ facts }) => facts.inside.shareFrom(1)],
  ['p_idle_or_gone', ({ facts }) => 1 - facts.inside.shareFrom(1)],
  // Instances that fail, and that are replaced.
  ['mean_up', ({ facts }) => facts.ready.mean],
  ['instance_availability', ({ facts, prepared }) => facts.ready.mean / instanceCount(prepared)],
  ['crashes_per_hour', ({ facts, watchedS }) => (3600 * facts.crashCount) / watchedS],
  ['duration', ({ incidents }) => (incidents[0]?.lastedUs ?? Number.NaN) / 1e6],
  ['min_available', ({ facts }) => facts.readyExtremes.min],
  ['max_pods', ({ facts }) => facts.presentExtremes.max],
  ['mean', (seen) => mean(detectionsS(seen))],
  ['min', (seen) => Math.min(...detectionsS(seen))],
  ['max', (seen) => Math.max(...detectionsS(seen))],
  // Overload.
  ['queue_growth_per_s', ({ facts, watchedS }) => (facts.waitingAtEnd - facts.waitingAtBeginning) / watchedS],
  // Money.
  ['billed_s_per_request', perRequestS],
  ['GBs', (seen) => Number(lineOf(seen, 'compute').quantityMonth)],
  ['requests', (seen) => Number(lineOf(seen, 'requests').quantityMonth)],
  ['cost', (seen) => Number(invoiceOf(seen).total.monthUsd)],
]);

/** Names that carry a share: `W_p95`, `Wq_p99`, `in_flight_p99`. */
const quantileName = /^(W|Wq|in_flight)_p(\d+)$/;

/**
 * @param needed the parameters that a metric cannot be read without
 * @throws Error for a name that is not known
 */
export function answer(seen: Seen, name: string, expected: unknown, needed: Needed): Answer {
  const [, what, digits] = quantileName.exec(name) ?? [];
  if (what !== undefined) {
    const share = Number(`0.${digits}`);
    if (what === 'in_flight') return seen.facts.inside.quantile(share);
    return quantileUs(what === 'W' ? allLatencies(seen) : seen.facts.waits, share) / 1e6;
  }
  if (name === 'wait_of_nth_s') return needed.nth.map((nth) => (seen.facts.firstWaitsUs[nth] ?? Number.NaN) / 1e6);
  if (name === 'p_at_least_k') return seen.facts.ready.shareFrom(needed.leastReady);
  const read = readers.get(name);
  // A name of our own catalogue means that, in its unit.
  const own = seen.numbers.platform[name];
  if (!read && own !== undefined) return own;
  if (!read) throw new Error(`malformed: no metric ${name}`);
  return read(seen, expected);
}

export interface Needed {
  readonly nth: readonly number[];
  readonly leastReady: number;
}

function named(numbers: Readonly<Record<string, number>> | undefined, metric: string): number {
  return numbers?.[metric] ?? Number.NaN;
}

function offered(numbers: Readonly<Record<string, number>> | undefined): number {
  return named(numbers, 'requests_offered');
}

function accepted(numbers: Readonly<Record<string, number>> | undefined): number {
  return offered(numbers) - named(numbers, 'requests_rejected');
}

function latencyS(numbers: Readonly<Record<string, number>> | undefined): number {
  return named(numbers, 'latency_mean') * ms;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Share of all requests that ended so. */
function ratio(metric: string): Reader {
  return ({ numbers: { platform: all } }) =>
    named(all, metric) /
    ['requests_completed', 'requests_failed', 'requests_rejected', 'requests_timed_out'].reduce(
      (sum, name) => sum + named(all, name),
      0,
    );
}

/** What a request takes until its last message has ended. Messages follow one another at once: their stays add up. */
function endToEndMean({ numbers, tally, prepared }: Seen): number {
  if (!prepared.world.sendsMessages) return named(numbers.platform, 'latency_mean') * ms;
  const stayedUs = tally.totals().spans.latencies.reduce((sum, { sumUs }) => sum + sumUs, 0);
  return stayedUs / offered(numbers.platform) / 1e6;
}

/** Time in the system over work. A request's own work is no fact; the mean of all is the CPU that was used for each. */
function meanSlowdown({ numbers, watchedS }: Seen): number {
  const { platform: all } = numbers;
  const cpuPerS = named(all, 'utilisation') * named(all, 'instances_mean');
  return (named(all, 'latency_mean') * ms * named(all, 'requests_completed')) / (cpuPerS * watchedS);
}

/** Variance over mean of the counts in long windows that do not overlap; the last, broken one is left out. */
function dispersion({ facts, prepared, watchedS }: Seen): number {
  const whole = Math.floor(watchedS / prepared.world.moments.windowS + 1e-9);
  const counts = facts.arrivalsInWindows.slice(0, whole);
  const center = mean(counts);
  return counts.reduce((sum, count) => sum + (count - center) ** 2, 0) / (counts.length - 1) / center;
}

function topShare(customers: ReadonlyMap<number, number>, last: number): number {
  let top = 0;
  let all = 0;
  for (const [customer, count] of customers) {
    all += count;
    if (customer <= last) top += count;
  }
  return top / all;
}

function instanceCount({ model, stations: [first] }: Seen['prepared']): number {
  const dispatch = model.services[first ?? 0]?.dispatch;
  return dispatch?.kind === 'balanced' ? dispatch.initialCount : Number.NaN;
}

function detectionsS({ incidents }: Seen): readonly number[] {
  return incidents.flatMap(({ detectedUs }) => (detectedUs === null ? [] : [detectedUs / 1e6]));
}

function perRequestS({ usage, prepared: { billing } }: Seen): number {
  const quantityOf = (kind: string): number =>
    Number(usage.charges[billing.charges.findIndex(({ meter }) => meter.kind === kind)]?.quantity);
  return quantityOf('invocation-time') / quantityOf('invocations') / 1e6;
}

function lineOf(seen: Seen, name: string): { readonly quantityMonth: string } {
  const line = invoiceOf(seen).lines.find(({ line: own }) => own === name);
  if (!line) throw new Error(`no line ${name} on the bill`);
  return line;
}

function allLatencies({ tally }: Seen): LatencyHistogram {
  const { latencies } = tally.totals().visitors;
  const [first, ...others] = latencies as [LatencyHistogram, ...LatencyHistogram[]]; // One a source.
  if (others.length > 0) throw new Error('malformed: a quantile over several sources');
  return first;
}

/** A quantile with a straight line through its bucket: finer than the 0.4% that the product promises. */
function quantileUs(histogram: LatencyHistogram, share: number): number {
  const wanted = share * histogram.count;
  let passed = 0;
  for (const { lowUs, highUs, count } of histogram.buckets()) {
    if (passed + count >= wanted) return lowUs - 0.5 + ((wanted - passed) / count) * (highUs - lowUs + 1);
    passed += count;
  }
  return histogram.maxUs;
}
