/**
 * Arrows on the stage: each leaves and enters what it joins, none lies on another, and two cross only where one of them
 * ends between the ends of the other, then once. Checked on the movie application, whose crossings are counted by hand,
 * and on applications thrown with dice, where the rule is worked out anew from the ends alone.
 */
import { readFileSync } from 'node:fs';
import seedrandom from 'seedrandom';
import { expect, test } from 'vitest';
import type { LiveStage } from '../../src/experiment/live.js';
import { stageOf } from '../../src/experiment/liveStage.js';
import { prepareWritten } from '../../src/experiment/written.js';
import { brokenAtSeams } from '../../src/playground/seams.js';
import { type Layout, layoutOf, type Point } from '../../src/playground/stageLayout.js';

const file = 'scenarios/movie-booking/compare.yaml';

function stage(text: string, platforms: readonly string[] = []): LiveStage {
  const checked = prepareWritten({ text, file }, platforms);
  if (!checked.ok) throw new Error(JSON.stringify(checked.issues));
  return stageOf(checked.value.compiled, platforms.length === 0 ? [0] : checked.value.extent.platforms);
}

/** Services that call later ones, each with a database of its own; visitors who enter anywhere. */
function thrown(seed: string): LiveStage {
  const random = seedrandom(seed);
  const count = 2 + Math.floor(random() * 9);
  const services = Array.from({ length: count }, (_, place) => {
    const later = Array.from({ length: count - place - 1 }, (_, next) => place + 1 + next);
    const calls = later.filter(() => random() < 0.35).map((next) => `, {call: s${next}.x}`);
    return `  s${place}: {operations: {x: [{query: d${place}}${calls.join('')}]}}`;
  });
  const sources = Array.from({ length: 1 + Math.floor(random() * 4) }, (_, place) => {
    const entry = Math.floor(random() * count);
    return `  t${place}: {entry: s${entry}.x, arrivals: {poisson: 1/s}}`;
  });
  const databases = Array.from({ length: count }, (_, place) => `  d${place}: {query: 1ms}`);
  return stage(
    [
      'traffic:',
      ...sources,
      'services:',
      ...services,
      'databases:',
      ...databases,
      'platforms: {p: {preset: fixed}}',
    ].join('\n'),
  );
}

type Segment = readonly [Point, Point];

function segments(route: readonly Point[]): Segment[] {
  return route
    .slice(1)
    .map((to, place): Segment => [route[place]!, to])
    .filter(([from, to]) => Math.hypot(to.x - from.x, to.y - from.y) > 1e-6);
}

const overlap = (a: number, b: number, c: number, d: number): number =>
  Math.min(Math.max(a, b), Math.max(c, d)) - Math.max(Math.min(a, b), Math.min(c, d));

/** Whether two lie along each other for more than a point. */
function lieOnEachOther([a, b]: Segment, [c, d]: Segment): boolean {
  const upright = [a.x, b.x, c.x, d.x].every((x) => Math.abs(x - a.x) < 1e-6);
  const level = [a.y, b.y, c.y, d.y].every((y) => Math.abs(y - a.y) < 1e-6);
  return (upright && overlap(a.y, b.y, c.y, d.y) > 1e-6) || (level && overlap(a.x, b.x, c.x, d.x) > 1e-6);
}

/** Every segment is upright or level: two cross where each has the other's line between its ends. */
function cross(one: Segment, other: Segment): boolean {
  const isUpright = ([from, to]: Segment): boolean => Math.abs(from.x - to.x) < 1e-6;
  if (isUpright(one) === isUpright(other)) return false;
  const [upright, level] = isUpright(one) ? [one, other] : [other, one];
  const within = (value: number, a: number, b: number): boolean =>
    value > Math.min(a, b) + 1e-6 && value < Math.max(a, b) - 1e-6;
  return within(upright[0].x, level[0].x, level[1].x) && within(level[0].y, upright[0].y, upright[1].y);
}

const crossings = (a: readonly Point[], b: readonly Point[]): number =>
  segments(a).reduce((sum, one) => sum + segments(b).filter((other) => cross(one, other)).length, 0);

function pairs<T>(list: readonly T[]): [T, T][] {
  return list.flatMap((one, place) => list.slice(place + 1).map((other): [T, T] => [one, other]));
}

function checkEnds(shown: LiveStage, { bands, sources }: Layout): void {
  const { columns, databases, routes } = bands[0]!;
  const near = (a: number, b: number): void => expect(a).toBeCloseTo(b, 6);
  shown.edges.forEach(({ from, to }, edge) => {
    const route = routes[edge]!;
    const [start, end] = [route[0]!, route.at(-1)!];
    for (const [segmentFrom, segmentTo] of segments(route))
      expect(Math.min(Math.abs(segmentFrom.x - segmentTo.x), Math.abs(segmentFrom.y - segmentTo.y))).toBeLessThan(1e-6);
    if (from.kind === 'traffic') {
      expect(start).toEqual(sources[shown.sources.findIndex(({ name }) => name === from.name)]);
    } else {
      const box = columns[shown.services.findIndex(({ name }) => name === from.name)]!;
      near(start.y, to.kind === 'database' ? box.y + box.height : box.y);
      expect(start.x).toBeGreaterThan(box.x);
      expect(start.x).toBeLessThan(box.x + box.width);
    }
    const isQuery = to.kind === 'database';
    const target = (isQuery ? databases : columns)[
      (isQuery ? shown.databases : shown.services).findIndex(({ name }) => name === to.name)
    ]!;
    expect(end.x).toBeGreaterThanOrEqual(target.x - 1e-6);
    expect(end.x).toBeLessThan(target.x + target.width);
    expect(end.y).toBeGreaterThanOrEqual(target.y - 1e-6);
    expect(end.y).toBeLessThan(target.y + target.height);
  });
}

test('each arrow of the movie application joins its two ends, and six pairs cross once', () => {
  const movies = stage(readFileSync(file, 'utf8'));
  for (const width of [366, 700, 1100]) {
    const layout = layoutOf(movies, width);
    const { routes } = layout.bands[0]!;
    checkEnds(movies, layout);
    for (const [a, b] of pairs(routes))
      for (const one of segments(a)) for (const other of segments(b)) expect(lieOnEachOther(one, other)).toBe(false);
    const crossing = pairs(movies.edges.map((_, edge) => edge)).flatMap(([a, b]) => {
      const count = crossings(routes[a]!, routes[b]!);
      const name = (edge: number): string => `${movies.edges[edge]!.from.name}-${movies.edges[edge]!.to.name}`;
      return count === 0 ? [] : [`${[name(a), name(b)].sort().join(' x ')}: ${count}`];
    });
    // Columns: review, booking, movie, customer, fare. By hand: of the pairs of which one ends between the ends of the
    // other. Booking asks the customer service twice, once with a message.
    expect(crossing.sort()).toEqual([
      'book-booking x review-customer: 1',
      'booking-customer x browse-movie: 1',
      'booking-customer x browse-movie: 1',
      'booking-fare x browse-movie: 1',
      'booking-fare x review-customer: 1',
      'browse-movie x review-customer: 1',
    ]);
  }
});

test('two arrows cross only where one ends between the ends of the other, then once; queries never', () => {
  for (let seed = 0; seed < 200; seed++) {
    const shown = thrown(`routes ${seed}`);
    const layout = layoutOf(shown, 900);
    checkEnds(shown, layout);
    const { routes } = layout.bands[0]!;
    const all = shown.edges.map((edge, place) => ({ ...edge, route: routes[place]! }));
    for (const [a, b] of pairs(all)) {
      const count = crossings(a.route, b.route);
      if (a.kind === 'query' || b.kind === 'query') {
        expect(count, `seed ${seed}`).toBe(0);
        continue;
      }
      const [a0, a1, b0, b1] = [a, b].flatMap(({ route }) => [route[0]!.x, route.at(-1)!.x]) as [
        number,
        number,
        number,
        number,
      ];
      const isBetween = (x: number, from: number, to: number): boolean =>
        x > Math.min(from, to) && x < Math.max(from, to);
      const interleaved =
        isBetween(b0, a0, a1) !== isBetween(b1, a0, a1) && isBetween(a0, b0, b1) !== isBetween(a1, b0, b1);
      // Visitors stand below each other: where they leave, the upper one counts as the further.
      if (a.kind !== 'visit' && b.kind !== 'visit') expect(count, `seed ${seed}`).toBe(interleaved ? 1 : 0);
      else expect(count, `seed ${seed}`).toBeLessThanOrEqual(1);
    }
  }
});

test('a name is broken at its seams, and only there', () => {
  const broken = (text: string, most: number): string[] => brokenAtSeams(text, (line) => line.length <= most);
  expect(broken('MovieService', 12)).toEqual(['MovieService']);
  expect(broken('MovieService', 11)).toEqual(['Movie', 'Service']);
  expect(broken('FareCalculationService', 12)).toEqual(['Fare', 'Calculation', 'Service']);
  expect(broken('fare-calculator', 12)).toEqual(['fare-', 'calculator']);
  expect(broken('the fare desk', 9)).toEqual(['the fare', 'desk']);
  expect(broken('unbroken', 3)).toEqual(['unbroken']);
  expect(broken('oneTwoThreeFour', 3)).toEqual(['one', 'Two', 'ThreeFour']);
  expect(broken('A'.repeat(10_000), 10)).toHaveLength(1);
});
