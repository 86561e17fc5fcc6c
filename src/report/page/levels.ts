/** Serverless levels: platform by feature with the evidence in each cell, and who decides what. */

import type { Comparison, PlatformResult } from '../../experiment/contract.js';
import { listNames, shortName } from '../figures.js';
import { colourPlace } from '../platformColour.js';
import { type Html, html } from './html.js';
import { dataTable, disclosure, nameOf, swatch } from './parts.js';
import { levelBadge } from './verdict.js';

export function levelsSection({ platforms }: Comparison): Html {
  const rows = platforms.map((platform, index) => [
    html`${swatch(colourPlace(platforms, index))} ${nameOf(platform)}`,
    ...platform.level.features.map((holds, feature) => featureCell(holds, platform.level.evidence[feature] ?? '')),
    platform.level.claimed === null ? html`<span class="muted">–</span>` : `level ${platform.level.claimed}`,
    soldCell(platform),
    levelBadge(platform),
    dutyCount(platform),
  ]);
  const columns = [
    { title: 'platform' },
    { title: '1 · no servers to own' },
    { title: '2 · nobody there, nothing to pay' },
    { title: '3 · pays for invocations' },
    { title: 'course notes' },
    { title: 'sold as serverless' },
    { title: 'observed' },
    { title: 'yours to decide' },
  ];
  const duties = platforms.map((platform, index) => [
    html`${swatch(colourPlace(platforms, index))} ${nameOf(platform)}`,
    dutyList(platform.level.yours),
    dutyList(platform.level.theirs),
  ]);
  const dutyTable = dataTable('Who decides what', dutyColumns, duties);
  return html`<section id="levels"><h2>Serverless levels, by experiment</h2><p
class="finding">${levelsFinding(platforms)}</p>
<p class="muted">Level 1 is features 1 and 2; level 2 is all three. Struck through: what the course
notes claim, where the experiment says otherwise.</p>
${dataTable('Features of each platform, with what was seen', columns, rows)}
${platforms
  .filter(({ level }) => level.whyDifferent !== null)
  .map((platform) => html`<p>${nameOf(platform)}: ${platform.level.whyDifferent}</p>`)}
${providersWords(platforms)}
${disclosure('What stays yours to decide, and what is the provider’s', dutyTable)}</section>`;
}

const dutyColumns = [{ title: 'platform' }, { title: 'yours' }, { title: 'the provider’s' }];

/** The provider's own words: no provider speaks of levels. */
function soldCell({ level: { soldAsServerless } }: PlatformResult): Html {
  if (soldAsServerless === null) return html`<span class="muted">no</span>`;
  const quoted = /“.*”/.exec(soldAsServerless)?.[0] ?? '';
  return html`<span title="${soldAsServerless}">yes<br><span class="muted">${quoted}</span></span>`;
}

/** Where the quoted words stand, once for each source. */
function providersWords(platforms: readonly PlatformResult[]): Html | null {
  const sources = [...new Set(platforms.flatMap(({ level }) => level.soldAsServerless ?? []))];
  if (sources.length === 0) return null;
  return html`<p class="muted">Where the providers’ words stand: ${sources.join('; ')}.</p>`;
}

function featureCell(holds: boolean, evidence: string): Html {
  return html`<span class="${holds ? 'good' : 'bad'}">${holds ? '✓ yes' : '✗ no'}</span><br><span
class="muted">${evidence}</span>`;
}

/** How many of the matters are the user's, and which; the table below has both sides. */
function dutyCount({ level: { yours, theirs } }: PlatformResult): Html {
  return html`${yours.length} of ${yours.length + theirs.length}<br><span class="muted">${dutyList(yours)}</span>`;
}

function dutyList(duties: readonly string[]): string {
  return duties.length === 0 ? 'nothing' : duties.join(', ');
}

function levelsFinding(platforms: readonly PlatformResult[]): Html {
  const parts = ([2, 1, 0] as const).flatMap((wanted) => {
    const names = platforms.filter(({ level }) => level.observed === wanted).map(({ title }) => shortName(title, 40));
    return names.length === 0 ? [] : [`level ${wanted}: ${listNames(names)}`];
  });
  const overclaimed = platforms.filter(({ level }) => level.claimed !== null && level.claimed > level.observed);
  const claims =
    overclaimed.length === 0
      ? ''
      : ` ${overclaimed.length === 1 ? 'One is' : `${overclaimed.length} are`} claimed to be higher than observed.`;
  const text = `Observed ${parts.join('; ')}.${claims}`;
  return html`${text}`;
}
