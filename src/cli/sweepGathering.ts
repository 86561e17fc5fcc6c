/**
 * What a sweep's cells say, gathered one by one in the design's order: tables grow on the disk, and of the cells only
 * so many are kept as a page can show, so that memory does not grow with the design. Its own file because `sweep` and
 * `merge` hand cells over as they come and write the same. Checked by test/cli/sweep.test.ts on the built program.
 */
import type { Cell, CellPlatform } from '../experiment/cells.js';
import { digestOf } from '../experiment/digest.js';
import { emptySweepJson, sweepJsonCell, sweepJsonFrame } from '../experiment/sweepDocument.js';
import type { GrowingParquet } from '../host/parquetFiles.js';
import { piecesOf, type Spool, type SpooledFile } from '../host/spool.js';
import type { Study } from '../host/studyFile.js';
import { sweepCsvHead, sweepCsvRows } from '../report/csv/sweepCsv.js';
import type { ShownCells } from '../report/study.js';

/** What of it is asked for, in whatever form: files and what goes to stdout. */
export type SweepTable = 'csv' | 'json' | 'json-line' | 'parquet';

/** A page, a table on a terminal and charts show at most twice so many, evenly spread through the design. */
const mostShown = 2000;

export interface Gathered extends ShownCells {
  readonly incompleteCount: number;
  /** Cells in which no platform meets its objectives. */
  readonly missedCount: number;
  readonly digest: string;
  /** The tables that were asked for; `complete` stands in two of them. */
  tables(complete: boolean): ReadonlyMap<SweepTable, SpooledFile>;
}

export class SweepGathering {
  private readonly study: Study;
  private readonly wanted: ReadonlySet<SweepTable>;
  private readonly spool: Spool;
  private readonly parquet: GrowingParquet | null;
  private shown: Cell[] = [];
  /** Every so many cells one is shown. */
  private stride = 1;
  private cellCount = 0;
  private refusedCount = 0;
  private incompleteCount = 0;
  private missedCount = 0;
  private digest = '';

  private constructor(study: Study, wanted: ReadonlySet<SweepTable>, spool: Spool, parquet: GrowingParquet | null) {
    this.study = study;
    this.wanted = wanted;
    this.spool = spool;
    this.parquet = parquet;
    if (wanted.has('csv')) spool.append('sweep.csv', sweepCsvHead(pathsOf(study)));
  }

  static async open(study: Study, wanted: ReadonlySet<SweepTable>, spool: Spool): Promise<SweepGathering> {
    if (!wanted.has('parquet')) return new SweepGathering(study, wanted, spool, null);
    const { openSweepParquet } = await import('../host/parquetFiles.js');
    const parquet = openSweepParquet(spool.pathOf('sweep.parquet'), pathsOf(study), numericPaths(study));
    return new SweepGathering(study, wanted, spool, parquet);
  }

  /** In the design's order; what was not finished is left out. */
  take(cell: Cell): void {
    const separator = this.cellCount === 0 ? '' : ',';
    if (this.wanted.has('csv')) this.spool.append('sweep.csv', sweepCsvRows(cell));
    if (this.wanted.has('json')) this.spool.append('cells.json', separator + sweepJsonCell(cell, true));
    if (this.wanted.has('json-line')) this.spool.append('cells.line', separator + sweepJsonCell(cell, false));
    this.parquet?.add(cell);
    if (this.cellCount % this.stride === 0) this.show(cell);
    this.cellCount++;
    if (cell.refusals.length > 0) this.refusedCount++;
    if (!cell.complete) this.incompleteCount++;
    if (cell.platforms.length > 0 && cell.platforms.every(({ meetsObjectives }) => !meetsObjectives))
      this.missedCount++;
    this.digest = digestOf([this.digest, cell]);
  }

  private show(cell: Cell): void {
    this.shown.push({ ...cell, platforms: cell.platforms.map(asShown) });
    if (this.shown.length < 2 * mostShown) return;
    this.shown = this.shown.filter((_, place) => place % 2 === 0);
    this.stride *= 2;
  }

  finish(): Gathered {
    this.parquet?.finish();
    const { cellCount, refusedCount, incompleteCount, missedCount, digest } = this;
    const counts = { cellCount, refusedCount, incompleteCount, missedCount, digest };
    return { ...counts, cells: this.shown, tables: (complete) => this.tables(complete) };
  }

  private tables(complete: boolean): ReadonlyMap<SweepTable, SpooledFile> {
    const { wanted, spool } = this;
    const found = new Map<SweepTable, SpooledFile>();
    if (wanted.has('csv')) found.set('csv', spool.file('sweep.csv'));
    if (wanted.has('json')) found.set('json', this.framed('cells.json', 'result.json', complete));
    if (wanted.has('json-line')) found.set('json-line', this.framed('cells.line', 'result.line', complete));
    if (wanted.has('parquet')) found.set('parquet', { spooledAt: spool.pathOf('sweep.parquet') });
    return found;
  }

  private framed(cells: string, name: string, complete: boolean): SpooledFile {
    const { spool, study, cellCount } = this;
    const isIndented = name === 'result.json';
    const head = { scenario: study.scenario, seed: study.seed, complete };
    const end = isIndented ? '\n' : '';
    if (cellCount === 0) spool.append(name, emptySweepJson(head, isIndented) + end);
    else {
      const [before, behind] = sweepJsonFrame(head, isIndented);
      spool.append(name, before);
      for (const piece of piecesOf(spool.file(cells))) spool.append(name, piece);
      spool.append(name, behind + end);
    }
    return spool.file(name);
  }
}

/** What pages and tables show of a platform: its own metrics and verdicts. */
function asShown(platform: CellPlatform): CellPlatform {
  const { queues: _, ...rest } = platform;
  const none = { traffic: [], services: [], databases: [], releases: [], faults: [] };
  return { ...rest, ...none, warnings: [], numbers: [], paidBySku: [] };
}

export function pathsOf({ design }: Study): readonly string[] {
  return design.varied.map(({ path }) => path);
}

/** Points of a range are numbers where its ends are. */
function numericPaths({ design }: Study): ReadonlySet<string> {
  const isNumber = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text);
  const isNumeric = ({ values, range }: Study['design']['varied'][number]): boolean =>
    values.length > 0 ? values.every(isNumber) : range !== null && range !== undefined && range.unit === '';
  return new Set(design.varied.filter(isNumeric).map(({ path }) => path));
}
