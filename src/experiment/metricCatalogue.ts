/**
 * The metric catalogue: the one table of names, units, scopes and meanings behind the CSV, the JSON, the report,
 * objectives and the docs. Its own file because everything that names a metric reads it.
 * Checked by a test that no name stands twice and that every metric a summary writes is in it.
 */
import type { ObjectiveSpec } from '../scenario/contract.js';
import type { MetricUnit } from './contract.js';

/** P platform, T traffic source, S service, D database, R release, F fault, Q queue. */
export type MetricScope = 'P' | 'T' | 'S' | 'D' | 'R' | 'F' | 'Q';

export interface MetricEntry {
  readonly name: string;
  readonly unit: MetricUnit;
  /** Letters of the scopes in which it is given. */
  readonly scopes: string;
  /** Whether more of it is worse, better or neither, for differences between platforms. */
  readonly moreIs: 'worse' | 'better' | 'neither';
  readonly meaning: string;
}

const began = 'of the visitors (spans, queries) that began in the measured time';
const completed = 'of completed requests';
const events = 'events in the measured time';
const bill = 'part of the bill';

/** In the order in which metrics are written everywhere. */
export const metricCatalogue: readonly MetricEntry[] = [
  row('requests_offered', '1', 'PTSD', 'neither', `all ${began}, those still in flight at the end included`),
  row('requests_completed', '1', 'PTSD', 'better', `answered well, ${began}`),
  row('requests_failed', '1', 'PTSD', 'worse', `ended with an error, ${began}`),
  row('requests_rejected', '1', 'PTSD', 'worse', `refused, ${began}`),
  row('requests_timed_out', '1', 'PTSD', 'worse', `given up on, ${began}`),
  row('success_ratio', 'share', 'PTSD', 'better', 'completed / ended'),
  row('error_ratio', 'share', 'PTSD', 'worse', '1 − success_ratio'),
  row('throughput', '1/s', 'PTSD', 'better', 'completions inside the measured time, per second, whenever they began'),
  row('latency_mean', 'ms', 'PTSD', 'worse', completed),
  row('latency_p50', 'ms', 'PTSD', 'worse', completed),
  row('latency_p90', 'ms', 'PTSD', 'worse', completed),
  row('latency_p95', 'ms', 'PTSD', 'worse', completed),
  row('latency_p99', 'ms', 'PTSD', 'worse', completed),
  row('latency_p999', 'ms', 'PTSD', 'worse', completed),
  row('latency_max', 'ms', 'PTSD', 'worse', completed),
  row(
    'wait_mean',
    'ms',
    'PSD',
    'worse',
    'time in queues, of spans that began inside and stopped waiting (P: of all services)',
  ),
  row('queue_mean', '1', 'PSD', 'worse', 'time-average number waiting (P: the sum over services)'),
  row('in_system_mean', '1', 'PSD', 'neither', 'time-average number waiting or in service (P: the sum over services)'),
  row('utilisation', 'share', 'PSD', 'neither', 'CPU used / CPU ready (connections, for a database)'),
  row('cold_starts', '1', 'PS', 'worse', 'spans for which an environment was started, even if the start takes no time'),
  row('cold_start_ratio', 'share', 'PS', 'worse', 'cold_starts over spans offered'),
  row('cold_waits', '1', 'PS', 'worse', 'spans that joined an environment still starting'),
  row(
    'instances_mean',
    '1',
    'PS',
    'neither',
    'ready and draining instances; where requests start them, environments from cold start to removal',
  ),
  row('instances_max', '1', 'PS', 'neither', 'the most of them at any instant'),
  row('instances_min', '1', 'PS', 'neither', 'the fewest of them at any instant'),
  row('instance_hours', 'h', 'PS', 'neither', 'the integral of instances over the measured time'),
  row('busy_hours', 'h', 'PS', 'neither', 'the part of instance_hours with at least one span'),
  row('scale_outs', '1', 'PS', 'neither', events),
  row('scale_ins', '1', 'PS', 'neither', events),
  row('restarts', '1', 'PS', 'worse', events),
  row('replacements', '1', 'PS', 'worse', events),
  row(
    'availability',
    'share',
    'PS',
    'better',
    'time with at least one ready instance (P: of every entry service at once)',
  ),
  row('wasted_work', 'share', 'PS', 'worse', 'CPU work done for callers who had left, of all CPU work'),
  row(
    'cross_zone_ratio',
    'share',
    'PS',
    'worse',
    'calls between instances that went to another zone, of those whose zones are known; where zones make a difference',
  ),
  row('nodes_mean', '1', 'P', 'neither', 'nodes'),
  row('nodes_max', '1', 'P', 'neither', 'the most nodes at any instant'),
  row('cost_run', 'USD', 'PS', 'worse', 'bill of the measured time, without allowances'),
  row('cost_month', 'USD', 'PS', 'worse', 'bill of a month of it, with allowances'),
  row('cost_month_idle', 'USD', 'PS', 'worse', `${bill} of the month that paid for idling`),
  row(
    'cost_month_waiting',
    'USD',
    'PS',
    'worse',
    `${bill} of the month that paid for waiting on a service, database or third party`,
  ),
  row('cost_month_minimum', 'USD', 'PS', 'worse', `${bill} of the month that minimum charges added: paid, never there`),
  row('cost_month_at_zero', 'USD', 'PS', 'worse', 'bill of a month without visitors'),
  row('cost_per_million', 'USD', 'PS', 'worse', 'cost_month per million requests completed in that month'),
  row('serverless_level', '1', 'P', 'neither', 'as observed: 0, 1 or 2'),
  row('serverless_level_claimed', '1', 'P', 'neither', 'as the provider claims'),
  row('serverless_feature_1', '1', 'P', 'neither', 'the user owns no servers'),
  row(
    'serverless_feature_2',
    '1',
    'P',
    'neither',
    'a month without visitors bills nothing, and a request then is answered',
  ),
  row('serverless_feature_3', '1', 'P', 'neither', 'pays for invocations, not for the time between them'),
  row(
    'decisions_yours',
    '1',
    'P',
    'neither',
    'of nine matters (servers, OS, runtime, scaling, replicas, health, balancing, roll-outs, zones): how many are ' +
      'left to the user to decide',
  ),
  row('duration', 's', 'R', 'worse', 'from the start of a release to its end'),
  row('requests_lost', '1', 'RF', 'worse', 'requests that failed because of it'),
  row('capacity_min', 'share', 'R', 'better', 'fewest ready instances during it, over those before'),
  row('aborted', '1', 'R', 'worse', '1 when the release was taken back'),
  row('zero_downtime', '1', 'R', 'better', '1 when no request failed because of the release'),
  row('time_to_detect', 's', 'F', 'worse', 'until the platform reacted'),
  row('time_to_recover', 's', 'F', 'worse', 'until capacity was back'),
  row('messages_in', '1', 'Q', 'neither', 'messages sent in the measured time'),
  row('messages_done', '1', 'Q', 'better', 'of them, those whose work was done'),
  row('messages_retried', '1', 'Q', 'worse', 'times one of them was back in the queue after a receive'),
  row('messages_dead', '1', 'Q', 'worse', 'of them, those given up after `maxReceives`'),
  row('messages_lost', '1', 'Q', 'worse', 'of them, those older than the queue keeps'),
  row('age_p99', 'ms', 'Q', 'worse', 'from sending to done, of those done'),
  row('depth_max', '1', 'Q', 'worse', 'the most messages that waited at any instant'),
];

const byName = new Map(metricCatalogue.map((entry, position) => [entry.name, { entry, position }]));
const within = 'share of all offered that were answered well within that time';

/** The entry of a metric; `within_<duration>` is made for the name asked. Undefined for a name nobody knows. */
export function metricEntry(name: string): MetricEntry | undefined {
  if (name.startsWith('within_')) return row(name, 'share', 'PTS', 'better', within);
  return byName.get(name)?.entry;
}

/** Place of a metric in every listing; `within_...` stands before the availability. */
export function metricOrder(name: string): number {
  const place = byName.get(name)?.position;
  return place ?? (byName.get('availability')?.position ?? 0) - 0.5;
}

function row(
  name: string,
  unit: MetricUnit,
  scopes: string,
  moreIs: MetricEntry['moreIs'],
  meaning: string,
): MetricEntry {
  return { name, unit, scopes, moreIs, meaning };
}

/** The metric that answers `within(800ms)`: `within_800ms`, the duration as the scenario writes it, without spaces. */
export function withinName(durationText: string): string {
  return `within_${durationText.replaceAll(' ', '')}`;
}

/** The name of the metric an objective looks at. */
export function metricNameOf({ metric, withinText }: Pick<ObjectiveSpec, 'metric' | 'withinText'>): string {
  return withinText === undefined ? metric : withinName(withinText);
}
