/**
 * The result of one platform from all its jobs: means with intervals by scope, the bill, the level, verdicts on
 * objectives and what weakens them. Its own file because it is where the parts meet; each part is a file beside it.
 */
import { Fraction } from '../billing/fraction.js';
import type { CompiledPlatform, CompiledScenario, Titled } from '../model/compiled.js';
import type { EdgeLatency } from '../observation/edgeLatencies.js';
import { type MeteredRun, type PricedPlatform, priceRuns } from './bill.js';
import { type Cautions, cautionsOf, markWeak, quantileOf, samplesWanted } from './cautions.js';
import type { LevelResult, Metrics, MetricValue, PlatformResult, Recording, ScopeResult } from './contract.js';
import { type CostPoint, drawCostCurve } from './costCurve.js';
import { estimateMetrics } from './estimates.js';
import { incidentScopes } from './incidentScopes.js';
import type { Extent } from './jobs.js';
import { judgeLevel, type LevelFindings, levelNotObserved } from './level.js';
import type { Numbers } from './measures.js';
import { judgeObjectives } from './objectives.js';
import { platformInputs, platformPrices } from './provenance.js';
import type { MeasuredReplication, ReplicationResult } from './replication.js';
import { eventRows, latencyCurve, timelineOf } from './series.js';
import { serviceGraph } from './serviceGraph.js';
import { timedObjectives } from './timedObjectives.js';
import { visitResult } from './visits.js';

/** What the jobs of one platform brought; replications by number, those that are missing left out. */
export interface PlatformFindings {
  readonly replications: readonly ReplicationResult[];
  /** By replication number. */
  readonly restRuns: ReadonlyMap<number, MeteredRun>;
  /** Null where the level was not observed: nothing is then told of it, nor of a month without visitors. */
  readonly level: LevelFindings | null;
  readonly costPoints: readonly (CostPoint | null)[];
}

export interface Summarized {
  readonly result: PlatformResult;
  /** Of each replication, for paired differences. */
  readonly numbers: readonly Numbers[];
  readonly cautions: Cautions;
}

/** Where no replication came to its end there are no metrics, and the warnings say why. */
export function summarize(
  compiled: CompiledScenario,
  platform: CompiledPlatform,
  findings: PlatformFindings,
  { untilCiShare, abortedAt }: Pick<Extent, 'untilCiShare' | 'abortedAt'> = {},
): Summarized {
  const { confidence } = compiled.run;
  const { model, titles } = platform;
  const replications = findings.replications.filter(({ measured }) => measured !== null);
  const measured = replications.map((replication) => replication.measured!);
  const level = findings.level ? judgeLevel(platform, findings.level) : levelNotObserved(platform);
  const priced = price(platform, replications, findings);
  const numbers = measured.map(({ numbers: own }, place) => ({
    ...own.platform,
    ...(priced?.platform[place] ?? {}),
    ...(findings.level ? levelNumbers(level) : {}),
  }));
  const scopes = (titled: readonly Titled[], names: readonly string[], read: ReadScope): ScopeResult[] =>
    titled.map(({ name, title }) => {
      const slot = names.indexOf(name);
      return {
        name,
        title,
        metrics: estimateMetrics(
          measured.map((one, place) => read(one, slot, place)),
          confidence,
        ),
      };
    });
  const namesOf = (list: readonly { readonly name: string }[]): string[] => list.map(({ name }) => name);
  const services = scopes(titles.services, namesOf(model.services), (one, slot, place) => ({
    ...one.numbers.services[slot]!,
    ...(priced?.services[slot]?.[place] ?? {}),
  }));
  const traffic = scopes(titles.traffic, namesOf(model.traffic), (one, slot) => one.numbers.traffic[slot]!);
  const databases = scopes(titles.databases, namesOf(model.databases), (one, slot) => one.numbers.databases[slot]!);
  const metrics = withExactMoney(estimateMetrics(numbers, confidence), priced);
  const incidents = incidentScopes(model, measured, confidence);
  const queueTitles = (model.queues ?? []).map(({ name }) => ({ name, title: name }));
  const queues = model.queues
    ? { queues: scopes(queueTitles, namesOf(model.queues), (one, slot) => one.numbers.queues?.[slot] ?? {}) }
    : {};
  const judged = { name: platform.name, metrics, traffic, services, databases, ...incidents, ...queues };
  const timed = timedObjectives(compiled.objectives).map((objective, place) => ({
    objective,
    replications: measured.map(({ timedValues }) => timedValues[place] ?? []),
  }));
  const objectives = judgeObjectives(compiled.objectives, judged, timed, confidence);
  const cautions = cautionsOf({
    platform,
    replications: findings.replications,
    metrics,
    services,
    traffic,
    databases,
    objectives,
    untilCiShare,
    isAborted: abortedAt !== undefined,
  });
  const doubtful = (name: string, own: Metrics): Metrics =>
    markWeak(own, (metric) => cautions.doubtOf(name, metric) ?? own[metric]?.weak);
  const marked = (scope: ScopeResult): ScopeResult => ({
    ...scope,
    metrics: doubtful(scope.name, markFewSamples(scope.metrics)),
  });
  const visitsPerSecond = model.traffic.map(
    ({ name }) =>
      (traffic.find((source) => source.name === name)?.metrics['requests_offered']?.mean ?? 0) /
      (model.durationUs / 1e6),
  );
  const [first, ...others] = recordingsOf(platform, replications);
  const result: PlatformResult = {
    name: platform.name,
    title: platform.title,
    preset: platform.preset,
    colourIndex: platform.colourIndex,
    level,
    metrics: doubtful('', markMonth(markFewSamples(metrics), cautions)),
    traffic: traffic.map(marked),
    services: services.map(marked),
    databases: databases.map(marked),
    ...incidents,
    ...queues,
    bill: priced?.bill ?? emptyBill(platform),
    objectives,
    meetsObjectives: objectives.every(({ met }) => met),
    warnings: cautions.warnings,
    timeline: first?.timeline ?? null,
    events: first?.events ?? null,
    ...visitsOf(platform, replications),
    ...requestsOf(platform, replications),
    ...(others.length > 0 ? { otherRecordings: others } : {}),
    latencyCurve: latencyCurve(measured, confidence),
    costCurve: costCurve(platform, findings, priced),
    graph: serviceGraph(platform, { traffic, services, databases, visitsPerSecond, edges: edgesOf(replications) }),
    inputs: platformInputs(platform),
    prices: platformPrices(priced?.bill.lines ?? []),
  };
  return { result, numbers, cautions };
}

/** What replications recorded of their course, in their order. */
function recordingsOf({ model }: CompiledPlatform, replications: readonly ReplicationResult[]): readonly Recording[] {
  return replications.flatMap(({ replicationIndex, measured }) => {
    if (!measured?.timeline) return [];
    const { timeline, events } = measured;
    const number = replicationIndex + 1;
    return { timeline: timelineOf(model, number, timeline), events: events ? eventRows(model, number, events) : null };
  });
}

/** How long calls took, by who called whom, as the first replication timed them. */
function edgesOf(replications: readonly ReplicationResult[]): readonly EdgeLatency[] {
  return replications.find(({ measured }) => measured?.edges)?.measured?.edges ?? [];
}

/** The single visitors that the first replication kept; one who is both is told once. */
function visitsOf(
  platform: CompiledPlatform,
  replications: readonly ReplicationResult[],
): Pick<PlatformResult, 'visits'> {
  const visits = replications.find(({ measured }) => measured?.visits)?.measured?.visits;
  if (!visits) return {};
  const { median, slowest } = visits;
  return {
    visits: [
      ...(median ? [visitResult(platform, median, 'median')] : []),
      ...(slowest ? [visitResult(platform, slowest, 'slowest')] : []),
    ],
  };
}

function requestsOf(
  { model }: CompiledPlatform,
  replications: readonly ReplicationResult[],
): Pick<PlatformResult, 'requests'> {
  const columns = replications.find(({ measured }) => measured?.requests)?.measured?.requests;
  return columns ? { requests: { sourceNames: model.traffic.map(({ name }) => name), columns } } : {};
}

type ReadScope = (measured: MeasuredReplication, slot: number, place: number) => Numbers;

function price(
  { billing, model }: CompiledPlatform,
  replications: readonly ReplicationResult[],
  { restRuns, level }: PlatformFindings,
): PricedPlatform | null {
  const runs = replications.map(({ measured }) => measured!.metered);
  if (runs.length === 0) return null;
  const isRestNeeded = !Fraction.of(billing.month.monthH).minus(Fraction.of(billing.month.representsH)).isZero;
  const rests = replications.flatMap(({ replicationIndex }) => restRuns.get(replicationIndex) ?? []);
  if (isRestNeeded && rests.length < runs.length) return null;
  return priceRuns({
    plan: billing,
    serviceNames: model.services.map(({ name }) => name),
    runs,
    restRuns: isRestNeeded ? rests : null,
    emptyDays: level?.emptyDays ?? null,
  });
}

function levelNumbers({ observed, claimed, features, yours }: LevelResult): Numbers {
  const [first, second, third] = features.map(Number) as [number, number, number]; // Three features, three numbers.
  return {
    serverless_level: observed,
    ...(claimed === null ? {} : { serverless_level_claimed: claimed }),
    serverless_feature_1: first,
    serverless_feature_2: second,
    serverless_feature_3: third,
    decisions_yours: yours.length,
  };
}

/** Money means exactly what the invoice's lines add up to. */
function withExactMoney(metrics: Metrics, priced: PricedPlatform | null): Metrics {
  const exact: Record<string, MetricValue> = { ...metrics };
  for (const [name, usd] of Object.entries(priced?.exactUsd ?? {})) {
    const value = metrics[name];
    if (value) exact[name] = { ...value, mean: Number(usd), exactUsd: usd };
  }
  return exact;
}

function markFewSamples(metrics: Metrics): Metrics {
  const completed = metrics['requests_completed'];
  const count = completed ? completed.mean * completed.replicationCount : 0;
  return markWeak(metrics, (name) => {
    const share = quantileOf(name);
    return share !== undefined && count < samplesWanted(share) ? 'few-samples' : undefined;
  });
}

/** A month extrapolated from something that happens once is weak. */
function markMonth(metrics: Metrics, { warnings }: Cautions): Metrics {
  if (!warnings.some(({ code }) => code === 'not-periodic')) return metrics;
  return markWeak(metrics, (name) => (name.startsWith('cost_month') ? 'not-periodic' : metrics[name]?.weak));
}

function costCurve(
  { billing }: CompiledPlatform,
  { costPoints }: PlatformFindings,
  priced: PricedPlatform | null,
): PlatformResult['costCurve'] {
  return priced && drawCostCurve(billing, costPoints, Number(priced.bill.monthAtZeroUsd), priced.completedPerMonth);
}

/** No replication came to its end: there is no bill, and its note says so. */
function emptyBill({ billing }: CompiledPlatform): PlatformResult['bill'] {
  const { provider, region, freeTier } = billing;
  const nothing = {
    runUsd: '0',
    monthUsd: '0',
    monthIdleUsd: '0',
    monthWaitingUsd: '0',
    monthMinimumUsd: '0',
    monthBaselineUsd: '0',
    monthUsageUsd: '0',
    monthAtZeroUsd: '0',
  };
  const notes = ['There is no bill: no replication came to its end.'];
  return { provider, region, freeTier, lines: [], ...nothing, monthAssumption: '', notes };
}
