/**
 * How many visitors a scenario expects, so that a run no machine could finish is refused before it starts.
 *
 * Its own file because it reads arrivals as sums, not as processes. Traces count as nothing: they end by themselves.
 */
import type { Issue } from '../units/issue.js';
import { printNumber } from '../units/print.js';
import type { ArrivalsSpec, Scenario } from './contract.js';
import { meanUs } from './distributions.js';
import { issueAt } from './options.js';

/** Visitors that one replication may expect, all sources together. */
export const mostArrivals = 1e10;

/** The issue of a scenario that expects more visitors than allowed, at the source that brings most of them. */
export function arrivalsIssues({ traffic, load, run, positions }: Scenario): Issue[] {
  const totalUs = run.warmupUs + run.durationUs;
  const counts = traffic.map(
    ({ arrivals }) => expectedArrivals(arrivals, totalUs) * (arrivals.kind === 'closed' ? 1 : load),
  );
  const sum = counts.reduce((total, each) => total + each, 0);
  if (sum <= mostArrivals) return [];
  const largest = traffic[counts.indexOf(Math.max(...counts))]!;
  const count = Number.isFinite(sum) ? printNumber(sum) : 'over 1e308';
  const message = `makes this run expect ${count} visitors; at most ${printNumber(mostArrivals)} are allowed`;
  const path = ['traffic', largest.name, 'arrivals'];
  return [issueAt({ positions, path, code: 'limit', message, hint: 'lower the rate or shorten the run' })];
}

/** Visitors in `totalUs` from clock 0; an upper estimate for a closed crowd, whose answers take no time here. */
export function expectedArrivals(arrivals: ArrivalsSpec, totalUs: number): number {
  const seconds = totalUs / 1e6;
  switch (arrivals.kind) {
    case 'poisson':
    case 'constant':
      return arrivals.ratePerSecond * seconds;
    case 'poisson-profile':
      return Math.max(...arrivals.profile.map(({ ratePerSecond }) => ratePerSecond)) * seconds;
    case 'renewal':
      return totalUs / meanUs(arrivals.gap);
    case 'batch':
      return (
        (totalUs / meanUs(arrivals.every)) *
        (typeof arrivals.size === 'number' ? arrivals.size : arrivals.size.geometricMean)
      );
    case 'bursty': {
      const cycleUs = arrivals.states.reduce((sum, { lasts }) => sum + meanUs(lasts), 0);
      const perCycle = arrivals.states.reduce(
        (sum, { lasts, ratePerSecond }) => sum + ratePerSecond * (meanUs(lasts) / 1e6),
        0,
      );
      return (totalUs / cycleUs) * perCycle;
    }
    // A crowd without a think time is held back by the answers alone: that is the engine's event limit to watch.
    case 'closed':
      return meanUs(arrivals.think) > 0 ? (arrivals.users * totalUs) / meanUs(arrivals.think) : arrivals.users;
    default:
      return 0;
  }
}
