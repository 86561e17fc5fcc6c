/**
 * Which way arrows run on the stage: calls over the columns, queries below them, each in a lane of its own, so that as
 * few as possible cross and none lies on another. Numbers in, numbers out.
 *
 * Its own file because where boxes stand and how they are joined are two thoughts. Lanes nest as in an arc diagram: an
 * arrow that spans another runs further out, and callers leave in the order that lets them (after Wattenberg, Arc
 * Diagrams, 2002); two arrows cross only where each ends between the ends of the other. Checked by
 * test/playground/stageRoutes.test.ts.
 */
import type { LiveStage } from '../experiment/live.js';

/** A way: where it leaves and enters, by column and share of its width, and its lane, 0 the nearest. */
export interface Way {
  /** 'over' the columns, 'under' them to a database, or 'straight' from visitors into the first column. */
  readonly side: 'over' | 'under' | 'straight';
  /** In columns from the left; below 0 it comes out of the visitors' gutter. */
  readonly from: number;
  /** In columns; of an `under` way: the place of the database. */
  readonly to: number;
  /** How far out; of a straight one its place among those. */
  readonly lane: number;
  /** Place of the visitors' source it comes from; null where a service calls. */
  readonly source: number | null;
}

export interface Ways {
  /** By arrow of the stage; null: nothing to draw. */
  readonly ways: readonly (Way | null)[];
  readonly lanesOver: number;
  readonly lanesUnder: number;
  /** Sources from top to bottom, and databases likewise. */
  readonly sourceOrder: readonly number[];
  readonly databaseOrder: readonly number[];
}

interface Arrow {
  readonly edge: number;
  /** Place of the column; of sources below 0, the topmost furthest from it. */
  readonly from: number;
  readonly to: number;
  readonly source: number | null;
  readonly isStraight: boolean;
}

/** @param order places of the services from left to right. Cost: the square of the number of arrows */
export function waysOf(stage: LiveStage, order: readonly number[]): Ways {
  const columnOf = (name: string): number => order.findIndex((service) => stage.services[service]?.name === name);
  const sourceOrder = sourcesByReach(stage, columnOf);
  const calls = stage.edges.flatMap(({ from, to }, edge): Arrow[] => {
    if (to.kind === 'database') return [];
    const column = columnOf(to.name);
    if (from.kind === 'service')
      return [{ edge, from: columnOf(from.name), to: column, source: null, isStraight: false }];
    const source = stage.sources.findIndex(({ name }) => name === from.name);
    const start = sourceOrder.indexOf(source) / (sourceOrder.length + 1) - 1;
    return [{ edge, from: start, to: column, source, isStraight: column === 0 }];
  });
  const queries = stage.edges.flatMap(({ from, to }, edge): Arrow[] => {
    if (to.kind !== 'database') return [];
    const database = stage.databases.findIndex((one) => one.name === to.name);
    return [{ edge, from: columnOf(from.name), to: database, source: null, isStraight: false }];
  });
  const ways: (Way | null)[] = stage.edges.map(() => null);
  const straight = calls.filter(({ isStraight }) => isStraight);
  straight.forEach(({ edge, from, source }, lane) => {
    ways[edge] = { side: 'straight', from, to: 0, lane, source };
  });
  const over = calls.filter(({ isStraight }) => !isStraight);
  const ends = portsOver(over);
  const lanes = nested(ends);
  over.forEach(({ edge, source }, place) => {
    const [from, to] = ends[place]!;
    ways[edge] = { side: 'over', from, to, lane: lanes[place]!, source };
  });
  const below = portsUnder(queries);
  const outward = below.map((_, place) => place).sort((a, b) => below[b]! - below[a]!);
  outward.forEach((place, lane) => {
    ways[queries[place]!.edge] = { side: 'under', from: below[place]!, to: queries[place]!.to, lane, source: null };
  });
  return {
    ways,
    lanesOver: Math.max(0, ...lanes.map((lane) => lane + 1)),
    lanesUnder: queries.length,
    sourceOrder,
    databaseOrder: [
      ...new Set([...outward.map((place) => queries[place]!.to), ...stage.databases.map((_, place) => place)]),
    ],
  };
}

/** Who goes furthest stands at the top; who goes into the first column at the foot, for they go straight. */
function sourcesByReach({ sources, edges }: LiveStage, columnOf: (name: string) => number): number[] {
  const reach = sources.map(({ name }) =>
    Math.max(
      -1,
      ...edges.flatMap(({ from, to }) => (from.kind === 'traffic' && from.name === name ? [columnOf(to.name)] : [])),
    ),
  );
  return sources.map((_, place) => place).sort((a, b) => reach[b]! - reach[a]! || a - b);
}

/** Where each arrow leaves and enters the upper edges: first those that come in, the nearest caller's leftmost. */
function portsOver(arrows: readonly Arrow[]): (readonly [from: number, to: number])[] {
  const ends = arrows.map(({ from, to }): [number, number] => [from, to]);
  for (const column of new Set(arrows.flatMap(({ from, to }) => [from, to]))) {
    if (column < 0) continue;
    const isBackward = ({ from }: Arrow): number => (from < column ? 0 : 1);
    const into = placesWhere(arrows, ({ to }) => to === column).sort(
      (a, b) => isBackward(arrows[a]!) - isBackward(arrows[b]!) || arrows[b]!.from - arrows[a]!.from || b - a,
    );
    const out = placesWhere(arrows, ({ from }) => from === column).sort(
      (a, b) => arrows[b]!.to - arrows[a]!.to || a - b,
    );
    const ports = [...into.map((place) => [place, 1] as const), ...out.map((place) => [place, 0] as const)];
    ports.forEach(([place, end], port) => {
      ends[place]![end] = column + (port + 1) / (ports.length + 1);
    });
  }
  return ends;
}

/** Where each query leaves its column's lower edge, in columns. */
function portsUnder(arrows: readonly Arrow[]): number[] {
  return arrows.map(({ from }, place) => {
    const siblings = placesWhere(arrows, (other) => other.from === from);
    return from + (siblings.indexOf(place) + 1) / (siblings.length + 1);
  });
}

function placesWhere(arrows: readonly Arrow[], holds: (arrow: Arrow) => boolean): number[] {
  return arrows.flatMap((arrow, place) => (holds(arrow) ? [place] : []));
}

/** Lanes by span: the shortest nearest, each further out than all it lies over. */
function nested(spans: readonly (readonly [number, number])[]): number[] {
  const lanes = spans.map(() => -1);
  const length = ([from, to]: readonly [number, number]): number => Math.abs(to - from);
  const byLength = spans.map((_, place) => place).sort((a, b) => length(spans[a]!) - length(spans[b]!) || a - b);
  for (const place of byLength) {
    const [start, end] = sorted(spans[place]!);
    let lane = 0;
    spans.forEach((other, otherPlace) => {
      const [otherStart, otherEnd] = sorted(other);
      if (lanes[otherPlace]! >= lane && otherStart <= end && start <= otherEnd) lane = lanes[otherPlace]! + 1;
    });
    lanes[place] = lane;
  }
  return lanes;
}

function sorted([a, b]: readonly [number, number]): readonly [number, number] {
  return a < b ? [a, b] : [b, a];
}
