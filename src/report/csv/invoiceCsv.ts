/** `invoice.csv`: one row an invoice line, exact decimals, so that anybody can add the bill up again. */
import type { Comparison } from '../../experiment/contract.js';
import { freePart } from '../../experiment/freePart.js';
import { csvText, decimalCell, textCell } from './cells.js';

export const invoiceColumns = [
  'platform',
  'service',
  'part',
  'line',
  'sku',
  'bills',
  'unit',
  'unit_price_usd',
  'quantity_run',
  'quantity_month',
  'free_month',
  'amount_run_usd',
  'amount_month_usd',
  'price_date',
] as const;

/** By platform in the order of the scenario, lines in the order of the invoice. */
export function invoiceCsv(comparison: Comparison): string {
  const rows = comparison.platforms.flatMap(({ name, bill }) =>
    bill.lines.map((line) => [
      textCell(name),
      textCell(line.service),
      line.part,
      textCell(line.line),
      textCell(line.sku),
      line.bills,
      textCell(line.unit),
      decimalCell(line.unitPriceUsd),
      decimalCell(line.quantityRun),
      decimalCell(line.quantityMonth),
      decimalCell(freePart(line)),
      decimalCell(line.amountRunUsd),
      decimalCell(line.amountMonthUsd),
      textCell(line.priceDate),
    ]),
  );
  return csvText(invoiceColumns, rows);
}
