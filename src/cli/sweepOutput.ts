/**
 * What a finished sweep writes and prints. Its own file because `sweep` and `merge` end alike, and must write the same
 * bytes for the same cells.
 */
import type { Cell } from '../experiment/cells.js';
import { digestOf } from '../experiment/digest.js';
import { sweepDocument } from '../experiment/sweepDocument.js';
import { claimReportFolder, manifestMark, manifestName, type ReportFiles } from '../host/reportFolder.js';
import { type Study, studyName, studyText } from '../host/studyFile.js';
import { sweepCsv } from '../report/csv/sweepCsv.js';
import { sweepTable } from '../report/terminal/sweepTable.js';
import type { Call } from './commands/contract.js';
import type { SweepRequest } from './sweepRequest.js';
import { colourOf, type Terminal } from './terminal.js';

export interface SweepResult {
  readonly study: Study;
  /** In the design's order; what was not finished is left out. */
  readonly cells: readonly Cell[];
  readonly complete: boolean;
  /** The one place for facts of the wall clock and the machine. */
  readonly made: Readonly<Record<string, string | number>>;
}

type Output = Pick<SweepRequest, 'format' | 'reportKinds' | 'reportFolder'>;

/** Writes the report's files; cells that lie in the folder stay. @throws ReportFolderError where the disk refuses */
export function writeSweep(call: Call, result: SweepResult, { reportKinds, reportFolder }: Output): readonly string[] {
  if (reportKinds.size === 0) return [];
  const files = sweepFiles(call, result, reportKinds);
  const folder = claimReportFolder(reportFolder, { force: call.flags.isOn('force') });
  try {
    folder.publish(files);
  } finally {
    folder.release();
  }
  return [...files.keys()].filter((name) => name !== manifestName && name !== studyName);
}

function sweepFiles(call: Call, result: SweepResult, kinds: Output['reportKinds']): ReportFiles {
  const { study, cells, complete, made } = result;
  const files = new Map<string, string>();
  const paths = study.design.varied.map(({ path }) => path);
  if (kinds.has('csv')) files.set('sweep.csv', sweepCsv(paths, cells));
  if (kinds.has('json')) files.set('result.json', sweepJson(result));
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

function sweepJson({ study, cells, complete }: SweepResult): string {
  const { scenario, seed } = study;
  return `${JSON.stringify(sweepDocument({ scenario, seed, complete }, cells), null, 2)}\n`;
}

/** The result, on stdout. */
export function printSweep(
  terminal: Terminal,
  result: SweepResult,
  { format, reportFolder }: Output,
  written: readonly string[],
): void {
  const paths = result.study.design.varied.map(({ path }) => path);
  if (format === 'json') terminal.out(sweepJson(result));
  else if (format === 'csv') terminal.out(sweepCsv(paths, result.cells));
  else {
    const names = written.length === 0 ? [] : [`${reportFolder}/  ${written.join('  ')}`];
    terminal.out(`${sweepTable(result.cells, { colour: colourOf(terminal), paths: names })}\n`);
  }
}
