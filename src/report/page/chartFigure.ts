/** A chart on the page: finding, plots to be filled by the script, how to read it, its data, and its exports. */

import type { ChartDescription, ChartTable, Panel } from '../charts/contract.js';
import { chartLegend } from './chartLegend.js';
import { type Html, html } from './html.js';
import { dataTable, swatch } from './parts.js';

/** Tables up to so many rows are written into the page; longer ones are built when they are opened. */
const writtenRows = 80;

/** @param index place of the chart in the list that the script gets */
export function chartFigure(chart: ChartDescription, index: number): Html {
  if (chart.empty !== null) return html`<figure id="${chart.name}"><p class="empty">${chart.empty}</p></figure>`;
  const panels = chart.panels.map((panel, place) => plot(chart, panel, { chart: index, panel: place }));
  const isWritten = chart.table.rows.length <= writtenRows;
  return html`<figure id="${chart.name}" aria-label="${chart.title}">
<figcaption><p class="finding">${chart.caption}</p><p class="reading">${chart.reading}</p></figcaption>
${chartLegend(chart, index)}${panels}
${tools(index)}
<details data-table="${index}"><summary>Show data</summary>
${isWritten ? writtenTable(chart) : html`<div class="built"></div>`}</details></figure>`;
}

const views = [
  ['in', '+', 'Zoom in'],
  ['out', '−', 'Zoom out'],
  ['left', '←', 'Move left'],
  ['right', '→', 'Move right'],
  ['whole', 'Whole', 'Show the whole chart'],
] as const;

function tools(index: number): Html {
  const view = views.map(
    ([name, sign, words]) =>
      html`<button type="button" data-view="${name}" data-chart="${index}" title="${words}"
aria-label="${words}">${sign}</button>`,
  );
  const save = ['png', 'svg', 'csv'].map(
    (form) =>
      html`<button type="button" data-export="${form}" data-chart="${index}">Save ${form.toUpperCase()}</button>`,
  );
  return html`<div class="tools"><span class="group">${view}</span><span class="group">${save}</span></div>`;
}

const keys = 'Arrow keys move along the points, with Shift they move the view; plus and minus zoom, 0 shows all.';

function plot(chart: ChartDescription, panel: Panel, at: { readonly chart: number; readonly panel: number }): Html {
  const label = `${panel.title === '' ? chart.title : panel.title}. ${keys}`;
  const mark = panel.platform === null ? null : swatch(panel.platform);
  const title =
    panel.title === ''
      ? null
      : html`<h3><span>${mark}<bdi>${panel.title}</bdi></span><output aria-hidden="true"></output></h3>`;
  return html`<div class="panel" tabindex="0" role="group" aria-roledescription="chart" aria-label="${label}"
 data-chart="${at.chart}" data-panel="${at.panel}">${title}
<div class="plot" style="height: ${panel.heightPx}px"><canvas aria-hidden="true"></canvas></div></div>`;
}

function writtenTable({ title, table }: ChartDescription): Html {
  const columns = table.columns.map((column, index) => ({ title: column, isNumber: isNumeric(table, index) }));
  const rows = table.rows.map((row) => row.map(cellText));
  const note = table.note === null ? null : html`<p class="muted">${table.note}</p>`;
  return html`${dataTable(title, columns, rows)}${note}`;
}

/** Six significant digits are enough to read; the exported CSV has them all. */
function cellText(cell: string | number | null): string {
  if (cell === null) return '–';
  return typeof cell === 'number' ? String(Number(cell.toPrecision(6))) : cell;
}

function isNumeric(table: ChartTable, column: number): boolean {
  return table.rows.some((row) => typeof row[column] === 'number');
}
