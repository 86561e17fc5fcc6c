/**
 * The report as one page: opens from disk, asks nobody for anything, and tells from top to bottom what to do, why, how
 * sure that is, and what it will cost.
 *
 * Its own file because it holds the order of the story; the frame around it is `frame.ts`. Checked by parsing
 * what comes out, and by opening it in a browser without a network.
 */
import type { Comparison } from '../../experiment/contract.js';
import type { ChartDescription } from '../charts/contract.js';
import { describeCharts } from '../charts/registry.js';
import { invoiceTables } from './bill.js';
import { chartFigure } from './chartFigure.js';
import { framedPage } from './frame.js';
import { graphSection } from './graph.js';
import { eventLog, happeningsSection } from './happenings.js';
import { type Html, html } from './html.js';
import { closingSections, inputsSection, type Making } from './inputs.js';
import { levelsSection } from './levels.js';
import { verdictSection } from './verdict.js';
import { visitsSection } from './waterfall.js';
import { whySection } from './whySection.js';

/** What the page needs besides the numbers: the text of chart.js (its UMD build), and how the numbers were made. */
export interface PageAssets extends Making {
  readonly chartJs: string;
}

/**
 * The whole HTML document.
 *
 * @param comparison any, an unfinished one and one of no visitors included
 * @param assets `chartJs` empty: the page stands without drawn charts; its tables and sentences remain
 */
export function page(comparison: Comparison, assets: PageAssets): string {
  const charts = describeCharts(comparison);
  const body = html`<a class="skip" href="#verdict">To the verdict</a>
<header><h1><bdi>${comparison.scenario}</bdi></h1><p class="tools theme"><button type="button"
id="theme" hidden>Dark</button></p></header>
<main>${sections(comparison, charts, assets)}</main>
<p class="spoken" id="spoken" aria-live="polite"></p>
<noscript><p class="empty">Charts need JavaScript; every number is in the tables.</p></noscript>`;
  return framedPage({ title: comparison.scenario, body, charts, chartJs: assets.chartJs });
}

function sections(comparison: Comparison, charts: readonly ChartDescription[], assets: PageAssets): Html {
  const chart = (name: string): Html => {
    const index = charts.findIndex((description) => description.name === name);
    const description = charts[index];
    return description === undefined ? html`` : chartFigure(description, index);
  };
  return html`${verdictSection(comparison)}
<section><h2>Cost against latency</h2>${chart('cost-against-latency')}</section>
<section id="day"><h2>The day</h2>${chart('load-and-instances')}${eventLog(comparison)}</section>
${whySection(comparison)}
<section id="latency"><h2>Latency</h2>${chart('latency-percentiles')}
<h3>Cold starts</h3>${chart('cold-starts')}</section>
${visitsSection(comparison)}
${graphSection(comparison)}
<section id="bill"><h2>The bill</h2>${chart('bill-by-line')}${invoiceTables(comparison)}</section>
<section><h2>Traffic against cost</h2>${chart('cost-against-traffic')}</section>
${levelsSection(comparison)}
${happeningsSection(comparison, chart('outcomes-over-time'))}
${inputsSection(comparison)}
${closingSections(comparison, assets)}`;
}
