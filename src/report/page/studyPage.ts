/**
 * A sweep or a plan as one page: what was asked, the answer as a table, charts of what each setting does. Its own file
 * because a study has cells where a report has platforms; frame, tables and charts are the report's. Checked by
 * test/report/sweepCharts.test.ts.
 */
import { type HeatMap, heatMapSvg } from '../charts/heatMap.js';
import type { StudyReport, StudyTable } from '../study.js';
import { chartFigure } from './chartFigure.js';
import { framedPage } from './frame.js';
import { type Html, html } from './html.js';
import { dataTable, disclosure } from './parts.js';

export interface StudyWords extends Omit<StudyReport, 'suites'> {
  /** The command that makes it again. */
  readonly command: string;
  readonly version: string;
  readonly chartJs: string;
}

/** More rows are in the CSV beside the page. */
const mostRows = 500;

/** The whole HTML document. */
export function studyPage(words: StudyWords): string {
  const { scenario, verdict, sentences, tables, charts, heatMaps, command, version, chartJs } = words;
  const body = html`<a class="skip" href="#verdict">To the answer</a>
<header><h1><bdi>${scenario}</bdi></h1><p class="tools theme"><button type="button"
id="theme" hidden>Dark</button></p></header>
<main><section id="verdict" aria-label="Verdict"><h2 class="verdict">${verdict}</h2>
${sentences.map((sentence) => html`<p>${sentence}</p>`)}
${tables.map((table, place) => (place === 0 ? tableOf(table) : disclosure(table.title, tableOf(table))))}</section>
${charts.map((chart, index) => html`<section><h2>${chart.title}</h2>${chartFigure(chart, index)}</section>`)}
${heatMaps.map(mapSection)}
<section id="reproduce"><h2>How to reproduce</h2><pre><code>${command}</code></pre>
<p class="muted">windtunnel ${version}. The same scenario, seed and version give the same bytes in every file but
manifest.json.</p></section></main>
<p class="spoken" id="spoken" aria-live="polite"></p>
<noscript><p class="empty">Charts need JavaScript; every number is in the tables.</p></noscript>`;
  return framedPage({ title: scenario, body, charts, chartJs });
}

function tableOf({ title, columns, rows }: StudyTable): Html {
  const more =
    rows.length > mostRows ? html`<p class="muted">And ${rows.length - mostRows} more, in the CSV.</p>` : null;
  return html`${dataTable(title, columns, rows.slice(0, mostRows))}${more}`;
}

/** Its letters are escaped by the SVG's own writer. */
function mapSection(map: HeatMap): Html {
  const drawn = { html: heatMapSvg(map, { isBelowHeading: true }) };
  return html`<section><h2>${map.title}</h2><figure id="${map.name}"><figcaption><p class="finding">${map.caption}</p>
</figcaption>
<div class="scroll" tabindex="0" role="region" aria-label="${map.title}">${drawn}</div></figure></section>`;
}
