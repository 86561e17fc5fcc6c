/** The invoice under the bill's chart: every line, so that it can be added up by hand. */

import type { Comparison, InvoiceLineResult, PlatformResult } from '../../experiment/contract.js';
import { roundedDecimal } from '../decimals.js';
import { figure, listNames } from '../figures.js';
import { colourPlace } from '../platformColour.js';
import { type Html, html } from './html.js';
import { disclosure, nameOf, swatch } from './parts.js';

/** One table a platform, closed but for the one to take; the assumption behind the month above them all. */
export function invoiceTables(comparison: Comparison): Html {
  const { platforms, verdict } = comparison;
  const assumptions = [...new Set(platforms.map(({ bill }) => bill.monthAssumption))];
  return html`${assumptions.map((sentence) => html`<p><strong>The month is an assumption.</strong> ${sentence}</p>`)}
${platforms.map((platform, index) =>
  invoice(platform, colourPlace(platforms, index), platform.name === verdict.winner),
)}`;
}

function invoice(platform: PlatformResult, colour: number, isOpen: boolean): Html {
  const { bill } = platform;
  const month = figure(Number(bill.monthUsd), 'USD');
  const notes = inOneSentence(bill.notes).map((note) => html`<li>${note}</li>`);
  const table = bill.lines.length === 0 ? html`<p class="empty">Nothing was billed.</p>` : invoiceTable(platform);
  return disclosure(
    html`${swatch(colour)} Invoice of ${nameOf(platform)}: ${month} a month`,
    [table, notes.length === 0 ? null : html`<ul class="muted">${notes}</ul>`],
    isOpen,
  );
}

/** What is left off the bill, told once: five databases need no five lines. */
function inOneSentence(notes: readonly string[]): readonly string[] {
  const left = notes.flatMap((note) => /^Not on this bill: (.*)\.$/.exec(note)?.[1] ?? []);
  if (left.length < 2) return notes;
  const databases = left.flatMap((what) => /^database (\S+)$/.exec(what)?.[1] ?? []);
  const others = left.filter((what) => !/^database \S+$/.test(what));
  const told = databases.length > 1 ? [...others, `the databases ${listNames(databases)}`] : left;
  return [`Not on this bill: ${told.join('; ')}.`, ...notes.filter((note) => !note.startsWith('Not on this bill: '))];
}

function invoiceTable({ title, bill }: PlatformResult): Html {
  const freeTier = bill.freeTier === 'full' ? 'Free tier applied.' : 'No free tier.';
  const where = bill.region === '' ? '' : `${bill.provider}, ${bill.region}.`;
  const total = [bill.monthUsd, bill.monthIdleUsd, bill.monthWaitingUsd, bill.runUsd].map(moneyCell);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${`Invoice of ${title}`}"><table>
<caption>Amounts in US dollars. Month = (quantity − free) × price, less credits.
${freeTier} ${where}</caption>
<thead><tr><th scope="col">line</th><th scope="col">bills</th><th scope="col" class="number">quantity, month</th>
<th scope="col" class="number">free</th><th scope="col" class="number">unit price</th>
<th scope="col" class="number">month</th><th scope="col" class="number">of it idle</th>
<th scope="col" class="number">waiting</th><th scope="col" class="number">run</th>
<th scope="col">price as of</th></tr></thead>
<tbody>${bill.lines.map(line)}</tbody>
<tfoot><tr><th scope="row" colspan="5">Total</th>${total}<td></td></tr>
<tr><th scope="row" colspan="5">With nobody there</th>${moneyCell(bill.monthAtZeroUsd)}<td colspan="4"></td></tr>
</tfoot></table></div>`;
}

function line(one: InvoiceLineResult): Html {
  const where = [one.service, one.part].filter((text) => text !== '' && text !== one.line).join(', ');
  const status = one.priceStatus === 'stored-source' ? '' : ` (${one.priceStatus})`;
  return html`<tr class="${one.part === 'compute' ? '' : 'part'}">
<th scope="row">${one.line} <span class="muted">${where}</span></th><td>${one.bills}</td>
<td class="number">${quantity(one.quantityMonth)} ${one.unit}</td><td class="number">${quantity(one.freeMonth)}</td>
<td class="number">$${one.unitPriceUsd}</td>${moneyCell(one.amountMonthUsd)}${moneyCell(one.idleMonthUsd)}
${moneyCell(one.waitingMonthUsd)}${moneyCell(one.amountRunUsd)}<td class="short">${one.priceDate}${status}</td></tr>`;
}

function moneyCell(usd: string): Html {
  return html`<td class="number">${amount(usd)}</td>`;
}

/** An amount to the cent, rounded from its exact digits. */
function amount(usd: string): string {
  return roundedDecimal(usd, 2).replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, '\u202f');
}

/** A quantity as it stands in the invoice, thousands parted, at most four decimals. */
function quantity(decimal: string): string {
  const [whole = '0', fraction = ''] = decimal.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f');
  const cut = fraction.slice(0, 4).replace(/0+$/, '');
  return cut === '' ? grouped : `${grouped}.${cut}`;
}
