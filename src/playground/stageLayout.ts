/**
 * Where everything on the stage stands: visitors at the left, a column for each service in the order of calls,
 * databases at the right; one band for each platform. Numbers in, numbers out.
 *
 * Its own file because drawing must be quick and this is thought: it is done when the stage is opened or resized, and
 * again only where the number of instances changes. Checked by test/playground/stageLayout.test.ts.
 */
import type { LiveStage } from '../experiment/live.js';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Of each source: where its visitors stand. They are shared by all platforms. */
  readonly sources: readonly { readonly x: number; readonly y: number }[];
  /** One a platform shown, from top to bottom. */
  readonly bands: readonly Band[];
}

export interface Band extends Box {
  /** By service and database, in the stage's order. */
  readonly columns: readonly Column[];
  readonly databases: readonly Box[];
}

/** A service: its name, those who wait and its queues above, its instances below. */
export interface Column extends Box {
  readonly cells: Box;
  /** Of the first of its queues; the others stand below it. */
  readonly trayY: number;
}

/** Room for a column's name, how many there are, and those who wait. */
const columnHeadPx = 46;
/** Room for one queue between its head and its cells. */
export const trayPx = 24;
/** Room for the platform's name, where there is more than one. */
export const bandTitlePx = 22;
const sourcesPx = 84;
const databasesPx = 92;
const gapPx = 10;

/** @param width of the whole stage; heights follow from how much there is to show */
export function layoutOf(stage: LiveStage, width: number): Layout {
  const isNarrow = width < 560;
  const isOne = stage.shown.length === 1;
  const titlePx = isOne ? 0 : bandTitlePx;
  const traysPx = trayPx * mostQueues(stage);
  const bodyPx = traysPx + Math.max(isOne && !isNarrow ? 272 : 208, 34 * stage.databases.length + 40);
  const bandHeight = bodyPx + titlePx;
  const left = isNarrow ? 68 : sourcesPx;
  const right = stage.databases.length === 0 ? 0 : isNarrow ? 58 : databasesPx;
  const order = columnOrder(stage);
  const columnWidth = (width - left - right - gapPx) / Math.max(1, order.length);
  const bands = stage.shown.map((_, place): Band => {
    const y = place * (bandHeight + gapPx);
    const top = y + titlePx;
    const columns = stage.services.map((_, service): Column => {
      const [x, width] = [left + order.indexOf(service) * columnWidth, columnWidth - gapPx];
      const trayY = top + columnHeadPx;
      const cells = { x, y: trayY + traysPx, width, height: bodyPx - columnHeadPx - traysPx };
      return { x, y: top, width, height: bodyPx, cells, trayY };
    });
    return {
      x: 0,
      y,
      width,
      height: bandHeight,
      columns,
      databases: stackOf(stage, order, { x: width - right + gapPx, y: top, width: right - gapPx, height: bodyPx }),
    };
  });
  const height = bands.length * (bandHeight + gapPx) - gapPx;
  const sources = stage.sources.map((_, source) => ({
    x: left - 18,
    y: ((source + 1) * height) / (stage.sources.length + 1),
  }));
  return { width, height, sources, bands };
}

function mostQueues({ queues, services }: LiveStage): number {
  return Math.max(0, ...services.map((_, service) => queues.filter((one) => one.services.includes(service)).length));
}

/** One below the other, in the order of the services that query them, so that few arrows cross. */
function stackOf({ databases, services, edges }: LiveStage, order: readonly number[], room: Box): Box[] {
  const firstUser = ({ name }: { readonly name: string }): number => {
    const users = edges.flatMap(({ from, to }) => (to.kind === 'database' && to.name === name ? [from.name] : []));
    const places = users.map((user) => order.indexOf(services.findIndex((service) => service.name === user)));
    return Math.min(services.length, ...places.filter((place) => place >= 0));
  };
  const ranks = databases.map((database, place) => firstUser(database) * databases.length + place);
  const each = Math.min(70, (room.height - 8) / Math.max(1, databases.length));
  return ranks.map((rank) => {
    const place = ranks.filter((other) => other < rank).length;
    return { x: room.x, y: room.y + place * each + 4, width: room.width, height: each - 8 };
  });
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
