/**
 * Where the boxes of the service graph stand: visitors at the left, services in call order, databases at the right.
 *
 * Its own file because the layout is arithmetic that can be tested without a page: no two boxes overlap, and an arrow
 * over several columns has a lane of its own between the boxes of each, so that it never seems to leave another box.
 */
import type { GraphEdge, ServiceGraph } from '../../experiment/contract.js';

export type NodeKind = 'traffic' | 'service' | 'database';

export interface GraphBox {
  readonly kind: NodeKind;
  readonly name: string;
  readonly left: number;
  readonly top: number;
}

export interface GraphLayout {
  readonly boxes: readonly GraphBox[];
  /** For each edge of the graph, the heights at which it passes the columns in between, with their left ends. */
  readonly lanes: readonly (readonly { readonly left: number; readonly y: number }[])[];
  readonly widthPx: number;
  readonly heightPx: number;
}

export const boxSize = { width: 176, height: 48, columnGap: 88, rowGap: 20, margin: 12, laneHeight: 4 } as const;

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

function trafficOf(graph: ServiceGraph): string[] {
  return [...new Set(graph.edges.flatMap(({ from }) => (from.kind === 'traffic' ? [from.name] : [])))];
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
  const { width, height, columnGap, rowGap, margin, laneHeight } = boxSize;
  const highOf = (slot: Slot): number => (slot.box === null ? laneHeight : height) + rowGap;
  const heights = columns.map((slots) => slots.reduce((sum, slot) => sum + highOf(slot), 0));
  const highest = Math.max(height, ...heights);
  const boxes: GraphBox[] = [];
  const lanes = new Map<string, { readonly left: number; readonly y: number }>();
  columns.forEach((slots, column) => {
    const left = margin + column * (width + columnGap);
    let top = margin + (highest - (heights[column] ?? 0)) / 2;
    for (const slot of slots) {
      if (slot.box === null) lanes.set(slot.key, { left, y: top + laneHeight / 2 });
      else boxes.push({ ...slot.box, left, top });
      top += highOf(slot);
    }
  });
  const lanesOf = (_edge: GraphEdge, index: number): { readonly left: number; readonly y: number }[] =>
    columns.flatMap((_, column) => lanes.get(laneKey(index, column)) ?? []);
  return {
    boxes,
    lanes: graph.edges.map(lanesOf),
    widthPx: 2 * margin + columns.length * width + (columns.length - 1) * columnGap,
    heightPx: 2 * margin + highest - rowGap,
  };
}
