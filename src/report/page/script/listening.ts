/**
 * The page's script: everything a reader may do, each wired to the function that does it. Its own file because it is
 * the one place with listeners. Closed functions; see `contract.ts`.
 */
import type { DrawnPanel, Stage } from './contract.js';

/** Every listener of the page. */
export function listen(stage: Stage): void {
  const { document, window, script } = stage;
  document.getElementById('theme')?.addEventListener('click', () => script.switchTheme(stage));
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => script.drawAll(stage));
  let wasNarrow = window.innerWidth < 720;
  window.addEventListener('resize', () => {
    const isNarrow = window.innerWidth < 720;
    if (isNarrow !== wasNarrow) script.drawAll(stage);
    else for (const drawn of stage.panels) script.placeMarks(stage, drawn);
    wasNarrow = isNarrow;
  });
  // Paper is light, and narrower than most screens.
  let wasTheme: string | undefined;
  window.addEventListener('beforeprint', () => {
    wasTheme = document.documentElement.dataset['theme'];
    document.documentElement.dataset['theme'] = 'light';
    document.documentElement.dataset['paper'] = 'a4';
    for (const drawn of stage.panels) script.drawPanel(stage, drawn);
  });
  window.addEventListener('afterprint', () => {
    if (wasTheme === undefined) document.documentElement.removeAttribute('data-theme');
    else document.documentElement.dataset['theme'] = wasTheme;
    document.documentElement.removeAttribute('data-paper');
    script.drawAll(stage);
  });
  for (const drawn of stage.panels) script.listenToPanel(stage, drawn);
  script.listenToButtons(stage);
  for (const details of document.querySelectorAll('[data-table]'))
    details.addEventListener('toggle', () => {
      const into = details.querySelector('.built');
      if (into !== null && into.childElementCount === 0)
        script.buildTable(stage, Number(details.dataset['table']), into);
    });
}

/** Keys, the cursor of time panels, the wheel with a key held, two fingers, and dragging. */
export function listenToPanel(stage: Stage, drawn: DrawnPanel): void {
  const { element, panel, chartIndex } = drawn;
  const { script } = stage;
  element.addEventListener('keydown', (event) => script.keyOnPanel(stage, drawn, event));
  const plot = element.querySelector('.plot');
  plot?.addEventListener(
    'wheel',
    (event) => {
      // The wheel alone scrolls the page; with the key that zooms everywhere (a pinch sends it too) it zooms the chart.
      if (!(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      script.zoom(stage, chartIndex, event.deltaY < 0 ? 0.8 : 1.25, script.sharesAt(drawn, event));
    },
    { passive: false },
  );
  plot?.addEventListener('dblclick', () => script.command(stage, chartIndex, 'whole'));
  script.pinchOnPanel(stage, drawn);
  script.dragOnPanel(stage, drawn);
  if (panel.x.unit !== 'time') return;
  element.addEventListener('pointermove', (event) => {
    const box = drawn.chart?.canvas.getBoundingClientRect();
    const at = box === undefined ? undefined : drawn.chart?.scales['x']?.getValueForPixel(event.clientX - box.left);
    const { min, max } = drawn.shown.x;
    if (at !== undefined) script.moveCursor(stage, chartIndex, Math.min(max, Math.max(min, at)));
  });
  element.addEventListener('pointerleave', () => script.moveCursor(stage, chartIndex, null));
}

export function listenToButtons(stage: Stage): void {
  const { document, window, script } = stage;
  for (const button of document.querySelectorAll('.legend button'))
    button.addEventListener('click', () => script.toggle(stage, button));
  for (const button of document.querySelectorAll('[data-view]'))
    button.addEventListener('click', () =>
      script.command(stage, Number(button.dataset['chart']), button.dataset['view'] ?? ''),
    );
  for (const button of document.querySelectorAll('[data-export]')) {
    const chartIndex = Number(button.dataset['chart']);
    const chart = stage.data.charts[chartIndex];
    if (chart === undefined) continue;
    button.addEventListener('click', () => {
      if (button.dataset['export'] === 'png') script.savePng(stage, chartIndex);
      else if (button.dataset['export'] === 'svg') script.saveSvg(stage, chartIndex);
      else {
        const blob = new window.Blob([script.csvOf(chart)], { type: 'text/csv' });
        script.save(stage, `${chart.name}.csv`, window.URL.createObjectURL(blob));
      }
    });
  }
  const picker = document.getElementById('graph-platform');
  picker?.addEventListener('change', () => {
    for (const graph of document.querySelectorAll('[data-graph]'))
      graph.hidden = graph.dataset['graph'] !== picker.value;
  });
}
