/**
 * What each line of a bill is made of, as rows of the summary: quantities, the free part, the price. Its own file
 * because `summary.csv` and its Parquet twin have the same rows. Checked in test/report/billByHand.test.ts: with
 * these numbers and plain arithmetic every line of an invoice comes out.
 */
import type { PlatformResult } from '../../experiment/contract.js';
import { freePart } from '../../experiment/freePart.js';

export interface LinePart {
  /** The service, the line and its price: `booking.compute aws.lambda.x86.gbs`. */
  readonly name: string;
  readonly metric: string;
  readonly unit: string;
  readonly value: number;
}

/** (quantity_month - free_month) x unit_price is a line's amount; in the order of the bill. */
export function lineParts({ bill }: Pick<PlatformResult, 'bill'>): LinePart[] {
  return bill.lines.flatMap((line) => {
    const owner = line.service === '' ? '' : `${line.service}.`;
    const name = [`${owner}${line.line}`, line.sku, line.discount ?? ''].filter((word) => word !== '').join(' ');
    const { unit } = line;
    return [
      { name, metric: 'quantity_run', unit, value: Number(line.quantityRun) },
      { name, metric: 'quantity_month', unit, value: Number(line.quantityMonth) },
      { name, metric: 'free_month', unit, value: Number(freePart(line)) },
      { name, metric: 'unit_price', unit: 'USD', value: Number(line.unitPriceUsd) },
    ];
  });
}
