/**
 * What is too much: a run of more events than this program undertakes, and load above what a platform may ever run.
 */

import type { Scenario } from '../scenario/contract.js';
import { printNumber, printRate } from '../units/print.js';
import type { Model, NodePoolModel, ServiceModel } from './contract.js';
import { expectedDemand } from './demand.js';
import type { Findings } from './findings.js';

/** Events one replication may expect, and at which it is stopped. */
export const mostEvents = 1e10;
/** A span is an arrival, a choice of instance, a start, an end and two hops. */
const eventsPerSpan = 4;

/** The run is refused when one replication expects more than `mostEvents`. */
export function checkEvents(model: Model, scenario: Scenario, findings: Findings): void {
  const endUs = model.warmupUs + model.durationUs;
  const { spansPerSecond, stepsPerSecond } = expectedDemand(model, 0, endUs);
  const spans = spansPerSecond.reduce((sum, rate) => sum + rate, 0);
  const expected = (spans * eventsPerSpan + stepsPerSecond) * (endUs / 1e6);
  if (!(expected > mostEvents)) return;
  const rates = model.traffic.map(({ arrivals }) =>
    'meanPerSecond' in arrivals ? arrivals.meanPerSecond(0, endUs) : 0,
  );
  const busiest = model.traffic[rates.indexOf(Math.max(...rates))];
  const path = busiest ? ['traffic', busiest.name, 'arrivals'] : ['run', 'duration'];
  const message =
    `makes each of the ${scenario.run.replications} replications expect ${printNumber(expected)} events; ` +
    `at most ${printNumber(mostEvents)} are allowed`;
  findings.error({ path, code: 'limit', message, hint: 'lower the rate or shorten the run' });
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
