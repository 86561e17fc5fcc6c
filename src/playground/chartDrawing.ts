/**
 * A chart of the report, drawn in the page: the same description, the same drawing kit, the same chart.js. Its own file
 * because chart.js is loaded only when there is a chart to draw.
 */
import { Chart, registerables } from 'chart.js';
import type { ChartDescription } from '../report/charts/contract.js';
import { drawingKit } from '../report/drawing/kit.js';
import { make, swatch } from './elements.js';
import { colours } from './theme.js';

Chart.register(...registerables);

export function drawChart(chart: ChartDescription, into: HTMLElement): void {
  const figure = make(
    'figure',
    { id: chart.name },
    make('h3', {}, chart.title),
    make('p', { class: 'finding' }, chart.empty ?? chart.caption),
  );
  into.append(figure);
  const isNarrow = innerWidth < 720;
  if (isNarrow) figure.append(legend(chart));
  for (const panel of chart.panels) {
    const canvas = make('canvas', { role: 'img', 'aria-label': `${chart.title}. ${chart.caption}` });
    const box = make('div', { class: 'chart' }, canvas);
    box.style.height = `${panel.heightPx}px`;
    figure.append(box);
    const look = {
      ...colours(),
      fontFamily: getComputedStyle(document.body).fontFamily,
      fontPx: 12,
      isNarrow,
      isInteractive: true,
    };
    new Chart(canvas, drawingKit.panelConfig(drawingKit, panel, look) as never);
  }
  figure.append(dataTable(chart));
}

/** On a narrow screen lines have no room for their names: which colour is whose stands above them. */
function legend({ panels }: ChartDescription): HTMLElement {
  const named = new Map<string, number>();
  for (const { series } of panels)
    for (const { label, role } of series) if (typeof role === 'number') named.set(label, role);
  return make('p', { class: 'legend' }, ...[...named].flatMap(([label, role]) => [swatch(role), ` ${label}  `]));
}

function dataTable({ table: { columns, rows } }: ChartDescription): HTMLElement {
  const head = make('thead', {}, make('tr', {}, ...columns.map((title) => make('th', { scope: 'col' }, title))));
  const body = make(
    'tbody',
    {},
    ...rows.map((row) => make('tr', {}, ...row.map((cell) => make('td', {}, cell === null ? '–' : String(cell))))),
  );
  return make(
    'details',
    {},
    make('summary', {}, 'Show data'),
    make('div', { class: 'scrolls', tabindex: '0' }, make('table', {}, head, body)),
  );
}
