/**
 * What holds in a scenario, and why: every setting as it was taken, with the place, preset or default it is from; who
 * decides what on each platform; and what is not modelled. Its own file because `explain` prints it and reads nothing
 * else. Checked by test/experiment/explanation.test.ts.
 *
 * Settings that are written stand as written (`file:line`), those that are missing as the language's default; behind
 * them, for each platform, what was made of needs, choices and the preset.
 */
import type { CompiledScenario } from '../model/compiled.js';
import type { Scenario } from '../scenario/contract.js';
import { type Path, pathKey, printPath } from '../scenario/positions.js';
import { entriesOf, type Tree } from '../scenario/tree.js';
import { printDuration, printShare } from '../units/print.js';
import { notModelled } from './assumptions.js';

export { type ParameterRow, type PresetParameters, presetNames, presetParameters } from '../model/presetParameters.js';

export interface ExplainedSetting {
  readonly path: string;
  /** With its unit. */
  readonly value: string;
  /** `shop.yaml:14`, `preset lambda (verified: …)` or `default`; behind a semicolon how it was made of that. */
  readonly origin: string;
}

export interface ExplainedPlatform {
  readonly name: string;
  readonly preset: string;
  readonly yours: readonly string[];
  readonly theirs: readonly string[];
  readonly settings: readonly ExplainedSetting[];
}

export interface Explanation {
  readonly scenario: string;
  readonly seed: string;
  /** Of the scenario as a whole, in the order of the language. */
  readonly settings: readonly ExplainedSetting[];
  readonly platforms: readonly ExplainedPlatform[];
  readonly notModelled: readonly string[];
}

export function explainScenario(scenario: Scenario, { name, seed, platforms }: CompiledScenario): Explanation {
  const { tree } = scenario.source;
  const shared = entriesOf(tree).filter((entry) => entry.name !== 'platforms');
  return {
    scenario: name,
    seed,
    settings: [...shared.flatMap((entry) => writtenBelow(entry.value, [entry.name])), ...missing(scenario)],
    platforms: platforms.map((platform) => ({
      name: platform.name,
      preset: platform.preset,
      yours: platform.levelFacts.yours,
      theirs: platform.levelFacts.theirs,
      settings: [
        ...writtenOf(tree, platform.name),
        ...platform.inputs.map(({ path, value, unit, origin }) => ({ path, value: withUnit(value, unit), origin })),
      ],
    })),
    notModelled,
  };
}

/**
 * The same with only what lies at or below `path`; `services.movie.memory` also finds what each platform took for it.
 * Null when nothing does.
 */
export function explanationAt(explanation: Explanation, path: string): Explanation | null {
  const isBelow = (candidate: string): boolean =>
    candidate === path || candidate.startsWith(`${path}.`) || candidate.startsWith(`${path}[`);
  const settings = explanation.settings.filter((setting) => isBelow(setting.path));
  const platforms = explanation.platforms
    .map((platform) => {
      const prefix = printPath(['platforms', platform.name]).length + 1;
      const isFound = (setting: ExplainedSetting): boolean =>
        isBelow(setting.path) || isBelow(setting.path.slice(prefix));
      return { ...platform, settings: platform.settings.filter(isFound) };
    })
    .filter((platform) => platform.settings.length > 0);
  if (settings.length === 0 && platforms.length === 0) return null;
  return { ...explanation, settings, platforms };
}

const withUnit = (value: string, unit: string): string => (unit === '' ? value : `${value} ${unit}`);

function writtenOf(tree: Tree, platform: string): ExplainedSetting[] {
  const platforms = entriesOf(tree).find(({ name }) => name === 'platforms')?.value;
  const own = entriesOf(platforms).find(({ name }) => name === platform)?.value;
  return own ? writtenBelow(own, ['platforms', platform]) : [];
}

/** One row a value; lists stand whole, in one line. */
function writtenBelow(tree: Tree, path: Path): ExplainedSetting[] {
  if (tree.kind === 'map' && tree.entries.length > 0)
    return tree.entries.flatMap((entry) => writtenBelow(entry.value, [...path, entry.name]));
  const { file, line } = tree.at;
  return [{ path: printPath(path), value: flowText(tree), origin: `${file}:${line}` }];
}

function flowText(tree: Tree): string {
  if (tree.kind === 'text') return tree.text;
  if (tree.kind === 'list') return `[${tree.items.map(flowText).join(', ')}]`;
  if (tree.kind === 'empty') return 'null';
  return `{${tree.entries.map(({ name, value }) => `${name}: ${flowText(value)}`).join(', ')}}`;
}

/** What the scenario doesn't say of itself, its visitors and its databases, as the language fills it in. */
function missing(scenario: Scenario): ExplainedSetting[] {
  const { run, traffic, databases, positions } = scenario;
  const filled: readonly (readonly [Path, string])[] = [
    [['name'], scenario.name],
    [['seed'], scenario.seed],
    [['load'], String(scenario.load)],
    [['run', 'warmup'], printDuration(run.warmupUs)],
    [['run', 'duration'], printDuration(run.durationUs)],
    [['run', 'replications'], String(run.replications)],
    [['run', 'confidence'], printShare(run.confidence)],
    [['run', 'window'], printDuration(run.windowUs)],
    [['run', 'month'], printDuration(run.monthUs)],
    [['run', 'represents'], printDuration(run.representsUs)],
    [['run', 'rest'], printShare(run.rest)],
    ...traffic.flatMap(({ name }): (readonly [Path, string])[] => [
      [['traffic', name, 'timeout'], 'never'],
      [['traffic', name, 'retries'], '0 attempts'],
      [['traffic', name, 'bytes', 'in'], '1kB'],
      [['traffic', name, 'bytes', 'out'], '4kB'],
      [['traffic', name, 'counted'], 'true'],
    ]),
    ...databases.flatMap(({ name }): (readonly [Path, string])[] => [
      [['databases', name, 'connections'], 'unlimited'],
      [['databases', name, 'overflow'], 'wait'],
      [['databases', name, 'cores'], 'unlimited'],
      [['databases', name, 'bill'], 'not billed'],
    ]),
  ];
  return filled.flatMap(([path, value]) =>
    positions.has(pathKey(path)) ? [] : [{ path: printPath(path), value, origin: 'default' }],
  );
}
