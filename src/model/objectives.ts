/**
 * Objectives: is there such a metric, is it given for what is named, is the limit in its unit? What they mean is judged
 * by `experiment` after the run.
 */
import type { ObjectiveLimit, ObjectiveSpec, Scenario } from '../scenario/contract.js';
import { suggest } from '../scenario/nearest.js';
import type { Path } from '../scenario/positions.js';
import type { Findings } from './findings.js';
import { type MetricName, metricNames, planMetricNames, withinMetric } from './metricNames.js';

/** Reports what is wrong with each objective. */
export function checkObjectives(scenario: Scenario, findings: Findings): void {
  scenario.objectives.forEach((objective, place) => {
    checkObjective(objective, ['objectives', place], scenario, findings);
  });
}

function checkObjective(objective: ObjectiveSpec, path: Path, scenario: Scenario, findings: Findings): void {
  const { metric, text } = objective;
  const found = metric === 'within' ? withinMetric : metricNames.get(metric);
  if (!found) {
    if (planMetricNames.includes(metric))
      findings.error({
        path,
        code: 'metric',
        message: `asks for ${metric}, which plan finds from the other objectives: no run has it`,
        hint: 'leave it out, and ask plan with --capacity',
      });
    else {
      const hint = suggest(metric, [...metricNames.keys(), 'within(800ms)']);
      findings.error({
        path,
        code: 'metric',
        message: `names no metric: ${JSON.stringify(metric.slice(0, 60))}`,
        hint,
      });
    }
    return;
  }
  const scopes = scopesNamed(objective.scope, scenario);
  if (scopes === '') {
    const known = [...scenario.services, ...scenario.traffic, ...scenario.databases, ...scenario.queues].map(
      ({ name }) => name,
    );
    const hint = suggest(objective.scope!, [...known, 'release', 'fault']);
    const message = `names no service, source, database or queue: ${JSON.stringify(objective.scope!.slice(0, 60))}`;
    findings.error({ path, code: 'metric', message, hint });
    return;
  }
  if (![...scopes].some((scope) => found.scopes.includes(scope))) {
    const hint = `it is given for ${[...found.scopes].map((scope) => scopeNouns[scope]).join(', ')}`;
    findings.error({ path, code: 'metric', message: `asks for ${metric} where there is none`, hint });
    return;
  }
  checkTime(objective, found, path, scenario, findings);
  checkLimit(objective.limit, found, { path, text, findings });
}

/** `from` a moment on, or `every` so long: within the run, and of metrics that a part of it has. */
function checkTime(
  { metric, fromUs, everyUs, inShare }: ObjectiveSpec,
  { unit, scopes }: MetricName,
  path: Path,
  { run }: Scenario,
  findings: Findings,
): void {
  if (inShare !== undefined && everyUs === undefined) {
    const message = 'is a share of windows, and there are none';
    findings.error({ path: [...path, 'in'], code: 'conflict', message, hint: 'add every: 1m', part: 'key' });
  }
  if (fromUs !== undefined && fromUs >= run.warmupUs + run.durationUs) {
    const message = 'is not before the end of the run';
    findings.error({ path: [...path, 'from'], code: 'range', message, hint: 'write an earlier time' });
  }
  if (fromUs === undefined && everyUs === undefined) return;
  const isOfWholeRun = unit === 'USD' || metric.startsWith('serverless_') || !/[PTSD]/.test(scopes);
  if (!isOfWholeRun) return;
  if (metric.startsWith('serverless_')) {
    const message = `asks for a part of the time, and ${metric} is what a platform is at any time`;
    findings.error({
      path: [...path, fromUs === undefined ? 'every' : 'from'],
      code: 'conflict',
      message,
      part: 'key',
    });
    return;
  }
  const message = `is not supported yet: ${metric} over a part of the measured time`;
  const key = fromUs === undefined ? 'every' : 'from';
  findings.error({ path: [...path, key], code: 'not-supported-yet', message, hint: 'leave it out', part: 'key' });
}

const scopeNouns: Readonly<Record<string, string>> = {
  P: 'the platform',
  T: 'a traffic source',
  S: 'a service',
  D: 'a database',
  R: 'a release',
  F: 'a fault',
  Q: 'a queue',
};

/** Letters of what a name may mean; '' when it means nothing. */
function scopesNamed(scope: string | null, { services, traffic, databases, queues }: Scenario): string {
  if (scope === null) return 'P';
  const has = (list: readonly { readonly name: string }[]): boolean => list.some(({ name }) => name === scope);
  const lists = { S: services, T: traffic, D: databases, Q: queues };
  const named = Object.entries(lists)
    .map(([letter, list]) => (has(list) ? letter : ''))
    .join('');
  return named || (scope === 'release' ? 'R' : scope === 'fault' ? 'F' : '');
}

const limitKinds: Readonly<Record<MetricName['unit'], readonly ObjectiveLimit['kind'][]>> = {
  '1': ['number'],
  share: ['share', 'number'],
  '1/s': ['rate'],
  ms: ['duration'],
  s: ['duration'],
  h: ['duration'],
  USD: ['money'],
  text: [],
};

const examples: Readonly<Record<MetricName['unit'], string>> = {
  '1': '10',
  share: '99%',
  '1/s': '40/s',
  ms: '800ms',
  s: '30s',
  h: '10h',
  USD: '$900',
  text: '',
};

function checkLimit(
  { kind, value, text }: ObjectiveLimit,
  { unit }: MetricName,
  where: { readonly path: Path; readonly text: string; readonly findings: Findings },
): void {
  const { path, findings } = where;
  if (!limitKinds[unit].includes(kind)) {
    const message = `has a limit of another kind than its metric: ${text}`;
    findings.error({ path, code: 'unit', message, hint: `write it as in ${examples[unit]}` });
  } else if (unit === 'share' && (value < 0 || value > 1)) {
    const hint = value <= 100 ? `write ${text}%` : 'a share lies between 0% and 100%';
    findings.error({ path, code: 'range', message: `has a limit that is no share: ${text}`, hint });
  }
}
