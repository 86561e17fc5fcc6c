/** The legend of a chart whose lines are platforms: buttons that hide and show them. */
import type { ChartDescription } from '../charts/contract.js';
import { type Html, html } from './html.js';
import { swatch } from './parts.js';

/** Null where there is nothing to choose: bars, small multiples, a single line. */
export function chartLegend(chart: ChartDescription, index: number): Html | null {
  const panel = chart.panels[0];
  if (panel === undefined || chart.panels.length > 1) return null;
  const platforms = panel.series.flatMap(({ label, role }, place) =>
    typeof role === 'number' ? [{ label, role, place }] : [],
  );
  if (platforms.length < 2) return null;
  return html`<ul class="legend" aria-label="Show or hide">${platforms.map(
    ({ label, role, place }) =>
      html`<li><button type="button" aria-pressed="true" data-series="${place}"
data-chart="${index}">${swatch(role)}<bdi>${label}</bdi></button></li>`,
  )}</ul>`;
}
