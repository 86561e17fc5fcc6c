/**
 * The page's script: dragging on a plot. On a whole chart it draws a band and zooms into it; on a zoomed one it moves
 * the view. Its own file because the gesture has a beginning, a middle and an end. Closed functions.
 */
import type { DrawnPanel, EventLike, Stage } from './contract.js';

/** Where a pointer is, as shares of the plot area: from the left, and from the bottom. */
export function sharesAt({ chart }: DrawnPanel, event: EventLike): readonly [number, number] {
  if (chart === null) return [0.5, 0.5];
  const box = chart.canvas.getBoundingClientRect();
  const { left, right, top, bottom } = chart.chartArea;
  const inside = (share: number): number => Math.min(1, Math.max(0, share));
  return [
    inside((event.clientX - box.left - left) / (right - left)),
    inside((bottom - (event.clientY - box.top)) / (bottom - top)),
  ];
}

export function dragOnPanel(stage: Stage, drawn: DrawnPanel): void {
  const { script } = stage;
  const { chartIndex, element } = drawn;
  const plot = element.querySelector('.plot');
  if (plot === null) return;
  let from: readonly [number, number] | null = null;
  let band: ReturnType<Stage['document']['createElement']> | null = null;
  let isPanning = false;
  let isMoving = false;
  plot.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || drawn.chart === null) return;
    from = script.sharesAt(drawn, event);
    const { x, y } = script.viewShares(stage, chartIndex);
    isPanning = x[1] - x[0] < 1 || y[1] - y[0] < 1;
    isMoving = false;
  });
  plot.addEventListener('pointermove', (event) => {
    if (from === null || drawn.chart === null) return;
    if (drawn.isPinched) {
      band?.remove();
      band = null;
      from = null;
      return;
    }
    const at = script.sharesAt(drawn, event);
    if (!isMoving && Math.abs(at[0] - from[0]) < 0.01 && Math.abs(at[1] - from[1]) < 0.03) return;
    isMoving = true;
    plot.setPointerCapture(event.pointerId);
    if (isPanning) {
      script.pan(stage, chartIndex, from[0] - at[0], from[1] - at[1]);
      from = at;
      return;
    }
    if (band === null) {
      band = stage.document.createElement('div');
      band.className = 'band';
      plot.append(band);
    }
    const { left, right, top, bottom } = drawn.chart.chartArea;
    const isFlat = !script.zoomsY(drawn.panel);
    const [low, high] = isFlat ? [0, 1] : [Math.min(from[1], at[1]), Math.max(from[1], at[1])];
    band.style['left'] = `${left + (right - left) * Math.min(from[0], at[0])}px`;
    band.style['width'] = `${(right - left) * Math.abs(from[0] - at[0])}px`;
    band.style['top'] = `${bottom - (bottom - top) * high}px`;
    band.style['height'] = `${(bottom - top) * (high - low)}px`;
  });
  const end = (event: EventLike): void => {
    if (from !== null && band !== null) {
      const at = script.sharesAt(drawn, event);
      const ordered = (a: number, b: number): readonly [number, number] => [Math.min(a, b), Math.max(a, b)];
      script.setView(stage, chartIndex, { x: ordered(from[0], at[0]), y: ordered(from[1], at[1]) });
    }
    band?.remove();
    band = null;
    from = null;
  };
  plot.addEventListener('pointerup', end);
  plot.addEventListener('pointercancel', () => {
    band?.remove();
    band = null;
    from = null;
  });
}
