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
/** How often a bursty source may change its state: between two visitors nothing else is done. */
const mostChanges = 1e9;
/** Users of closed crowds, all together: each of them is held in memory all the time. */
const mostUsers = 5e6;

/** The issue of a scenario that expects more visitors than allowed, at the source that brings most of them. */
export function arrivalsIssues(scenario: Scenario): Issue[] {
  return [...visitorIssues(scenario), ...crowdIssues(scenario), ...changeIssues(scenario)];
}

function visitorIssues({ traffic, load, run, positions }: Scenario): Issue[] {
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

/** The issue of crowds that are larger than memory is given for, at the largest of them. */
function crowdIssues({ traffic, positions }: Scenario): Issue[] {
  const counts = traffic.map(({ arrivals }) => (arrivals.kind === 'closed' ? arrivals.users : 0));
  const sum = counts.reduce((total, each) => total + each, 0);
  if (sum <= mostUsers) return [];
  const largest = traffic[counts.indexOf(Math.max(...counts))]!;
  const message = `makes this run hold ${printNumber(sum)} users; at most ${printNumber(mostUsers)} are allowed`;
  const hint = 'take fewer users, or open arrivals at the rate at which they come';
  return [issueAt({ positions, path: ['traffic', largest.name, 'arrivals'], code: 'limit', message, hint })];
}

/** The issues of bursty sources that would change their state without end between two visitors. */
function changeIssues({ traffic, run, positions }: Scenario): Issue[] {
  const totalUs = run.warmupUs + run.durationUs;
  return traffic.flatMap(({ name, arrivals }) => {
    if (arrivals.kind !== 'bursty') return [];
    const cycleUs = arrivals.states.reduce((sum, { lasts }) => sum + meanUs(lasts), 0);
    const count = (arrivals.states.length * totalUs) / cycleUs;
    if (count <= mostChanges) return [];
    const most = printNumber(mostChanges);
    const message = `changes its state ${printNumber(count)} times in this run; at most ${most} are allowed`;
    const hint = 'let its states last longer';
    return [issueAt({ positions, path: ['traffic', name, 'arrivals'], code: 'limit', message, hint })];
  });
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
