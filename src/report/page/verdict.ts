/** The first screen: what to take, in one sentence, and a card for every platform. */

import type { Comparison, ObjectiveResult, PlatformResult } from '../../experiment/contract.js';
import { figure, intervalFigure, listNames, shortName } from '../figures.js';
import { colourPlace } from '../platformColour.js';
import { type Html, html } from './html.js';
import { dataTable, disclosure, metricFigure, nameOf, ranked, swatch } from './parts.js';

/** The verdict as text, for the page, the terminal and the Markdown table alike. */
export function verdictSentence(comparison: Comparison): string {
  const { platforms, verdict } = comparison;
  const partial = comparison.complete ? '' : ' The run was stopped early: what follows is partial.';
  if (platforms.length === 0) return `No platform was run.${partial}`;
  const hasObjectives = platforms.some(({ objectives }) => objectives.length > 0);
  const meeting = platforms.filter(({ meetsObjectives }) => meetsObjectives);
  const winner = platforms.find(({ name }) => name === verdict.winner);
  const only = platforms[0];
  if (winner === undefined) return `${noWinner(comparison)}${partial}`;
  const facts = [
    `${money(winner)} a month`,
    p99(winner),
    `${figure(Number(winner.bill.monthAtZeroUsd), 'USD')} with nobody there`,
  ].filter((fact) => fact !== '');
  if (platforms.length === 1 && only !== undefined) {
    const met = hasObjectives ? 'meets every objective' : 'was run';
    return `${shortName(only.title, 60)} ${met}: ${listNames(facts)}.${partial}`;
  }
  const all = platforms.length === 2 ? 'both platforms' : `all ${platforms.length} platforms`;
  const crowd = hasObjectives
    ? meeting.length === platforms.length
      ? `${all} meet every objective`
      : `${meeting.length} of ${platforms.length} platforms meet every objective`
    : `${platforms.length} platforms were compared`;
  if (hasObjectives && meeting.length === 1) {
    const head = `Take ${shortName(winner.title, 60)}: of ${platforms.length} platforms it alone meets every objective`;
    return `${head}, at ${listNames(facts)}.${partial}`;
  }
  const choice = choiceWords(winner, hasObjectives ? meeting : platforms);
  return `Take ${shortName(winner.title, 60)}: ${crowd}, and it is ${choice}, at ${listNames(facts)}.${partial}`;
}

/** What the winner is among its rivals: nobody is the cheapest who costs the same as another. */
function choiceWords(winner: PlatformResult, rivals: readonly PlatformResult[]): string {
  const same = rivals.filter((rival) => rival !== winner && money(rival) === money(winner));
  const cheapest = rivals.length === 2 ? 'the cheaper one' : 'the cheapest of them';
  if (same.length === 0) return cheapest;
  if (same.length === rivals.length - 1)
    return rivals.length === 2 ? 'as cheap as the other' : 'as cheap as every other';
  const names = same.length > 2 ? `${same.length} others` : listNames(same.map(({ title }) => shortName(title, 40)));
  return `as cheap as ${names} and cheaper than the rest`;
}

function noWinner({ platforms, ranking }: Comparison): string {
  const nearest = platforms[ranking[0] ?? 0];
  if (nearest === undefined) return 'No platform was run.';
  const missed = nearest.objectives.filter(({ met }) => !met).map(({ text }) => shortName(text, 80));
  const name = shortName(nearest.title, 60);
  if (platforms.length === 1) return `${name} misses ${missed.length === 0 ? 'its objectives' : listNames(missed)}.`;
  const misses = missed.length === 0 ? 'some' : listNames(missed);
  return `No platform meets every objective; the nearest is ${name}, which misses ${misses}.`;
}

function money({ bill }: PlatformResult): string {
  return figure(Number(bill.monthUsd), 'USD');
}

function p99({ metrics }: PlatformResult): string {
  const value = metrics['latency_p99'];
  return value === undefined ? '' : `p99 ${figure(value.mean, 'ms')}`;
}

const readingList = html`<dl class="explained"><dt>a month</dt><dd>List prices for a month of this traffic, free tier
taken off where there is one. The bill says what it is made of.</dd>
<dt>serverless level</dt><dd>Found by experiment. 0: there are servers to own, or a bill with nobody there. 1: neither.
2: on top of that, only requests are paid for. Struck through: what was claimed.</dd>
<dt>p50, p99</dt><dd>Half of the visitors, and 99 of 100, were answered within that time.</dd>
<dt>success</dt><dd>Visitors who were answered without an error and before they gave up.</dd>
<dt>with nobody there</dt><dd>What a month costs in which nobody comes.</dd>
<dt>*</dt><dd>A number to be taken with care; point at the star for the reason. Point at a number for its
interval.</dd></dl>`;

/** Sentence, cards in the order of the ranking, warnings of the comparison, and the objectives as a table. */
export function verdictSection(comparison: Comparison): Html {
  const cards = ranked(comparison.platforms, comparison.ranking).map(({ platform, index }) =>
    card(comparison, platform, index),
  );
  const untrusted = comparison.verdict.untrusted.map(
    ({ platform, message }) => html`<li class="bad">Not trustworthy: <bdi>${platform}</bdi>: ${message}</li>`,
  );
  const warnings = comparison.warnings.map(({ message }) => html`<li>${message}</li>`);
  const notes = [...untrusted, ...warnings];
  return html`<section id="verdict" aria-label="Verdict"><h2 class="verdict">${verdictSentence(comparison)}</h2>
${comparison.description === null ? null : html`<p class="muted">${comparison.description}</p>`}
<ul class="cards">${cards}</ul>
${comparison.platforms.length === 0 ? null : disclosure('How to read the cards', readingList)}
${notes.length === 0 ? null : html`<h3>To bear in mind</h3><ul>${notes}</ul>`}
${objectivesTable(comparison)}</section>`;
}

function card(comparison: Comparison, platform: PlatformResult, index: number): Html {
  const { metrics, bill, objectives, warnings } = platform;
  const show = (name: string): Html => metricFigure(metrics[name], comparison.confidence, warnings);
  const missed = objectives.filter(({ met }) => !met);
  const all = objectives.length === 1 ? 'the objective' : `all ${objectives.length} objectives`;
  const misses = missed.map(({ text }, place) => html`${place > 0 ? ', ' : ''}<span>${shortName(text, 80)}</span>`);
  const outcome =
    objectives.length === 0
      ? html`<span class="muted">no objective to meet</span>`
      : missed.length === 0
        ? html`<span class="good">✓ meets ${all}</span>`
        : html`<span class="bad">✗ misses ${misses}</span>`;
  const month = metrics['cost_month'] === undefined ? figure(Number(bill.monthUsd), 'USD') : show('cost_month');
  return html`<li class="card"><h3>${swatch(colourPlace(comparison.platforms, index))}${nameOf(platform)}</h3>
<div class="price">${month} <small>a month</small></div>
<dl><dt>serverless level</dt><dd>${levelBadge(platform)}</dd><dt>p50</dt><dd>${show('latency_p50')}</dd><dt>p99</dt>
<dd>${show('latency_p99')}</dd><dt>success</dt><dd>${show('success_ratio')}</dd><dt>with nobody there</dt>
<dd>${figure(Number(bill.monthAtZeroUsd), 'USD')}</dd></dl>
<p class="outcome">${outcome}</p></li>`;
}

/** The level observed; a claim that differs stands struck through beside it. */
export function levelBadge({ level }: PlatformResult): Html {
  const { observed, claimed } = level;
  if (claimed === null || claimed === observed) return html`<span class="badge">${observed}</span>`;
  return html`<span class="badge" title="${level.whyDifferent ?? ''}"><s><span
class="spoken">claimed </span>${claimed}</s> <span class="spoken">observed </span>${observed}</span>`;
}

function objectivesTable({ platforms, confidence }: Comparison): Html {
  const texts = [...new Set(platforms.flatMap(({ objectives }) => objectives.map(({ text }) => text)))];
  if (texts.length === 0)
    return html`<p class="muted">The scenario sets no objective, so platforms are ranked by cost alone.</p>`;
  const rows = platforms.map((platform, index) => [
    html`${swatch(colourPlace(platforms, index))} ${nameOf(platform)}`,
    ...texts.map((text) =>
      objectiveCell(
        platform.objectives.find((objective) => objective.text === text),
        confidence,
      ),
    ),
  ]);
  const columns = [{ title: 'platform' }, ...texts.map((text) => ({ title: text }))];
  const table = dataTable('Objectives: value and interval on each platform', columns, rows);
  return disclosure('Objectives, one by one', table);
}

function objectiveCell(objective: ObjectiveResult | undefined, confidence: number): Html {
  if (objective === undefined) return html`<span class="muted">not asked here</span>`;
  const { met, sure, value, ci, unit } = objective;
  const text = value === null ? 'no value' : figure(value, unit);
  const interval = ci === undefined ? '' : `, ${figure(confidence, 'share')} ${intervalFigure(ci, unit)}`;
  const doubt = sure || ci === undefined ? '' : ' (not certain)';
  const sign = met ? html`<span class="good">✓</span>` : html`<span class="bad">✗ missed:</span>`;
  return html`${sign} ${text}${interval}${doubt}`;
}
