/**
 * The work of a comparison, cut into jobs that any thread can do: a job is a few words, its result plain data, and the
 * result is the same wherever and in whatever order it is made. Its own file because `host` hands jobs to workers that
 * compile the scenario again for themselves; a model holds functions and does not travel.
 */

import type { CompiledPlatform, CompiledScenario } from '../model/compiled.js';
import type { MeteredRun } from './bill.js';
import { type CostPoint, canScaleTraffic, simulateCostPoint, simulatedRequestsPerMonth } from './costCurve.js';
import { type LevelFindings, observeLevel } from './level.js';
import { withinName } from './metricCatalogue.js';
import { type ReplicationPlan, type ReplicationResult, replicate, runReplication } from './replication.js';
import { timedObjectives } from './timedObjectives.js';

/** Which part of a compiled scenario is compared. Plain data. */
export interface Extent {
  /** Places in `compiled.platforms`, in the order of the result. */
  readonly platforms: readonly number[];
  readonly replications: number;
  /** Whether cost is drawn against traffic. */
  readonly withCostCurve: boolean;
  /** Whether the serverless level is observed, and with it what a month without visitors costs; yes unless told no. */
  readonly withLevel?: boolean;
  /** Whether every replication records its timeline and events, not only the first. */
  readonly withAllTimelines?: boolean;
  /** Whether the first replication keeps a row for every visitor. */
  readonly withRequests?: boolean;
  /** How wide an interval may be to either side, over its mean (`sequential.ts`); any width unless told. */
  readonly untilCiShare?: number;
  /** How many replications were asked for, where it was stopped before because an objective could not be met. */
  readonly abortedAt?: number;
}

/** `platform` is a place in `compiled.platforms`. */
export type Job =
  | {
      readonly kind: 'replication';
      readonly platform: number;
      readonly replication: number;
      readonly withTimeline: boolean;
      readonly withRequests?: boolean;
    }
  | { readonly kind: 'rest'; readonly platform: number; readonly replication: number }
  | { readonly kind: 'level'; readonly platform: number }
  | { readonly kind: 'cost-point'; readonly platform: number; readonly requestsPerMonth: number };

export type JobResult =
  | { readonly kind: 'replication'; readonly platform: number; readonly result: ReplicationResult }
  | { readonly kind: 'rest'; readonly platform: number; readonly replication: number; readonly run: MeteredRun | null }
  | { readonly kind: 'level'; readonly platform: number; readonly findings: LevelFindings }
  | { readonly kind: 'cost-point'; readonly platform: number; readonly point: CostPoint | null };

/** All of a scenario: every platform, as many replications as it says. */
export function wholeExtent(compiled: CompiledScenario): Extent {
  return {
    platforms: compiled.platforms.map((_, place) => place),
    replications: compiled.run.replications,
    withCostCurve: true,
  };
}

/**
 * Every job of an extent. The order is only a good one for workers: without a level nothing can be told of a
 * platform, so levels come first; then replications, side by side. */
export function listJobs(compiled: CompiledScenario, extent: Extent): Job[] {
  const { platforms, replications, withCostCurve, withLevel = true, withAllTimelines = false } = extent;
  const jobs: Job[] = withLevel ? platforms.map((platform) => ({ kind: 'level', platform })) : [];
  for (let replication = 0; replication < replications; replication++)
    for (const platform of platforms) {
      const isFirst = replication === 0;
      const withRequests = extent.withRequests === true && isFirst;
      jobs.push({
        kind: 'replication',
        platform,
        replication,
        withTimeline: isFirst || withAllTimelines,
        ...(withRequests ? { withRequests } : {}),
      });
    }
  for (const platform of platforms) {
    const { restModel, model } = compiled.platforms[platform]!;
    for (let replication = 0; restModel && replication < replications; replication++)
      jobs.push({ kind: 'rest', platform, replication });
    if (withCostCurve && canScaleTraffic(model))
      for (const requestsPerMonth of simulatedRequestsPerMonth)
        jobs.push({ kind: 'cost-point', platform, requestsPerMonth });
  }
  return jobs;
}

/** @param onSlice hears the share of this job that is done, from time to time; false stops a replication */
export function runJob(compiled: CompiledScenario, job: Job, onSlice?: (doneShare: number) => boolean): JobResult {
  const platform = compiled.platforms[job.platform]!;
  const { kind } = job;
  switch (kind) {
    case 'replication': {
      const slices = replicateJob(compiled, job);
      let slice = slices.next();
      while (!slice.done) slice = slices.next(onSlice?.(slice.value) !== false);
      return slice.value;
    }
    case 'rest': {
      const { replication } = job;
      return { kind, platform: job.platform, replication, run: runRest(platform, replication) };
    }
    case 'level':
      return { kind, platform: job.platform, findings: observeLevel(platform) };
    case 'cost-point':
      return { kind, platform: job.platform, point: simulateCostPoint(platform, job.requestsPerMonth) };
  }
}

/**
 * A job in slices: yields the share of it that is done and goes on only when answered `true`. Jobs that are no
 * replications are short, and are done in one.
 */
export function* jobInSlices(compiled: CompiledScenario, job: Job): Generator<number, JobResult, boolean> {
  return job.kind === 'replication' ? yield* replicateJob(compiled, job) : runJob(compiled, job);
}

function* replicateJob(
  compiled: CompiledScenario,
  job: Extract<Job, { readonly kind: 'replication' }>,
): Generator<number, JobResult, boolean> {
  const { kind, replication: replicationIndex, withTimeline, withRequests = false } = job;
  const platform = compiled.platforms[job.platform]!;
  const plan = replicationPlan(compiled, platform);
  const result = yield* replicate(plan, { replicationIndex, withTimeline, withRequests });
  return { kind, platform: job.platform, result };
}

function replicationPlan({ objectives }: CompiledScenario, { model, billing }: CompiledPlatform): ReplicationPlan {
  const within = new Map<string, number>();
  for (const { withinText, withinUs } of objectives)
    if (withinText !== undefined && withinUs !== undefined) within.set(withinName(withinText), withinUs);
  const timed = timedObjectives(objectives);
  return { model, billing, within: Array.from(within, ([name, us]) => ({ name, us })), timed };
}

function runRest({ restModel, billing }: CompiledPlatform, replicationIndex: number): MeteredRun | null {
  if (!restModel) return null;
  const plan = { model: restModel, billing, within: [] };
  return runReplication(plan, { replicationIndex, withTimeline: false }).measured?.metered ?? null;
}
