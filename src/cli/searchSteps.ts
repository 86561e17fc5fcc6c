/**
 * What every search by simulating shares: its rounds of cells, and how its files are put in place. Its own file because
 * `plan` steers several searches of its own, and `searching.ts` one for each command that needs no more.
 */
import { scenarioDigestOf } from '../experiment/cells.js';
import type { PlanSearch } from '../experiment/planSearch.js';
import type { CellRunner } from '../host/cellThreads.js';
import { claimReportFolder, manifestMark, manifestName } from '../host/reportFolder.js';
import type { Scenario } from '../scenario/contract.js';
import type { Call } from './commands/contract.js';
import { version } from './version.js';

/** Has each round simulated, until the search knows. */
export async function onThreads<Result>(runner: CellRunner, search: PlanSearch<Result>): Promise<Result> {
  let step = search.next();
  while (!step.done) step = search.next(await runner.run(step.value));
  return step.value;
}

export interface SearchOutput {
  readonly files: ReadonlyMap<string, string | Uint8Array>;
  readonly folder: string;
  readonly complete: boolean;
  /** The one place for facts of the wall clock and the machine. */
  readonly made: Readonly<Record<string, string | number>>;
}

/** Writes all files, the manifest last. @returns their names without it. @throws ReportFolderError */
export function publishSearch(
  call: Call,
  scenario: Scenario,
  { files, folder, complete, made }: SearchOutput,
): readonly string[] {
  const names = [...files.keys()];
  const manifest = {
    madeBy: manifestMark,
    version,
    command: call.commandLine,
    seed: scenario.seed,
    scenario: { file: scenario.file, digest: scenarioDigestOf(scenario) },
    complete,
    files: names,
    made,
  };
  const all = new Map([...files, [manifestName, `${JSON.stringify(manifest, null, 2)}\n`] as const]);
  const claimed = claimReportFolder(folder, { force: call.flags.isOn('force') });
  try {
    claimed.publish(all);
  } finally {
    claimed.release();
  }
  return names;
}
