/** Why: the worst minutes as stories, and where to look for a change that would have helped. */

import type { Comparison } from '../../experiment/contract.js';
import { colourPlace } from '../platformColour.js';
import { worstMinutes } from '../why.js';
import { type Html, html } from './html.js';
import { swatch } from './parts.js';

export function whySection(comparison: Comparison): Html {
  const stories = worstMinutes(comparison);
  if (stories.length === 0)
    return html`<section id="why"><h2>Why</h2><p class="empty">No minute stands out: nobody was left without an
answer, and no minute was half again as slow as the usual one.</p></section>`;
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
<p class="muted">No change was tried here. <code>windtunnel plan</code> searches for the cheapest settings that meet the
objectives; <code>windtunnel trace</code> tells of single visitors and of any window.</p></section>`;
}
