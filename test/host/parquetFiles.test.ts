/** Parquet tables, read back by another package's reader: the columns and the rows of the CSV files. */
import { parquetReadObjects } from 'hyparquet';
import { expect, test } from 'vitest';
import { parquetFiles } from '../../src/host/parquetFiles.js';
import { parquetNames } from '../../src/host/parquetNames.js';
import { eventsCsv } from '../../src/report/csv/eventsCsv.js';
import { invoiceCsv } from '../../src/report/csv/invoiceCsv.js';
import { summaryCsv } from '../../src/report/csv/summaryCsv.js';
import { timelineCsv } from '../../src/report/csv/timelineCsv.js';
import { movieComparison } from '../report/fixtures/comparison.js';
import { readCsv } from '../report/fixtures/readCsv.js';

const comparison = movieComparison({ platformCount: 2, windowCount: 10 });
const files = parquetFiles(comparison);
const csv = [summaryCsv, timelineCsv, invoiceCsv, eventsCsv].map((write) => readCsv(write(comparison)));

test('every table has the columns and the rows of its CSV file, in its order', async () => {
  for (const [place, name] of parquetNames.entries()) {
    const bytes = files.get(name)!;
    const rows = await parquetReadObjects({ file: bytes.slice().buffer });
    const [header, ...cells] = csv[place]!;
    expect(rows.length, name).toBe(cells.length);
    expect(Object.keys(rows[0]!), name).toEqual(header);
    const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value));
    rows.forEach((row, index) => {
      expect(Object.values(row).map(text), `${name} row ${index}`).toEqual(cells[index]);
    });
  }
});

test('numbers are numbers, and money is text that keeps every digit', async () => {
  const [first] = await parquetReadObjects({ file: files.get('summary.parquet')!.slice().buffer });
  expect(typeof first!['mean']).toBe('number');
  const [line] = await parquetReadObjects({ file: files.get('invoice.parquet')!.slice().buffer });
  expect(line!['amount_month_usd']).toBe(comparison.platforms[0]!.bill.lines[0]!.amountMonthUsd);
});
