/**
 * Capacity planning as the library offers it: the cheapest settings that meet the objectives, in this thread. Its own
 * file because what must be right before a search may begin stands here once, for the library and for the command.
 */
import { compileModel } from '../model/compile.js';
import type { Scenario } from '../scenario/contract.js';
import { applyOverrides } from '../scenario/parse.js';
import type { Checked, Issue } from '../units/issue.js';
import { runCell } from './cells.js';
import { withMemorySizes } from './memorySizes.js';
import { metricEntry } from './metricCatalogue.js';
import { type PlanFound, type PlanSearch, searchPlan } from './planSearch.js';
import { type PlanSpace, withSteps } from './planSpace.js';
import { valueIssues } from './sweep.js';
import { type Varied, variedOf } from './vary.js';

export interface PlanOptions {
  /** Objectives beside those of the scenario. */
  readonly objectives?: readonly string[];
  /** The metric of which the least is wanted; `cost_month` unless said otherwise. */
  readonly minimise?: string;
  /** Path -> values. Without any, the platforms as they are compete. */
  readonly vary?: Readonly<Record<string, readonly (string | number | boolean)[]>>;
  readonly platforms?: readonly string[];
  readonly seed?: string | number;
  /** Replications of a first look; the scenario's own, but at most 4. */
  readonly firstReplications?: number;
  /** The most that are spent on one candidate; 64 unless said otherwise. */
  readonly mostReplications?: number;
}

/** The cheapest settings that meet every objective, with all that was looked at; or every mistake in the question. */
export function plan(scenario: Scenario, options: PlanOptions = {}): Checked<PlanFound> {
  const readings = Object.entries(options.vary ?? {}).map(([path, values]) => variedOf(path, values));
  const faults = readings.filter((reading) => typeof reading === 'string');
  if (faults.length > 0) return { ok: false, issues: faults.map(planIssue) };
  const changed = withObjectives(scenario, options);
  if (!changed.ok) return changed;
  const space = preparePlan(changed.value, readings as Varied[], options);
  if (!space.ok) return space;
  return { ok: true, value: runHere(changed.value, searchPlan(space.value)), warnings: space.warnings };
}

/** Drives a search in this thread. */
export function runHere<Result>(scenario: Scenario, search: PlanSearch<Result>): Result {
  let step = search.next();
  while (!step.done) step = search.next(step.value.map((order) => runCell(scenario, order)));
  return step.value;
}

function withObjectives(scenario: Scenario, { objectives = [], seed }: PlanOptions): Checked<Scenario> {
  const overrides = objectives.map((text, place) => ({
    path: scenario.objectives.length + place === 0 ? 'objectives' : `objectives[${scenario.objectives.length + place}]`,
    value: scenario.objectives.length + place === 0 ? JSON.stringify([text]) : JSON.stringify(text),
  }));
  const seeds = seed === undefined ? [] : [{ path: 'seed', value: JSON.stringify(String(seed)) }];
  const all = [...overrides, ...seeds];
  return all.length === 0 ? { ok: true, value: scenario, warnings: [] } : applyOverrides(scenario, all);
}

/** The space to search; or every mistake in the question: nothing to meet, no such metric, path, value or platform. */
export function preparePlan(
  scenario: Scenario,
  varied: readonly Varied[],
  options: Pick<PlanOptions, 'minimise' | 'platforms' | 'firstReplications' | 'mostReplications'>,
): Checked<PlanSpace> {
  const { minimise = 'cost_month', mostReplications = 64 } = options;
  const compiled = compileModel(scenario);
  if (!compiled.ok) return compiled;
  const { run, objectives, platforms } = compiled.value;
  const names = platforms.map(({ name }) => name);
  const faults = (options.platforms ?? [])
    .filter((name) => !names.includes(name))
    .map((name) => `there is no platform ${name}; there are ${names.join(', ')}`);
  if (objectives.length === 0)
    faults.push('there is nothing to meet: write objectives, or --threshold "latency_p99 < 250ms"');
  const entry = metricEntry(minimise);
  if (!entry?.scopes.includes('P')) faults.push(`${minimise} is no metric of a platform; cost_month is one`);
  for (const [place, { path }] of varied.entries())
    if (varied.findIndex((other) => other.path === path) < place) faults.push(`${path} is varied twice`);
  if (faults.length > 0) return { ok: false, issues: faults.map(planIssue) };
  const stepped = withSteps(withMemorySizes(scenario, varied));
  const issues = valueIssues(scenario, stepped);
  if (issues.length > 0) return { ok: false, issues };
  const firstReplications = Math.min(options.firstReplications ?? Math.min(run.replications, 4), mostReplications);
  const space: PlanSpace = {
    varied: stepped,
    platforms: options.platforms ?? names,
    minimise,
    fixed: [],
    firstReplications,
    mostReplications,
    confidence: run.confidence,
  };
  return { ok: true, value: space, warnings: compiled.warnings };
}

/** A mistake in the question: there is no file to point at. */
function planIssue(message: string): Issue {
  return { code: 'option', severity: 'error', at: { file: 'plan', line: 1, column: 1 }, path: '', message };
}
