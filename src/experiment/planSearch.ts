/**
 * The search for the cheapest settings that meet every objective, as a generator: it yields what it wants simulated and
 * is given the cells, so that the library runs it in one thread and the command on all of them, with the same result.
 *
 *   small grid            every candidate gets a first look
 *   one monotone path     bisection finds where the objectives begin to hold
 *   large grid            Sobol' points get a first look, then the neighbours of the best, until none is better
 *
 * Then successive halving in its plainest form: whoever surely misses, or meets and surely costs more than one that
 * surely meets, is out; replications of the rest are doubled until the winner's whole interval meets the objectives
 * and whatever is cheaper is out. All candidates face the same visitors, so differences are paired.
 * Its own file: nothing here knows threads, files or words. Checked by test/experiment/plan.test.ts against exhaustive
 * search of small grids.
 */
import { estimateDifference } from '../stats/interval.js';
import { mostSobolDimensions, sobolPoints } from '../stats/sobol.js';
import type { Cell, CellOrder } from './cells.js';
import type { Numbers } from './measures.js';
import { type Candidate, candidateOf, neighboursOf, orderAt, type PlanSpace, placeAt, spaceSize } from './planSpace.js';

/** Grids up to this size are looked at whole. */
const smallGrid = 256;
const sampleCount = 128;
/** Below this many values bisection saves nothing. */
const fewValues = 8;
/** Larger grids: neighbours of so many of the best are looked at in each round. */
const kept = 3;

export interface PlanFound {
  /** The cheapest that meets; null when none does. */
  readonly winner: Candidate | null;
  /** Whether its whole interval meets the objectives. */
  readonly isSure: boolean;
  /** Everything that was looked at, the winner first, then by what was found of it. */
  readonly candidates: readonly Candidate[];
  /** False when it was stopped. */
  readonly complete: boolean;
}

/** What the search asks for, and what it is answered. */
export type PlanSearch<Result> = Generator<readonly CellOrder[], Result, readonly (Cell | null)[]>;

export function* searchPlan(space: PlanSpace): PlanSearch<PlanFound> {
  const known = new Map<string, Candidate>();
  const look = lookInto(space, known);
  let isStopped = !(yield* firstLook(space, look, known));
  while (!isStopped) {
    const unsure = contenders(space, known).filter(({ replications }) => replications < space.mostReplications);
    const strangers = strangersNear(space, known);
    if (unsure.length === 0 && strangers.length === 0) break;
    if (strangers.length > 0) isStopped = !(yield* look(strangers, space.firstReplications));
    else {
      const replications = Math.min(space.mostReplications, 2 * Math.min(...unsure.map((one) => one.replications)));
      const next = unsure.filter((one) => one.replications < replications).map(({ place }) => place);
      isStopped = !(yield* look(next, replications));
    }
  }
  // Where nobody surely meets, the best of those that seem to is shown, and said to be in doubt.
  const winner = winnerOf(space, known) ?? [...known.values()].filter(isGood).sort(byPromise)[0] ?? null;
  return { winner, isSure: winner?.standing === 'meets', candidates: inOrder(known, winner), complete: !isStopped };
}

type Look = (places: readonly (readonly number[])[], replications: number) => PlanSearch<boolean>;

/** Simulates candidates and remembers what came; false when it was stopped before all were done. */
function lookInto(space: PlanSpace, known: Map<string, Candidate>): Look {
  return function* look(places, replications) {
    const distinct = new Map(places.map((place) => [place.join(), place]));
    if (distinct.size === 0) return true;
    const cells = yield [...distinct.values()].map((place) => orderAt(space, place, replications));
    for (const [at, [key, place]] of [...distinct].entries()) {
      const cell = cells[at];
      if (cell) known.set(key, candidateOf(space, place, cell));
    }
    return cells.every((cell) => cell !== null);
  };
}

function* firstLook(space: PlanSpace, look: Look, known: ReadonlyMap<string, Candidate>): PlanSearch<boolean> {
  const { firstReplications } = space;
  const size = spaceSize(space);
  if (isMonotone(space)) return yield* bisect(space, look, known);
  if (size <= smallGrid) {
    const places = Array.from({ length: size }, (_, index) => placeAt(space, index));
    return yield* look(places, firstReplications);
  }
  return yield* look(sampled(space), firstReplications);
}

/** Paths on which more never hurts the objectives and never lowers the bill: bisection is right for them. */
function isMonotone({ varied, minimise }: PlanSpace): boolean {
  const [only] = varied;
  if (varied.length !== 1 || !only || only.values.length < fewValues || !minimise.startsWith('cost')) return false;
  const numbers = only.values.map(Number);
  const isRising = numbers.every((value, at) => Number.isFinite(value) && (at === 0 || value > numbers[at - 1]!));
  return isRising && /(^|\.)(replicas|provisioned|count)$/.test(only.path);
}

/** On each platform the least value that meets, by the mean; its neighbours are looked at afterwards anyway. */
function* bisect(space: PlanSpace, look: Look, known: ReadonlyMap<string, Candidate>): PlanSearch<boolean> {
  const most = space.varied[0]!.values.length - 1;
  const ranges = space.platforms.map((_, platform) => ({ platform, low: 0, high: most }));
  if (
    !(yield* look(
      ranges.flatMap(({ platform }) => [
        [platform, 0],
        [platform, most],
      ]),
      space.firstReplications,
    ))
  )
    return false;
  const meets = (platform: number, value: number): boolean => isGood(known.get(`${platform},${value}`));
  let open = ranges.filter(({ platform }) => !meets(platform, 0) && meets(platform, most));
  while (open.length > 0) {
    const middle = (range: (typeof ranges)[number]): number => Math.floor((range.low + range.high) / 2);
    if (
      !(yield* look(
        open.map((range) => [range.platform, middle(range)]),
        space.firstReplications,
      ))
    )
      return false;
    for (const range of open) {
      if (meets(range.platform, middle(range))) range.high = middle(range);
      else range.low = middle(range);
    }
    open = open.filter(({ low, high }) => high - low > 1);
  }
  return true;
}

function sampled(space: PlanSpace): number[][] {
  const sizes = [space.platforms.length, ...space.varied.map(({ values }) => values.length)];
  const dimensions = Math.min(sizes.length, mostSobolDimensions);
  return sobolPoints(sampleCount, dimensions).map((point) =>
    // Paths beyond the table of directions share a coordinate, turned round.
    sizes.map((size, at) => {
      const share = at < dimensions ? point[at]! : 1 - point[at % dimensions]!;
      return Math.min(size - 1, Math.floor(share * size));
    }),
  );
}

/** Neighbours of the winner, and on large grids of the best few, that nobody has looked at. */
function strangersNear(space: PlanSpace, known: ReadonlyMap<string, Candidate>): number[][] {
  const winner = winnerOf(space, known);
  const isLarge = spaceSize(space) > smallGrid;
  const best = isLarge || !winner ? [...known.values()].sort(byPromise).slice(0, kept) : [];
  const centres = winner ? [winner, ...best] : isLarge ? best : [];
  return centres.flatMap(({ place }) => neighboursOf(space, place)).filter((place) => !known.has(place.join()));
}

function isGood(candidate: Candidate | undefined): boolean {
  return candidate !== undefined && /meet/.test(candidate.standing) && candidate.cost !== null;
}

/**
 * The cheapest of those that surely meet, or may yet; of equal ones the first in the grid. Whoever is in doubt after
 * all the replications there are is out.
 */
function winnerOf({ mostReplications }: PlanSpace, known: ReadonlyMap<string, Candidate>): Candidate | null {
  const good = [...known.values()].filter(
    (candidate) => isGood(candidate) && (candidate.standing === 'meets' || candidate.replications < mostReplications),
  );
  return good.sort((a, b) => a.cost!.mean - b.cost!.mean || byPlace(a, b))[0] ?? null;
}

/** Whoever more replications may still make the winner, or no winner: the doubtful ones that are not dearer. */
function contenders(space: PlanSpace, known: ReadonlyMap<string, Candidate>): Candidate[] {
  const winner = winnerOf(space, known);
  return [...known.values()].filter((candidate) => {
    const { standing, cost } = candidate;
    const isDoubtful = standing === 'seems-to-meet' || standing === 'seems-to-miss';
    if (!isDoubtful || cost === null) return false;
    if (!winner || candidate === winner) return true;
    // One that seems to meet is dearer than the winner; while the winner itself is doubtful it may yet be needed.
    if (winner.standing !== 'meets') return cost.mean <= winner.cost!.mean;
    return cost.mean < winner.cost!.mean && !isSurelyDearer(space, candidate, winner);
  });
}

/** Whether `candidate` costs more than `other` beyond chance, replication by replication. */
export function isSurelyDearer({ minimise, confidence }: PlanSpace, candidate: Candidate, other: Candidate): boolean {
  const [ours, theirs] = [candidate, other].map(({ result }) => valuesOf(result?.numbers ?? [], minimise)) as [
    number[],
    number[],
  ];
  const count = Math.min(ours.length, theirs.length);
  const estimate = estimateDifference(ours.slice(0, count), theirs.slice(0, count), confidence);
  return estimate?.interval ? estimate.interval[0] > 0 : (estimate?.mean ?? 0) > 0;
}

function valuesOf(numbers: readonly Numbers[], metric: string): number[] {
  return numbers.flatMap((one) => one[metric] ?? []);
}

/** Those that meet, the cheapest first; then those that miss, the nearest to meeting first. */
function byPromise(a: Candidate, b: Candidate): number {
  const [good, other] = [isGood(a), isGood(b)];
  if (good !== other) return good ? -1 : 1;
  const costOf = ({ cost }: Candidate): number => cost?.mean ?? Number.POSITIVE_INFINITY;
  if (good) return costOf(a) - costOf(b) || byPlace(a, b);
  return shortfallOf(a) - shortfallOf(b) || costOf(a) - costOf(b) || byPlace(a, b);
}

/** How far the objectives that are missed are from their limits, relative to these. */
function shortfallOf({ result }: Candidate): number {
  if (!result) return Number.POSITIVE_INFINITY;
  return result.objectives.reduce((sum, { met, value, limit }) => {
    if (met) return sum;
    return sum + (value === null ? 1e9 : Math.abs(value - limit) / Math.max(Math.abs(limit), 1e-9));
  }, 0);
}

function byPlace(a: Candidate, b: Candidate): number {
  const at = a.place.findIndex((coordinate, dimension) => coordinate !== b.place[dimension]);
  return at < 0 ? 0 : a.place[at]! - b.place[at]!;
}

function inOrder(known: ReadonlyMap<string, Candidate>, winner: Candidate | null): Candidate[] {
  const others = [...known.values()].filter((candidate) => candidate !== winner).sort(byPromise);
  return winner ? [winner, ...others] : others;
}
