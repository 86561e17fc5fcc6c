/**
 * What weakens a platform's numbers, told beside them: too few samples, near saturation, a warm-up that was too short,
 * and whether the result can be trusted at all. Its own file because a warning and the exit code must say the same.
 */
import type { CompiledPlatform } from '../model/compiled.js';
import type { Issue } from '../units/issue.js';
import type { Metrics, MetricValue, ObjectiveResult, ScopeResult, Warning } from './contract.js';
import type { ReplicationResult } from './replication.js';
import { widestInterval } from './sequential.js';
import { checkWarmup } from './warmupCheck.js';

/** From so busy on, a mean of a queue takes long to settle. */
const nearSaturation = 0.9;
/** A queue that keeps more than this part of what is offered to it has no steady state. */
const backlogShare = 0.02;
/** Fewer than so many more in the queue may be chance. */
const noticeableBacklog = 10;

export interface CautionWords {
  readonly platform: CompiledPlatform;
  readonly replications: readonly ReplicationResult[];
  readonly metrics: Metrics;
  readonly services: readonly ScopeResult[];
  readonly traffic: readonly ScopeResult[];
  readonly databases: readonly ScopeResult[];
  readonly objectives: readonly ObjectiveResult[];
  /** How wide intervals may be to either side, over their means; undefined: that was not asked. */
  readonly untilCiShare?: number | undefined;
  /** Whether it was stopped because an objective could no longer be met: that is certain with few samples too. */
  readonly isAborted?: boolean;
}

export interface Cautions {
  readonly warnings: readonly Warning[];
  /** Reasons not to trust the result at all. */
  readonly untrusted: readonly Warning[];
  /** The code of what makes a metric untrustworthy, if anything does. @param scope '' for the platform, else a name */
  readonly doubtOf: (scope: string, metric: string) => string | undefined;
}

/** Of one platform. Warnings come in a fixed order, each once. */
export function cautionsOf(words: CautionWords): Cautions {
  const { platform, replications, services, databases } = words;
  const stops = stopsOf(replications);
  const overloads = overloaded(words);
  const fewSamples = words.objectives.flatMap((objective) => sampleCaution(objective, words) ?? []);
  const measured = replications.flatMap(({ measured: found }) => (found ? [found.stretches] : []));
  const warmup = isStationary(platform) ? checkWarmup(measured) : null;
  const wide = tooWide(words);
  const ofPrecision = words.isAborted ? [] : [...fewSamples, ...wide];
  const untrusted = [...stops.filter(({ code }) => code !== 'interrupted'), ...overloads, ...ofPrecision];
  const warnings = [
    ...platform.warnings.map(warningOf),
    ...replications.flatMap((replication) => replication.warnings),
    ...stops,
    ...overloads,
    ...nearlySaturated(services, databases),
    ...fewSamples,
    ...wide,
    ...(warmup ? [warmup] : []),
  ];
  const doubts = { stop: stops.find(({ code }) => code !== 'interrupted')?.code, overloads, wide };
  return {
    warnings: distinct(warnings),
    untrusted: distinct(untrusted),
    doubtOf: (scope, metric) => doubtOf(doubts, scope, metric),
  };
}

/** Why replications were stopped, each reason once: how many, and the words of the first. */
function stopsOf(replications: readonly ReplicationResult[]): Warning[] {
  const stops = replications.flatMap(({ stopped }) => (stopped ? [stopped] : []));
  return [...new Set(stops.map(({ code }) => code))].map((code) => {
    const [first, ...others] = stops.filter((stop) => stop.code === code);
    const message = first?.message ?? '';
    if (replications.length === 1) return { code, message };
    return { code, message: `${others.length + 1} of ${replications.length} replications: ${message}` };
  });
}

/** What of a platform lies in time that has no steady state: its waits and stays, and how many are inside. */
const isQueueing = /^(latency_|wait_mean|queue_mean|in_system_mean)/;

interface Doubts {
  readonly stop: string | undefined;
  readonly overloads: readonly OverloadWarning[];
  readonly wide: readonly (Warning & { readonly metric: string; readonly scope: string })[];
}

/** A limit that stopped a replication makes every mean one of fewer; an overload and a width concern their own. */
function doubtOf({ stop, overloads, wide }: Doubts, scope: string, metric: string): string | undefined {
  if (stop !== undefined) return stop;
  const isOverloaded = overloads.some(({ service }) => scope === '' || scope === service);
  if (isOverloaded && isQueueing.test(metric)) return 'overloaded';
  return wide.find((one) => one.scope === scope && one.metric === metric)?.code;
}

/** A finding of the compiler, as a warning of the result. */
export function warningOf({ code, message }: Issue): Warning {
  return { code, message };
}

/** The metrics with a mark on those that a warning weakens. */
export function markWeak(metrics: Metrics, isWeak: (name: string) => string | undefined): Metrics {
  const marked: Record<string, MetricValue> = {};
  for (const [name, value] of Object.entries(metrics)) {
    const weak = isWeak(name);
    marked[name] = weak === undefined ? value : { ...value, weak };
  }
  return marked;
}

/** The share a quantile metric stands for: `latency_p999` -> 0.999; undefined for other metrics. */
export function quantileOf(metric: string): number | undefined {
  const digits = /^latency_p(\d+)$/.exec(metric)?.[1];
  return digits === undefined ? undefined : Number(`0.${digits}`);
}

/** Samples below which a quantile says little: 100 / (1 - share). */
export function samplesWanted(share: number): number {
  return Math.round(100 / (1 - share));
}

/** Whether nothing about the arrivals changes with time. A crowd that waits for its answers slows down by itself. */
function isStationary({ model }: CompiledPlatform): boolean {
  return model.traffic.every(({ arrivals }) => 'isStationary' in arrivals && arrivals.isStationary);
}

type OverloadWarning = Warning & { readonly service: string };

/**
 * Services that are offered more than they serve, for ever: arrivals never change, nobody gives up, no queue ends, and
 * what waits kept growing: noticeably in every replication, or at all where the model says that it must.
 */
function overloaded({ platform, replications }: CautionWords): OverloadWarning[] {
  const { model } = platform;
  if (!isStationary(platform) || model.traffic.some(({ timeout }) => timeout !== null)) return [];
  const mustGrow = platform.warnings.some(({ code }) => code === 'saturated');
  return model.services.flatMap((service, place) => {
    const { dispatch, queueLimit } = service;
    const hasEnd = dispatch.kind === 'balanced' ? queueLimit < Infinity : dispatch.overflowWaitUs < Infinity;
    const backlogs = replications.flatMap(({ measured }) => measured?.backlogs[place] ?? []);
    const grownBy = backlogs.reduce((sum, backlog) => sum + backlog.grownBy, 0);
    const grows = mustGrow || backlogs.every((backlog) => backlog.grownBy > backlogShare * backlog.offered);
    if (hasEnd || !grows || grownBy < noticeableBacklog * backlogs.length || backlogs.length === 0) return [];
    const message = `${service.name} is offered more than it can serve: its queue grew through the whole measured time`;
    return [{ code: 'overloaded', message, service: service.name }];
  });
}

function nearlySaturated(services: readonly ScopeResult[], databases: readonly ScopeResult[]): Warning[] {
  return [...services, ...databases].flatMap(({ name, metrics }) => {
    const utilisation = metrics['utilisation']?.mean ?? 0;
    if (utilisation < nearSaturation) return [];
    const message = `${name} is ${(100 * utilisation).toFixed(1)}% busy: its waits need long runs to be known well`;
    return [{ code: 'near-saturation', message }];
  });
}

/** An objective on a quantile that had too few samples, over all replications together. */
function sampleCaution(objective: ObjectiveResult, words: CautionWords): Warning | null {
  const share = quantileOf(objective.metric);
  if (share === undefined) return null;
  const { scope, text } = objective;
  const scopes = [...words.services, ...words.traffic, ...words.databases];
  const metrics = scope === '' ? words.metrics : scopes.find(({ name }) => name === scope)?.metrics;
  const completed = metrics?.['requests_completed'];
  const count = completed ? Math.round(completed.mean * completed.replicationCount) : 0;
  const wanted = samplesWanted(share);
  if (count >= wanted) return null;
  const mend = 'lengthen run.duration or add replications';
  const message = `"${text}" is judged on ${count} answers where ${wanted} are wanted: ${mend}`;
  return { code: 'few-samples', message };
}

/** An interval that was to be narrower, after all the replications that were allowed. */
function tooWide({ untilCiShare, metrics, objectives, replications }: CautionWords): Doubts['wide'] {
  const widest = untilCiShare === undefined ? null : widestInterval({ metrics, objectives }, untilCiShare);
  if (!widest || untilCiShare === undefined) return [];
  const percent = (share: number): string => (Number.isFinite(share) ? `${(100 * share).toFixed(1)}%` : 'more than it');
  const message =
    `the interval of "${widest.what}" is ${percent(widest.halfShare)} of its mean to either side after ` +
    `${replications.length} replications, where ${percent(untilCiShare)} was asked for`;
  const judged = objectives.find(({ text }) => text === widest.what);
  return [{ code: 'wide-interval', message, metric: judged?.metric ?? widest.what, scope: judged?.scope ?? '' }];
}

function distinct(warnings: readonly Warning[]): Warning[] {
  const seen = new Map(warnings.map(({ code, message }) => [JSON.stringify([code, message]), { code, message }]));
  return [...seen.values()];
}
