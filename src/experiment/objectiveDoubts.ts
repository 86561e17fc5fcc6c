/**
 * Objectives that a run will hardly be able to answer, told before it: a percentile of too few answers, and a latency
 * below what a cold start takes where instances go to zero.
 *
 * Its own file because they are only expectations: after the run its own warnings speak, from what was counted. For
 * `validate`. Checked by test/experiment/objectiveDoubts.test.ts.
 */
import type { CompiledPlatform, CompiledScenario } from '../model/compiled.js';
import type { Model, ServiceModel } from '../model/contract.js';
import type { ObjectiveSpec, Scenario } from '../scenario/contract.js';
import { issueAt } from '../scenario/options.js';
import type { Issue } from '../units/issue.js';
import { printDuration } from '../units/print.js';
import { quantileOf, samplesWanted } from './cautions.js';

/** Warnings, in the order of the objectives. */
export function objectiveDoubts({ positions, objectives }: Scenario, compiled: CompiledScenario): Issue[] {
  const warn = (place: number, doubt: Pick<Issue, 'code' | 'message'> & { readonly hint: string }): Issue =>
    issueAt({ positions, path: ['objectives', place], severity: 'warning', ...doubt });
  return objectives.flatMap((objective, place) => [
    ...fewSamples(objective, compiled).map((doubt) => warn(place, doubt)),
    ...belowColdStart(objective, compiled).map((doubt) => warn(place, doubt)),
  ]);
}

interface Doubt {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

function fewSamples({ metric, scope, fromUs, everyUs }: ObjectiveSpec, { platforms, run }: CompiledScenario): Doubt[] {
  const share = quantileOf(metric);
  const model = platforms[0]?.model;
  if (share === undefined || !model || fromUs !== undefined || everyUs !== undefined) return [];
  const expected = expectedVisitors(model, scope) * run.replications;
  const wanted = samplesWanted(share);
  if (!(expected < wanted)) return [];
  return [
    {
      code: 'few-samples',
      message: `will be judged on about ${Math.round(expected)} answers where ${Math.round(wanted)} are wanted`,
      hint: 'lengthen run.duration or add replications',
    },
  ];
}

/** Visitors of the measured time, of one source or of all that count; Infinity where that is not known beforehand. */
function expectedVisitors({ traffic, warmupUs, durationUs }: Model, scope: string | null): number {
  const own = traffic.filter(({ name, isCounted }) => (scope === null ? isCounted : name === scope));
  if (own.length === 0) return Number.POSITIVE_INFINITY;
  return own.reduce((sum, { arrivals }) => {
    if ('userCount' in arrivals) return Number.POSITIVE_INFINITY;
    return sum + (arrivals.meanPerSecond(warmupUs, warmupUs + durationUs) * durationUs) / 1e6;
  }, 0);
}

function belowColdStart({ metric, scope, op, limit, on }: ObjectiveSpec, { platforms }: CompiledScenario): Doubt[] {
  const isOfLatency = metric === 'latency_max' || quantileOf(metric) !== undefined;
  if (!isOfLatency || limit.kind !== 'duration' || !op.startsWith('<')) return [];
  return platforms.flatMap((platform): Doubt[] => {
    if (on !== null && !on.includes(platform.name)) return [];
    const slowest = servicesOf(platform, scope)
      .filter(goesToZero)
      .map((service) => ({ service, startUs: meanStartUs(service) }))
      .sort((a, b) => b.startUs - a.startUs)[0];
    if (!slowest || slowest.startUs <= limit.value) return [];
    const takes = printDuration(slowest.startUs);
    return [
      {
        code: 'below-cold-start',
        message: `is below what a cold start of ${slowest.service.name} on ${platform.name} takes, about ${takes}`,
        hint: 'whoever meets one misses it: look at cold_start_ratio, or keep some ready',
      },
    ];
  });
}

/** The named service, or those at which its visitors (all visitors) enter. */
function servicesOf({ model }: CompiledPlatform, scope: string | null): readonly ServiceModel[] {
  const named = model.services.filter(({ name }) => name === scope);
  if (named.length > 0) return named;
  const sources = model.traffic.filter(({ name, isCounted }) => (scope === null ? isCounted : name === scope));
  const entries = new Set(sources.flatMap((source) => source.entries.map(({ service }) => service)));
  return model.services.filter((_, place) => entries.has(place));
}

/** Whether a request may find nobody there. */
function goesToZero({ dispatch }: ServiceModel): boolean {
  return dispatch.kind === 'environments'
    ? dispatch.startsOnDemand && dispatch.provisionedCount === 0 && dispatch.minIdleCount === 0
    : dispatch.wakesOnRequest && dispatch.minCount === 0;
}

function meanStartUs({ start }: ServiceModel): number {
  return start.whole ? start.whole.mean : start.placement.mean + start.runtime.mean + start.application.mean;
}
