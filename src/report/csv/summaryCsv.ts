/**
 * `summary.csv`: one row a metric, with its interval. Its own file: it is also what `sweep.csv` repeats a cell at a
 * time.
 */
import type { Comparison, Metrics, MetricValue, PlatformResult } from '../../experiment/contract.js';
import { metricCatalogue, metricOrder } from '../../experiment/metricCatalogue.js';
import { csvText, numberCell, textCell } from './cells.js';
import { lineParts } from './lineParts.js';

export const summaryColumns = [
  'platform',
  'scope',
  'name',
  'metric',
  'unit',
  'mean',
  'ci_low',
  'ci_high',
  'replications',
] as const;

/**
 * Every metric of every platform, in the order of the scenario and of the catalogue: platform, traffic, services,
 * databases, releases, faults, queues; then what each line of the invoice is made of. `name` is empty for the platform
 * itself; interval cells are empty without an interval, the mean's without a value.
 */
export function summaryCsv(comparison: Comparison): string {
  return csvText(
    summaryColumns,
    comparison.platforms.flatMap((platform) => [...summaryRows(platform), ...lineRows(platform)]),
  );
}

function lineRows(platform: PlatformResult): string[][] {
  const replications = numberCell(platform.metrics['cost_month']?.replicationCount);
  return lineParts(platform).map(({ name, metric, unit, value }) => [
    textCell(platform.name),
    'line',
    textCell(name),
    metric,
    textCell(unit),
    numberCell(value),
    '',
    '',
    replications,
  ]);
}

/** What of a platform has rows. */
export type Summed = Pick<
  PlatformResult,
  'name' | 'metrics' | 'traffic' | 'services' | 'databases' | 'releases' | 'faults' | 'queues'
>;

/** Everything of a platform that has metrics, in the order of the rows. */
export function scopesOf(
  platform: Summed,
): readonly (readonly [scope: string, results: readonly { readonly name: string; readonly metrics: Metrics }[]])[] {
  return [
    ['platform', [{ name: '', metrics: platform.metrics }]],
    ['traffic', platform.traffic],
    ['service', platform.services],
    ['database', platform.databases],
    ['release', platform.releases],
    ['fault', platform.faults],
    ['queue', platform.queues ?? []],
  ];
}

/** The rows of one platform, as finished cells in the order of `summaryColumns`. */
export function summaryRows(platform: Summed): string[][] {
  return scopesOf(platform).flatMap(([scope, results]) =>
    results.flatMap(({ name, metrics }) => metricRows([textCell(platform.name), scope, textCell(name)], metrics)),
  );
}

function metricRows(head: readonly string[], metrics: Metrics): string[][] {
  return writtenMetrics(head[1] ?? '', metrics).map(({ metric, mean, ci, unit, replicationCount }) => [
    ...head,
    metric,
    unit,
    numberCell(mean),
    numberCell(ci?.[0]),
    numberCell(ci?.[1]),
    numberCell(replicationCount),
  ]);
}

/** A metric as a row has it: without a value the cell of its mean is empty. */
export interface WrittenMetric extends Omit<MetricValue, 'mean'> {
  readonly metric: string;
  readonly mean: number | null;
}

const scopeLetters: Readonly<Record<string, string>> = {
  platform: 'P',
  traffic: 'T',
  service: 'S',
  database: 'D',
  release: 'R',
  fault: 'F',
  queue: 'Q',
};
/** What is told only where it makes a difference: its rows come and go with what was asked or built. */
const isOptional = /^(cross_zone_ratio|cost_month_minimum)$/;

/**
 * The metrics of a scope in the order of the catalogue. What the catalogue gives such a scope and has no value here
 * (nobody came; no nodes are the user's; no claim is made) is among them, with an empty mean.
 */
export function writtenMetrics(scope: string, metrics: Metrics): readonly WrittenMetric[] {
  const given = Object.entries(metrics).map(([metric, value]): WrittenMetric => ({ metric, ...value }));
  const letter = scopeLetters[scope];
  const replicationCount = Math.max(0, ...given.map((one) => one.replicationCount));
  if (letter === undefined || replicationCount === 0) return given;
  const missing = metricCatalogue
    .filter(({ name, scopes }) => scopes.includes(letter) && !isOptional.test(name) && metrics[name] === undefined)
    .map(({ name, unit }): WrittenMetric => ({ metric: name, mean: null, unit, replicationCount }));
  if (missing.length === 0) return given;
  return [...given, ...missing].sort((a, b) => metricOrder(a.metric) - metricOrder(b.metric));
}
