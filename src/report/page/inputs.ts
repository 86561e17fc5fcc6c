/**
 * What went in: settings with their origin, prices with their dates, what is assumed and left out, how to run it
 * again.
 */

import type { Comparison, InputFact, PlatformResult, PriceFact } from '../../experiment/contract.js';
import { counted, figure, shortName } from '../figures.js';
import { colourPlace } from '../platformColour.js';
import { type Hole, type Html, html } from './html.js';
import { dataTable, disclosure, nameOf, swatch } from './parts.js';

/** How the comparison was made, as far as its maker tells. */
export interface Making {
  /** The command line that makes it again. */
  readonly command?: string;
  readonly version?: string;
}

export function inputsSection(comparison: Comparison): Html {
  const { platforms } = comparison;
  const taken = platforms.map(ownInputs);
  const keys = taken.map((facts) => new Set(facts.map(keyOf)));
  const everywhere = (taken[0] ?? []).filter((fact) => keys.every((known) => known.has(keyOf(fact))));
  const shared = new Set(everywhere.map(keyOf));
  const own = platforms.map((platform, index) => {
    const facts = (taken[index] ?? []).filter((fact) => !shared.has(keyOf(fact)));
    if (facts.length === 0) return html`<p class="muted">${nameOf(platform)}: nothing of its own.</p>`;
    const count = `${counted(facts.length, 'setting')} of its own`;
    return disclosure(
      html`${swatch(colourPlace(platforms, index))} ${nameOf(platform)}: ${count}`,
      inputTable(`Settings of ${shortName(platform.title, 60)}`, facts),
    );
  });
  const whose = platforms.length === 1 ? 'Settings' : 'The same on every platform';
  const common = `${whose}: ${counted(everywhere.length, 'setting')}`;
  const commonTable = inputTable('Settings, with where each comes from', everywhere);
  return html`<section id="inputs"><h2>What went in</h2>
<p>${runSentence(comparison)}</p>
${everywhere.length === 0 ? null : disclosure(common, commonTable)}
${platforms.length === 1 ? null : own}
<h3>Prices</h3>${prices(comparison)}</section>`;
}

function keyOf({ path, value, origin }: InputFact): string {
  return JSON.stringify([path, value, origin]);
}

/** A platform's settings under paths that don't repeat its name, so that those of all can be told from its own. */
function ownInputs({ name, inputs }: PlatformResult): InputFact[] {
  const prefix = `platforms.${name}.`;
  return inputs.map((fact) =>
    fact.path.startsWith(prefix) ? { ...fact, path: fact.path.slice(prefix.length) } : fact,
  );
}

function inputTable(caption: string, facts: readonly InputFact[]): Html {
  const rows = facts.map(({ path, value, origin }): Hole[] => [path, value, origin]);
  return dataTable(caption, [{ title: 'setting' }, { title: 'taken' }, { title: 'from' }], rows);
}

function runSentence({ run, replications, confidence, seed }: Comparison): Html {
  const warmUp = run.warmupMs === 0 ? 'without a warm-up' : `after ${span(run.warmupMs)} of warm-up`;
  const text =
    `${span(run.durationMs)} measured ${warmUp}, ` +
    `${figure(replications, '1')} ${replications === 1 ? 'replication' : 'independent replications'}, `;
  const rest = replications > 1 ? `intervals of ${figure(confidence, 'share')}.` : 'so there are no intervals.';
  return html`${text}seed <code>${seed}</code>, ${rest}`;
}

function span(ms: number): string {
  if (ms >= 3_600_000) return figure(ms / 3_600_000, 'h');
  return ms >= 60_000 ? figure(ms / 60_000, 'min') : figure(ms / 1000, 's');
}

function prices({ platforms }: Comparison): Html {
  const used = new Map<string, { readonly price: PriceFact; readonly by: string[] }>();
  for (const { title, prices } of platforms)
    for (const price of prices) {
      const key = JSON.stringify([price.sku, price.unitPriceUsd, price.priceDate]);
      const entry = used.get(key) ?? { price, by: [] };
      if (!entry.by.includes(title)) entry.by.push(title);
      used.set(key, entry);
    }
  if (used.size === 0) return html`<p class="empty">No price was used.</p>`;
  const rows = [...used.values()].map(({ price, by }) => [
    price.sku,
    `$${price.unitPriceUsd} per ${price.unit}`,
    price.priceDate,
    `${price.source}${price.isApproximate ? ' (approximate, or the scenario’s own)' : ''}`,
    by.join(', '),
  ]);
  const columns = [
    { title: 'price' },
    { title: 'unit price' },
    { title: 'as of', isShort: true },
    { title: 'source' },
    { title: 'used by' },
  ];
  return dataTable('List prices in US dollars, with the date they were read', columns, rows);
}

/** Assumptions and what isn't modelled, then the command, seed, version and digest. */
export function closingSections(comparison: Comparison, making: Making): Html {
  const weak = comparison.platforms.flatMap(({ title, warnings }) =>
    warnings.map(({ message }) => html`<li>${nameOf({ title })}: ${message}</li>`),
  );
  const facts: [string, Html][] = [
    ['seed', html`<code>${comparison.seed}</code>`],
    ['version', html`${making.version ?? 'as in manifest.json'}`],
    ['digest of the results', html`<code>${comparison.digest}</code>`],
  ];
  const assumptions = comparison.assumptions.map((sentence) => html`<li>${sentence}</li>`);
  return html`<section id="limits"><h2>What was assumed, and what isn’t modelled</h2>
${assumptions.length === 0 ? nothing : html`<ul class="lists">${assumptions}</ul>`}
${weak.length === 0 ? null : html`<h3>Warnings</h3><ul>${weak}</ul>`}</section>
<section id="reproduce"><h2>How to reproduce</h2>
${making.command === undefined ? html`<p>${rerun}</p>` : html`<pre><code>${making.command}</code></pre>`}
<ul>${facts.map(([name, value]) => html`<li>${name}: ${value}</li>`)}</ul>
<p class="muted">The same scenario, seed and version give the same bytes in every file but manifest.json.</p>
</section>`;
}

const nothing = html`<p class="empty">Nothing was noted.</p>`;
const rerun = 'Run the same scenario with the same seed and version; manifest.json has the command.';
