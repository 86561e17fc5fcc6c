/**
 * Arrows on the stage: a thin line with a head where dots fly one by one, a moving flow where there are too many, the
 * thicker the more; dotted where nobody waits for an answer. Its own file because a way with round corners and a head
 * is a drawing of its own.
 */
import type { Colours } from '../report/drawing/colours.js';
import { flightMs } from './movers.js';
import type { Point } from './stageLayout.js';

export interface ArrowView {
  /** Requests a second of the watcher's time; null: dots tell them. */
  readonly flowPerSecond: number | null;
  /** A message: its sender goes on. */
  readonly isMessage: boolean;
  readonly isStill: boolean;
  readonly nowMs: number;
}

const cornerPx = 5;
const headPx = 5;

export function drawArrow(
  pen: CanvasRenderingContext2D,
  way: readonly Point[],
  view: ArrowView,
  colours: Colours,
): void {
  const [first, end] = [way[0], way.at(-1)];
  if (!first || !end) return;
  const rate = view.flowPerSecond ?? 0;
  const isFlow = rate > 1;
  pen.strokeStyle = colours.muted;
  pen.fillStyle = colours.muted;
  pen.globalAlpha = isFlow ? 0.7 : 0.45;
  pen.lineWidth = isFlow ? Math.min(5, 1 + Math.log10(rate)) : 1;
  pen.setLineDash(isFlow && !view.isStill ? [6, 6] : view.isMessage ? [2, 3] : []);
  pen.lineDashOffset = isFlow ? -(view.nowMs / flightMs) * 60 : 0;
  pen.beginPath();
  pen.moveTo(first.x, first.y);
  for (let corner = 1; corner < way.length - 1; corner++) {
    const [at, next] = [way[corner]!, way[corner + 1]!];
    const before = way[corner - 1]!;
    const room = Math.min(distance(before, at), distance(at, next)) / 2;
    pen.arcTo(at.x, at.y, next.x, next.y, Math.min(cornerPx, room));
  }
  pen.lineTo(end.x, end.y);
  pen.stroke();
  pen.setLineDash([]);
  drawHead(pen, way.at(-2) ?? first, end);
  pen.globalAlpha = 1;
}

/** Ways end straight down, straight up or to the right. */
function drawHead(pen: CanvasRenderingContext2D, before: Point, end: Point): void {
  const length = Math.max(1, distance(before, end));
  const [x, y] = [(end.x - before.x) / length, (end.y - before.y) / length];
  pen.beginPath();
  pen.moveTo(end.x, end.y);
  pen.lineTo(end.x - headPx * x + 0.6 * headPx * y, end.y - headPx * y - 0.6 * headPx * x);
  pen.lineTo(end.x - headPx * x - 0.6 * headPx * y, end.y - headPx * y + 0.6 * headPx * x);
  pen.closePath();
  pen.fill();
}

function distance(a: Point, b: Point): number {
  return Math.hypot(b.x - a.x, b.y - a.y);
}
