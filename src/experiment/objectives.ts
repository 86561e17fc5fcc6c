/**
 * Were the objectives met? Each is judged on the mean; where its interval holds values on the other side of the limit,
 * the verdict is there but not sure. Its own file because the exit code hangs on it.
 * What an objective may name was checked when the scenario was compiled. Checked by a table of rows in test/experiment.
 */
import type { ObjectiveLimit, ObjectiveSpec } from '../scenario/contract.js';
import { estimateMean } from '../stats/interval.js';
import type { Metrics, MetricUnit, MetricValue, ObjectiveResult, PlatformResult } from './contract.js';
import { metricEntry, metricNameOf } from './metricCatalogue.js';

/** The measured platform, as far as objectives look at it. */
export type Judged = Pick<
  PlatformResult,
  'name' | 'metrics' | 'traffic' | 'services' | 'databases' | 'releases' | 'faults' | 'queues'
>;

type Operator = ObjectiveResult['operator'];

const holds: Readonly<Record<Operator, (value: number, limit: number) => boolean>> = {
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
  '==': (value, limit) => value === limit,
  '!=': (value, limit) => value !== limit,
};

/** What spells showed: of each objective with `from` or `every` the values by replication and spell. */
export interface TimedValues {
  readonly objective: ObjectiveSpec;
  readonly replications: readonly (readonly (number | null)[])[];
}

/**
 * Verdicts in the order of the objectives, those limited to other platforms left out.
 *
 * @param confidence in (0, 1), for what is estimated here
 */
export function judgeObjectives(
  objectives: readonly ObjectiveSpec[],
  platform: Judged,
  timed: readonly TimedValues[],
  confidence: number,
): ObjectiveResult[] {
  return objectives
    .filter(({ on }) => on === null || on.includes(platform.name))
    .map((objective) => {
      const values = timed.find((one) => one.objective === objective);
      return values ? judgeTimed(values, confidence) : judge(objective, platform);
    });
}

/**
 * From a moment on: the metric of that time. By windows: the share of those with a value in which it holds, >= the
 * share asked for.
 */
function judgeTimed({ objective, replications }: TimedValues, confidence: number): ObjectiveResult {
  const { op, everyUs, inShare = 1, text, scope } = objective;
  const metric = metricNameOf(objective);
  const unit = metricEntry(metric)?.unit ?? '1';
  const limit = limitIn(unit, objective.limit);
  const isByWindow = everyUs !== undefined;
  const values = replications.flatMap((spells) => timedValue(objective, spells) ?? []);
  const head = { text, metric, scope: scope ?? '' };
  const wanted = isByWindow
    ? { ...head, unit: 'share' as const, operator: '>=' as const, limit: inShare }
    : { ...head, unit, operator: op, limit };
  const estimate = estimateMean(values, confidence);
  if (!estimate) return { ...wanted, met: false, sure: true, value: null };
  const { mean, interval, count } = estimate;
  const value = { mean, ...(interval ? { ci: interval } : {}), unit: wanted.unit, replicationCount: count };
  return { ...wanted, ...verdictOn(value, wanted.operator, wanted.limit) };
}

/** What is judged of one replication's spells; null where the metric has no value in any of them. */
export function timedValue(objective: ObjectiveSpec, spells: readonly (number | null)[]): number | null {
  const { op, everyUs } = objective;
  const limit = limitIn(metricEntry(metricNameOf(objective))?.unit ?? '1', objective.limit);
  const known = spells.filter((value) => value !== null);
  if (everyUs === undefined || known.length === 0) return known[0] ?? null;
  return known.filter((value) => holds[op](value, limit)).length / known.length;
}

function judge(objective: ObjectiveSpec, platform: Judged): ObjectiveResult {
  const metric = metricNameOf(objective);
  const unit = metricEntry(metric)?.unit ?? '1';
  const limit = limitIn(unit, objective.limit);
  const head = { text: objective.text, unit, metric, scope: objective.scope ?? '', operator: objective.op, limit };
  const verdicts = metricsInScope(objective.scope, metric, platform).map((metrics) => {
    const value = Object.hasOwn(metrics, metric) ? metrics[metric] : undefined;
    return value
      ? { ...head, ...verdictOn(value, objective.op, limit) }
      : { ...head, met: false, sure: true, value: null };
  });
  // Of several releases (or faults) each must hold: the first that does not speaks for all.
  return verdicts.find(({ met }) => !met) ?? verdicts[0] ?? { ...head, met: false, sure: true, value: null };
}

function verdictOn(
  metric: MetricValue,
  operator: Operator,
  limit: number,
): Pick<ObjectiveResult, 'met' | 'sure' | 'ci'> & {
  readonly value: number;
} {
  const { mean, ci } = metric;
  const met = holds[operator](mean, limit);
  if (!ci) return { met, sure: false, value: mean };
  const [low, high] = ci;
  const isPoint = operator === '==' || operator === '!=';
  const sure = isPoint
    ? low === high || limit < low || limit > high
    : holds[operator](low, limit) === met && holds[operator](high, limit) === met;
  return { met, sure, value: mean, ci };
}

/** A service before a source of the same name, unless only the source has such a metric. */
function metricsInScope(scope: string | null, metric: string, platform: Judged): readonly Metrics[] {
  if (scope === null) return [platform.metrics];
  const { services, traffic, databases, releases, faults, queues = [] } = platform;
  const given = metricEntry(metric)?.scopes ?? '';
  const named = [
    ['S', services],
    ['T', traffic],
    ['D', databases],
    ['Q', queues],
  ] as const;
  for (const [letter, scopes] of named) {
    const found = scopes.find(({ name }) => name === scope);
    if (found && given.includes(letter)) return [found.metrics];
  }
  if (scope === 'release') return releases.map(({ metrics }) => metrics);
  if (scope === 'fault') return faults.map(({ metrics }) => metrics);
  return [];
}

const usPer: Readonly<Partial<Record<MetricUnit, number>>> = { ms: 1e3, s: 1e6, h: 3.6e9 };

/** A limit is read in microseconds, shares, USD or bare numbers; the metric's unit may be another. */
function limitIn(unit: MetricUnit, limit: ObjectiveLimit): number {
  return limit.kind === 'duration' ? limit.value / (usPer[unit] ?? 1) : limit.value;
}
