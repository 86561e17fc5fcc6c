/**
 * Where two platforms cost the same: every crossing of their monthly bills within a range of traffic (or of any
 * setting), found by simulating, because replicas round up, allowances bend and minimum charges fade in no formula.
 *
 * A generator like the plan's search, and for its reason. First a look along the range, in equal factors, and closer
 * where costs come near each other; wherever the cheaper one changes between two neighbours the place is halved until
 * its ends are close; there every replication has a crossing of its own (both platforms are billed for the same
 * visitors), and the interval comes from those. Traffic that either platform no longer serves has no break-even: its
 * cost says nothing there.
 * Its own file; checked by test/experiment/breakEven.test.ts against the closed form where that holds.
 */
import { estimateMean } from '../stats/interval.js';
import type { Cell, CellPlatform } from './cells.js';
import type { Interval } from './contract.js';
import type { Settings } from './designs.js';
import type { PlanSearch } from './planSearch.js';

/** What is varied: a number on a logarithmic axis, and the settings that bring it about. */
export interface BreakEvenAxis {
  /** `traffic`, or a path. */
  readonly vary: string;
  /** `1/s` of traffic; what stands behind the number of a path: `MB`, or nothing. */
  readonly unit: string;
  /** Both > 0. */
  readonly low: number;
  readonly high: number;
  readonly isWhole: boolean;
  /** @param isLook whether a short run will do */
  readonly settingsAt: (value: number, isLook: boolean) => Settings;
}

export interface BreakEvenQuestion {
  readonly axis: BreakEvenAxis;
  /** Two platforms by name. */
  readonly between: readonly [string, string];
  readonly replications: number;
  readonly confidence: number;
}

/** What was found at one value: USD a month of each of the two, and whether both serve it. */
export interface BreakEvenPoint {
  readonly value: number;
  readonly costsUsd: readonly [number, number];
  readonly isServed: boolean;
}

export interface Crossing {
  readonly value: number;
  /** Null with one replication. */
  readonly ci: Interval | null;
  readonly cheaperBelow: string;
  readonly cheaperAbove: string;
  readonly costMonthUsd: number;
}

export interface BreakEvenFound {
  /** In increasing value. */
  readonly points: readonly BreakEvenPoint[];
  readonly crossings: readonly Crossing[];
  /** Why some settings could not be simulated, each once. */
  readonly refusals: readonly string[];
  /** False when it was stopped. */
  readonly complete: boolean;
}

const looksPerDecade = 8;
const fewestLooks = 9;
/** No closer than this by looking; steps of a staircase that are narrower go unseen. */
const finestLook = 1.05;
/** A crossing's ends come this close before its replications are asked. */
const closeEnough = 1.02;
/** The lines of the replications are drawn between ends this far apart: slopes over less are noise. */
const lineSpan = 1.1;
const lookReplications = 2;
/** Of what a platform answers where it answers best: with less than this share it no longer serves. */
const servedShare = 0.98;

/** A point with what its replications say. */
interface Look extends BreakEvenPoint {
  readonly answeredShares: readonly [number, number];
  /** Second platform minus the first, by replication. */
  readonly differencesUsd: readonly number[];
}

export function* searchBreakEven(question: BreakEvenQuestion): PlanSearch<BreakEvenFound> {
  const { axis } = question;
  const looks = new Map<number, Look>();
  const refusals = new Set<string>();
  const look = lookAt(question, looks, refusals);
  let wanted = looksAlong(axis);
  while (wanted.length > 0) {
    if (!(yield* look(wanted))) return foundOf(looks, [], refusals, false);
    wanted = looksBetween(axis, served(looks)).filter((value) => !looks.has(value));
  }
  const crossings: Crossing[] = [];
  for (const [below, above] of changes(served(looks))) {
    const ends = yield* narrow(axis, look, looks, [below, above]);
    const crossing = ends && (yield* cross(question, ends, refusals));
    if (!crossing) return foundOf(looks, crossings, refusals, false);
    crossings.push(crossing);
  }
  return foundOf(looks, crossings, refusals, true);
}

/** Values in equal factors, the ends exact; whole where only those are meant. */
function looksAlong({ low, high, isWhole }: BreakEvenAxis): number[] {
  const decades = Math.log10(high / low);
  const count = Math.max(fewestLooks, Math.ceil(decades * looksPerDecade) + 1);
  const values = Array.from({ length: count }, (_, step) => low * (high / low) ** (step / (count - 1)));
  values[count - 1] = high;
  return [...new Set(values.map((value) => rounded(value, isWhole)))];
}

/**
 * Between neighbours whose costs overlap there may be crossings that neither shows: a fleet's cost is a staircase, and
 * what it is compared with may pass above and below every step. Costs that never fall with the traffic cannot cross
 * where the one is below all the way.
 */
function looksBetween({ isWhole }: BreakEvenAxis, looks: readonly Look[]): number[] {
  return looks.flatMap((below, place) => {
    const above = looks[place + 1];
    if (!above?.isServed || !below.isServed || above.value / below.value <= finestLook) return [];
    const [first, second] = [0, 1].map((side) => [below.costsUsd[side]!, above.costsUsd[side]!]) as [
      number[],
      number[],
    ];
    const isApart = Math.max(...first) < Math.min(...second) || Math.max(...second) < Math.min(...first);
    const value = rounded(Math.sqrt(below.value * above.value), isWhole);
    return isApart || value <= below.value || value >= above.value ? [] : [value];
  });
}

/** As many digits as `--set` is given, so that the value told is the value simulated. */
function rounded(value: number, isWhole: boolean): number {
  return isWhole ? Math.round(value) : Number(value.toPrecision(6));
}

type LookAt = (values: readonly number[]) => PlanSearch<boolean>;

/** Short runs, remembered; false when it was stopped. */
function lookAt(question: BreakEvenQuestion, looks: Map<number, Look>, refusals: Set<string>): LookAt {
  const { axis, between, replications } = question;
  return function* look(values) {
    const cells = yield values.map((value) => ({
      settings: axis.settingsAt(value, true),
      platforms: between,
      replications: Math.min(lookReplications, replications),
    }));
    values.forEach((value, place) => {
      const found = cells[place] && pointOf(value, cells[place], between);
      if (found) looks.set(value, found);
      for (const refusal of cells[place]?.refusals ?? []) refusals.add(refusal);
    });
    return cells.every((cell) => cell !== null);
  };
}

function pointOf(value: number, cell: Cell, between: readonly [string, string]): Look | null {
  const [first, second] = between.map((name) => cell.platforms.find((platform) => platform.name === name));
  if (!first || !second) return null;
  const [ours, theirs] = [costsOf(first), costsOf(second)];
  if (ours.length === 0 || ours.length !== theirs.length) return null;
  return {
    value,
    costsUsd: [meanOf(ours), meanOf(theirs)],
    isServed: true,
    answeredShares: [answeredShare(first), answeredShare(second)],
    differencesUsd: theirs.map((usd, replication) => usd - ours[replication]!),
  };
}

function costsOf({ numbers }: CellPlatform): number[] {
  return numbers.flatMap((one) => one['cost_month'] ?? []);
}

function answeredShare({ metrics }: CellPlatform): number {
  const offered = metrics['requests_offered']?.mean ?? 0;
  return offered === 0 ? 1 : (metrics['requests_completed']?.mean ?? 0) / offered;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** In increasing value, each with whether both platforms answer about as well there as where they answer best. */
function served(looks: ReadonlyMap<number, Look>): Look[] {
  const sorted = [...looks.values()].sort((a, b) => a.value - b.value);
  const best = [0, 1].map((side) => Math.max(...sorted.map(({ answeredShares }) => answeredShares[side]!)));
  return sorted.map((look) => ({
    ...look,
    isServed: look.answeredShares.every((share, side) => share >= servedShare * best[side]!),
  }));
}

/** Neighbours between which the cheaper one changes; where both cost the same there is no change yet. */
function changes(looks: readonly Look[]): [Look, Look][] {
  const found: [Look, Look][] = [];
  let before: Look | null = null;
  for (const look of looks) {
    if (!look.isServed) {
      before = null;
      continue;
    }
    const sign = signOf(look);
    if (sign === 0) continue;
    if (before && signOf(before) !== sign) found.push([before, look]);
    before = look;
  }
  return found;
}

/** Who is dearer: -1 the first, 1 the second, 0 neither to the millionth of a cent. */
function signOf({ costsUsd: [first, second] }: Look): number {
  return Math.abs(second - first) < 1e-8 ? 0 : Math.sign(second - first);
}

/** Halves, by factors, until the ends are close; null when it was stopped. */
function* narrow(
  { isWhole }: BreakEvenAxis,
  look: LookAt,
  looks: ReadonlyMap<number, Look>,
  [first, last]: readonly [Look, Look],
): PlanSearch<readonly [Look, Look] | null> {
  let [below, above] = [first, last];
  while (above.value / below.value > closeEnough) {
    const value = rounded(Math.sqrt(below.value * above.value), isWhole);
    if (value <= below.value || value >= above.value) break;
    if (!looks.has(value) && !(yield* look([value]))) return null;
    const middle = looks.get(value);
    if (!middle) break;
    if (signOf(middle) === signOf(first)) below = middle;
    else above = middle;
  }
  return [below, above];
}

/** The crossing of each replication, on the line through two runs around the place; null when it was stopped. */
function* cross(
  { axis, between, replications, confidence }: BreakEvenQuestion,
  [below, above]: readonly [Look, Look],
  refusals: Set<string>,
): PlanSearch<Crossing | null> {
  const middle = Math.sqrt(below.value * above.value);
  const half = Math.max(Math.sqrt(lineSpan), Math.sqrt(above.value / below.value));
  const whole = (value: number): number => rounded(value, axis.isWhole);
  const low = Math.min(below.value, Math.max(axis.low, whole(middle / half)));
  const high = Math.max(above.value, Math.min(axis.high, whole(middle * half)));
  const cells = yield [low, high].map((value) => ({
    settings: axis.settingsAt(value, false),
    platforms: between,
    replications,
  }));
  const [left, right] = cells.map((cell, place) => cell && pointOf(place === 0 ? low : high, cell, between));
  for (const cell of cells) for (const refusal of cell?.refusals ?? []) refusals.add(refusal);
  if (!left || !right) return null;
  const roots = left.differencesUsd.flatMap((from, replication) => {
    const to = right.differencesUsd[replication];
    return to === undefined ? [] : [rootBetween([Math.log(low), from], [Math.log(high), to])];
  });
  // A step of a staircase lies somewhere between the nearest looks; no line finds it.
  const isJump = changeOf(below, above) > 3 * changeOf(left, right);
  const estimate = estimateMean(isJump ? [Math.log(middle)] : roots, confidence);
  if (!estimate) return null;
  const value = Math.exp(estimate.mean);
  const { interval } = estimate;
  const share = (Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low));
  const costs = [0, 1].map((side) => left.costsUsd[side]! + share * (right.costsUsd[side]! - left.costsUsd[side]!));
  const isFirstCheaperBelow = signOf(below) > 0;
  return {
    value,
    ci: isJump ? [below.value, above.value] : interval && [Math.exp(interval[0]), Math.exp(interval[1])],
    cheaperBelow: between[isFirstCheaperBelow ? 0 : 1],
    cheaperAbove: between[isFirstCheaperBelow ? 1 : 0],
    costMonthUsd: meanOf(costs),
  };
}

/** How fast the difference changes between two points; a step of a staircase does so within the least distance. */
function changeOf(from: Look, to: Look): number {
  const [before, after] = [from, to].map(({ costsUsd: [first, second] }) => second - first) as [number, number];
  return Math.abs(after - before) / Math.log(to.value / from.value);
}

/** Where the line through two points is zero; no farther out than its own length: beyond that it says nothing. */
function rootBetween([x0, y0]: readonly [number, number], [x1, y1]: readonly [number, number]): number {
  if (y0 === y1) return (x0 + x1) / 2;
  const share = y0 / (y0 - y1);
  return x0 + (x1 - x0) * Math.min(2, Math.max(-1, share));
}

function foundOf(
  looks: ReadonlyMap<number, Look>,
  crossings: readonly Crossing[],
  refusals: ReadonlySet<string>,
  complete: boolean,
): BreakEvenFound {
  const points = served(looks).map(({ value, costsUsd, isServed }) => ({ value, costsUsd, isServed }));
  return { points, crossings, refusals: [...refusals], complete };
}
