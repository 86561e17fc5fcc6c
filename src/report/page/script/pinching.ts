/**
 * The page's script: two fingers on a plot. Spread they zoom in, closed they zoom out, moved together they move the
 * view. Its own file because it follows two pointers where dragging follows one. Closed functions.
 */
import type { DrawnPanel, EventLike, Stage } from './contract.js';

export function pinchOnPanel(stage: Stage, drawn: DrawnPanel): void {
  const { script } = stage;
  const plot = drawn.element.querySelector('.plot');
  if (plot === null) return;
  const fingers = new Map<number, EventLike>();
  /** How far apart they are, pixels, and where the middle is, shares of the plot. */
  let last: { readonly apart: number; readonly middle: readonly [number, number] } | null = null;
  const spread = (): typeof last => {
    const [one, other] = [...fingers.values()];
    if (one === undefined || other === undefined) return null;
    const [a, b] = [script.sharesAt(drawn, one), script.sharesAt(drawn, other)];
    const apart = Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
    return { apart: Math.max(apart, 1), middle: [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2] };
  };
  plot.addEventListener('pointerdown', (event) => {
    if (event.pointerType !== 'touch') return;
    fingers.set(event.pointerId, event);
    // From the second finger on nobody drags, until all are lifted.
    if (fingers.size === 2) drawn.isPinched = true;
    last = fingers.size === 2 ? spread() : null;
  });
  plot.addEventListener('pointermove', (event) => {
    if (!fingers.has(event.pointerId)) return;
    fingers.set(event.pointerId, event);
    const now = fingers.size === 2 ? spread() : null;
    if (now === null || last === null) return;
    const factor = last.apart / now.apart;
    // What was between the fingers stays there; the way they went is one of the view before.
    const [byX, byY] = [(last.middle[0] - now.middle[0]) / factor, (last.middle[1] - now.middle[1]) / factor];
    script.zoom(stage, drawn.chartIndex, factor, now.middle);
    script.pan(stage, drawn.chartIndex, byX, byY);
    last = now;
  });
  const lift = (event: EventLike): void => {
    fingers.delete(event.pointerId);
    last = null;
    if (fingers.size === 0) drawn.isPinched = false;
  };
  plot.addEventListener('pointerup', lift);
  plot.addEventListener('pointercancel', lift);
}
