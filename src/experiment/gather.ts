/**
 * From the results of jobs to the comparison, in whatever order they came and wherever they were done. Its own file
 * because one thread and eight must end in the same bytes, so both end here: results are gathered by number.
 */
import type { CompiledPlatform, CompiledScenario } from '../model/compiled.js';
import { notModelled } from './assumptions.js';
import { type Baseline, type Found, holdAgainst } from './baseline.js';
import type { MeteredRun } from './bill.js';
import { warningOf } from './cautions.js';
import { type Comparison, formatVersion, type RunFacts, type Warning } from './contract.js';
import { digestOf } from './digest.js';
import { pairedDifferences } from './estimates.js';
import { type Extent, type JobResult, listJobs } from './jobs.js';
import { type PlatformFindings, type Summarized, summarize } from './platformResult.js';
import { judge, markUnequal, rankPlatforms } from './ranking.js';

/**
 * The comparison that these results make, in whatever order they came. Jobs that are missing make it incomplete: a
 * platform whose level is missing is left out, a replication that is missing is not in the means.
 */
export function gather(
  compiled: CompiledScenario,
  extent: Extent,
  results: readonly JobResult[],
  baseline?: Baseline,
): Comparison {
  const found = findEach(compiled, extent, results);
  const against = baseline
    ? holdAgainst(compiled, found, baseline, findEach(baseline.compiled, baseline.extent, baseline.results))
    : null;
  const summarized = against?.summarized ?? found.map((one) => one.summarized);
  const platforms = markUnequal(summarized.map(({ result }) => result));
  const ranking = rankPlatforms(platforms);
  const { name, description, seed, run } = compiled;
  const isWhole = results.length === listJobs(compiled, extent).length;
  const isFinished = found.every(({ findings }) => findings.replications.every(({ stopped }) => stopped === null));
  return {
    formatVersion,
    complete: isWhole && isFinished && extent.abortedAt === undefined,
    scenario: name,
    description: description === '' ? null : description,
    seed,
    replications: extent.replications,
    confidence: run.confidence,
    // Single visitors are there to be looked at; every number they bear on is in the digest anyway.
    digest: digestOf(platforms.map(({ visits: _, requests: __, ...platform }) => platform)),
    run: runFacts(compiled),
    platforms,
    ranking,
    differences: differencesOf(
      platforms.map((platform) => platform.name),
      summarized,
      run.confidence,
    ),
    warnings: comparisonWarnings(
      compiled,
      extent,
      found.map(({ platform }) => platform),
    ),
    verdict: judge(
      platforms,
      summarized.map(({ cautions }) => cautions),
      ranking,
    ),
    assumptions: notModelled,
    ...(against ? { baseline: against.comparison } : {}),
  };
}

/** Every platform of which something is known, with its numbers replication by replication. */
export function summarizeEach(
  compiled: CompiledScenario,
  extent: Extent,
  results: readonly JobResult[],
): readonly Summarized[] {
  return findEach(compiled, extent, results).map(({ summarized }) => summarized);
}

function findEach(compiled: CompiledScenario, extent: Extent, results: readonly JobResult[]): readonly Found[] {
  return extent.platforms.flatMap((place) => {
    const findings = findingsOf(place, results, extent);
    const platform = compiled.platforms[place]!;
    return findings ? [{ platform, findings, summarized: summarize(compiled, platform, findings, extent) }] : [];
  });
}

/** What the results say of one platform; null where its level is wanted and missing, or there is nothing at all. */
export function findingsOf(
  place: number,
  results: readonly JobResult[],
  { withLevel = true }: Pick<Extent, 'withLevel'>,
): PlatformFindings | null {
  const own = results.filter(({ platform }) => platform === place);
  const level = own.find((result) => result.kind === 'level');
  if (own.length === 0 || (withLevel && !level)) return null;
  const restRuns = new Map<number, MeteredRun>();
  for (const result of own) if (result.kind === 'rest' && result.run) restRuns.set(result.replication, result.run);
  return {
    replications: own
      .flatMap((result) => (result.kind === 'replication' ? [result.result] : []))
      .sort((a, b) => a.replicationIndex - b.replicationIndex),
    restRuns,
    level: level?.findings ?? null,
    costPoints: own.flatMap((result) => (result.kind === 'cost-point' ? [result.point] : [])),
  };
}

function differencesOf(
  names: readonly string[],
  [baseline, ...others]: readonly Summarized[],
  confidence: number,
): Comparison['differences'] {
  if (!baseline) return [];
  return others.flatMap(({ numbers }, place) =>
    pairedDifferences(names[place + 1]!, numbers, baseline.numbers, confidence),
  );
}

function comparisonWarnings(
  compiled: CompiledScenario,
  { replications, abortedAt }: Extent,
  platforms: readonly CompiledPlatform[],
): Warning[] {
  const warnings = compiled.warnings.map(warningOf);
  if (abortedAt !== undefined) {
    const message = `stopped after ${replications} of ${abortedAt} replications: an objective can no longer be met`;
    warnings.push({ code: 'aborted', message });
  }
  if (replications < 2) {
    const message = 'one replication has no interval: nothing is said about chance (give two or more replications)';
    warnings.push({ code: 'no-intervals', message });
  }
  const isClosed = platforms.some(({ model }) => model.traffic.some(({ arrivals }) => 'userCount' in arrivals));
  if (isClosed && platforms.length > 1) {
    const message =
      'closed arrivals share think times and work, not their moments: platforms are paired by replication only';
    warnings.push({ code: 'closed-pairing', message });
  }
  return warnings;
}

const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function runFacts({ run }: CompiledScenario): RunFacts {
  const { starts } = run;
  const minuteOfDay = starts ? starts.timeOfDayUs / 60e6 : 0;
  const clock = `${twoDigits(Math.floor(minuteOfDay / 60))}:${twoDigits(Math.floor(minuteOfDay % 60))}`;
  const day = starts && starts.weekday !== null ? `${dayNames[starts.weekday]} ` : '';
  return {
    warmupMs: run.warmupUs / 1000,
    durationMs: run.durationUs / 1000,
    windowMs: run.windowUs / 1000,
    monthHours: run.monthH,
    representsHours: run.representsH,
    restShare: run.restShare,
    starts: starts ? { text: `${day}${clock}`, dayIndex: starts.weekday, minuteOfDay } : null,
  };
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
