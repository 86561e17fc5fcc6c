/**
 * Where everything on the stage stands: visitors at the left, a column for each service in the order of calls,
 * databases at the right; one band for each platform. Numbers in, numbers out.
 *
 * Its own file because drawing must be quick and this is thought: it is done when the stage is opened or resized, and
 * again only where the number of instances changes. Checked by test/playground/stageLayout.test.ts.
 */
import type { LiveStage } from '../experiment/live.js';
import { cornersOf, type Span } from './routeCorners.js';
import { brokenAtSeams } from './seams.js';
import { waysOf } from './stageRoutes.js';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Of all words on the stage. */
  readonly fontPx: number;
  /** Of each source: where its visitors stand. They are shared by all platforms. */
  readonly sources: readonly Point[];
  /** One a platform shown, from top to bottom. */
  readonly bands: readonly Band[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Band extends Box {
  /** By service and database, in the stage's order. */
  readonly columns: readonly Column[];
  readonly databases: readonly Box[];
  /** By arrow of the stage: the corners of its way; empty where none is drawn. */
  readonly routes: readonly (readonly Point[])[];
}

/** A service: its name, those who wait and its queues above, its instances below. */
export interface Column extends Box {
  readonly cells: Box;
  /** Lines of its name there is room for. */
  readonly titleLines: number;
  /** Of the first of its queues; the others stand below it. */
  readonly trayY: number;
}

/** Room for one line of a column's name. */
export const titleLinePx = 14;
/** Room below the name for how many there are, and those who wait. */
const countsPx = 32;
/** Room for one queue between its head and its cells. */
export const trayPx = 24;
/** Room for the platform's name, where there is more than one. */
export const bandTitlePx = 22;
/** Between a column's edge and what is in it. */
export const insetPx = 3;
/** Of visitors' names, of the ways from them, and of databases with the ways to them. */
const sides = {
  wide: { sources: 76, gutter: 24, ways: 32, databases: 76, gap: 10 },
  narrow: { sources: 50, gutter: 10, ways: 14, databases: 36, gap: 3 },
};
/** Between two bands. */
const gapPx = 10;
const lanePx = 7;
/** However many lanes there are, above or below: they lie closer then. */
const mostLanesPx = 70;
/** A letter of a name, of the type's height; nearly, for a name that is a little too long is cut. */
const letterShare = 0.55;

/** @param width of the whole stage; heights follow from how much there is to show */
export function layoutOf(stage: LiveStage, width: number): Layout {
  const isNarrow = width < 560;
  const isOne = stage.shown.length === 1;
  const side = isNarrow ? sides.narrow : sides.wide;
  const fontPx = isNarrow ? 10.5 : 12;
  const order = columnOrder(stage);
  const ways = waysOf(stage, order);
  const [overPx, underPx] = [lanesHeight(ways.lanesOver), lanesHeight(ways.lanesUnder)];
  const left = side.sources + side.gutter;
  const right = stage.databases.length === 0 ? 0 : side.ways + side.databases;
  const columnWidth = (width - left - right) / Math.max(1, order.length);
  const boxWidth = columnWidth - Math.min(side.gap, columnWidth / 3);
  const fits = (text: string): boolean => text.length * letterShare * fontPx <= boxWidth - 2 * insetPx;
  const titleLines = Math.max(1, ...stage.services.map(({ title }) => brokenAtSeams(title, fits).length));
  const headPx = titleLines * titleLinePx + countsPx;
  const traysPx = trayPx * mostQueues(stage);
  const titlePx = isOne ? 0 : bandTitlePx;
  const boxPx = headPx + traysPx + (isOne && !isNarrow ? 226 : 162);
  const bandHeight = titlePx + Math.max(overPx + boxPx + underPx, 34 * stage.databases.length + 8);
  const height = stage.shown.length * (bandHeight + gapPx) - gapPx;
  const sources = stage.sources.map((_, source) => ({
    x: side.sources - 4,
    y: ((ways.sourceOrder.indexOf(source) + 1) * height) / (stage.sources.length + 1),
  }));
  const bands = stage.shown.map((_, place): Band => {
    const y = place * (bandHeight + gapPx);
    const top = y + titlePx + overPx;
    const columns = stage.services.map((_, service): Column => {
      const x = left + order.indexOf(service) * columnWidth;
      const trayY = top + headPx;
      const cellsY = trayY + traysPx;
      const inner = { x: x + insetPx, width: Math.max(1, boxWidth - 2 * insetPx) };
      const cells = { ...inner, y: cellsY, height: top + boxPx - cellsY - insetPx };
      return { x, y: top, width: boxWidth, height: boxPx, cells, trayY, titleLines };
    });
    const room = { x: width - side.databases, y: y + titlePx, width: side.databases, height: bandHeight - titlePx };
    const databases = stackOf(ways.databaseOrder, room);
    const span: Span = {
      left,
      columnWidth,
      boxWidth,
      columnCount: order.length,
      top,
      foot: top + boxPx,
      overPx,
      underPx,
      ...side,
    };
    const routes = cornersOf(ways, span, sources, databases);
    return { x: 0, y, width, height: bandHeight, columns, databases, routes };
  });
  return { width, height, fontPx, sources, bands };
}

function lanesHeight(count: number): number {
  return count === 0 ? 0 : Math.min(mostLanesPx, (count + 1) * lanePx);
}

function mostQueues({ queues, services }: LiveStage): number {
  return Math.max(0, ...services.map((_, service) => queues.filter((one) => one.services.includes(service)).length));
}

/** One below the other, in the order in which the ways to them come up. */
function stackOf(order: readonly number[], room: Box): Box[] {
  const each = Math.min(70, (room.height - 8) / Math.max(1, order.length));
  return order.map((_, database) => ({
    x: room.x,
    y: room.y + order.indexOf(database) * each + 4,
    width: room.width,
    height: each - 8,
  }));
}

/** Services from left to right: callers before those they call, then as written. */
export function columnOrder({ services, sources, edges, serviceOrder }: LiveStage): number[] {
  const depths = new Map<string, number>(sources.map(({ name }) => [`traffic ${name}`, 0]));
  for (let round = 0; round < services.length; round++) {
    for (const { from, to } of edges) {
      const depth = depths.get(`${from.kind} ${from.name}`);
      const key = `${to.kind} ${to.name}`;
      // Longest path; circles of calls end at the number of services.
      if (depth !== undefined && depth + 1 > (depths.get(key) ?? 0) && depth <= services.length)
        depths.set(key, depth + 1);
    }
  }
  const depthOf = (service: number): number => depths.get(`service ${services[service]!.name}`) ?? services.length;
  return [...serviceOrder].sort((a, b) => depthOf(a) - depthOf(b));
}

/** Over so many instances a column is a strip: nobody can look at each. */
export const mostCells = 60;

const largestCellPx = 84;

/** How `count` cells fill a box: so many columns of squares as make them largest. */
export function cellGrid({ width, height }: Pick<Box, 'width' | 'height'>, count: number): Grid {
  if (count === 0) return { columnCount: 1, size: 0 };
  let best: Grid = { columnCount: 1, size: 0 };
  for (let columnCount = 1; columnCount <= count; columnCount++) {
    const size = Math.min(width / columnCount, height / Math.ceil(count / columnCount));
    if (size > best.size) best = { columnCount, size };
  }
  return { ...best, size: Math.min(best.size, largestCellPx) };
}

export interface Grid {
  readonly columnCount: number;
  /** Width and height of a cell with its gap. */
  readonly size: number;
}
