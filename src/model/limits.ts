/**
 * What is too much: a run of more events or more instances than this program undertakes, and load above what a platform
 * may ever run.
 */

import type { FaultSpec, Scenario } from '../scenario/contract.js';
import { meanUs } from '../scenario/distributions.js';
import { printNumber, printRate } from '../units/print.js';
import type { Model, NodePoolModel, ServiceModel } from './contract.js';
import { expectedDemand } from './demand.js';
import type { Finding, Findings } from './findings.js';
import type { PoolTaken } from './nodes.js';
import { chosen, type Place } from './place.js';
import type { ServiceTaken } from './services.js';

/** Events one replication may expect, and at which it is stopped. */
export const mostEvents = 1e10;
/** A span is an arrival, a choice of instance, a start, an end and two hops. */
const eventsPerSpan = 4;
/** An instance that crashes by its own clock, is started again and gets ready: at least. */
const eventsPerCrash = 2;
/** Instances or nodes that may stand there at clock 0. */
const mostStanding = 1e6;

/** The run is refused when one replication expects more than `mostEvents`. */
export function checkEvents(model: Model, scenario: Scenario, findings: Findings): void {
  const endUs = model.warmupUs + model.durationUs;
  const { spansPerSecond, stepsPerSecond } = expectedDemand(model, 0, endUs);
  const spans = spansPerSecond.reduce((sum, rate) => sum + rate, 0);
  const expected = (spans * eventsPerSpan + stepsPerSecond) * (endUs / 1e6);
  // A smaller limit of the user's own stops the run; what was finished is kept.
  const most = Math.max(mostEvents, scenario.run.limits?.events ?? 0);
  if (!(expected > most)) return;
  const rates = model.traffic.map(({ arrivals }) =>
    'meanPerSecond' in arrivals ? arrivals.meanPerSecond(0, endUs) : 0,
  );
  const busiest = model.traffic[rates.indexOf(Math.max(...rates))];
  const path = busiest ? ['traffic', busiest.name, 'arrivals'] : ['run', 'duration'];
  const message =
    `makes each of the ${scenario.run.replications} replications expect ${printNumber(expected)} events; ` +
    `at most ${printNumber(most)} are allowed`;
  const hint = 'lower the rate, shorten the run, or raise run.limits.events';
  findings.error({ path, code: 'limit', message, hint });
}

/** The run is refused when instances that crash at random alone make more than `mostEvents`. */
export function checkCrashes(model: Model, scenario: Scenario, findings: Findings): void {
  scenario.faults.forEach((fault, index) => {
    if (fault.kind !== 'crash-at-random' || fault.on?.includes(model.platformName) === false) return;
    const expected = expectedCrashes(model, fault) * eventsPerCrash;
    const most = Math.max(mostEvents, scenario.run.limits?.events ?? 0);
    if (!(expected > most)) return;
    findings.error({
      path: ['faults', index, 'mtbf'],
      code: 'limit',
      message:
        `makes each replication expect ${printNumber(expected)} events; ` + `at most ${printNumber(most)} are allowed`,
      hint: 'let instances live longer, or shorten the run',
    });
  });
}

/** Upper estimate: as if a crashed instance were there again at once. */
function expectedCrashes(
  { services, warmupUs, durationUs }: Model,
  { service, mtbf }: Extract<FaultSpec, { readonly kind: 'crash-at-random' }>,
): number {
  const struck = services.filter(({ name }) => service === '*' || service === name);
  const standing = struck.reduce((sum, { dispatch }) => sum + Math.max(1, standingCount(dispatch)), 0);
  return (standing * (warmupUs + durationUs)) / meanUs(mtbf);
}

/** The run is refused when more instances or nodes would stand there at once than this program undertakes. */
export function checkStanding(
  services: readonly ServiceTaken[],
  pools: readonly PoolTaken[],
  findings: Findings,
): void {
  const refuse = (path: Finding['path'], count: number, what: string): void =>
    findings.error({
      path,
      code: 'limit',
      message:
        `makes ${printNumber(count)} ${what} stand there at once; ` +
        `at most ${printNumber(mostStanding)} are allowed`,
      hint: 'simulate a smaller system of the same load per instance',
    });
  for (const { model, place } of services) {
    const count = standingCount(model.dispatch);
    if (count > mostStanding) refuse(standingPath(place), count, `instances of ${model.name}`);
  }
  for (const { model, path } of pools)
    if (model.initialCount > mostStanding)
      refuse(path, model.initialCount, `nodes${model.name === '' ? '' : ` of ${model.name}`}`);
}

/** The most instances that are there without any load. */
function standingCount(dispatch: ServiceModel['dispatch']): number {
  if (dispatch.kind === 'balanced') return dispatch.initialCount;
  const { provisionedCount, minIdleCount, provisioning } = dispatch;
  const scheduled = provisioning?.kind === 'schedule' ? provisioning.changes.map(({ count }) => count) : [];
  const least = provisioning?.kind === 'target' ? provisioning.minCount : 0;
  return Math.max(provisionedCount, minIdleCount, least, ...scheduled);
}

function standingPath(place: Place): Finding['path'] {
  const written = chosen(place, 'provisioned') ?? chosen(place, 'replicas') ?? chosen(place, 'scale');
  return written?.path ?? ['platforms', place.platform.name];
}

/** Warns of each service whose mean demand for CPU is above the most its platform may run of it. */
export function warnSaturated(model: Model, platform: string, findings: Findings): void {
  const { warmupUs, durationUs } = model;
  const { vCpus, spansPerSecond } = expectedDemand(model, warmupUs, warmupUs + durationUs);
  model.services.forEach((service, index) => {
    const most = mostInstances(service, model.nodePools);
    const offered = vCpus[index]!;
    if (offered <= most * service.vCpu || offered === 0) return;
    const percent = printNumber((offered / (most * service.vCpu)) * 100);
    const rate = printRate(spansPerSecond[index]!);
    findings.warn({
      path: ['platforms', platform],
      code: 'saturated',
      message:
        `offers ${service.name} ${percent}% of the CPU that it may ever have: ` +
        `${rate} need ${printNumber(offered)} vCPU, ` +
        `${printNumber(most)} instances have ${printNumber(most * service.vCpu)}`,
      hint: 'allow more or larger instances',
    });
  });
}

/** The most instances of a service there may ever be, alone on its nodes. */
function mostInstances(
  { dispatch, vCpuRequest, memoryRequestMb }: ServiceModel,
  pools: readonly NodePoolModel[],
): number {
  if (dispatch.kind === 'environments') return dispatch.maxCount;
  const byRule = dispatch.scalers.length > 0 || dispatch.wakesOnRequest ? dispatch.maxCount : dispatch.initialCount;
  if (dispatch.nodePools.length === 0) return byRule;
  const byNodes = dispatch.nodePools.reduce((sum, index) => {
    const { maxCount, vCpu, memoryMb } = pools[index]!;
    const perNode = Math.floor(Math.min(vCpu / vCpuRequest, memoryMb / memoryRequestMb) + 1e-9);
    return sum + (perNode === 0 ? 0 : maxCount * perNode);
  }, 0);
  return Math.min(byRule, byNodes);
}
