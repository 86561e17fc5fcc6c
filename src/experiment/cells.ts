/**
 * A cell: one scenario with some settings changed, simulated on some platforms so many times, and what came of it.
 *
 * The unit of sweeps and plans, on threads as on other machines. Its own file because a cell is plain data with a name
 * of its own (`cellKey`): made anywhere, stored once, read back instead of being simulated again. It holds every
 * metric, and the platform's numbers of each replication for paired comparisons, but no timelines and no curves.
 */
import type { CompiledPlatform, CompiledScenario } from '../model/compiled.js';
import type { Scenario } from '../scenario/contract.js';
import { applyOverrides } from '../scenario/parse.js';
import type { Tree } from '../scenario/tree.js';
import { type Issue, printIssue } from '../units/issue.js';
import type { ObjectiveResult, PlatformResult, Warning } from './contract.js';
import type { Setting, Settings } from './designs.js';
import { digestOf } from './digest.js';
import { findingsOf } from './gather.js';
import { type Extent, type Job, type JobResult, listJobs, runJob } from './jobs.js';
import type { Numbers } from './measures.js';
import { metricNameOf } from './metricCatalogue.js';
import { summarize } from './platformResult.js';
import { compileScenario } from './prepare.js';

/** What to simulate. */
export interface CellOrder {
  readonly settings: Settings;
  /** Platforms by name; null for all. */
  readonly platforms: readonly string[] | null;
  /** Null: as many as the scenario says. */
  readonly replications: number | null;
}

/** What came of it. Survives `structuredClone` and `JSON`. */
export interface Cell {
  readonly settings: Settings;
  readonly replications: number;
  /** Why it could not be simulated, a printed issue each; empty when it was. */
  readonly refusals: readonly string[];
  readonly platforms: readonly CellPlatform[];
  /** Events handled for it. */
  readonly eventCount: number;
  /** False where it was stopped before its end. */
  readonly complete: boolean;
}

/** One platform of a cell. */
export interface CellPlatform
  extends Pick<
    PlatformResult,
    | 'name'
    | 'title'
    | 'metrics'
    | 'traffic'
    | 'services'
    | 'databases'
    | 'releases'
    | 'faults'
    | 'queues'
    | 'meetsObjectives'
  > {
  readonly objectives: readonly ObjectiveResult[];
  readonly warnings: readonly Warning[];
  /** Reasons not to trust it. */
  readonly untrusted: readonly Warning[];
  /** The platform's metrics, replication by replication. */
  readonly numbers: readonly Numbers[];
  /** Of the month's bill, USD by price-book id; by line where a price is the scenario's own. */
  readonly paidBySku: readonly { readonly sku: string; readonly monthUsd: number }[];
}

/** A cell made ready: its scenario compiled, and the jobs it consists of. */
export interface PreparedCell {
  readonly order: CellOrder;
  readonly compiled: CompiledScenario;
  readonly extent: Extent;
  readonly jobs: readonly Job[];
}

/**
 * Applies the settings and compiles. Platforms that a setting removed are a refusal too.
 *
 * @returns the cell made ready, or every issue of the changed scenario
 */
export function prepareCell(
  scenario: Scenario,
  order: CellOrder,
): PreparedCell | { readonly issues: readonly Issue[] } {
  const overrides = order.settings.map(({ path, value }) => ({ path, value }));
  const changed = overrides.length === 0 ? null : applyOverrides(scenario, overrides);
  if (changed && !changed.ok) return { issues: changed.issues };
  const checked = compileScenario(changed ? changed.value : scenario);
  if (!checked.ok) return { issues: checked.issues };
  const compiled = checked.value;
  const names = compiled.platforms.map(({ name }) => name);
  const platforms = (order.platforms ?? names).map((name) => names.indexOf(name));
  if (platforms.includes(-1)) throw new Error(`a cell names a platform that its scenario does not have`);
  const extent: Extent = {
    platforms,
    replications: order.replications ?? compiled.run.replications,
    withCostCurve: false,
    withLevel: needsLevel(compiled),
  };
  return { order, compiled, extent, jobs: listJobs(compiled, extent) };
}

/** The level costs three runs of its own: it is observed only where an objective looks at what it finds. */
function needsLevel({ objectives }: CompiledScenario): boolean {
  return objectives.some((objective) => /^serverless_|_at_zero$/.test(metricNameOf(objective)));
}

/** The cell that these results make, in whatever order they came. */
export function cellOf({ order, compiled, extent, jobs }: PreparedCell, results: readonly JobResult[]): Cell {
  const platforms = extent.platforms.flatMap((place) => {
    const findings = findingsOf(place, results, extent);
    return findings ? [cellPlatform(compiled, compiled.platforms[place]!, findings)] : [];
  });
  const runs = results.flatMap((result) => (result.kind === 'replication' ? [result.result] : []));
  return {
    settings: order.settings,
    replications: extent.replications,
    refusals: [],
    platforms,
    eventCount: runs.reduce((sum, { eventCount }) => sum + eventCount, 0),
    complete: results.length === jobs.length && runs.every(({ stopped }) => stopped === null),
  };
}

function cellPlatform(
  compiled: CompiledScenario,
  platform: CompiledPlatform,
  findings: NonNullable<ReturnType<typeof findingsOf>>,
): CellPlatform {
  const { result, numbers, cautions } = summarize(compiled, platform, findings);
  const { name, title, metrics, traffic, services, databases, releases, faults } = result;
  const { objectives, meetsObjectives, warnings, bill } = result;
  const scopes = {
    traffic,
    services,
    databases,
    releases,
    faults,
    ...(result.queues ? { queues: result.queues } : {}),
  };
  return {
    name,
    title,
    metrics,
    ...scopes,
    objectives,
    meetsObjectives,
    warnings,
    untrusted: cautions.untrusted,
    numbers,
    paidBySku: paidBySku(bill),
  };
}

function paidBySku({ lines }: PlatformResult['bill']): CellPlatform['paidBySku'] {
  const paid = new Map<string, number>();
  for (const { sku, line, amountMonthUsd } of lines) {
    const name = sku === '' ? line : sku;
    paid.set(name, (paid.get(name) ?? 0) + Number(amountMonthUsd));
  }
  return Array.from(paid, ([sku, monthUsd]) => ({ sku, monthUsd }));
}

/** A cell that cannot be simulated, and why. */
export function refusedCell({ settings, replications }: CellOrder, issues: readonly Issue[]): Cell {
  const refusals = issues.filter(({ severity }) => severity === 'error').map(printIssue);
  return { settings, replications: replications ?? 0, refusals, platforms: [], eventCount: 0, complete: true };
}

/** Prepares and simulates a whole cell here. @param onSlice as for `runJob`; false stops it, and null is returned */
export function runCell(scenario: Scenario, order: CellOrder, onSlice?: (doneShare: number) => boolean): Cell | null {
  const prepared = prepareCell(scenario, order);
  if ('issues' in prepared) return refusedCell(order, prepared.issues);
  const { compiled, jobs } = prepared;
  const results: JobResult[] = [];
  for (const job of jobs) {
    let goesOn = true;
    const share = (part: number): boolean => {
      goesOn = onSlice?.((results.length + part) / jobs.length) ?? true;
      return goesOn;
    };
    const result = runJob(compiled, job, share);
    if (!goesOn || !share(1)) return null;
    results.push(result);
  }
  return cellOf(prepared, results);
}

/** What a cell's result depends on, and nothing else. */
export interface CellKeyWords {
  /** The version of the program: another one may come to other numbers. */
  readonly version: string;
  /** Of the scenario before any setting, with all that it reads. */
  readonly scenarioDigest: string;
  readonly order: CellOrder;
}

/**
 * The name of a cell's result: `c` and 32 hexadecimal digits. The order of the settings does not matter where they
 * change different things, and does where they do not.
 */
export function cellKey({ version, scenarioDigest, order }: CellKeyWords): string {
  const { settings, platforms, replications } = order;
  const sorted = areApart(settings) ? [...settings].sort((a, b) => (a.path < b.path ? -1 : 1)) : settings;
  return `c${digestOf({ version, scenarioDigest, settings: sorted, platforms, replications })}`;
}

function areApart(settings: readonly Setting[]): boolean {
  return settings.every(({ path }, place) =>
    settings.every((other, otherPlace) => place === otherPlace || !other.path.startsWith(path)),
  );
}

/** The digest of a scenario as it was read: what its tree says, not where, and the texts of the files it names. */
export function scenarioDigestOf({ source, name, priceFile }: Scenario): string {
  const texts = [...source.files.values()].map((answer) => (answer.ok ? answer.text : answer.why));
  const prices = priceFile ? { prices: priceFile.entries } : {};
  return digestOf({ name, tree: wordsOf(source.tree), texts, ...prices });
}

type Words = string | null | readonly Words[];

/** A tree without its places: a list begins with `-`, a map with `:`, so that no two trees have the same words. */
function wordsOf(tree: Tree): Words {
  if (tree.kind === 'text') return tree.text;
  if (tree.kind === 'empty') return null;
  if (tree.kind === 'list') return ['-', ...tree.items.map(wordsOf)];
  return [':', ...tree.entries.map(({ name, value }) => [name, wordsOf(value)])];
}
