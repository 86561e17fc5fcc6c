/**
 * A search by simulating, from its first cells to its files: run on threads, cells kept, the answer told and written.
 * Its own file because commands that ask for cells in rounds differ in what they ask and what they say, and in nothing
 * of this.
 */
import type { PlanSearch } from '../experiment/planSearch.js';
import { openCellRunner } from '../host/cellThreads.js';
import { claimReportFolder } from '../host/reportFolder.js';
import type { Scenario } from '../scenario/contract.js';
import { openStore } from './cellRunning.js';
import type { Call } from './commands/contract.js';
import { type ExitCode, exitCodes, strongestExitCode } from './exitCodes.js';
import { listenForInterruption } from './interruption.js';
import { machineName } from './machine.js';
import { progressForm, startProgress } from './progress.js';
import { onThreads, publishSearch } from './searchSteps.js';
import type { Terminal } from './terminal.js';
import { version } from './version.js';

export interface Search<Found> {
  readonly call: Call;
  readonly terminal: Terminal;
  readonly scenario: Scenario;
  readonly workers: number;
  /** Told on stderr before it begins. */
  readonly headline: string;
  readonly search: PlanSearch<Found>;
  /** Null: nothing is written, and cells are kept only where a store is named. */
  readonly reportFolder: string | null;
  readonly filesOf: (found: Found) => Promise<ReadonlyMap<string, string | Uint8Array>>;
  /** @param paths what was written where, a line each */
  readonly print: (found: Found, paths: readonly string[], ends: SearchEnds) => void;
  /** Whether all of it could be simulated. */
  readonly isWhole: (found: Found) => boolean;
}

/** How it will have ended, once it is printed. */
export interface SearchEnds {
  readonly code: ExitCode;
  readonly complete: boolean;
}

/** @throws ReportFolderError, CellStoreError when the disk refuses */
export async function runSearch<Found>(wanted: Search<Found>): Promise<ExitCode> {
  const { call, terminal, scenario, workers, headline, search, reportFolder } = wanted;
  const force = call.flags.isOn('force');
  if (reportFolder !== null) claimReportFolder(reportFolder, { force }).release();
  terminal.note(headline);
  const startedAt = new Date();
  const form = progressForm(call.flags.text('progress'), terminal);
  const progress = startProgress(form, terminal, () => performance.now());
  const interruption = listenForInterruption(
    () => terminal.note('stopping; finished cells are kept, and the same command goes on from there'),
    () => progress.end(),
  );
  const kept = {
    reportKinds: new Set(reportFolder === null ? [] : (['csv'] as const)),
    reportFolder: reportFolder ?? '',
  };
  const runner = openCellRunner(scenario, {
    workers,
    store: await openStore(call, kept),
    version,
    stopped: interruption.happened,
  });
  try {
    const found = await onThreads(runner, search);
    const tookMs = Date.now() - startedAt.getTime();
    const paths: string[] = [];
    if (reportFolder !== null) {
      const made = { at: startedAt.toISOString(), tookMs, machine: machineName() };
      const files = await wanted.filesOf(found);
      const names = publishSearch(call, scenario, {
        files,
        folder: reportFolder,
        complete: wanted.isWhole(found),
        made,
      });
      paths.push(`${reportFolder}/  ${names.join('  ')}`);
    }
    const complete = wanted.isWhole(found);
    const code = strongestExitCode([interruption.code ?? exitCodes.ok, complete ? exitCodes.ok : exitCodes.untrusted]);
    wanted.print(found, paths, { code, complete });
    return code;
  } finally {
    progress.end();
    interruption.end();
    await runner.close();
  }
}
