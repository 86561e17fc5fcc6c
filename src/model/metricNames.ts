/**
 * The names, units and scopes of the metric catalogue, as far as objectives need them. `experiment` holds the catalogue
 * itself and may not be imported here; test/model/metricNames.test.ts holds the two equal.
 */

/** Letters: P platform, T traffic source, S service, D database, R release, F fault, Q queue. */
export interface MetricName {
  readonly unit: '1' | 'share' | '1/s' | 'ms' | 's' | 'h' | 'USD' | 'text';
  readonly scopes: string;
}

const groups: readonly (readonly [MetricName['unit'], string, string])[] = [
  ['1', 'PTSD', 'requests_offered requests_completed requests_failed requests_rejected requests_timed_out'],
  ['share', 'PTSD', 'success_ratio error_ratio'],
  ['1/s', 'PTSD', 'throughput'],
  ['ms', 'PTSD', 'latency_mean latency_p50 latency_p90 latency_p95 latency_p99 latency_p999 latency_max'],
  ['ms', 'PSD', 'wait_mean'],
  ['1', 'PSD', 'queue_mean in_system_mean'],
  ['share', 'PSD', 'utilisation'],
  ['1', 'PS', 'cold_starts cold_waits instances_mean instances_max instances_min'],
  ['1', 'PS', 'scale_outs scale_ins restarts replacements'],
  ['share', 'PS', 'cold_start_ratio availability wasted_work cross_zone_ratio'],
  ['h', 'PS', 'instance_hours busy_hours'],
  ['1', 'P', 'nodes_mean nodes_max'],
  ['USD', 'PS', 'cost_run cost_month cost_month_idle cost_month_minimum cost_month_at_zero cost_month_waiting'],
  ['USD', 'PS', 'cost_per_million'],
  [
    '1',
    'P',
    'serverless_level serverless_level_claimed serverless_feature_1 serverless_feature_2 serverless_feature_3 ' +
      'decisions_yours',
  ],
  ['s', 'R', 'duration'],
  ['1', 'RF', 'requests_lost'],
  ['share', 'R', 'capacity_min'],
  ['1', 'R', 'aborted zero_downtime'],
  ['s', 'F', 'time_to_detect time_to_recover'],
  ['1', 'Q', 'messages_in messages_done messages_retried messages_dead messages_lost depth_max'],
  ['ms', 'Q', 'age_p99'],
];

export const metricNames: ReadonlyMap<string, MetricName> = new Map(
  groups.flatMap(([unit, scopes, names]) => names.split(' ').map((name) => [name, { unit, scopes }] as const)),
);

/** Of the catalogue, but found by `plan` and `sweep` alone. */
export const planMetricNames: readonly string[] = 'headroom bottleneck'.split(' ');

/** `within(800ms)`: share of all offered that were answered well within that time. */
export const withinMetric: MetricName = { unit: 'share', scopes: 'PTS' };
