/**
 * The page of a search (a break-even, a sensitivity): its answer in one sentence, its charts with their data, how to
 * make it again. The report's frame, figures and rules; its own file because it answers one question with one chart,
 * and has neither platforms to compare nor cells to list.
 */
import type { ChartDescription } from '../charts/contract.js';
import { chartFigure } from './chartFigure.js';
import { framedPage } from './frame.js';
import { html } from './html.js';

export interface Search {
  /** The scenario's name. */
  readonly scenario: string;
  /** The answer, in one sentence. */
  readonly verdict: string;
  /** The first ones carry the answer. */
  readonly charts: readonly ChartDescription[];
  /** What a reader should bear in mind, a sentence each. */
  readonly notes: readonly string[];
  readonly seed: string;
  readonly command: string;
  readonly version: string;
}

/** The whole HTML document. @param chartJs as in `page.ts` */
export function searchPage(search: Search, chartJs: string): string {
  const { scenario, verdict, charts, notes, seed, command, version } = search;
  const figures = charts.map(
    (chart, index) => html`<section><h2>${chart.title}</h2>${chartFigure(chart, index)}</section>`,
  );
  const bear = notes.map((note) => html`<li>${note}</li>`);
  const body = html`<a class="skip" href="#verdict">To the verdict</a>
<header><h1><bdi>${scenario}</bdi></h1><p class="tools theme"><button type="button"
id="theme" hidden>Dark</button></p></header>
<main><section id="verdict" aria-label="Verdict"><h2 class="verdict">${verdict}</h2>
${notes.length === 0 ? null : html`<h3>To bear in mind</h3><ul>${bear}</ul>`}</section>
${figures}
<section id="reproduce"><h2>How to reproduce</h2><pre><code>${command}</code></pre>
<ul><li>seed: <code>${seed}</code></li><li>version: ${version}</li></ul>
<p class="muted">The same scenario, seed and version give the same bytes in every file but manifest.json.</p>
</section></main>
<p class="spoken" id="spoken" aria-live="polite"></p>
<noscript><p class="empty">Charts need JavaScript; every number is in the tables.</p></noscript>`;
  return framedPage({ title: scenario, body, charts, chartJs });
}
