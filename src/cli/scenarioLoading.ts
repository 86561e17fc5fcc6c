/**
 * From a path on the command line, and the flags that change what stands in the file, to a checked scenario or all that
 * is wrong with it. Its own file because every command that reads a scenario reads it in this one way: a flag is
 * checked exactly as the setting in the file would be. Checked by test/cli/scenarioLoading.test.ts.
 */
import { type CompiledScenario, compileScenario, issuesWithMeaning } from '../experiment/prepare.js';
import { scenarioFiles } from '../host/scenarioFiles.js';
import { openScenario, type ScenarioReader } from '../host/scenarioReader.js';
import type { PriceFileSpec, Scenario } from '../scenario/contract.js';
import { type Override, overrideFile } from '../scenario/overrides.js';
import { applyOverrides, parseRest, parseScenario } from '../scenario/parse.js';
import { parsePriceFile } from '../scenario/priceFile.js';
import type { Checked, Issue } from '../units/issue.js';
import type { FlagValues } from './commands/contract.js';
import type { FlagName } from './flags.js';

export interface Loaded {
  readonly scenario: Scenario;
  readonly compiled: CompiledScenario;
}

export interface Loading {
  /** Warnings are those of the form and those of the meaning. */
  readonly checked: Checked<Loaded>;
  /** Knows the texts that were read, and their digest. */
  readonly reader: ScenarioReader;
}

/** A change, and the flag it came from. */
interface FlagOverride extends Override {
  readonly flag: string;
}

export function loadScenario(file: string, flags: FlagValues): Loading {
  const reader = openScenario(file);
  const reading = reader.readScenario();
  if (!reading.ok)
    return { checked: { ok: false, issues: [unreadable(file, `the scenario ${reading.reason}`)] }, reader };
  const overrides = overridesOf(flags);
  const files = scenarioFiles(reader);
  const thresholds = flags.list('threshold');
  const prices = pricesOf(flags.text('prices'), reader);
  const formed = parseScenario(reading.text, file, files, overrides);
  const parsed = withPrices(formed, prices);
  if (!formed.ok && !parsed.ok) {
    const issues = issuesWithMeaning(parsed.issues, parseRest(reading.text, file, files, overrides));
    return { checked: namingFlags({ ok: false, issues }, overrides), reader };
  }
  if (!parsed.ok || thresholds.length === 0) return { checked: namingFlags(compiled(parsed), overrides), reader };
  const all = [...overrides, ...thresholdOverrides(thresholds, parsed.value.objectives.length)];
  return { checked: namingFlags(compiled(applyOverrides(parsed.value, all, files)), all), reader };
}

/** The price file that a flag names, right in its form; undefined without one. */
function pricesOf(file: string | undefined, reader: ScenarioReader): Checked<PriceFileSpec> | undefined {
  if (file === undefined) return undefined;
  const reading = reader.readBeside(file);
  return reading.ok
    ? parsePriceFile(reading.text, file)
    : { ok: false, issues: [unreadable(file, `the price file ${reading.reason}`)] };
}

function withPrices(parsed: Checked<Scenario>, prices: Checked<PriceFileSpec> | undefined): Checked<Scenario> {
  if (!prices) return parsed;
  if (!parsed.ok) return { ok: false, issues: [...parsed.issues, ...(prices.ok ? [] : prices.issues)] };
  if (!prices.ok) return prices;
  return { ...parsed, value: { ...parsed.value, priceFile: prices.value } };
}

function compiled(parsed: Checked<Scenario>): Checked<Loaded> {
  if (!parsed.ok) return parsed;
  const { value: scenario, warnings } = parsed;
  const meaning = compileScenario(scenario);
  if (!meaning.ok) return { ok: false, issues: [...warnings, ...meaning.issues] };
  return { ok: true, value: { scenario, compiled: meaning.value }, warnings: [...warnings, ...meaning.warnings] };
}

/** `--set` first, in its order; then the flags that stand for one setting each. */
function overridesOf(flags: FlagValues): readonly FlagOverride[] {
  const sets = flags.list('set').map((change): FlagOverride => {
    const at = change.indexOf('=');
    if (at < 0) return { flag: '--set', path: change, value: '' };
    return { flag: '--set', path: change.slice(0, at).trim(), value: change.slice(at + 1) };
  });
  const single = (flag: FlagName, path: string, write: (text: string) => string): FlagOverride[] => {
    const text = flags.text(flag);
    return text === undefined ? [] : [{ flag: `--${flag}`, path, value: write(text) }];
  };
  const asIs = (text: string): string => text;
  return [
    ...sets,
    ...single('seed', 'seed', (text) => JSON.stringify(text)),
    ...single('replications', 'run.replications', asIs),
    ...single('duration', 'run.duration', asIs),
    ...single('warmup', 'run.warmup', asIs),
  ];
}

/** Objectives of the command line, behind those of the file. */
function thresholdOverrides(thresholds: readonly string[], objectiveCount: number): readonly FlagOverride[] {
  const flag = '--threshold';
  if (objectiveCount === 0) return [{ flag, path: 'objectives', value: JSON.stringify(thresholds) }];
  return thresholds.map((text, i) => ({
    flag,
    path: `objectives[${objectiveCount + i}]`,
    value: JSON.stringify(text),
  }));
}

/** Issues of a changed value stand at the flag that changed it: `--replications:1:1`, `--set:2:1` for the second. */
function namingFlags(checked: Checked<Loaded>, overrides: readonly FlagOverride[]): Checked<Loaded> {
  const named = (issue: Issue): Issue => {
    const flag = overrides[issue.at.line - 1]?.flag;
    if (issue.at.file !== overrideFile || flag === undefined || flag === '--set') return issue;
    return { ...issue, at: { file: flag, line: 1, column: 1 } };
  };
  return checked.ok
    ? { ...checked, warnings: checked.warnings.map(named) }
    : { ...checked, issues: checked.issues.map(named) };
}

/** A `--set` without a value, or with nothing but a path, is a slip, never a removal. */
export function setMistakes(flags: FlagValues): readonly string[] {
  return flags
    .list('set')
    .filter((change) => change.indexOf('=') < 1)
    .map((change) => `--set ${JSON.stringify(change)} is not path=value`);
}

/** @param what as in `the scenario does not exist` */
export function unreadable(file: string, what: string): Issue {
  const hint = what.includes('does not exist') ? 'check the path' : undefined;
  const issue = { code: 'file', severity: 'error', at: { file, line: 1, column: 1 }, path: '' } as const;
  return { ...issue, message: what, ...(hint === undefined ? {} : { hint }) };
}
