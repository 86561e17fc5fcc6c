/**
 * `invoice.txt`: the bill of each platform as a person would read it, to be recomputed with a pocket calculator.
 *
 * Its own file because it is a document, not a table: every line says what was counted, times which price, less what
 * was
 * free. Amounts are the decimals of the invoice, rounded to the cent only here.
 */
import type { BillResult, Comparison, InvoiceLineResult, PlatformResult } from '../../experiment/contract.js';
import { printMoney } from '../../units/print.js';
import { roundedDecimal } from '../decimals.js';
import { plainText } from './grid.js';

const rule = '='.repeat(100);

/** All platforms in the order of the scenario; ends with a line end. */
export function invoiceText(comparison: Comparison): string {
  const { run, scenario, replications } = comparison;
  const head = [
    `INVOICES  ${plainText(scenario)}`,
    `List prices in US dollars. Quantities are means over the replications (${replications}).`,
    `Run: ${hours(run.durationMs)} measured, without free tiers. Month: ${run.monthHours} h, with them.`,
  ];
  const invoices = comparison.platforms.flatMap((each) => platformInvoice(each, comparison.confidence));
  return `${[...head, ...invoices].join('\n')}\n`;
}

function hours(ms: number): string {
  return ms % 3_600_000 === 0 ? `${ms / 3_600_000} h` : `${Number((ms / 60_000).toPrecision(6))} min`;
}

function platformInvoice({ title, preset, bill, metrics }: PlatformResult, confidence: number): string[] {
  const where = [`preset ${preset}`, bill.provider, bill.region, `free tier: ${bill.freeTier}`];
  return [
    '',
    rule,
    `${plainText(title)}  (${where.filter((word) => word !== '').join(', ')})`,
    rule,
    ...(bill.lines.length === 0 ? ['Nothing is billed.'] : bill.lines.flatMap(lineText)),
    '',
    ...totals(bill, metrics, confidence),
    '',
    plainText(bill.monthAssumption),
    ...bill.notes.map((note) => `Note: ${plainText(note)}`),
  ];
}

function lineText(line: InvoiceLineResult): string[] {
  const of = [line.service, line.part].filter((word) => word !== '').join(', ');
  const price = `$${line.unitPriceUsd} per ${line.unit}`;
  const free = isZero(line.freeMonth) ? '' : ` - ${quantity(line.freeMonth)} free`;
  const credit = isZero(line.creditMonthUsd) ? '' : ` - $${roundedDecimal(line.creditMonthUsd, 2)} credit`;
  const times = free === '' ? quantity(line.quantityMonth) : `(${quantity(line.quantityMonth)}${free})`;
  const shares = [
    ...(isZero(line.idleMonthUsd) ? [] : [`idle $${roundedDecimal(line.idleMonthUsd, 2)}`]),
    ...(isZero(line.minimumMonthUsd) ? [] : [`minimum charges $${roundedDecimal(line.minimumMonthUsd, 2)}`]),
    ...(isZero(line.waitingMonthUsd) ? [] : [`waiting on others $${roundedDecimal(line.waitingMonthUsd, 2)}`]),
  ];
  return [
    `${`${line.line} (${plainText(of)})`.padEnd(58)} bills ${line.bills}`,
    amountLine(`  month  ${times} x ${price}${credit}`, line.amountMonthUsd),
    amountLine(`  run    ${quantity(line.quantityRun)} x ${price}`, line.amountRunUsd),
    `  price  ${priceOrigin(line)}`,
    ...(shares.length === 0 ? [] : [`  of the month: ${shares.join(', ')}`]),
  ];
}

function priceOrigin({ sku, priceDate, priceStatus, discount = '' }: InvoiceLineResult): string {
  const status = priceStatus === 'stored-source' ? '' : priceStatus === 'own' ? 'the scenario’s own' : priceStatus;
  return [plainText(sku), priceDate === '' ? '' : `as of ${priceDate}`, status, plainText(discount)]
    .filter((word) => word !== '')
    .join(', ');
}

function totals(bill: BillResult, metrics: PlatformResult['metrics'], confidence: number): string[] {
  const idleShare = Number(bill.monthIdleUsd) / Number(bill.monthUsd);
  const share = Number.isFinite(idleShare) ? ` (${Math.round(idleShare * 100)} %)` : '';
  const ci = metrics['cost_month']?.ci;
  const percent = Number((confidence * 100).toPrecision(3));
  const perMillion = metrics['cost_per_million']?.mean;
  return [
    amountLine('TOTAL OF A MONTH', bill.monthUsd),
    ...(ci ? [`  ${percent} % interval over the replications: $${ci.map((usd) => usd.toFixed(2)).join(' to $')}`] : []),
    amountLine('  of it the baseline: lines that bill instances', bill.monthBaselineUsd),
    amountLine('  of it usage: lines that bill invocations', bill.monthUsageUsd),
    amountLine(`  of it paid for idling${share}`, bill.monthIdleUsd),
    ...(isZero(bill.monthMinimumUsd)
      ? []
      : [amountLine('  of it minimum charges: paid for time that never was', bill.monthMinimumUsd)]),
    amountLine('  of it paid while waiting on others', bill.monthWaitingUsd),
    ...(perMillion === undefined ? [] : [amountLine('  for a million completed requests', perMillion.toFixed(6))]),
    amountLine('TOTAL OF THE RUN', bill.runUsd),
    amountLine('A MONTH WITH NOBODY THERE', bill.monthAtZeroUsd),
  ];
}

/** A text and an amount to the cent (three digits of less), in the same column on every line where it can. */
function amountLine(text: string, usd: string): string {
  const amount = printMoney(usd);
  return `${text.padEnd(100 - amount.length - 1)} ${amount}`;
}

function isZero(decimal: string): boolean {
  return !/[1-9]/.test(decimal);
}

/** A quantity with at most six decimals, thousands parted by a space. */
function quantity(decimal: string): string {
  const [whole = '0', fraction = ''] = roundedDecimal(decimal, 6).split('.');
  const cut = fraction.replace(/0+$/, '');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ' ');
  return cut === '' ? grouped : `${grouped}.${cut}`;
}
