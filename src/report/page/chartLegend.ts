/** The legend of a chart: buttons that hide and show platforms, and, where rows hold several kinds of lines, those. */
import type { ChartDescription, Series } from '../charts/contract.js';
import { type Html, html } from './html.js';
import { swatch } from './parts.js';

/** Null where there is nothing to choose. */
export function chartLegend(chart: ChartDescription, index: number): Html | null {
  const platforms = platformsOf(chart);
  const areRows = chart.panels.some(({ platform }) => platform !== null);
  const kinds = areRows || platforms.length === 0 ? kindsOf(chart) : [];
  const platformButtons = platforms.map(([place, name]) =>
    button(index, html` data-platform="${place}"`, swatch(place), name),
  );
  const kindButtons = kinds.map(([name, role]) => button(index, html` data-kind="${name}"`, kindSwatch(role), name));
  const lists = [platformButtons, kindButtons].filter((buttons) => buttons.length > 1);
  if (lists.length === 0) return null;
  return html`${lists.map((buttons) => html`<ul class="legend" aria-label="Show or hide">${buttons}</ul>`)}`;
}

function button(chart: number, what: Html, mark: Html, name: string): Html {
  return html`<li><button type="button" aria-pressed="true" data-chart="${chart}"${what}>${mark}<bdi>${name}</bdi>
</button></li>`;
}

/** Places with names, of lines, rows and bars alike, each once. */
function platformsOf({ panels }: ChartDescription): readonly (readonly [number, string])[] {
  const names = new Map<number, string>();
  for (const { platform, title, series, bars } of panels) {
    if (platform !== null) names.set(platform, title);
    else for (const bar of bars) names.set(bar.platform, bar.label);
    for (const { role, label } of series) if (typeof role === 'number' && !names.has(role)) names.set(role, label);
  }
  return [...names];
}

function kindsOf({ panels }: ChartDescription): readonly (readonly [string, Series['role']])[] {
  const roles = new Map<string, Series['role']>();
  for (const { label, role } of panels.flatMap(({ series }) => series)) if (!roles.has(label)) roles.set(label, role);
  return [...roles];
}

function kindSwatch(role: Series['role']): Html {
  const kind = typeof role === 'number' ? 'own' : role;
  return html`<span class="kind kind-${kind}" aria-hidden="true"></span>`;
}
