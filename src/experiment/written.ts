/**
 * From a scenario as a page has it (text, and what its sliders change) to what is simulated. Its own file because
 * `host` may not know the room `model`, and because a text in a page stands alone: of the files it
 * names it has those that somebody handed over.
 */
import type { CompiledScenario } from '../model/compiled.js';
import type { Scenario } from '../scenario/contract.js';
import { givenFiles, noFiles } from '../scenario/files.js';
import type { Override } from '../scenario/overrides.js';
import { parseRest, parseScenario } from '../scenario/parse.js';
import type { Checked, Issue } from '../units/issue.js';
import { type Extent, type JobResult, jobInSlices, listJobs, runJob, wholeExtent } from './jobs.js';
import { judgeLevel } from './level.js';
import { compileScenario, issuesWithMeaning } from './prepare.js';

export interface WrittenScenario {
  readonly text: string;
  readonly file: string;
  readonly seed?: string;
  readonly overrides?: readonly Override[];
  /** Texts of files it may name, by name. */
  readonly files?: Readonly<Record<string, string>>;
}

export interface Prepared {
  readonly scenario: Scenario;
  readonly compiled: CompiledScenario;
  readonly extent: Extent;
  /** The serverless level of a platform, observed. */
  levelOf(place: number): ObservedLevel;
}

export interface ObservedLevel {
  readonly observed: 0 | 1 | 2;
  readonly claimed: 0 | 1 | 2 | null;
  readonly why: string;
  readonly whyDifferent: string | null;
  readonly monthAtZeroUsd: string;
}

/** @param platforms by name, in order; none: all of them */
export function prepareWritten(
  { text, file, seed, overrides = [], files: given }: WrittenScenario,
  platforms: readonly string[],
): Checked<Prepared> {
  const files = given ? givenFiles(given) : noFiles;
  const parsed = parseScenario(text, file, files, overrides);
  if (!parsed.ok)
    return { ok: false, issues: issuesWithMeaning(parsed.issues, parseRest(text, file, files, overrides)) };
  const scenario = seed === undefined ? parsed.value : { ...parsed.value, seed };
  const compiled = compileScenario(scenario);
  if (!compiled.ok) return { ok: false, issues: [...compiled.issues, ...parsed.warnings] };
  const names = compiled.value.platforms.map(({ name }) => name);
  const unknown = platforms.filter((name) => !names.includes(name));
  if (unknown.length > 0) return { ok: false, issues: unknown.map((name) => unknownPlatform(file, name, names)) };
  const whole = wholeExtent(compiled.value);
  const extent = platforms.length === 0 ? whole : { ...whole, platforms: platforms.map((name) => names.indexOf(name)) };
  const levelOf = (place: number): ObservedLevel => observedLevel(compiled.value, place);
  const warnings = [...parsed.warnings, ...compiled.warnings];
  return { ok: true, value: { scenario, compiled: compiled.value, extent, levelOf }, warnings };
}

function unknownPlatform(file: string, name: string, names: readonly string[]): Issue {
  return {
    code: 'unknown-name',
    severity: 'error',
    at: { file, line: 1, column: 1 },
    path: 'platforms',
    message: `there is no platform ${name}; there are ${names.join(', ')}`,
  };
}

function observedLevel(compiled: CompiledScenario, place: number): ObservedLevel {
  const result = runJob(compiled, { kind: 'level', platform: place });
  if (result.kind !== 'level') throw new Error('a job of one kind has a result of another');
  const { observed, claimed, why, whyDifferent, amounts } = judgeLevel(compiled.platforms[place]!, result.findings);
  return { observed, claimed, why, whyDifferent, monthAtZeroUsd: amounts.emptyMonthUsd };
}

/** Every job of an extent, a slice at a time: the share of all that is done, and a result where a job has ended. */
export function* sliceJobs(
  compiled: CompiledScenario,
  extent: Extent,
): Generator<{ readonly doneShare: number; readonly result: JobResult | null }> {
  const jobs = listJobs(compiled, extent);
  for (const [place, job] of jobs.entries()) {
    const slices = jobInSlices(compiled, job);
    let slice = slices.next();
    while (!slice.done) {
      yield { doneShare: (place + slice.value) / jobs.length, result: null };
      slice = slices.next(true);
    }
    yield { doneShare: (place + 1) / jobs.length, result: slice.value };
  }
}
