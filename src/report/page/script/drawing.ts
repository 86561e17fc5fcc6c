/**
 * The page's script, first part: reads the data, draws every panel, follows the theme and the width.
 *
 * Its own file beside `reading.ts` (cursor, keyboard) and `saving.ts` (tables, exports). Closed functions; see
 * `contract.ts`.
 */
import type { Look } from '../../drawing/contract.js';
import type { PageData, Script, Stage } from './contract.js';

/** Begins everything. Called once, when the page has been read. */
export function start(window: Parameters<Script['start']>[0], kit: Stage['kit'], script: Script): void {
  const { document } = window;
  const data = JSON.parse(document.getElementById('data')?.textContent ?? '{"charts":[]}') as PageData;
  const panels: Stage['panels'] = [];
  for (const element of document.querySelectorAll('[data-panel]')) {
    const chartIndex = Number(element.dataset['chart']);
    const panel = data.charts[chartIndex]?.panels[Number(element.dataset['panel'])];
    if (panel !== undefined) panels.push({ element, chartIndex, panel, chart: null, position: -1 });
  }
  const stage: Stage = { window, document, kit, script, data, panels };
  script.drawAll(stage);
  script.listen(stage);
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

/** Draws, or draws again. Without chart.js the plots stay empty and their sentences and tables speak. */
export function drawAll(stage: Stage): void {
  const { Chart } = stage.window;
  const look = stage.script.lookNow(stage);
  for (const drawn of stage.panels) {
    const canvas = drawn.element.querySelector('canvas');
    if (Chart === undefined || canvas === null) continue;
    drawn.chart?.destroy();
    drawn.chart = new Chart(canvas, stage.kit.panelConfig(stage.kit, drawn.panel, look));
  }
  const button = stage.document.getElementById('theme');
  if (button === null) return;
  button.hidden = false;
  button.textContent = stage.script.isDark(stage) ? 'Light' : 'Dark';
}

export function switchTheme(stage: Stage): void {
  stage.document.documentElement.dataset['theme'] = stage.script.isDark(stage) ? 'light' : 'dark';
  stage.script.drawAll(stage);
  for (const button of stage.document.querySelectorAll('.legend button')) {
    const drawn = stage.panels.find(({ chartIndex }) => chartIndex === Number(button.dataset['chart']));
    if (button.getAttribute('aria-pressed') !== 'false') continue;
    drawn?.chart?.setDatasetVisibility(Number(button.dataset['series']), false);
    drawn?.chart?.update();
  }
}

/** Every listener of the page. */
export function listen(stage: Stage): void {
  const { document, window, script } = stage;
  document.getElementById('theme')?.addEventListener('click', () => script.switchTheme(stage));
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => script.drawAll(stage));
  let wasNarrow = window.innerWidth < 720;
  window.addEventListener('resize', () => {
    const isNarrow = window.innerWidth < 720;
    if (isNarrow !== wasNarrow) script.drawAll(stage);
    wasNarrow = isNarrow;
  });
  window.addEventListener('beforeprint', () => {
    for (const { chart } of stage.panels) chart?.resize();
  });
  for (const drawn of stage.panels) {
    const { element, panel, chartIndex } = drawn;
    element.addEventListener('keydown', (event) => script.keyOnPanel(stage, drawn, event));
    if (panel.x.unit !== 'time') continue;
    element.addEventListener('pointermove', (event) => {
      const box = drawn.chart?.canvas.getBoundingClientRect();
      const at = box === undefined ? undefined : drawn.chart?.scales['x']?.getValueForPixel(event.clientX - box.left);
      if (at !== undefined) script.moveCursor(stage, chartIndex, Math.min(panel.x.max, Math.max(panel.x.min, at)));
    });
    element.addEventListener('pointerleave', () => script.moveCursor(stage, chartIndex, null));
  }
  for (const button of document.querySelectorAll('.legend button'))
    button.addEventListener('click', () => {
      const isShown = button.getAttribute('aria-pressed') === 'false';
      button.setAttribute('aria-pressed', String(isShown));
      const drawn = stage.panels.find(({ chartIndex }) => chartIndex === Number(button.dataset['chart']));
      drawn?.chart?.setDatasetVisibility(Number(button.dataset['series']), isShown);
      drawn?.chart?.update();
    });
  const picker = document.getElementById('graph-platform');
  picker?.addEventListener('change', () => {
    for (const graph of document.querySelectorAll('[data-graph]'))
      graph.hidden = graph.dataset['graph'] !== picker.value;
  });
  for (const button of document.querySelectorAll('[data-export]')) {
    const chartIndex = Number(button.dataset['chart']);
    const chart = stage.data.charts[chartIndex];
    if (chart === undefined) continue;
    button.addEventListener('click', () => {
      if (button.dataset['export'] === 'png') return script.savePng(stage, chartIndex);
      const blob = new window.Blob([script.csvOf(chart)], { type: 'text/csv' });
      script.save(stage, `${chart.name}.csv`, window.URL.createObjectURL(blob));
    });
  }
  for (const details of document.querySelectorAll('[data-table]'))
    details.addEventListener('toggle', () => {
      const into = details.querySelector('.built');
      if (into !== null && into.childElementCount === 0)
        script.buildTable(stage, Number(details.dataset['table']), into);
    });
}
