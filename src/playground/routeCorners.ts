/**
 * The corners of each arrow's way on one platform's band, in pixels: up or down to its lane, along it, and to where it
 * ends. Its own file because lanes are chosen once (`stageRoutes.ts`) and measured for each band and width. Checked by
 * test/playground/stageRoutes.test.ts.
 */
import type { Box, Point } from './stageLayout.js';
import type { Way, Ways } from './stageRoutes.js';

/** What the ways of one band are measured by, pixels. */
export interface Span {
  /** Where the first column begins, and how far it is from one to the next. */
  readonly left: number;
  readonly columnWidth: number;
  readonly boxWidth: number;
  readonly columnCount: number;
  /** Upper and lower edge of the columns, and the room for lanes beyond them. */
  readonly top: number;
  readonly foot: number;
  readonly overPx: number;
  readonly underPx: number;
  /** Between visitors and columns, and between columns and databases. */
  readonly gutter: number;
  readonly ways: number;
}

/** Room left beside the outermost way of a gutter. */
const marginPx = 6;
/** Between two ways into one thing. */
const entryPx = 6;

/** @returns by arrow of the stage; empty where none is drawn */
export function cornersOf(ways: Ways, span: Span, sources: readonly Point[], databases: readonly Box[]): Point[][] {
  return ways.ways.map((way) => {
    if (!way) return [];
    if (way.side === 'under') return toDatabase(ways, way, span, databases[way.to]!);
    const visitors = way.source === null ? null : sources[way.source]!;
    const start = visitors
      ? [visitors, { x: span.left + way.from * (span.gutter - marginPx), y: visitors.y }]
      : [{ x: portX(span, way.from), y: span.top }];
    const turnX = start.at(-1)!.x;
    if (way.side === 'straight') {
      // At its own height where the column reaches so far.
      const inset = entryPx * (1 + way.lane);
      const y = Math.min(span.foot - inset, Math.max(span.top + inset, visitors?.y ?? span.top));
      return [...start, { x: turnX, y }, { x: span.left, y }];
    }
    const x = portX(span, way.to);
    const y = span.top - ((way.lane + 1) * span.overPx) / (ways.lanesOver + 1);
    return [...start, { x: turnX, y }, { x, y }, { x, y: span.top }];
  });
}

function toDatabase({ ways, lanesUnder }: Ways, { from, to, lane }: Way, span: Span, database: Box): Point[] {
  const { foot, left, columnCount, columnWidth } = span;
  const portAt = portX(span, from);
  const laneY = foot + ((lane + 1) * span.underPx) / (lanesUnder + 1);
  const x = left + columnCount * columnWidth + ((lane + 1) * (span.ways - marginPx)) / (lanesUnder + 1);
  const siblings = ways
    .flatMap((way) => (way?.side === 'under' && way.to === to ? [way.lane] : []))
    .sort((a, b) => a - b);
  const step = Math.min(entryPx, database.height / (siblings.length + 1));
  const y = database.y + database.height / 2 + (siblings.indexOf(lane) - (siblings.length - 1) / 2) * step;
  return [
    { x: portAt, y: foot },
    { x: portAt, y: laneY },
    { x, y: laneY },
    { x, y },
    { x: database.x, y },
  ];
}

/** @param at column and share of its width */
function portX({ left, columnWidth, boxWidth }: Span, at: number): number {
  return left + Math.floor(at) * columnWidth + (at - Math.floor(at)) * boxWidth;
}
