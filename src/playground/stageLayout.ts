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
  readonly columns: readonly Box[];
  readonly databases: readonly Box[];
}

/** Room above the cells of a column: its name, and those who wait. */
export const columnHeadPx = 46;
const sourcesPx = 84;
const databasesPx = 92;
const gapPx = 10;

/** @param width of the whole stage; heights follow from how much there is to show */
export function layoutOf(stage: LiveStage, width: number): Layout {
  const isNarrow = width < 560;
  const bandHeight = Math.max(isNarrow ? 240 : 272, 34 * stage.databases.length + 40);
  const left = isNarrow ? 68 : sourcesPx;
  const right = stage.databases.length === 0 ? 0 : isNarrow ? 58 : databasesPx;
  const order = columnOrder(stage);
  const columnWidth = (width - left - right - gapPx) / Math.max(1, order.length);
  const bands = stage.shown.map((_, place): Band => {
    const y = place * (bandHeight + gapPx);
    const columns = stage.services.map((_, service) => ({
      x: left + order.indexOf(service) * columnWidth,
      y,
      width: columnWidth - gapPx,
      height: bandHeight,
    }));
    return {
      x: 0,
      y,
      width,
      height: bandHeight,
      columns,
      databases: stackOf(stage, { x: width - right + gapPx, y, width: right - gapPx, height: bandHeight }),
    };
  });
  const height = bands.length * (bandHeight + gapPx) - gapPx;
  const sources = stage.sources.map((_, source) => ({
    x: left - 18,
    y: ((source + 1) * height) / (stage.sources.length + 1),
  }));
  return { width, height, sources, bands };
}

function stackOf({ databases }: LiveStage, { x, y, width, height }: Box): Box[] {
  const each = Math.min(70, (height - 8) / Math.max(1, databases.length));
  return databases.map((_, place) => ({ x, y: y + place * each + 4, width, height: each - 8 }));
}

/** Services from left to right: callers before those they call, then as written. */
export function columnOrder({ services, sources, edges }: LiveStage): number[] {
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
  return services.map((_, service) => service).sort((a, b) => depthOf(a) - depthOf(b) || a - b);
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
