/**
 * What a finished sweep writes and prints. Its own file because `sweep` and `merge` end alike, and must write the same
 * bytes for the same cells.
 */
import type { Cell } from '../experiment/cells.js';
import { digestOf } from '../experiment/digest.js';
import { sweepDocument } from '../experiment/sweepDocument.js';
import { claimReportFolder, manifestMark, manifestName, type ReportFiles } from '../host/reportFolder.js';
import { type Study, studyName, studyText } from '../host/studyFile.js';
import { studyFiles } from '../host/studyFiles.js';
import { sweepCsv } from '../report/csv/sweepCsv.js';
import { studyJunit } from '../report/junit.js';
import { studyLines, versionLine } from '../report/resultLines.js';
import { type StudyReport, sweepStudy } from '../report/study.js';
import { studyMarkdown } from '../report/studyMarkdown.js';
import { sweepTable } from '../report/terminal/sweepTable.js';
import type { Call } from './commands/contract.js';
import type { SweepRequest } from './sweepRequest.js';
import { colourOf, type Terminal } from './terminal.js';
import { version } from './version.js';

export interface SweepResult {
  readonly study: Study;
  /** In the design's order; what was not finished is left out. */
  readonly cells: readonly Cell[];
  readonly complete: boolean;
  /** What makes it again. */
  readonly command: string;
  /** The one place for facts of the wall clock and the machine. */
  readonly made: Readonly<Record<string, string | number>>;
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
  const { study, cells, complete, made } = result;
  const paths = pathsOf(result);
  const files = new Map<string, string | Uint8Array>();
  if (kinds.has('csv')) files.set('sweep.csv', sweepCsv(paths, cells));
  if (kinds.has('parquet')) {
    const { sweepParquet } = await import('../host/parquetFiles.js');
    files.set('sweep.parquet', sweepParquet(paths, cells));
  }
  if (kinds.has('json')) files.set('result.json', sweepJson(result));
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
    resultDigest: digestOf(cells),
    files: [...files.keys()],
    made,
  };
  files.set(manifestName, `${JSON.stringify(manifest, null, 2)}\n`);
  return files;
}

function pathsOf({ study }: SweepResult): readonly string[] {
  return study.design.varied.map(({ path }) => path);
}

function wordsOf({ study, cells, complete }: SweepResult): StudyReport {
  return sweepStudy(study.scenario, cells, complete);
}

function documentOf({ study, cells, complete }: SweepResult): unknown {
  const { scenario, seed } = study;
  return sweepDocument({ scenario, seed, complete }, cells);
}

function sweepJson(result: SweepResult): string {
  return `${JSON.stringify(documentOf(result), null, 2)}\n`;
}

/** The result, on stdout. */
export function printSweep(
  terminal: Terminal,
  result: SweepResult,
  { format, reportFolder }: Output,
  written: readonly string[],
): void {
  if (format === 'json') terminal.out(sweepJson(result));
  else if (format === 'csv') terminal.out(sweepCsv(pathsOf(result), result.cells));
  else if (format === 'table') {
    const names = written.length === 0 ? [] : [`${reportFolder}/  ${written.join('  ')}`];
    terminal.out(`${sweepTable(result.cells, { colour: colourOf(terminal), paths: names })}\n`);
  } else printStudy(terminal, format, { study: wordsOf(result), document: documentOf(result), confidence: null });
}

export interface PrintedStudy {
  readonly study: StudyReport;
  /** The document of `--format json`. */
  readonly document: unknown;
  /** Of its intervals; null where it is not known. */
  readonly confidence: number | null;
}

/** The forms that a sweep and a plan have alike; of ndjson all but the last line, which has the exit code. */
export function printStudy(
  terminal: Terminal,
  format: 'markdown' | 'junit' | 'ndjson',
  { study, document, confidence: level }: PrintedStudy,
): void {
  if (format === 'markdown') terminal.out(studyMarkdown(study));
  else if (format === 'junit') terminal.out(studyJunit(study, level));
  else terminal.out(versionLine(version) + studyLines(study, document));
}
