/**
 * The page's script, second part: reading values off the plots, by pointer and by keyboard, seen and spoken.
 *
 * Rows on one time axis share one cursor, so that one instant is read on every platform at once. Closed functions.
 */
import type { Panel } from '../../charts/contract.js';
import type { DrawnPanel, EventLike, Stage } from './contract.js';

/** Shows the moment `at` (axis units) in every panel of a chart; null takes the cursor away. */
export function moveCursor(stage: Stage, chartIndex: number, at: number | null): void {
  for (const { element, shown, chart, chartIndex: own } of stage.panels) {
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
    if (output !== null) output.textContent = stage.script.readout(stage, shown, at);
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

/**
 * Arrows move along the points or the time, with Shift they move the view; + and − zoom, 0 shows all; Enter goes to
 * the log where something happened.
 */
export function keyOnPanel(stage: Stage, drawn: DrawnPanel, event: EventLike): void {
  const { script } = stage;
  const { shown, chartIndex } = drawn;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Escape') script.moveCursor(stage, chartIndex, null);
  const views: Record<string, string> = { '+': 'in', '=': 'in', '-': 'out', _: 'out', '0': 'whole' };
  const pans: Record<string, string> = { ArrowRight: 'right', ArrowLeft: 'left', ArrowUp: 'up', ArrowDown: 'down' };
  const view = event.shiftKey && pans[event.key] !== undefined ? pans[event.key] : views[event.key];
  const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 10, ArrowUp: -10 };
  const step = steps[event.key];
  if (view === undefined && step === undefined && event.key !== 'Enter') return;
  if (event.key === 'Enter') {
    const marks = shown.marks.filter(({ anchor }) => anchor !== undefined);
    const nearest = marks.reduce<(typeof marks)[number] | undefined>(
      (best, mark) =>
        best === undefined || Math.abs(mark.at - drawn.position) < Math.abs(best.at - drawn.position) ? mark : best,
      undefined,
    );
    if (nearest?.anchor === undefined) return;
    event.preventDefault();
    script.goToLog(stage, nearest.anchor);
    return;
  }
  event.preventDefault();
  if (view !== undefined) script.command(stage, chartIndex, view);
  else if (step !== undefined && shown.x.unit === 'time') script.stepTime(stage, drawn, step);
  else if (step !== undefined) script.stepPoint(stage, drawn, step > 0 ? 1 : -1);
}

/** Moves the cursor by hundredths of what is shown, and says what stands there. */
export function stepTime(stage: Stage, drawn: DrawnPanel, step: number): void {
  const { script } = stage;
  const { shown, chartIndex } = drawn;
  const { min, max } = shown.x;
  const before = Math.min(max, Math.max(drawn.position, min));
  drawn.position = Math.min(max, Math.max(min, before + (step * (max - min)) / 100));
  script.moveCursor(stage, chartIndex, drawn.position);
  const near = shown.marks.find(
    ({ anchor, at }) => anchor !== undefined && Math.abs(at - drawn.position) <= (max - min) / 150,
  );
  const event = near === undefined ? '' : ` · ${near.label || 'an event'}: Enter goes to the log`;
  script.say(stage, script.readout(stage, shown, drawn.position) + event);
}

/** Goes to the next or the former point of a plot, series by series, bar by bar; shows and says it. */
export function stepPoint(stage: Stage, drawn: DrawnPanel, step: number): void {
  const { chart, shown: panel } = drawn;
  const { kit } = stage;
  const points =
    panel.bars.length > 0
      ? panel.bars.flatMap((bar, index) =>
          bar.segments.map((segment, datasetIndex) => ({
            datasetIndex,
            index,
            words: `${bar.label}, ${segment.label}: ${kit.figure(segment.value, panel.x.unit)}`,
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
  stage.script.say(stage, point.words);
}
