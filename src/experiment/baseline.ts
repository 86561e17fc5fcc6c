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
import { printDuration } from '../units/print.js';
import type { ObjectiveResult } from './contract.js';
import { valuesOfEach } from './eachReplication.js';
import type { Extent, JobResult } from './jobs.js';
import { metricEntry, metricNameOf } from './metricCatalogue.js';
import type { PlatformFindings, Summarized } from './platformResult.js';
import { compareSides, type StoredComparison } from './storedComparison.js';
import { isSameMeasurement, isTimed } from './timedObjectives.js';

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
  const ours = valuesOfEach(compiled, found.platform, found.findings);
  const theirs = valuesOfEach(baseline.compiled, other.platform, other.findings);
  const { isPaired } = baseline;
  const verdicts = asked.map((objective) => {
    const values = { ours: ours(objective), theirs: theirs(objective) };
    return judgeRegression(objective, { ...values, isPaired, confidence: compiled.run.confidence });
  });
  const { summarized } = found;
  const objectives = [...summarized.result.objectives, ...verdicts];
  const result = { ...summarized.result, objectives, meetsObjectives: objectives.every(({ met }) => met) };
  return { ...summarized, result };
}

interface Values {
  readonly ours: ReadonlyMap<number, number>;
  readonly theirs: ReadonlyMap<number, number>;
  readonly isPaired: boolean;
  readonly confidence: number;
}

/** Its interval is that of the difference, laid at the stored mean: it holds that mean where nothing real differs. */
function judgeRegression(objective: ObjectiveSpec, { ours, theirs, isPaired, confidence }: Values): ObjectiveResult {
  const { op, scope, everyUs, regression = 0 } = objective;
  const metric = metricNameOf(objective);
  const isByWindow = everyUs !== undefined;
  // Of windows it is the share in which the objective holds that must not fall.
  const isLessWanted = !isByWindow && (op === '<' || op === '<=');
  const operator = isLessWanted ? '<=' : '>=';
  const head = {
    text: `${subjectOf(objective)} regression <= ${Number((100 * regression).toPrecision(12))}%`,
    metric,
    scope: scope ?? '',
    unit: isByWindow ? 'share' : (metricEntry(metric)?.unit ?? '1'),
    operator,
  } as const;
  const pairs = [...ours].flatMap(([replication, value]) => {
    const other = theirs.get(replication);
    return other === undefined ? [] : [[value, other] as const];
  });
  const [now, then] = isPaired
    ? [pairs.map(([one]) => one), pairs.map(([, one]) => one)]
    : [[...ours.values()], [...theirs.values()]];
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

/** `booking.latency_p99`, as the objective writes it; `latency_p99 from 30m`; `latency_p99 < 500ms every 1m`. */
function subjectOf({ text, op, fromUs, everyUs }: ObjectiveSpec): string {
  const about = everyUs === undefined ? text.slice(0, text.indexOf(op)).trim() : text;
  const from = fromUs === undefined ? '' : ` from ${printDuration(fromUs)}`;
  const every = everyUs === undefined ? '' : ` every ${printDuration(everyUs)}`;
  return `${about}${from}${every}`;
}

/** What a baseline has to have measured and has not: times of their own, asked for by the objective there alone. */
export function unmeasured(objectives: readonly ObjectiveSpec[], baseline: CompiledScenario): string[] {
  const asked = objectives.filter((objective) => objective.regression !== undefined && isTimed(objective));
  return asked.filter((one) => !baseline.objectives.some((other) => isSameMeasurement(one, other))).map(subjectOf);
}
