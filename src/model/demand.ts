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
  /** Of each database, in the model's order: queries a second, and how many of them would run at once unhindered. */
  readonly databases: readonly { readonly queriesPerSecond: number; readonly running: number }[];
}

interface OperationDemand {
  readonly service: number;
  readonly cpuUsPerCall: number;
  readonly stepsPerCall: number;
  readonly calls: readonly { readonly to: number; readonly times: number }[];
  readonly queries: readonly { readonly database: number; readonly times: number; readonly meanUs: number }[];
}

/** A cycle of low chance is followed so far; deeper calls fail in the run as well. */
const deepestCall = 100;

/**
 * @param fromUs start of the time over which rates are averaged, microseconds
 * @param closedPerSecond how often a closed crowd comes, by source, where that was measured; else it counts as nothing
 */
export function expectedDemand(
  model: Model,
  fromUs: number,
  toUs: number,
  closedPerSecond: (source: number) => number = () => 0,
): Demand {
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
  for (const [source, { arrivals, entries }] of model.traffic.entries()) {
    const perSecond = 'meanPerSecond' in arrivals ? arrivals.meanPerSecond(fromUs, toUs) : closedPerSecond(source);
    const perEntry = perSecond / entries.length;
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
  const databases = model.databases.map(() => ({ queriesPerSecond: 0, running: 0 }));
  operations.forEach(({ service, cpuUsPerCall, stepsPerCall, queries }, index) => {
    spansPerSecond[service]! += total[index]!;
    vCpus[service]! += (total[index]! * cpuUsPerCall) / 1e6;
    stepsPerSecond += total[index]! * stepsPerCall;
    for (const { database, times, meanUs } of queries) {
      databases[database]!.queriesPerSecond += total[index]! * times;
      databases[database]!.running += (total[index]! * times * meanUs) / 1e6;
    }
  });
  return { spansPerSecond, vCpus, stepsPerSecond, databases };
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
  const queries: { database: number; times: number; meanUs: number }[] = [];
  const add = (inner: readonly StepModel[], weight: number): void => {
    const part = walk(inner, weight, place);
    cpuUsPerCall += part.cpuUsPerCall;
    stepsPerCall += part.stepsPerCall;
    calls.push(...part.calls);
    queries.push(...part.queries);
  };
  for (const step of steps) {
    if (step.kind === 'cpu') {
      cpuUsPerCall += times * step.work.mean;
      stepsPerCall += step.work.mean > 0 ? times : 0;
    } else if (step.kind === 'wait' || step.kind === 'query') stepsPerCall += step.time.mean > 0 ? times : 0;
    else if (step.kind === 'call' || step.kind === 'send')
      calls.push({ to: place(step.service, step.operation), times });
    if (step.kind === 'query') queries.push({ database: step.database, times, meanUs: step.time.mean });
    else if (step.kind === 'parallel') for (const branch of step.branches) add(branch, times);
    else if (step.kind === 'choose') for (const { chance, steps: inner } of step.branches) add(inner, times * chance);
    else if (step.kind === 'repeat')
      add(step.steps, times * (typeof step.times === 'number' ? step.times : step.times.geometricMean));
  }
  return { cpuUsPerCall, stepsPerCall, calls, queries };
}
