/**
 * Demand: how often each operation is expected to be called, and how much CPU that takes, from rates and chances alone.
 * For limits and warnings before a run. Retries, errors and time-outs are not in it. Checked by
 * test/model/demand.test.ts
 * by hand-worked graphs.
 */
import type { Model, StepModel } from './contract.js';

/** Means over the measured time, by service in the model's order. */
export interface Demand {
  /** Spans a second. */
  readonly spansPerSecond: readonly number[];
  /** vCPUs busy. */
  readonly vCpus: readonly number[];
  /** Of all operations together: timed steps a second, each a few events of the run. */
  readonly stepsPerSecond: number;
}

interface OperationDemand {
  readonly service: number;
  readonly cpuUsPerCall: number;
  readonly stepsPerCall: number;
  readonly calls: readonly { readonly to: number; readonly times: number }[];
}

/** A cycle of low chance is followed so far; deeper calls fail in the run as well. */
const deepestCall = 100;

/** @param fromUs start of the time over which rates are averaged, microseconds; a closed crowd counts as nothing */
export function expectedDemand(model: Model, fromUs: number, toUs: number): Demand {
  const first: number[] = [];
  let count = 0;
  for (const { operations } of model.services) {
    first.push(count);
    count += operations.length;
  }
  const place = (service: number, operation: number): number => first[service]! + operation;
  const operations = model.services.flatMap((service, index) =>
    service.operations.map(({ steps }): OperationDemand => ({ service: index, ...walk(steps, 1, place) })),
  );
  let arriving = new Array<number>(count).fill(0);
  for (const { arrivals, entries } of model.traffic) {
    if (!('meanPerSecond' in arrivals)) continue;
    const perEntry = arrivals.meanPerSecond(fromUs, toUs) / entries.length;
    for (const { service, operation } of entries) arriving[place(service, operation)]! += perEntry;
  }
  const total = [...arriving];
  for (let depth = 0; depth < deepestCall && arriving.some((rate) => rate > 0); depth++) {
    const next = new Array<number>(count).fill(0);
    operations.forEach(({ calls }, from) => {
      for (const { to, times } of calls) next[to]! += arriving[from]! * times;
    });
    next.forEach((rate, to) => {
      total[to]! += rate;
    });
    arriving = next;
  }
  const spansPerSecond = model.services.map(() => 0);
  const vCpus = model.services.map(() => 0);
  let stepsPerSecond = 0;
  operations.forEach(({ service, cpuUsPerCall, stepsPerCall }, index) => {
    spansPerSecond[service]! += total[index]!;
    vCpus[service]! += (total[index]! * cpuUsPerCall) / 1e6;
    stepsPerSecond += total[index]! * stepsPerCall;
  });
  return { spansPerSecond, vCpus, stepsPerSecond };
}

/** What one run through `steps`, weighted by `times`, asks for. */
function walk(
  steps: readonly StepModel[],
  times: number,
  place: (service: number, operation: number) => number,
): Omit<OperationDemand, 'service'> {
  let cpuUsPerCall = 0;
  let stepsPerCall = 0;
  const calls: { to: number; times: number }[] = [];
  const add = (inner: readonly StepModel[], weight: number): void => {
    const part = walk(inner, weight, place);
    cpuUsPerCall += part.cpuUsPerCall;
    stepsPerCall += part.stepsPerCall;
    calls.push(...part.calls);
  };
  for (const step of steps) {
    if (step.kind === 'cpu') {
      cpuUsPerCall += times * step.work.mean;
      stepsPerCall += step.work.mean > 0 ? times : 0;
    } else if (step.kind === 'wait' || step.kind === 'query') stepsPerCall += step.time.mean > 0 ? times : 0;
    else if (step.kind === 'call' || step.kind === 'send')
      calls.push({ to: place(step.service, step.operation), times });
    else if (step.kind === 'parallel') for (const branch of step.branches) add(branch, times);
    else if (step.kind === 'choose') for (const { chance, steps: inner } of step.branches) add(inner, times * chance);
    else if (step.kind === 'repeat')
      add(step.steps, times * (typeof step.times === 'number' ? step.times : step.times.geometricMean));
  }
  return { cpuUsPerCall, stepsPerCall, calls };
}
