/**
 * Dots under way: each visitor that came and each call that was made since the last frame, drawn as a dot that flies
 * where it went, slow enough to be seen. Beyond two hundred a second of the watcher's time they become flows.
 *
 * Its own file because flights belong to the watcher's clock and not to the simulated one. A pool of typed arrays: a
 * busy stage starts hundreds a second. Counts are the run's; only the flight is slowed down.
 */
import type { Point } from './places.js';

export const flightMs = 420;
/** Dots a second of the watcher's time beyond which they are drawn as flows. */
export const mostDotsPerSecond = 200;
const capacity = 512;
const stride = 7;

export class Movers {
  /** Of each dot: began at, from x, y, to x, y, colour, failed. */
  readonly dots = new Float64Array(capacity * stride);
  count = 0;

  start(
    beganMs: number,
    [fromX, fromY]: Point,
    [toX, toY]: Point,
    look: { readonly colour: number; readonly isBad: boolean },
  ): void {
    if (this.count === capacity) return;
    const at = this.count++ * stride;
    this.dots.set([beganMs, fromX, fromY, toX, toY, look.colour, look.isBad ? 1 : 0], at);
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
      const eased = share * share * (3 - 2 * share);
      const x = dots[at + 1]! + (dots[at + 3]! - dots[at + 1]!) * eased;
      const y = dots[at + 2]! + (dots[at + 4]! - dots[at + 2]!) * eased;
      pen.fillStyle = dots[at + 6] === 1 ? error : (strokes[dots[at + 5]! % strokes.length] ?? error);
      pen.beginPath();
      pen.arc(x, y, 3, 0, 2 * Math.PI);
      pen.fill();
    }
  }

  clear(): void {
    this.count = 0;
  }
}
