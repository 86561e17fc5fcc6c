/**
 * What scaling late and by rules of thumb costs: the bill of a run beside that of a clairvoyant scaler, which at every
 * moment has just the instances that the work done then needed, at once, within the same limits.
 *
 * Its own file because it is a bound, not a simulation: nobody scales so well. Of each service the instance hours of
 * every replication are taken window by window, CPU used rounded up to whole instances; the month's lines that bill its
 * instances shrink in proportion, those of nodes in proportion to all. Lines that bill invocations have nothing to
 * regret. Checked by test/experiment/capacity.test.ts.
 */
import type { CompiledPlatform } from '../model/compiled.js';
import type { Scenario } from '../scenario/contract.js';
import { estimateMean } from '../stats/interval.js';
import { type CellOrder, prepareCell } from './cells.js';
import type { Interval, PlatformResult, Timeline } from './contract.js';
import { resultOfEach } from './eachReplication.js';
import { findingsOf } from './gather.js';
import { runJob } from './jobs.js';

export interface Regret {
  /** A month as billed, and as a clairvoyant scaler would have it: means over the replications. USD. */
  readonly realMonthUsd: number;
  readonly clairvoyantMonthUsd: number;
  /** The first less the second, with its interval; left out with fewer than two replications. */
  readonly regretMonthUsd: number;
  readonly ci?: Interval;
  readonly replications: number;
  /** Mean instance hours of the measured time, real and needed, of the services that scale. */
  readonly services: readonly ScaledHours[];
}

export interface ScaledHours {
  readonly name: string;
  readonly realHours: number;
  readonly neededHours: number;
}

/**
 * Simulates the order's only platform with the timeline of every replication; null where none came to its end.
 * Each is billed by itself; the same visitors had both scalers, so the interval is that of the differences.
 */
export function regretOf(scenario: Scenario, order: CellOrder): Regret | null {
  const prepared = prepareCell(scenario, order);
  if ('issues' in prepared) return null;
  const { compiled, extent, jobs } = prepared;
  const results = jobs.map((job) =>
    runJob(compiled, job.kind === 'replication' ? { ...job, withTimeline: true } : job),
  );
  const place = extent.platforms[0]!;
  const platform = compiled.platforms[place]!;
  const findings = findingsOf(place, results, extent);
  const each = findings ? [...resultOfEach(compiled, platform, findings).values()] : [];
  const regrets = each.flatMap((result) => (result.timeline ? [regretIn(platform, result, result.timeline)] : []));
  return meanOf(regrets, compiled.run.confidence);
}

type OneRegret = Omit<Regret, 'ci' | 'replications'>;

function meanOf(regrets: readonly OneRegret[], confidence: number): Regret | null {
  const [first] = regrets;
  const estimate = estimateMean(
    regrets.map(({ regretMonthUsd }) => regretMonthUsd),
    confidence,
  );
  if (!first || !estimate) return null;
  const mean = (read: (one: OneRegret) => number): number =>
    regrets.reduce((sum, one) => sum + read(one), 0) / regrets.length;
  const realMonthUsd = mean((one) => one.realMonthUsd);
  return {
    realMonthUsd,
    clairvoyantMonthUsd: realMonthUsd - estimate.mean,
    regretMonthUsd: estimate.mean,
    ...(estimate.interval ? { ci: estimate.interval } : {}),
    replications: regrets.length,
    services: first.services.map(({ name }, at) => ({
      name,
      realHours: mean(({ services }) => services[at]!.realHours),
      neededHours: mean(({ services }) => services[at]!.neededHours),
    })),
  };
}

function regretIn({ model }: CompiledPlatform, { bill }: PlatformResult, timeline: Timeline): OneRegret {
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
