/**
 * A result held against a stored one: what differs, and `regression:`, how much worse it may be.
 *
 * Its own file because only here do two results meet before verdicts are drawn. A regression becomes an objective of
 * its own, `latency_p99 regression <= 5%`, so that every reader of objectives shows it. It is missed when the mean is
 * worse than the stored one by more than that share, and the interval excludes the stored mean: chance alone fails no
 * pipeline. Checked by test/cli/baseline.test.ts.
 */
import type { CompiledPlatform, CompiledScenario } from '../model/compiled.js';
import type { ObjectiveSpec } from '../scenario/contract.js';
import type { TreeDifference } from '../scenario/treeDifferences.js';
import { estimateDifference, estimateIndependentDifference, estimateMean } from '../stats/interval.js';
import type { ObjectiveResult, PlatformResult } from './contract.js';
import { resultOfEach, valueIn } from './eachReplication.js';
import type { Extent, JobResult } from './jobs.js';
import { metricEntry, metricNameOf } from './metricCatalogue.js';
import type { PlatformFindings, Summarized } from './platformResult.js';
import { compareSides, type StoredComparison } from './storedComparison.js';

export interface Baseline {
  readonly compiled: CompiledScenario;
  readonly extent: Extent;
  readonly results: readonly JobResult[];
  /** What was asked differently. */
  readonly inputs: readonly TreeDifference[];
  /** Whether both had the same visitors, replication by replication. */
  readonly isPaired: boolean;
}

/** A platform of which something is known. */
export interface Found {
  readonly platform: CompiledPlatform;
  readonly findings: PlatformFindings;
  readonly summarized: Summarized;
}

export interface AgainstBaseline {
  /** Ours, in their order, with the verdicts on regressions behind those on objectives. */
  readonly summarized: readonly Summarized[];
  readonly comparison: StoredComparison;
}

/** @param ours of `compiled`; @param theirs what the baseline's results say */
export function holdAgainst(
  compiled: CompiledScenario,
  ours: readonly Found[],
  baseline: Baseline,
  theirs: readonly Found[],
): AgainstBaseline {
  const { confidence } = compiled.run;
  const comparison = compareSides({
    before: theirs.map(({ summarized }) => summarized),
    after: ours.map(({ summarized }) => summarized),
    inputs: baseline.inputs,
    isPaired: baseline.isPaired,
    confidence,
  });
  const judged = ours.map((found) => {
    const couple = comparison.platforms.find(({ after }) => after === found.platform.name);
    const other = theirs.find(({ platform }) => platform.name === couple?.before);
    return other ? withRegressions({ compiled, found, baseline, other }) : found.summarized;
  });
  return { summarized: judged, comparison };
}

interface Couple {
  readonly compiled: CompiledScenario;
  readonly found: Found;
  readonly baseline: Baseline;
  readonly other: Found;
}

function withRegressions({ compiled, found, baseline, other }: Couple): Summarized {
  const { name } = found.platform;
  const asked = compiled.objectives.filter(
    ({ regression, on }) => regression !== undefined && (on?.includes(name) ?? true),
  );
  if (asked.length === 0) return found.summarized;
  const ours = resultOfEach(compiled, found.platform, found.findings);
  const theirs = resultOfEach(baseline.compiled, other.platform, other.findings);
  const { isPaired } = baseline;
  const verdicts = asked.map((objective) =>
    judgeRegression(objective, { ours, theirs, isPaired, confidence: compiled.run.confidence }),
  );
  const { summarized } = found;
  const objectives = [...summarized.result.objectives, ...verdicts];
  const result = { ...summarized.result, objectives, meetsObjectives: objectives.every(({ met }) => met) };
  return { ...summarized, result };
}

interface Values {
  readonly ours: ReadonlyMap<number, PlatformResult>;
  readonly theirs: ReadonlyMap<number, PlatformResult>;
  readonly isPaired: boolean;
  readonly confidence: number;
}

/** Its interval is that of the difference, laid at the stored mean: it holds that mean where nothing real differs. */
function judgeRegression(objective: ObjectiveSpec, { ours, theirs, isPaired, confidence }: Values): ObjectiveResult {
  const { op, scope, regression = 0 } = objective;
  const metric = metricNameOf(objective);
  const isLessWanted = op === '<' || op === '<=';
  const operator = isLessWanted ? '<=' : '>=';
  const head = {
    text: `${subjectOf(objective)} regression <= ${Number((100 * regression).toPrecision(12))}%`,
    metric,
    scope: scope ?? '',
    unit: metricEntry(metric)?.unit ?? '1',
    operator,
  } as const;
  const pairs = [...ours].flatMap(([replication, result]) => {
    const other = theirs.get(replication);
    const [now, then] = [valueIn(objective, result), other ? valueIn(objective, other) : null];
    return now === null || then === null ? [] : [[now, then] as const];
  });
  const known = (all: ReadonlyMap<number, PlatformResult>): number[] =>
    [...all.values()].flatMap((result) => valueIn(objective, result) ?? []);
  const [now, then] = isPaired
    ? [pairs.map(([one]) => one), pairs.map(([, one]) => one)]
    : [known(ours), known(theirs)];
  const before = estimateMean(then, confidence)?.mean;
  const difference = (isPaired ? estimateDifference : estimateIndependentDifference)(now, then, confidence);
  // What one of them does not have at all cannot have become worse.
  if (!difference || before === undefined) return { ...head, met: true, sure: false, value: null, limit: 0 };
  const limit = before + (isLessWanted ? 1 : -1) * regression * Math.abs(before);
  const value = before + difference.mean;
  const isWithin = isLessWanted ? value <= limit : value >= limit;
  if (!difference.interval) return { ...head, met: true, sure: isWithin, value, limit, baseline: before };
  const [low, high] = difference.interval;
  const isReal = low > 0 || high < 0;
  const met = isWithin || !isReal;
  const worst = before + (isLessWanted ? high : low);
  const best = before + (isLessWanted ? low : high);
  const sure = met ? (isLessWanted ? worst <= limit : worst >= limit) : isLessWanted ? best > limit : best < limit;
  return { ...head, met, sure, value, ci: [before + low, before + high], limit, baseline: before };
}

/** `booking.latency_p99`, as the objective writes it. */
function subjectOf({ text, op }: ObjectiveSpec): string {
  return text.slice(0, text.indexOf(op)).trim();
}
