/**
 * The tables of a report as Parquet: the same columns and rows as the CSV files, numbers as doubles, counts as 32-bit
 * integers, exact decimals (money, quantities) as text, for a double could not hold them.
 *
 * Its own file because the writer is a package that only this room knows. Text is the user's own: the apostrophe that
 * guards spreadsheets is not in it. Checked by test/host/parquetFiles.test.ts, which reads them back.
 */
import { fileWriter, ParquetWriter, parquetWriteBuffer, schemaFromColumnData } from 'hyparquet-writer';
import type { Cell } from '../experiment/cells.js';
import type { Comparison, Metrics, PlatformResult } from '../experiment/contract.js';
import { freePart } from '../experiment/freePart.js';
import { eventsColumns } from '../report/csv/eventsCsv.js';
import { invoiceColumns } from '../report/csv/invoiceCsv.js';
import { lineParts } from '../report/csv/lineParts.js';
import { type Summed, scopesOf, summaryColumns, writtenMetrics } from '../report/csv/summaryCsv.js';
import type { Table } from '../report/csv/table.js';
import { timelineColumns } from '../report/csv/timelineCsv.js';
import { parquetNames } from './parquetNames.js';

type Value = string | number | boolean | null;
type Column = 'STRING' | 'DOUBLE' | 'INT32' | 'BOOLEAN';

/** What is no text. */
const numeric: Readonly<Record<string, Column>> = {
  mean: 'DOUBLE',
  ci_low: 'DOUBLE',
  ci_high: 'DOUBLE',
  value: 'DOUBLE',
  t_s: 'DOUBLE',
  replications: 'INT32',
  replication: 'INT32',
  instance: 'INT32',
};

/** A table that grows on the disk. */
export interface GrowingParquet {
  add(cell: Cell): void;
  /** Everything is in the file. */
  finish(): void;
}

/** Rows are held until there are so many: they make one group, which a reader may skip as a whole. */
const groupRows = 50_000;

/**
 * `sweep.parquet`: the rows of the summary of every cell, preceded by a column for each varied path.
 *
 * @param file where it grows
 * @param numbers those of the paths whose values are all numbers; the others are text
 */
export function openSweepParquet(file: string, paths: readonly string[], numbers: ReadonlySet<string>): GrowingParquet {
  const columns = [...paths, ...summaryColumns];
  const own = new Map([...numbers].map((path) => [path, 'DOUBLE'] as const));
  const sources = (rows: readonly (readonly Value[])[]) => columnData(columns, rows, own);
  const writer = fileWriter(file);
  const schema = schemaFromColumnData({ columnData: sources([]) });
  const parquet = new ParquetWriter({ writer, schema, createdBy: 'windtunnel' });
  let held: Value[][] = [];
  const flush = (): void => {
    if (held.length > 0) void parquet.write({ columnData: sources(held), rowGroupSize: groupRows }); // Writes at once.
    held = [];
  };
  return {
    add({ settings, platforms }) {
      const values = settings.map(({ path, value }) => (numbers.has(path) ? Number(value) : value));
      for (const platform of platforms) held.push(...summaryRows(platform).map((row): Value[] => [...values, ...row]));
      if (held.length >= groupRows) flush();
    },
    finish() {
      flush();
      void parquet.finish();
    },
  };
}

/**
 * Any table: a column of numbers is one of doubles, one of truth values is one of those, all others are text.
 *
 * @param paths columns of settings, which are text as they were written: numbers where all of them are
 */
export function tableParquet({ columns, rows }: Table, paths: readonly string[] = []): Uint8Array {
  const data = rows.map((row) => row.map((value) => (typeof value === 'number' ? finite(value) : (value ?? null))));
  const isAll = (place: number, type: string): boolean => {
    const known = data.flatMap((row) => row[place] ?? []);
    return known.length > 0 && known.every((value) => typeof value === type);
  };
  const typeOf = (place: number): Column | null =>
    isAll(place, 'number') ? 'DOUBLE' : isAll(place, 'boolean') ? 'BOOLEAN' : null;
  const types = columns.flatMap((name, place) => {
    const type = typeOf(place);
    return type ? [[name, type] as const] : [];
  });
  return varied(paths, columns, data, types);
}

/** Columns of settings are numbers where every one of them is. */
function varied(
  paths: readonly string[],
  columns: readonly string[],
  rows: readonly (readonly Value[])[],
  types: readonly (readonly [string, Column])[] = [],
): Uint8Array {
  const isNumber = columns.map(
    (name, place) => paths.includes(name) && rows.every((row) => /^-?\d+(\.\d+)?$/.test(String(row[place]))),
  );
  const data = rows.map((row) => row.map((value, place) => (isNumber[place] ? Number(value) : value)));
  const numbers = paths.filter((path) => isNumber[columns.indexOf(path)]);
  return table(columns, data, new Map([...types, ...numbers.map((path) => [path, 'DOUBLE'] as const)]));
}

/** The four tables, by file name. */
export function parquetFiles(comparison: Comparison): ReadonlyMap<string, Uint8Array> {
  const tables = [
    table(
      summaryColumns,
      comparison.platforms.flatMap((platform) => [...summaryRows(platform), ...lineRows(platform)]),
    ),
    table(timelineColumns, timelineRows(comparison)),
    table(invoiceColumns, invoiceRows(comparison)),
    table(eventsColumns, eventRows(comparison)),
  ];
  return new Map(tables.map((bytes, place) => [parquetNames[place] ?? '', bytes]));
}

function table(
  columns: readonly string[],
  rows: readonly (readonly Value[])[],
  own: ReadonlyMap<string, Column> = new Map(),
): Uint8Array {
  return new Uint8Array(parquetWriteBuffer({ columnData: columnData(columns, rows, own), createdBy: 'windtunnel' }));
}

function columnData(
  columns: readonly string[],
  rows: readonly (readonly Value[])[],
  own: ReadonlyMap<string, Column>,
): { name: string; type: Column; nullable: boolean; data: Value[] }[] {
  return columns.map((name, place) => ({
    name,
    type: own.get(name) ?? numeric[name] ?? 'STRING',
    nullable: true,
    data: rows.map((row) => row[place] ?? null),
  }));
}

function summaryRows(platform: Summed): Value[][] {
  const rows = (scope: string, name: string, metrics: Metrics): Value[][] =>
    writtenMetrics(scope, metrics).map(({ metric, mean, ci, unit, replicationCount }) => [
      platform.name,
      scope,
      name,
      metric,
      unit,
      finite(mean),
      finite(ci?.[0]),
      finite(ci?.[1]),
      replicationCount,
    ]);
  return scopesOf(platform).flatMap(([scope, results]) =>
    results.flatMap(({ name, metrics }) => rows(scope, name, metrics)),
  );
}

function lineRows(platform: PlatformResult): Value[][] {
  const count = platform.metrics['cost_month']?.replicationCount ?? null;
  return lineParts(platform).map(({ name, metric, unit, value }): Value[] => [
    ...[platform.name, 'line', name, metric, unit],
    finite(value),
    null,
    null,
    count,
  ]);
}

function timelineRows({ platforms }: Comparison): Value[][] {
  return platforms.flatMap(({ name: platform, timeline, otherRecordings = [] }) =>
    [...(timeline ? [timeline] : []), ...otherRecordings.map((recording) => recording.timeline)].flatMap((one) =>
      one.startsS.flatMap((startS, window) =>
        one.series.map(({ scope, name, metric, values }): Value[] => [
          platform,
          one.replication,
          startS,
          scope,
          name,
          metric,
          finite(values[window]),
        ]),
      ),
    ),
  );
}

function invoiceRows({ platforms }: Comparison): Value[][] {
  return platforms.flatMap(({ name, bill }) =>
    bill.lines.map((line) => [
      name,
      line.service,
      line.part,
      line.line,
      line.sku,
      line.bills,
      line.unit,
      line.unitPriceUsd,
      line.quantityRun,
      line.quantityMonth,
      freePart(line),
      line.amountRunUsd,
      line.amountMonthUsd,
      line.priceDate,
    ]),
  );
}

function eventRows({ platforms }: Comparison): Value[][] {
  return platforms.flatMap(({ name, events, otherRecordings = [] }) =>
    [events, ...otherRecordings.map((recording) => recording.events)].flatMap((log) =>
      (log?.rows ?? []).map(({ tS, kind, service, instance, detail }): Value[] => [
        name,
        log?.replication ?? 1,
        tS,
        kind,
        service,
        instance,
        detail,
      ]),
    ),
  );
}

function finite(value: number | null | undefined): number | null {
  return value === null || value === undefined || !Number.isFinite(value) ? null : value;
}
