/**
 * A sweep as the library offers it: every cell of a design, simulated in this thread, one after another.
 *
 * Its own file because the command spreads the same cells over threads and machines (`host`); what a sweep is stands
 * here once: which orders it consists of, and what must be right before the first of them.
 */
import type { Scenario } from '../scenario/contract.js';
import { applyOverrides } from '../scenario/parse.js';
import type { Checked, Issue } from '../units/issue.js';
import { type Cell, type CellOrder, prepareCell, runCell } from './cells.js';
import { cellCountOf, type Design, designFaults, type Settings, settingsOf } from './designs.js';
import { compileScenario } from './prepare.js';
import { type Varied, variedOf } from './vary.js';

/** Every value of up to so many combinations is checked before the first is simulated; beyond, each value alone. */
const mostCheckedTogether = 200;

export interface SweepOptions {
  /** Instead of the scenario's own. */
  readonly seed?: string | number;
  /** Whole, >= 1; instead of the scenario's own. */
  readonly replications?: number;
  /** Which platforms, by name; all unless named. */
  readonly platforms?: readonly string[];
  /** Hears the share of the whole that is done, in [0, 1], never falling. */
  readonly onProgress?: (doneShare: number) => void;
}

/** A sweep that may begin. */
export interface SweepPlan {
  readonly scenario: Scenario;
  readonly orders: readonly CellOrder[];
}

/**
 * One cell for each combination of the values, in the order of the paths, the last changing fastest.
 *
 * @param varied path -> values, as `--set` would take them
 * @returns every cell, or every mistake; a combination that contradicts itself is a cell with `refusals`
 */
export function sweep(
  scenario: Scenario,
  varied: Readonly<Record<string, readonly (string | number | boolean)[]>>,
  options: SweepOptions = {},
): Checked<readonly Cell[]> {
  const readings = Object.entries(varied).map(([path, values]) => variedOf(path, values));
  const faults = readings.filter((reading) => typeof reading === 'string');
  if (faults.length > 0) return { ok: false, issues: faults.map(optionIssue) };
  const seeded = options.seed === undefined ? scenario : { ...scenario, seed: String(options.seed) };
  const planned = planSweep(
    seeded,
    { kind: 'grid', varied: readings as Varied[], sampleCount: 0, seed: seeded.seed },
    { platforms: options.platforms ?? null, replications: options.replications ?? null },
  );
  if (!planned.ok) return planned;
  const { orders } = planned.value;
  const cells = orders.map((order, place) => {
    const cell = runCell(seeded, order, (share) => {
      options.onProgress?.((place + share) / orders.length);
      return true;
    });
    if (!cell) throw new Error('a cell was stopped though nobody asked for it');
    return cell;
  });
  return { ok: true, value: cells, warnings: planned.warnings };
}

/**
 * Checks a design against its scenario: paths that exist, values that are allowed, platforms that are there.
 *
 * @returns the orders in the design's order, or every issue found; issues of a value name the path
 */
export function planSweep(
  scenario: Scenario,
  design: Design,
  { platforms, replications }: Pick<CellOrder, 'platforms' | 'replications'>,
): Checked<SweepPlan> {
  const faults = designFaults(design);
  const compiled = compileScenario(scenario);
  if (!compiled.ok) return compiled;
  const names = compiled.value.platforms.map(({ name }) => name);
  for (const name of platforms ?? [])
    if (!names.includes(name)) faults.push(`there is no platform ${name}; there are ${names.join(', ')}`);
  if (replications !== null && (!Number.isInteger(replications) || replications < 1))
    faults.push(`replications must be a whole number from 1 on, got ${replications}`);
  if (faults.length > 0) return { ok: false, issues: faults.map(optionIssue) };
  const settings = settingsOf(design);
  const issues = cellCountOf(design) <= mostCheckedTogether ? [] : valueIssues(scenario, design.varied);
  if (cellCountOf(design) <= mostCheckedTogether) issues.push(...combinationIssues(scenario, settings));
  if (issues.length > 0) return { ok: false, issues };
  const orders = settings.map((one) => ({ settings: one, platforms, replications }));
  return { ok: true, value: { scenario, orders }, warnings: compiled.warnings };
}

/** Issues of each value alone, each told once. */
export function valueIssues(scenario: Scenario, varied: readonly Varied[]): Issue[] {
  const all = varied.flatMap(({ path, values }) =>
    values.flatMap((value) => {
      const changed = applyOverrides(scenario, [{ path, value }]);
      return changed.ok ? [] : errorsOf(changed.issues, `${path}=${value}`);
    }),
  );
  return once(all);
}

/** Issues of the combinations, as far as every one of them has them: one that stands alone is a refused cell. */
function combinationIssues(scenario: Scenario, settings: readonly Settings[]): Issue[] {
  const all = settings.map((one) => {
    const prepared = prepareCell(scenario, { settings: one, platforms: null, replications: null });
    return 'issues' in prepared
      ? errorsOf(prepared.issues, one.map(({ path, value }) => `${path}=${value}`).join(' '))
      : [];
  });
  const isFormWrong = all.some((issues) => issues.some(({ code }) => code === 'unknown-key' || code === 'type'));
  return isFormWrong || all.every((issues) => issues.length > 0) ? once(all.flat()) : [];
}

function errorsOf(issues: readonly Issue[], change: string): Issue[] {
  return issues
    .filter(({ severity }) => severity === 'error')
    .map((issue) =>
      issue.at.file === '--set' ? { ...issue, at: { file: `--vary ${change}`, line: 1, column: 1 } } : issue,
    );
}

function once(issues: readonly Issue[]): Issue[] {
  return [...new Map(issues.map((issue) => [`${issue.code} ${issue.message}`, issue])).values()];
}

/** A mistake in what was asked for: there is no file to point at. */
function optionIssue(message: string): Issue {
  return { code: 'option', severity: 'error', at: { file: '--vary', line: 1, column: 1 }, path: '', message };
}
