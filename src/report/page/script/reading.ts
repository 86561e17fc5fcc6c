/**
 * The page's script, second part: reading values off the plots, by pointer and by keyboard, seen and spoken.
 *
 * Rows on one time axis share one cursor, so that one instant is read on every platform at once. Closed functions.
 */
import type { Panel } from '../../charts/contract.js';
import type { DrawnPanel, EventLike, Stage } from './contract.js';

/** Shows the moment `at` (axis units) in every panel of a chart; null takes the cursor away. */
export function moveCursor(stage: Stage, chartIndex: number, at: number | null): void {
  for (const { element, panel, chart, chartIndex: own } of stage.panels) {
    if (own !== chartIndex || chart === null) continue;
    const plot = element.querySelector('.plot');
    const output = element.querySelector('output');
    const old = element.querySelector('.cursor');
    if (at === null) {
      old?.remove();
      if (output !== null) output.textContent = '';
      continue;
    }
    const cursor = old ?? stage.document.createElement('div');
    if (old === null) {
      cursor.className = 'cursor';
      plot?.append(cursor);
    }
    cursor.style['left'] = `${chart.scales['x']?.getPixelForValue(at) ?? 0}px`;
    cursor.style['top'] = `${chart.chartArea.top}px`;
    cursor.style['height'] = `${chart.chartArea.bottom - chart.chartArea.top}px`;
    if (output !== null) output.textContent = stage.script.readout(stage, panel, at);
  }
}

/** Every series of a panel at a moment: the last point that is not later. */
export function readout({ kit }: Stage, panel: Panel, at: number): string {
  const values = panel.series.map((series) => {
    let value: number | null = null;
    for (const [x, y] of series.points) {
      if (x > at) break;
      value = y;
    }
    const axis = panel.ys.find(({ id }) => id === series.axis);
    if (value === null || axis === undefined) return `${series.label} –`;
    return `${series.label} ${kit.axisValue(kit, axis, value)}`;
  });
  return `${kit.axisValue(kit, panel.x, at)} · ${values.join(' · ')}`;
}

export function keyOnPanel(stage: Stage, drawn: DrawnPanel, event: EventLike): void {
  const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 10, ArrowUp: -10 };
  const step = steps[event.key];
  const { panel, chartIndex } = drawn;
  if (event.key === 'Escape') stage.script.moveCursor(stage, chartIndex, null);
  if (step === undefined) return;
  event.preventDefault();
  if (panel.x.unit !== 'time') {
    stage.script.stepPoint(stage, drawn, step > 0 ? 1 : -1);
    return;
  }
  const span = panel.x.max - panel.x.min;
  const before = Math.max(drawn.position, panel.x.min);
  drawn.position = Math.min(panel.x.max, Math.max(panel.x.min, before + (step * span) / 100));
  stage.script.moveCursor(stage, chartIndex, drawn.position);
  const spoken = stage.document.getElementById('spoken');
  if (spoken !== null) spoken.textContent = stage.script.readout(stage, panel, drawn.position);
}

/** Goes to the next or the former point of a plot, series by series, bar by bar; shows and says it. */
export function stepPoint(stage: Stage, drawn: DrawnPanel, step: number): void {
  const { chart, panel } = drawn;
  const { kit, document } = stage;
  const points =
    panel.bars.length > 0
      ? panel.bars.flatMap((bar, index) =>
          bar.segments.map((segment, datasetIndex) => ({
            datasetIndex,
            index,
            words: `${bar.label}, ${segment.label}: ${kit.figure(segment.value, 'USD')}`,
          })),
        )
      : panel.series.flatMap((series, datasetIndex) =>
          typeof series.role !== 'number'
            ? []
            : series.points.map(([x, y], index) => ({
                datasetIndex,
                index,
                words:
                  `${series.label}, ${kit.axisValue(kit, panel.x, x)}: ` +
                  `${y === null ? '–' : kit.axisValue(kit, panel.ys[0] ?? panel.x, y)}`,
              })),
        );
  if (points.length === 0) return;
  drawn.position = (Math.max(-1, drawn.position) + step + points.length) % points.length;
  const point = points[drawn.position];
  if (point === undefined) return;
  const element = chart?.getDatasetMeta(point.datasetIndex).data[point.index];
  if (element !== undefined && chart !== null) {
    chart.setActiveElements([point]);
    chart.tooltip?.setActiveElements([point], { x: element.x, y: element.y });
    chart.update();
  }
  const spoken = document.getElementById('spoken');
  if (spoken !== null) spoken.textContent = point.words;
}
