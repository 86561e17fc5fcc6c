/**
 * What a finished sweep writes and prints. Its own file because `sweep` and `merge` end alike, and must write the same
 * bytes for the same cells.
 */
import { claimReportFolder, manifestMark, manifestName, type ReportFiles } from '../host/reportFolder.js';
import { piecesOf, type SpooledFile } from '../host/spool.js';
import { type Study, studyName, studyText } from '../host/studyFile.js';
import { studyFiles } from '../host/studyFiles.js';
import { studyJunit } from '../report/junit.js';
import { resultLineHead, resultLineOf, verdictLines, versionLine } from '../report/resultLines.js';
import { type StudyReport, sweepStudy } from '../report/study.js';
import { studyMarkdown } from '../report/studyMarkdown.js';
import { sweepTable } from '../report/terminal/sweepTable.js';
import type { Call } from './commands/contract.js';
import type { Gathered, SweepTable } from './sweepGathering.js';
import type { SweepRequest } from './sweepRequest.js';
import { colourOf, type Terminal } from './terminal.js';
import { version } from './version.js';

export interface SweepResult {
  readonly study: Study;
  readonly gathered: Gathered;
  readonly tables: ReadonlyMap<SweepTable, SpooledFile>;
  readonly complete: boolean;
  /** What makes it again. */
  readonly command: string;
  /** The one place for facts of the wall clock and the machine. */
  readonly made: Readonly<Record<string, string | number>>;
}

/** The tables that files and stdout are made of. */
export function tablesWanted({ format, reportKinds }: Pick<Output, 'format' | 'reportKinds'>): ReadonlySet<SweepTable> {
  const wanted = new Set<SweepTable>();
  for (const kind of ['csv', 'json', 'parquet'] as const) if (reportKinds.has(kind)) wanted.add(kind);
  if (format === 'csv' || format === 'json') wanted.add(format);
  if (format === 'ndjson') wanted.add('json-line');
  return wanted;
}

type Output = Pick<SweepRequest, 'format' | 'reportKinds' | 'reportFolder'>;

/** Writes the report's files; cells that lie in the folder stay. @throws ReportFolderError where the disk refuses */
export async function writeSweep(
  call: Call,
  terminal: Terminal,
  result: SweepResult,
  { reportKinds, reportFolder }: Output,
): Promise<readonly string[]> {
  if (reportKinds.size === 0) return [];
  const files = await sweepFiles(call, terminal, result, reportKinds);
  const folder = claimReportFolder(reportFolder, { force: call.flags.isOn('force') });
  try {
    folder.publish(files);
  } finally {
    folder.release();
  }
  return [...files.keys()].filter((name) => name !== manifestName && name !== studyName);
}

async function sweepFiles(
  call: Call,
  terminal: Terminal,
  result: SweepResult,
  kinds: Output['reportKinds'],
): Promise<ReportFiles> {
  const { study, gathered, tables, complete, made } = result;
  const files = new Map<string, string | Uint8Array | SpooledFile>();
  const names = { csv: 'sweep.csv', parquet: 'sweep.parquet', json: 'result.json' } as const;
  for (const kind of ['csv', 'parquet', 'json'] as const) {
    const table = tables.get(kind);
    if (table && kinds.has(kind)) files.set(names[kind], table);
  }
  const { command } = result;
  const report = await studyFiles(wordsOf(result), kinds, { command, version: study.version, confidence: null });
  for (const sentence of report.missing) terminal.note(sentence);
  for (const [name, content] of report.files) files.set(name, content);
  files.set(studyName, studyText(study));
  const manifest = {
    madeBy: manifestMark,
    version: study.version,
    command: call.commandLine,
    seed: study.seed,
    scenario: { name: study.scenario, digest: study.scenarioDigest },
    complete,
    resultDigest: gathered.digest,
    files: [...files.keys()],
    made,
  };
  files.set(manifestName, `${JSON.stringify(manifest, null, 2)}\n`);
  return files;
}

function wordsOf({ study, gathered, complete }: SweepResult): StudyReport {
  return sweepStudy(study.scenario, gathered, complete);
}

/** The result, on stdout; before the files are put in place, for that takes the tables away. */
export function printSweepTables(terminal: Terminal, result: SweepResult, { format }: Pick<Output, 'format'>): void {
  if (format === 'ndjson') terminal.out(versionLine(version) + verdictLines(wordsOf(result)) + resultLineHead);
  const table = result.tables.get(format === 'ndjson' ? 'json-line' : (format as SweepTable));
  if (table && ['csv', 'json', 'ndjson'].includes(format)) for (const piece of piecesOf(table)) terminal.out(piece);
  if (format === 'ndjson') terminal.out('}\n');
}

/** What is said in words, with what was written where. */
export function printSweep(
  terminal: Terminal,
  result: SweepResult,
  { format, reportFolder }: Output,
  written: readonly string[],
): void {
  if (format === 'table') {
    const names = written.length === 0 ? [] : [`${reportFolder}/  ${written.join('  ')}`];
    terminal.out(`${sweepTable(result.gathered, { colour: colourOf(terminal), paths: names })}\n`);
  } else if (format === 'markdown') terminal.out(studyMarkdown(wordsOf(result)));
  else if (format === 'junit') terminal.out(studyJunit(wordsOf(result), null));
}

export interface PrintedStudy {
  readonly study: StudyReport;
  /** The document of `--format json`. */
  readonly document: unknown;
  /** Of its intervals; null where it is not known. */
  readonly confidence: number | null;
}

/** The forms of a plan that are not its own; of ndjson all but the last line, which has the exit code. */
export function printStudy(
  terminal: Terminal,
  format: 'markdown' | 'junit' | 'ndjson',
  { study, document, confidence: level }: PrintedStudy,
): void {
  if (format === 'markdown') terminal.out(studyMarkdown(study));
  else if (format === 'junit') terminal.out(studyJunit(study, level));
  else terminal.out(versionLine(version) + verdictLines(study) + resultLineOf(JSON.stringify(document)));
}
