/**
 * Dots under way: each visitor that came and each call that was made since the last frame, drawn as a dot that flies
 * where it went, slow enough to be seen. Beyond two hundred a second of the watcher's time they become flows.
 *
 * Its own file because flights belong to the watcher's clock and not to the simulated one. A pool of typed arrays: a
 * busy stage starts hundreds a second. Counts are the run's; only the flight is slowed down.
 */
import type { Point } from './stageLayout.js';

export const flightMs = 700;
/** Dots a second of the watcher's time beyond which they are drawn as flows. */
export const mostDotsPerSecond = 200;
const capacity = 512;
const stride = 10;

/** Where a dot flies: out of one thing, along an arrow's way, into another. */
export interface Flight {
  readonly from: Point;
  /** Place in the ways given to `follow`. */
  readonly way: number;
  readonly isBack: boolean;
  readonly to: Point;
}

export class Movers {
  /** Of each dot: began at, from x, y, to x, y, way, backwards, colour, failed, length of all its way. */
  readonly dots = new Float64Array(capacity * stride);
  count = 0;
  private ways: readonly (readonly Point[])[] = [];

  /** The corners of every way there is; dots under way are forgotten. */
  follow(ways: readonly (readonly Point[])[]): void {
    this.ways = ways;
    this.count = 0;
  }

  start(
    beganMs: number,
    { from, way, isBack, to }: Flight,
    look: { readonly colour: number; readonly isBad: boolean },
  ): void {
    if (this.count === capacity) return;
    const at = this.count++ * stride;
    this.dots.set([beganMs, from.x, from.y, to.x, to.y, way, isBack ? 1 : 0, look.colour, look.isBad ? 1 : 0], at);
    this.dots[at + 9] = this.walk(at, Number.POSITIVE_INFINITY).length;
  }

  /** Draws every dot on its way and forgets those that have arrived. */
  draw(pen: CanvasRenderingContext2D, nowMs: number, strokes: readonly string[], error: string): void {
    const { dots } = this;
    for (let dot = 0; dot < this.count; ) {
      const at = dot * stride;
      const share = (nowMs - dots[at]!) / flightMs;
      if (share >= 1) {
        this.count--;
        dots.copyWithin(at, this.count * stride, (this.count + 1) * stride);
        continue;
      }
      dot++;
      if (share < 0) continue;
      const { x, y } = this.walk(at, share * share * (3 - 2 * share) * dots[at + 9]!).place;
      pen.fillStyle = dots[at + 8] === 1 ? error : (strokes[dots[at + 7]! % strokes.length] ?? error);
      pen.beginPath();
      pen.arc(x, y, 3, 0, 2 * Math.PI);
      pen.fill();
    }
  }

  clear(): void {
    this.count = 0;
  }

  /** From corner to corner, so far or to the end: how far that is, and where. */
  private walk(at: number, untilPx: number): { readonly length: number; readonly place: Point } {
    const { dots } = this;
    const way = this.ways[dots[at + 5]!] ?? [];
    const isBack = dots[at + 6] === 1;
    let x = dots[at + 1]!;
    let y = dots[at + 2]!;
    let length = 0;
    for (let corner = 0; corner <= way.length; corner++) {
      const next = way[isBack ? way.length - 1 - corner : corner];
      const toX = next ? next.x : dots[at + 3]!;
      const toY = next ? next.y : dots[at + 4]!;
      const step = Math.hypot(toX - x, toY - y);
      if (length + step > untilPx) {
        const part = (untilPx - length) / step;
        return { length: untilPx, place: { x: x + (toX - x) * part, y: y + (toY - y) * part } };
      }
      length += step;
      x = toX;
      y = toY;
    }
    return { length, place: { x, y } };
  }
}
