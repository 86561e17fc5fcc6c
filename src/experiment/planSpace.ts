/**
 * Where a plan searches: a grid of settings on one or more platforms, and one point of it with what is known of it.
 * Its own file because the search, its table and its document all speak of candidates by their place in the grid.
 */
import { amountAt } from '../units/amountRange.js';
import type { Cell, CellOrder, CellPlatform } from './cells.js';
import type { MetricValue } from './contract.js';
import type { Settings } from './designs.js';
import type { Varied } from './vary.js';

export interface PlanSpace {
  /** Each with its values from the smallest step to the largest. */
  readonly varied: readonly Varied[];
  readonly platforms: readonly string[];
  /** The metric of which the least is wanted. */
  readonly minimise: string;
  /** Settings that every candidate has besides its own: the load of another day. */
  readonly fixed: Settings;
  /** Replications of a first look, and the most that are spent on one candidate. */
  readonly firstReplications: number;
  readonly mostReplications: number;
  readonly confidence: number;
}

/**
 * `refused`: it contradicts itself. `meets`, `misses`: the whole interval of every objective, or that of one, says so.
 * `seems-to-meet`, `seems-to-miss`: the mean says so. `untrusted`: nothing can be said.
 */
export type Standing = 'meets' | 'seems-to-meet' | 'seems-to-miss' | 'misses' | 'untrusted' | 'refused';

export interface Candidate {
  /** Place of its platform and of its value in each varied path: its coordinates. */
  readonly place: readonly number[];
  readonly platform: string;
  readonly settings: Settings;
  readonly replications: number;
  readonly standing: Standing;
  readonly result: CellPlatform | null;
  /** What is minimised; null where it has no value. */
  readonly cost: MetricValue | null;
  /** Why it cannot be simulated or trusted. */
  readonly reason: string;
}

/** Values of a range without steps: this many, evenly spread. */
const unwrittenSteps = 33;

/** Ranges without steps get some: a search needs neighbours. */
export function withSteps(varied: readonly Varied[]): Varied[] {
  return varied.map((one) => {
    if (one.values.length > 0 || !one.range) return one;
    const { range } = one;
    const values = Array.from({ length: unwrittenSteps }, (_, step) => amountAt(range, step / (unwrittenSteps - 1)));
    return { ...one, values: [...new Set(values)] };
  });
}

/** How many candidates there are. */
export function spaceSize({ varied, platforms }: PlanSpace): number {
  return varied.reduce((size, { values }) => size * values.length, platforms.length);
}

/** The coordinates of candidate number `index`: the last path changes fastest. */
export function placeAt({ varied, platforms }: PlanSpace, index: number): number[] {
  const sizes = [platforms.length, ...varied.map(({ values }) => values.length)];
  const place: number[] = [];
  let rest = index;
  for (const size of sizes.reverse()) {
    place.push(rest % size);
    rest = Math.floor(rest / size);
  }
  return place.reverse();
}

/** One step along each varied path, on the same platform, within the grid. */
export function neighboursOf({ varied }: PlanSpace, place: readonly number[]): number[][] {
  return varied.flatMap(({ values }, dimension) =>
    [-1, 1].flatMap((step) => {
      const coordinate = place[dimension + 1]! + step;
      if (coordinate < 0 || coordinate >= values.length) return [];
      return [place.map((value, at) => (at === dimension + 1 ? coordinate : value))];
    }),
  );
}

export function settingsAt({ varied, fixed }: PlanSpace, place: readonly number[]): Settings {
  const own = varied.map(({ path, values }, dimension) => ({ path, value: values[place[dimension + 1]!]! }));
  return [...fixed, ...own];
}

export function orderAt(space: PlanSpace, place: readonly number[], replications: number): CellOrder {
  return { settings: settingsAt(space, place), platforms: [space.platforms[place[0]!]!], replications };
}

/** What a finished cell says of the candidate at `place`. */
export function candidateOf(space: PlanSpace, place: readonly number[], cell: Cell): Candidate {
  const result = cell.platforms[0] ?? null;
  const cost = result?.metrics[space.minimise] ?? null;
  const head = {
    place,
    platform: space.platforms[place[0]!]!,
    settings: settingsAt(space, place).slice(space.fixed.length),
    replications: cell.replications,
    result,
    cost,
  };
  if (cell.refusals.length > 0) return { ...head, standing: 'refused', reason: cell.refusals[0]! };
  if (!result || !cell.complete) return { ...head, standing: 'untrusted', reason: 'no replication came to its end' };
  if (isSurelyMissed(result)) return { ...head, standing: 'misses', reason: '' };
  // Too few samples is what more replications mend.
  const doubt = result.untrusted.find(({ code }) => code !== 'few-samples');
  if (doubt) return { ...head, standing: 'untrusted', reason: doubt.message };
  const standing = standingOf(result);
  const isThin = result.untrusted.length > 0;
  return { ...head, standing: isThin && standing === 'meets' ? 'seems-to-meet' : standing, reason: '' };
}

function standingOf({ objectives }: CellPlatform): Standing {
  if (objectives.some(({ met }) => !met)) return 'seems-to-miss';
  return objectives.every(({ sure }) => sure) ? 'meets' : 'seems-to-meet';
}

function isSurelyMissed({ objectives }: CellPlatform): boolean {
  return objectives.some(({ met, sure }) => !met && sure);
}
