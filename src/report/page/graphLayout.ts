/**
 * Where the boxes of the service graph stand: visitors at the left, services in call order, databases at the right.
 *
 * Its own file because the layout is arithmetic that can be tested without a page: no two boxes overlap, and an arrow
 * over several columns has a lane of its own between the boxes of each, so that it never seems to leave another box.
 */
import type { ServiceGraph } from '../../experiment/graphFacts.js';
import { nameLines } from './nameLines.js';

export type NodeKind = 'traffic' | 'service' | 'database';

export interface GraphBox {
  readonly kind: NodeKind;
  readonly name: string;
  readonly left: number;
  readonly top: number;
  /** As many arrows as come or go need room for a word each, and a long name for its second line. */
  readonly height: number;
  /** What is written in it, as one or two lines. */
  readonly title: readonly string[];
}

/** Where an arrow leaves one box and reaches the other, as heights. */
export interface Ports {
  readonly fromY: number;
  readonly toY: number;
}

export interface GraphLayout {
  readonly boxes: readonly GraphBox[];
  /** For each edge of the graph, the heights at which it passes the columns in between, with their left ends. */
  readonly lanes: readonly (readonly { readonly left: number; readonly y: number }[])[];
  /** For each edge of the graph; null where a box is missing. */
  readonly ports: readonly (Ports | null)[];
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Four columns fill the page; a gap has room for the bend of an arrow and for its words behind it. */
export const boxSize = { width: 140, columnGap: 160, rowGap: 20, margin: 12, laneHeight: 4 } as const;
const leastHeight = 48;
const lineHeight = 18;
/** The words of an arrow stand between it and the one above, however wide both are drawn. */
const portGap = 22;

/** What stands in a column: a box, or the lane of an edge that passes. */
interface Slot {
  readonly key: string;
  readonly box: { readonly kind: NodeKind; readonly name: string } | null;
  readonly callers: string[];
}

/** Columns by the longest way from a visitor; calls that lead back don't count. Rows by the mean row of the callers. */
export function layOutGraph(graph: ServiceGraph): GraphLayout {
  const columnOf = columnsOf(graph);
  const columns = slotsOf(graph, columnOf);
  for (const [index, slots] of columns.entries()) sortByCallers(slots, columns[index - 1] ?? []);
  return placed(graph, columns);
}

function keyOf(kind: string, name: string): string {
  return `${kind}\u0000${name}`;
}

function trafficOf({ edges }: Pick<ServiceGraph, 'edges'>): string[] {
  return [...new Set(edges.flatMap(({ from }) => (from.kind === 'traffic' ? [from.name] : [])))];
}

function columnsOf(graph: ServiceGraph): Map<string, number> {
  const columns = new Map<string, number>(graph.services.map(({ name }) => [keyOf('service', name), 1]));
  for (const name of trafficOf(graph)) columns.set(keyOf('traffic', name), 0);
  const calls = graph.edges.filter(({ to }) => to.kind === 'service');
  // Longest ways settle in as many rounds as there are services; a circle would push for ever and is cut there.
  const rounds = Math.min(graph.services.length, 12);
  for (let round = 0; round < rounds; round++)
    for (const { from, to } of calls) {
      const after = Math.min((columns.get(keyOf(from.kind, from.name)) ?? 0) + 1, rounds);
      const key = keyOf(to.kind, to.name);
      if (from.name !== to.name) columns.set(key, Math.max(columns.get(key) ?? 1, after));
    }
  const last = Math.max(0, ...columns.values()) + 1;
  for (const { name } of graph.databases) columns.set(keyOf('database', name), last);
  return columns;
}

function slotsOf(graph: ServiceGraph, columnOf: ReadonlyMap<string, number>): Slot[][] {
  const columnCount = Math.max(0, ...columnOf.values()) + 1;
  const columns: Slot[][] = Array.from({ length: columnCount }, () => []);
  const add = (kind: NodeKind, name: string): void => {
    columns[columnOf.get(keyOf(kind, name)) ?? 0]?.push({ key: keyOf(kind, name), box: { kind, name }, callers: [] });
  };
  for (const name of trafficOf(graph)) add('traffic', name);
  for (const { name } of graph.services) add('service', name);
  for (const { name } of graph.databases) add('database', name);
  graph.edges.forEach((edge, index) => {
    let before = keyOf(edge.from.kind, edge.from.name);
    const target = keyOf(edge.to.kind, edge.to.name);
    const [first, last] = [columnOf.get(before) ?? 0, columnOf.get(target) ?? 0];
    for (let column = first + 1; column < last; column++) {
      const lane = { key: laneKey(index, column), box: null, callers: [before] };
      columns[column]?.push(lane);
      before = lane.key;
    }
    if (last > first) columns[last]?.find(({ key }) => key === target)?.callers.push(before);
  });
  return columns;
}

function laneKey(edge: number, column: number): string {
  return `lane\u0000${edge}\u0000${column}`;
}

function sortByCallers(slots: Slot[], before: readonly Slot[]): void {
  const rows = new Map(before.map(({ key }, row) => [key, row]));
  const wishes = slots.map((slot, index) => {
    const callers = slot.callers.flatMap((key) => rows.get(key) ?? []);
    return { slot, index, wish: callers.length === 0 ? index : callers.reduce((a, b) => a + b, 0) / callers.length };
  });
  wishes.sort((a, b) => a.wish - b.wish || a.index - b.index);
  slots.splice(0, slots.length, ...wishes.map(({ slot }) => slot));
}

/** Columns of unequal height are centred on the highest. */
function placed(graph: ServiceGraph, columns: readonly (readonly Slot[])[]): GraphLayout {
  const { width, columnGap, rowGap, margin, laneHeight } = boxSize;
  const titleOf = titlesOf(graph);
  const heightOf = heightsOf(graph, titleOf);
  const highOf = (slot: Slot): number => (slot.box === null ? laneHeight : heightOf(slot.key)) + rowGap;
  const heights = columns.map((slots) => slots.reduce((sum, slot) => sum + highOf(slot), 0));
  const highest = Math.max(leastHeight, ...heights);
  const boxes: GraphBox[] = [];
  const laneAt = new Map<string, { readonly left: number; readonly y: number }>();
  columns.forEach((slots, column) => {
    const left = margin + column * (width + columnGap);
    let top = margin + (highest - (heights[column] ?? 0)) / 2;
    for (const slot of slots) {
      if (slot.box === null) laneAt.set(slot.key, { left, y: top + laneHeight / 2 });
      else boxes.push({ ...slot.box, left, top, height: heightOf(slot.key), title: titleOf(slot.key) });
      top += highOf(slot);
    }
  });
  const lanes = graph.edges.map((_, index) =>
    columns.flatMap((_slots, column) => laneAt.get(laneKey(index, column)) ?? []),
  );
  return {
    boxes,
    lanes,
    ports: portsOf(graph, boxes, lanes),
    widthPx: 2 * margin + columns.length * width + (columns.length - 1) * columnGap,
    heightPx: 2 * margin + highest - rowGap,
  };
}

function titlesOf({ edges, services, databases }: ServiceGraph): (key: string) => readonly string[] {
  const titles = new Map<string, string>(trafficOf({ edges }).map((name) => [keyOf('traffic', name), name]));
  for (const { name, title } of services) titles.set(keyOf('service', name), title);
  for (const { name, title } of databases) titles.set(keyOf('database', name), title);
  return (key) => nameLines(titles.get(key) ?? '');
}

/** Room for every arrow at the side where more are, and for the name. */
function heightsOf({ edges }: ServiceGraph, titleOf: (key: string) => readonly string[]): (key: string) => number {
  const counts = new Map<string, number>();
  const add = (side: string, key: string): void => {
    counts.set(side + key, (counts.get(side + key) ?? 0) + 1);
  };
  for (const { from, to } of edges) {
    add('out', keyOf(from.kind, from.name));
    add('in', keyOf(to.kind, to.name));
  }
  return (key) =>
    Math.max(
      leastHeight + lineHeight * (titleOf(key).length - 1),
      12 + portGap * Math.max(counts.get(`out${key}`) ?? 0, counts.get(`in${key}`) ?? 0),
    );
}

/** Arrows at one side of a box stand in the order of where they come from or lead to, so that few cross. */
function portsOf({ edges }: ServiceGraph, boxes: readonly GraphBox[], lanes: GraphLayout['lanes']): (Ports | null)[] {
  const find = ({ kind, name }: { kind: string; name: string }): GraphBox | undefined =>
    boxes.find((box) => box.kind === kind && box.name === name);
  const middle = ({ top, height }: GraphBox): number => top + height / 2;
  const ways = edges.map(({ from, to }, index) => ({
    from: find(from),
    to: find(to),
    lanes: lanes[index] ?? [],
    index,
  }));
  type Way = (typeof ways)[number];
  const heights = (box: GraphBox, own: readonly Way[], aimOf: (way: Way) => number): Map<number, number> => {
    const ordered = [...own].sort((a, b) => aimOf(a) - aimOf(b) || a.index - b.index);
    const first = middle(box) - (portGap * (ordered.length - 1)) / 2;
    return new Map(ordered.map((way, place) => [way.index, first + portGap * place]));
  };
  const leaving = new Map<number, number>();
  const reaching = new Map<number, number>();
  for (const box of boxes) {
    const out = ways.filter(({ from }) => from === box);
    const into = ways.filter(({ to }) => to === box);
    for (const [index, y] of heights(box, out, (way) => way.lanes[0]?.y ?? (way.to ? middle(way.to) : 0)))
      leaving.set(index, y);
    for (const [index, y] of heights(box, into, (way) => way.lanes.at(-1)?.y ?? (way.from ? middle(way.from) : 0)))
      reaching.set(index, y);
  }
  return ways.map(({ index }) => {
    const [fromY, toY] = [leaving.get(index), reaching.get(index)];
    return fromY === undefined || toY === undefined ? null : { fromY, toY };
  });
}
