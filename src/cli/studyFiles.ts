/**
 * The files of a search: its table in every form, the page, and pictures. Its own file because `breakeven` and
 * `sensitivity` write the same, and differ in the table and the charts.
 */
import { chartBundle } from '../host/chartBundle.js';
import { drawCharts } from '../host/chartImages.js';
import { type Table, tableCsv } from '../report/csv/table.js';
import { type Search, searchPage } from '../report/page/searchPage.js';
import { tableMarkdown } from '../report/studyMarkdown.js';
import type { Call } from './commands/contract.js';
import { reproducingCommand } from './simulationRequest.js';
import type { Terminal } from './terminal.js';
import { version } from './version.js';

/** Empty: no file is written. */
export type StudyKinds = ReadonlySet<string>;

export interface StudyMaker {
  readonly call: Call;
  readonly terminal: Terminal;
  /** The command's name. */
  readonly command: string;
}

/** `--report`, read; what is wrong with it `readSweepOutput` has said. */
export function readStudyKinds(flags: Call['flags']): StudyKinds {
  const kinds = (flags.text('search-report') ?? 'html,csv,json').split(',').map((kind) => kind.trim());
  return new Set(kinds.filter((kind) => kind !== 'none'));
}

/** Adds what was asked for of the table: `name.csv`, `name.parquet`, and `report.md` with the finding before it. */
export async function addTable(
  files: Map<string, string | Uint8Array>,
  kinds: StudyKinds,
  {
    name,
    table,
    scenario,
    verdict,
  }: { readonly name: string; readonly table: Table } & Pick<Search, 'scenario' | 'verdict'>,
): Promise<void> {
  if (kinds.has('csv')) files.set(`${name}.csv`, tableCsv(table));
  if (kinds.has('parquet')) {
    const { tableParquet } = await import('../host/parquetFiles.js');
    files.set(`${name}.parquet`, tableParquet(table));
  }
  if (kinds.has('md')) files.set('report.md', tableMarkdown(scenario, verdict, table));
}

/** Adds what was asked for of the page and the pictures; a picture that can't be drawn here is told of. */
export async function addPictures(
  files: Map<string, string | Uint8Array>,
  kinds: StudyKinds,
  study: Omit<Search, 'command' | 'version'>,
  { call, terminal, command: name }: StudyMaker,
): Promise<void> {
  if (kinds.has('html')) {
    const command = reproducingCommand(call, name, call.operands[0] ?? '');
    files.set('report.html', searchPage({ ...study, command, version }, chartBundle()));
  }
  for (const form of ['png', 'svg'] as const) {
    if (!kinds.has(form)) continue;
    const images = await drawCharts(study.charts, form);
    if ('missing' in images) terminal.note(images.missing);
    else for (const { name, image } of images) files.set(`charts/${name}.${form}`, image);
  }
}
