/**
 * From text to a checked scenario: the front door of the room.
 *
 * Its own file because it is the order of the checks: syntax, `extends`, `--set`, form, what isn't built, circles of
 * calls, size of the run. Every stage adds to one list, so that all mistakes come at once; only broken YAML ends early.
 */
import type { Checked, Issue } from '../units/issue.js';
import { sortIssues } from '../units/issue.js';
import type { PriceFileSpec, Scenario } from './contract.js';
import { cycleIssues } from './cycles.js';
import { arrivalsIssues } from './expectedArrivals.js';
import { withExtended } from './extending.js';
import { type FileAnswer, noFiles, type ReadFiles, readText, rememberedFiles, type ScenarioFiles } from './files.js';
import { type FormContext, faultOf } from './form.js';
import { collectNames } from './names.js';
import { notBuiltIssues } from './notBuilt.js';
import { issueAt } from './options.js';
import { type Override, overrideFile, overrideTree } from './overrides.js';
import type { Path, Positions } from './positions.js';
import { pruned, truthOf, withSomebody } from './pruning.js';
import { readYaml } from './readYaml.js';
import { defaultRun } from './runForm.js';
import { scenarioForm } from './scenarioForm.js';
import { positionsOf, type Tree } from './tree.js';

/**
 * Reads and checks one scenario.
 *
 * @param text the file's content, decoded as UTF-8; a byte order mark and CRLF are no matter
 * @param file its name as issues shall print it, and what paths in it are relative to
 * @param files how to read files that it names; without it none can be read
 * @param overrides `--set` changes, checked like the file
 * @returns all issues in order of place; never throws for what the text holds
 */
export function parseScenario(
  text: string,
  file: string,
  files: ScenarioFiles = noFiles,
  overrides: readonly Override[] = [],
): Checked<Scenario> {
  const { tree, issues } = readYaml(text, file);
  if (!tree) return { ok: false, issues: sortIssues(issues) };
  if (tree.kind !== 'map') return { ok: false, issues: [...issues, notAMapping(tree)] };
  const taken = new Map<string, FileAnswer>();
  const remembered = rememberedFiles(files, new Map(), taken);
  const extended = withExtended(tree, file, remembered);
  // Without what it extends nearly everything would be missing: that alone is told.
  if (extended.issues.some(({ severity }) => severity === 'error'))
    return { ok: false, issues: sortIssues([...issues, ...extended.issues]) };
  return checkTree(extended.tree, { file, files, overrides, known: taken, issues: [...issues, ...extended.issues] });
}

const mostRounds = 12;

/** What is right of a scenario with mistakes, to look for others. */
export interface Rest {
  readonly scenario: Scenario;
  /** The issue at its place in the whole file; null where only the missing part may have caused it. */
  readonly asWritten: (issue: Issue) => Issue | null;
}

/**
 * A scenario whose form has mistakes, without the parts they are in; null where what is left is no scenario.
 * Arguments as of `parseScenario`, which tells those mistakes.
 */
export function parseRest(
  text: string,
  file: string,
  files: ScenarioFiles = noFiles,
  overrides: readonly Override[] = [],
): Rest | null {
  const { tree, issues } = readYaml(text, file);
  if (tree?.kind !== 'map' || issues.some(({ severity }) => severity === 'error')) return null;
  const taken = new Map<string, FileAnswer>();
  const extended = withExtended(tree, file, rememberedFiles(files, new Map(), taken));
  const { tree: whole } = overrideTree(extended.tree, overrides);
  let left = whole;
  const steps: Rest['asWritten'][] = [];
  // What is said of a whole list is only heard once its items are right, and of what holds it once that is: a round for
  // each level, and a step lies at most so deep.
  for (let round = 0; round < mostRounds; round++) {
    const circumstances = { file, files, overrides: [], known: taken, issues: [] };
    const checked = checkTree(left, circumstances);
    if (checked.ok) {
      const isTrue = truthOf(whole, left);
      return {
        scenario: checked.value,
        asWritten: (issue) => {
          const named = steps.reduceRight<Issue | null>((told, step) => told && step(told), issue);
          return named && isTrue(named) ? named : null;
        },
      };
    }
    const { faultPaths } = checked;
    if (faultPaths.length === 0 || faultPaths.some(({ length }) => length === 0)) return null;
    const { tree: next, asWritten } = pruned(left, faultPaths);
    steps.push(asWritten);
    left = withSomebody(next);
  }
  return null;
}

/**
 * The same scenario with changed settings, over those it was given before, checked anew: for sweeps, plans and `--set`.
 *
 * @param files only needed when a change names a file that the scenario didn't
 */
export function applyOverrides(
  scenario: Scenario,
  overrides: readonly Override[],
  files: ScenarioFiles = noFiles,
): Checked<Scenario> {
  const { file, source, priceFile } = scenario;
  const changed = checkTree(source.tree, { file, files, overrides, known: source.files, issues: [] });
  return changed.ok && priceFile ? { ...changed, value: { ...changed.value, priceFile } } : changed;
}

/** A scenario from what was kept of it: its file's name, its tree, the files it names. Checked like any other. */
export function restoreScenario(
  file: string,
  source: Scenario['source'],
  priceFile: PriceFileSpec | null,
): Checked<Scenario> {
  const checked = checkTree(source.tree, { file, files: noFiles, overrides: [], known: source.files, issues: [] });
  return checked.ok && priceFile ? { ...checked, value: { ...checked.value, priceFile } } : checked;
}

/** As `Checked`, and where the form found its faults. */
type CheckedTree =
  | Extract<Checked<Scenario>, { readonly ok: true }>
  | { readonly ok: false; readonly issues: readonly Issue[]; readonly faultPaths: readonly Path[] };

interface Circumstances {
  readonly file: string;
  readonly files: ScenarioFiles;
  readonly overrides: readonly Override[];
  readonly known: ReadFiles;
  readonly issues: readonly Issue[];
}

function checkTree(written: Tree, { file, files, overrides, known, issues: earlier }: Circumstances): CheckedTree {
  const taken = new Map<string, FileAnswer>();
  const remembered = rememberedFiles(files, known, taken);
  const changed = overrideTree(written, overrides);
  const root = changed.tree;
  const positions = positionsOf(root);
  const names = collectNames(root);
  const context: FormContext = {
    names,
    readFile: ({ text, at }) => readText(remembered, text, at.file === overrideFile ? file : at.file),
  };
  const checked = scenarioForm.safeParse(root, context as object);
  const issues = [
    ...earlier,
    ...changed.issues,
    ...(checked.success ? [] : checked.error.issues.map((issue) => locatedIssue(issue, positions))),
    ...notBuiltIssues(root, positions),
    ...cycleIssues(root, names, positions),
  ];
  if (!checked.success)
    return { ok: false, issues: sortIssues(issues), faultPaths: checked.error.issues.map(({ path }) => path as Path) };
  const { windtunnel: _, extends: __, ...sections } = checked.data;
  const scenario: Scenario = {
    file,
    name: baseName(file),
    description: '',
    seed: '1',
    load: 1,
    run: defaultRun,
    databases: [],
    queues: [],
    network: {},
    platforms: [],
    faults: [],
    releases: [],
    objectives: [],
    ...sections,
    positions,
    source: { tree: root, files: taken },
  };
  issues.push(...arrivalsIssues(scenario));
  const isRight = issues.every(({ severity }) => severity === 'warning');
  return isRight
    ? { ok: true, value: scenario, warnings: sortIssues(issues) }
    : { ok: false, issues: sortIssues(issues), faultPaths: [] };
}

function locatedIssue(issue: Parameters<typeof faultOf>[0], positions: Positions): Issue {
  const { rule, message, hint, part, at } = faultOf(issue);
  const located = issueAt({ positions, path: issue.path as Path, code: rule, message, hint, part });
  return at ? { ...located, at, length: 1 } : located;
}

function notAMapping(tree: Tree): Issue {
  const isEmpty = tree.kind === 'empty';
  return {
    code: 'syntax',
    severity: 'error',
    at: { ...tree.at, line: isEmpty ? 1 : tree.at.line },
    length: tree.length,
    path: '',
    message: isEmpty ? 'the file is empty' : `a scenario is a mapping, got ${tree.kind === 'list' ? 'a list' : 'text'}`,
    hint: 'a scenario needs traffic and services',
  };
}

function baseName(file: string): string {
  const last = file.split(/[/\\]/).at(-1)!;
  return last.replace(/\.ya?ml$/i, '') || file;
}
