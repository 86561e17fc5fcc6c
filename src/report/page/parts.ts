/** Small pieces that several sections show: a platform's swatch and name, a metric with its interval, a table. */
import type { MetricValue, PlatformResult, Warning } from '../../experiment/contract.js';
import { platformDashes, platformMarkers } from '../drawing/colours.js';
import { figure, intervalFigure, shortName } from '../figures.js';
import { weakReason } from '../weakReason.js';
import { type Hole, type Html, html } from './html.js';

/** A bit of the platform's line with its marker: colour, dash and shape as in every chart. */
export function swatch(index: number): Html {
  const cycle = index + 3 * Math.floor(index / 8);
  const dash = platformDashes[cycle % 8] ?? [];
  const shapes: Record<string, string> = {
    circle: 'M9 6a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z',
    rect: 'M9.5 2.5h7v7h-7z',
    triangle: 'M13 1.5l4.6 8h-9.2z',
    rectRot: 'M13 1l5 5l-5 5l-5 -5z',
    crossRot: 'M9.5 2.5l7 7m0 -7l-7 7',
    star: 'M13 1v10m-4.5 -7.5l9 5m0 -5l-9 5',
    rectRounded: 'M11.5 2.5h3a2 2 0 0 1 2 2v3a2 2 0 0 1 -2 2h-3a2 2 0 0 1 -2 -2v-3a2 2 0 0 1 2 -2z',
    cross: 'M13 1v10m-5 -5h10',
  };
  const marker = platformMarkers[cycle % 8] ?? 'circle';
  return html`<svg class="swatch" width="26" height="12" viewBox="0 0 26 12" aria-hidden="true"><path d="M0 6H26"
stroke="var(--platform-${index % 8})" stroke-width="2" stroke-dasharray="${dash.join(' ')}"/><path
d="${shapes[marker]}" fill="var(--platform-${index % 8})" stroke="var(--platform-${index % 8})" stroke-width="1.5"/>
</svg>`;
}

/** The platform's name as a user's text of either direction; of an endless one the beginning, all of it on hover. */
export function nameOf({ title }: { readonly title: string }): Html {
  const short = shortName(title, 60);
  return short === title ? html`<bdi>${title}</bdi>` : html`<bdi class="long" title="${title}">${short}</bdi>`;
}

/**
 * A number with its unit; its interval on hover, and for those who don't hover; a mark with the reason where it is
 * weak.
 * A missing metric is a dash.
 */
export function metricFigure(
  metric: MetricValue | undefined,
  confidence: number,
  warnings: readonly Warning[] = [],
): Html {
  if (metric === undefined) return html`–`;
  const text = figure(metric.mean, metric.unit);
  const weak = metric.weak === undefined ? null : weakMark(metric.weak, warnings);
  if (metric.ci === undefined || metric.ci[0] === metric.ci[1]) return html`${text}${weak}`;
  const interval = `${figure(confidence, 'share')} ${intervalFigure(metric.ci, metric.unit)}`;
  return html`<span title="${`${text}, ${interval}`}">${text}</span>${weak}`;
}

function weakMark(code: string, warnings: readonly Warning[]): Html {
  return html`<abbr title="${`weak: ${weakReason(code, warnings)}`}">*</abbr>`;
}

export interface Column {
  readonly title: Hole;
  readonly isNumber?: boolean;
  /** A date or a word that should not be broken. */
  readonly isShort?: boolean;
}

/** A table with a header; the first cell of each row is its heading. It scrolls by itself when it is too wide. */
export function dataTable(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly Hole[])[],
  rowIds: readonly string[] = [],
): Html {
  const kind = (index: number): string =>
    columns[index]?.isNumber === true ? 'number' : columns[index]?.isShort === true ? 'short' : '';
  const head = columns.map((column, index) => html`<th scope="col" class="${kind(index)}">${column.title}</th>`);
  const body = rows.map(
    (row, place) =>
      html`<tr${rowIds[place] === undefined ? null : html` id="${rowIds[place]}"`}>${row.map((cell, index) =>
        index === 0 ? html`<th scope="row">${cell}</th>` : html`<td class="${kind(index)}">${cell}</td>`,
      )}</tr>`,
  );
  return html`<div class="${rows.length > 40 ? 'scroll tall' : 'scroll'}" tabindex="0" role="region"
aria-label="${caption}"><table><caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody>
</table></div>`;
}

/** Something closed until it is asked for. */
export function disclosure(summary: Hole, content: Hole, isOpen = false): Html {
  return html`<details${isOpen ? html` open` : null}><summary>${summary}</summary>${content}</details>`;
}

/** The platforms from best to worst with their places, as the comparison ranks them. */
export function ranked(
  platforms: readonly PlatformResult[],
  ranking: readonly number[],
): { readonly platform: PlatformResult; readonly index: number }[] {
  const places = [...ranking, ...platforms.map((_, index) => index)];
  return [...new Set(places)].flatMap((index) => {
    const platform = platforms[index];
    return platform === undefined ? [] : [{ platform, index }];
  });
}
