/**
 * What scaling late and by rules of thumb costs: the bill of a run beside that of a clairvoyant scaler, which at every
 * moment has just the instances that the work done then needed, at once, within the same limits.
 *
 * Its own file because it is a bound, not a simulation: nobody scales so well. Of each service the instance hours of
 * one replication are taken window by window, CPU used rounded up to whole instances; the month's lines that bill its
 * instances shrink in proportion, those of nodes in proportion to all. Lines that bill invocations have nothing to
 * regret. Checked by test/experiment/capacity.test.ts.
 */
import type { CompiledPlatform } from '../model/compiled.js';
import type { Scenario } from '../scenario/contract.js';
import { type CellOrder, prepareCell } from './cells.js';
import type { PlatformResult, Timeline } from './contract.js';
import { findingsOf } from './gather.js';
import { runJob } from './jobs.js';
import { summarize } from './platformResult.js';

export interface Regret {
  /** A month as billed, of the one replication that was looked at, and as a clairvoyant scaler would have it. USD. */
  readonly realMonthUsd: number;
  readonly clairvoyantMonthUsd: number;
  /** The first less the second. */
  readonly regretMonthUsd: number;
  /** Instance hours of the measured time, real and needed, of the services that scale. */
  readonly services: readonly { readonly name: string; readonly realHours: number; readonly neededHours: number }[];
}

/** Simulates one replication of the order's only platform with its timeline; null where it did not come to its end. */
export function regretOf(scenario: Scenario, order: CellOrder): Regret | null {
  const prepared = prepareCell(scenario, { ...order, replications: 1 });
  if ('issues' in prepared) return null;
  const { compiled, extent, jobs } = prepared;
  const results = jobs.map((job) =>
    runJob(compiled, job.kind === 'replication' ? { ...job, withTimeline: true } : job),
  );
  const place = extent.platforms[0]!;
  const platform = compiled.platforms[place]!;
  const findings = findingsOf(place, results, extent);
  const { result } = findings ? summarize(compiled, platform, findings) : { result: null };
  return result?.timeline ? regretIn(platform, result, result.timeline) : null;
}

function regretIn({ model }: CompiledPlatform, { bill }: PlatformResult, timeline: Timeline): Regret {
  const services = model.services.flatMap(({ name, dispatch }) => {
    if (dispatch.kind !== 'balanced' || dispatch.minCount === dispatch.maxCount) return [];
    const limits = { least: dispatch.minCount, most: dispatch.maxCount };
    return { name, ...hoursOf(timeline, name, limits) };
  });
  const all = {
    realHours: services.reduce((sum, { realHours }) => sum + realHours, 0),
    neededHours: services.reduce((sum, { neededHours }) => sum + neededHours, 0),
  };
  const shareOf = (hours: { readonly realHours: number; readonly neededHours: number }): number =>
    hours.realHours > 0 ? Math.min(1, hours.neededHours / hours.realHours) : 1;
  const saved = bill.lines.reduce((sum, { service, part, line, bills, amountMonthUsd }) => {
    if (part !== 'compute' || bills !== 'instances') return sum;
    const own = services.find(({ name }) => name === service);
    const hours = own ?? (line.startsWith('node-hours') ? all : null);
    return hours ? sum + Number(amountMonthUsd) * (1 - shareOf(hours)) : sum;
  }, 0);
  const realMonthUsd = Number(bill.monthUsd);
  return { realMonthUsd, clairvoyantMonthUsd: realMonthUsd - saved, regretMonthUsd: saved, services };
}

function hoursOf(
  { series, lengthsS, firstMeasuredIndex }: Timeline,
  service: string,
  { least, most }: { readonly least: number; readonly most: number },
): { readonly realHours: number; readonly neededHours: number } {
  const valuesOf = (metric: string): readonly (number | null)[] =>
    series.find((one) => one.scope === 'service' && one.name === service && one.metric === metric)?.values ?? [];
  const instances = valuesOf('instances_mean');
  const utilisation = valuesOf('utilisation');
  let realHours = 0;
  let neededHours = 0;
  for (let window = firstMeasuredIndex; window < lengthsS.length; window++) {
    const hours = lengthsS[window]! / 3600;
    const real = instances[window] ?? 0;
    // A sliver above a whole number is rounding of the division, not work.
    const needed = Math.ceil(real * (utilisation[window] ?? 0) - 1e-9);
    realHours += real * hours;
    neededHours += Math.min(most, Math.max(least, needed)) * hours;
  }
  return { realHours, neededHours };
}
