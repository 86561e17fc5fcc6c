/**
 * The library's way in: simulate one platform of a scenario, or compare several, in this thread. Its own file because
 * these two are what the package exports; they are a few lines over compiling, jobs and gathering.
 * Synchronous and deterministic; nothing throws for a user's mistake.
 */
import type { CompiledScenario } from '../model/compiled.js';
import type { Scenario } from '../scenario/contract.js';
import type { Checked, Issue } from '../units/issue.js';
import type { Comparison, PlatformResult } from './contract.js';
import { gather } from './gather.js';
import { type Extent, listJobs, runJob, wholeExtent } from './jobs.js';
import { compileScenario } from './prepare.js';

export interface SimulateOptions {
  /** Instead of the scenario's own. */
  readonly seed?: string | number;
  /** Whole, >= 1; instead of the scenario's own. */
  readonly replications?: number;
  /** Which platform, by name; the first unless named. */
  readonly platform?: string;
}

export interface CompareScenariosOptions {
  readonly seed?: string | number;
  readonly replications?: number;
  /** Which platforms, by name; all unless named. */
  readonly platforms?: readonly string[];
  /** Whether to simulate the curve of cost against traffic too; yes unless said otherwise. */
  readonly withCostCurve?: boolean;
  /** Hears the share of the whole that is done, in [0, 1], never falling. */
  readonly onProgress?: (doneShare: number) => void;
}

/** One platform of a scenario, with its latencies, counts, states and costs. */
export function simulate(scenario: Scenario, options: SimulateOptions = {}): Checked<PlatformResult> {
  const { platform, ...rest } = options;
  const first = scenario.platforms[0]?.name;
  const wanted = platform ?? first;
  const compared = compareChecked(scenario, {
    ...rest,
    withCostCurve: false,
    ...(wanted === undefined ? {} : { platforms: [wanted] }),
  });
  if (!compared.ok) return compared;
  const [result] = compared.value.platforms;
  if (!result) throw new Error(`${scenario.name}: no platform was simulated`);
  return { ok: true, value: result, warnings: compared.warnings };
}

/**
 * The same visitors on every platform: of one scenario, or the first platform of each of several scenarios, under the
 * names given. Several must agree on the length of the run; otherwise their means would not be of the same thing.
 */
export function compare(
  scenarios: Scenario | Readonly<Record<string, Scenario>>,
  options: CompareScenariosOptions = {},
): Checked<Comparison> {
  if (isScenario(scenarios)) return compareChecked(scenarios, options);
  const compiled = compileTogether(scenarios, options.seed);
  return compiled.ok ? compareParts(compiled, options) : compiled;
}

/** Runs every job of the extent here, one after another. */
export function compareCompiled(
  compiled: CompiledScenario,
  extent: Extent = wholeExtent(compiled),
  onProgress?: (doneShare: number) => void,
): Comparison {
  const jobs = listJobs(compiled, extent);
  const results = jobs.map((job, place) => {
    const tell = (doneShare: number): boolean => {
      onProgress?.((place + doneShare) / jobs.length);
      return true;
    };
    const result = runJob(compiled, job, tell);
    tell(1);
    return result;
  });
  return gather(compiled, extent, results);
}

type Compiled = { readonly ok: true; readonly value: CompiledScenario; readonly warnings: readonly Issue[] };

function compareChecked(scenario: Scenario, options: CompareScenariosOptions): Checked<Comparison> {
  const compiled = compileScenario(seeded(scenario, options.seed));
  return compiled.ok ? compareParts(compiled, options) : compiled;
}

function compareParts(
  { value, warnings }: Compiled,
  { platforms, replications = value.run.replications, withCostCurve = true, onProgress }: CompareScenariosOptions,
): Checked<Comparison> {
  const names = value.platforms.map(({ name }) => name);
  const issues: Issue[] = (platforms ?? [])
    .filter((name) => !names.includes(name))
    .map((name) => optionIssue('platforms', `there is no platform ${name}; there are ${names.join(', ')}`));
  if (!Number.isInteger(replications) || replications < 1)
    issues.push(optionIssue('replications', `must be a whole number from 1 on, got ${replications}`));
  if (issues.length > 0) return { ok: false, issues };
  const places = (platforms ?? names).map((name) => names.indexOf(name));
  const extent = { platforms: places, replications, withCostCurve };
  return { ok: true, value: compareCompiled(value, extent, onProgress), warnings };
}

/** The first platform of each scenario as one compiled scenario, each under its key. */
function compileTogether(
  scenarios: Readonly<Record<string, Scenario>>,
  seed: string | number | undefined,
): Compiled | { readonly ok: false; readonly issues: readonly Issue[] } {
  const parts = Object.entries(scenarios).map(([name, scenario]) => ({
    name,
    compiled: compileScenario(seeded(scenario, seed)),
  }));
  const issues: Issue[] = parts.flatMap(({ compiled }) => (compiled.ok ? [] : compiled.issues));
  const checked = parts.flatMap(({ name, compiled }) => (compiled.ok ? [{ name, compiled }] : []));
  const [first] = checked;
  if (!first) issues.push(optionIssue('scenarios', 'there is nothing to compare: give at least one scenario'));
  for (const { name, compiled } of checked) {
    const { warmupUs, durationUs } = compiled.value.run;
    const run = first?.compiled.value.run;
    if (run && (run.warmupUs !== warmupUs || run.durationUs !== durationUs))
      issues.push(optionIssue('scenarios', `${name} and ${first.name} differ in run.warmup or run.duration`));
  }
  if (!first || issues.length > 0) return { ok: false, issues };
  const platforms = checked.map(({ name, compiled }, colourIndex) => {
    return { ...compiled.value.platforms[0]!, name, title: name, colourIndex };
  });
  const warnings = checked.flatMap(({ compiled }) => compiled.warnings);
  return { ok: true, value: { ...first.compiled.value, platforms }, warnings };
}

function isScenario(value: Scenario | Readonly<Record<string, Scenario>>): value is Scenario {
  return Array.isArray((value as Scenario).traffic);
}

function seeded(scenario: Scenario, seed: string | number | undefined): Scenario {
  return seed === undefined ? scenario : { ...scenario, seed: String(seed) };
}

/** A mistake in an option: there is no file to point at. */
function optionIssue(path: string, message: string): Issue {
  return {
    code: 'option',
    severity: 'error',
    at: { file: 'options', line: 1, column: 1 },
    path,
    message: `${path} ${message}`,
  };
}
