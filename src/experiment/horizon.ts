/**
 * Steady growth: when the first objective breaks, and what it costs to move that.
 *
 *   the break         the load at which the winner stops holding, as a month
 *   the step          the cheapest settings of the same platform that hold a month after it, and until when
 *   the end           what is cheapest at the load at the end of the horizon
 *
 * Generators, for the reason of the plan's search. Its own file: a plan without growth needs none of it. Checked by
 * test/experiment/horizon.test.ts against queues whose edges are known in closed form.
 */
import type { Scenario } from '../scenario/contract.js';
import type { MetricValue } from './contract.js';
import { type Headroom, monthsUntil, searchHeadroom } from './headroom.js';
import { type PlanFound, type PlanSearch, searchPlan } from './planSearch.js';
import type { Candidate, PlanSpace } from './planSpace.js';

export interface Growth {
  /** Months of 730 h, > 0. */
  readonly months: number;
  /** A share, >= 0. */
  readonly growthPerMonth: number;
}

/** What steady growth brings. */
export interface Horizon extends Growth {
  /** The load at its end, and the month in which the winner's first objective breaks; null: not within the horizon. */
  readonly loadAtEnd: number;
  readonly breaksInMonth: number | null;
  /** Objectives that break then. */
  readonly missed: readonly string[];
  /** What moves the break; null where it does not break within the horizon, or nothing within the ranges moves it. */
  readonly step: HorizonStep | null;
  /** What meets the objectives at the end; null when nothing does. */
  readonly winnerAtEnd: Candidate | null;
}

export interface HorizonStep {
  readonly candidate: Candidate;
  /** The last load at which both hold, and a month's bill there with the step and without: a broken one says little. */
  readonly atLoad: number;
  readonly costMonth: MetricValue | null;
  readonly costMonthWithout: MetricValue | null;
  /** The largest load that it holds, and the month in which that is passed; null: never. */
  readonly holdsUntilLoad: number;
  readonly breaksInMonth: number | null;
}

export interface HorizonQuestion {
  readonly scenario: Scenario;
  readonly space: PlanSpace;
  readonly growth: Growth;
  readonly winner: Candidate;
  /** Of the winner. */
  readonly headroom: Headroom;
}

export function* searchHorizon(question: HorizonQuestion): PlanSearch<Horizon> {
  const { scenario, space, growth, headroom } = question;
  const { months, growthPerMonth } = growth;
  const loadAtEnd = rounded(scenario.load * (1 + growthPerMonth) ** months);
  const { winner: winnerAtEnd } = yield* searchAt(space, loadAtEnd);
  const until = headroom.breaksAt === null ? null : monthsUntil(scenario.load, headroom.load, growthPerMonth);
  const breaksInMonth = until !== null && until <= months ? until : null;
  const missed = breaksInMonth === null ? [] : (headroom.bottleneck?.missed ?? []);
  const step = breaksInMonth === null ? null : yield* searchStep(question);
  return { months, growthPerMonth, loadAtEnd, breaksInMonth, missed, step, winnerAtEnd };
}

/** The cheapest other settings of the winner's platform that hold a month after the break. */
function* searchStep({ scenario, space, growth, winner, headroom }: HorizonQuestion): PlanSearch<HorizonStep | null> {
  const { platform } = winner;
  const beyond = rounded(Math.max(headroom.breaksAt ?? 0, headroom.load * (1 + growth.growthPerMonth)));
  const { candidates } = yield* searchAt({ ...space, platforms: [platform] }, beyond);
  const candidate = candidates.find((one) => one.standing === 'meets' && !isSame(one, winner));
  if (!candidate) return null;
  const replications = space.firstReplications;
  const atLoad = headroom.load;
  const cells = yield [candidate, winner].map(({ settings }) => ({
    settings: [...settings, { path: 'load', value: String(atLoad) }],
    platforms: [platform],
    replications,
  }));
  const [costMonth = null, costMonthWithout = null] = cells.map((cell) => cell?.platforms[0]?.metrics['cost_month']);
  const moved = yield* searchHeadroom({ scenario, platform, settings: candidate.settings, replications });
  return {
    candidate,
    atLoad,
    costMonth,
    costMonthWithout,
    holdsUntilLoad: moved.load,
    breaksInMonth: moved.breaksAt === null ? null : monthsUntil(scenario.load, moved.load, growth.growthPerMonth),
  };
}

function searchAt(space: PlanSpace, load: number): PlanSearch<PlanFound> {
  return searchPlan({ ...space, fixed: [{ path: 'load', value: String(load) }] });
}

function isSame(a: Candidate, b: Candidate): boolean {
  return a.settings.every(({ value }, at) => value === b.settings[at]?.value);
}

function rounded(load: number): number {
  return Number(load.toPrecision(6));
}
