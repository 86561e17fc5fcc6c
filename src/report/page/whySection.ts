/** Why: the worst minutes as stories, and where to look for a change that would have helped. */

import type { Comparison, PlatformResult } from '../../experiment/contract.js';
import type { NearbyChange } from '../../experiment/nearbyFacts.js';
import { figure } from '../figures.js';
import { colourPlace } from '../platformColour.js';
import { worstMinutes } from '../why.js';
import { type Html, html } from './html.js';
import { nameOf, swatch } from './parts.js';

export function whySection(comparison: Comparison): Html {
  const stories = worstMinutes(comparison);
  if (stories.length === 0)
    return html`<section id="why"><h2>Why</h2><p class="empty">No minute stands out: nobody was left without an
answer, and no minute was half again as slow as the usual one.</p>${nearbyPart(comparison)}</section>`;
  const told = stories.map(
    ({
      platform,
      headline,
      sentences,
    }) => html`<li><h3>${swatch(colourPlace(comparison.platforms, platform))} <bdi>${headline}</bdi></h3>
<ul>${sentences.map((one) => html`<li>${one}</li>`)}</ul></li>`,
  );
  const many =
    stories.length === 1 ? 'The worst minute' : `The ${['', '', 'two', 'three'][stories.length]} worst minutes`;
  return html`<section id="why"><h2>Why</h2><p class="finding">${many} of the recorded replication, worst first.</p>
<ol class="stories">${told}</ol>
${nearbyPart(comparison)}</section>`;
}

/** What would have helped: the cheapest of the changes that were tried, platform by platform. */
function nearbyPart(comparison: Comparison): Html {
  const { nearby = [], platforms } = comparison;
  const trace = html`<code>windtunnel trace</code> tells of single visitors and of any window.`;
  if (nearby.length === 0)
    return html`<p class="muted">${
      platforms.every(({ meetsObjectives }) => meetsObjectives) ? 'Every platform meets its objectives, so no' : 'No'
    } change was tried here. <code>windtunnel plan</code> searches for the cheapest settings that meet the objectives;
${trace}</p>`;
  const items = nearby.map((one) => {
    const index = platforms.findIndex(({ name }) => name === one.platform);
    const platform = platforms[index];
    return platform === undefined
      ? null
      : html`<li>${swatch(colourPlace(platforms, index))} ${nameOf(platform)}: ${nearbyWords(one, platform)}</li>`;
  });
  return html`<h3 id="nearby">The cheapest nearby change</h3><ul class="plain">${items}</ul>
<p class="muted">Each change was tried alone, with the visitors of the recorded replication.
<code>windtunnel plan</code> searches further; ${trace}</p>`;
}

function nearbyWords({ tried, best }: NearbyChange, { bill }: PlatformResult): Html {
  if (tried.length === 0) return html`it has no knob of its own to turn: nothing was tried.`;
  const many = `${tried.length} ${tried.length === 1 ? 'change' : 'changes'}`;
  if (best === null)
    return html`none of ${many} tried meets every objective (${tried.map(
      ({ change }, place) => html`${place > 0 ? ', ' : ''}<code>${change}</code>`,
    )}).`;
  const more = best.costMonthUsd - Number(bill.monthUsd);
  const word = more < 0 ? 'less' : 'more';
  return html`<code>--set ${best.change}</code> meets every objective, at ${figure(best.costMonthUsd, 'USD')} a month:
${figure(Math.abs(more), 'USD')} ${word} than now. The cheapest of ${many} tried.`;
}
