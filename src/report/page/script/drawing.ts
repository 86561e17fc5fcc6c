/**
 * The page's script, first part: reads the data, draws the panels, follows the theme and the width.
 *
 * Its own file beside `listening.ts` (what a reader may do), `viewing.ts` (zoom, pan, hide), `reading.ts` (cursor,
 * keyboard), `saving.ts` and `svgPen.ts` (tables, exports). Closed functions; see `contract.ts`.
 */
import type { Look } from '../../drawing/contract.js';
import type { DrawnPanel, PageData, Script, Stage } from './contract.js';

/** Begins everything. Called once, when the page has been read. */
export function start(window: Parameters<Script['start']>[0], kit: Stage['kit'], script: Script): void {
  const { document } = window;
  const data = JSON.parse(document.getElementById('data')?.textContent ?? '{"charts":[]}') as PageData;
  const panels: Stage['panels'] = [];
  for (const element of document.querySelectorAll('[data-panel]')) {
    const chartIndex = Number(element.dataset['chart']);
    const panel = data.charts[chartIndex]?.panels[Number(element.dataset['panel'])];
    if (panel !== undefined)
      panels.push({ element, chartIndex, panel, shown: panel, chart: null, position: -1, isPinched: false });
  }
  const states = data.charts.map(() => ({ hiddenPlatforms: [], hiddenKinds: [], x: null, y: null }));
  const stage: Stage = { window, document, kit, script, data, panels, states };
  script.listen(stage);
  script.drawAll(stage);
}

/** Whether the dark theme shows: the switch's word first, then the system's. */
export function isDark({ document, window }: Stage): boolean {
  const chosen = document.documentElement.dataset['theme'];
  return chosen === undefined ? window.matchMedia('(prefers-color-scheme: dark)').matches : chosen === 'dark';
}

export function lookNow(stage: Stage): Look {
  const { window, document, data } = stage;
  return {
    ...(stage.script.isDark(stage) ? data.themes.dark : data.themes.light),
    fontFamily: window.getComputedStyle(document.body).fontFamily,
    fontPx: 12,
    isNarrow: window.innerWidth < 720,
    isInteractive: true,
  };
}

/**
 * Draws again what is drawn, and the rest one panel a frame, from the top: a day on eight platforms must not keep the
 * first screen waiting. Without chart.js the plots stay empty and their sentences and tables speak.
 */
export function drawAll(stage: Stage): void {
  const { window, script, panels } = stage;
  const button = stage.document.getElementById('theme');
  if (button !== null) {
    button.hidden = false;
    button.textContent = script.isDark(stage) ? 'Light' : 'Dark';
  }
  for (const drawn of panels) if (drawn.chart !== null) script.drawPanel(stage, drawn);
  const drawNext = (place: number): void => {
    const drawn = panels[place];
    if (drawn === undefined) return;
    if (drawn.chart === null) script.drawPanel(stage, drawn);
    window.requestAnimationFrame(() => drawNext(place + 1));
  };
  window.requestAnimationFrame(() => drawNext(0));
}

/** Draws one panel as it is to be shown now. */
export function drawPanel(stage: Stage, drawn: DrawnPanel): void {
  const { Chart } = stage.window;
  const canvas = drawn.element.querySelector('canvas');
  const plot = drawn.element.querySelector('.plot');
  if (Chart === undefined || canvas === null || plot === null) return;
  const { kit, script } = stage;
  drawn.shown = script.shownPanel(stage, drawn);
  drawn.element.hidden = drawn.shown.series.length + drawn.shown.bars.length === 0;
  drawn.chart?.destroy();
  drawn.chart = null;
  if (drawn.element.hidden) return;
  plot.style['height'] = `${drawn.shown.heightPx}px`;
  drawn.chart = new Chart(canvas, kit.panelConfig(kit, drawn.shown, script.lookNow(stage)));
  script.placeMarks(stage, drawn);
}

/** Draws every panel of a chart, seen or not. */
export function drawChart(stage: Stage, chartIndex: number): void {
  for (const drawn of stage.panels) if (drawn.chartIndex === chartIndex) stage.script.drawPanel(stage, drawn);
}

export function switchTheme(stage: Stage): void {
  stage.document.documentElement.dataset['theme'] = stage.script.isDark(stage) ? 'light' : 'dark';
  stage.script.drawAll(stage);
}
