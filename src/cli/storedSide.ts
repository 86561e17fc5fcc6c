/**
 * One stored report as a side of a comparison: what it was asked, compiled again, and what came out. Its own file
 * because `compare` lays two of them side by side and `--baseline` one beside a new result.
 */
import type { CompiledScenario } from '../experiment/prepare.js';
import { compileScenario } from '../experiment/prepare.js';
import { readStoredRuns, type StoredRuns } from '../host/storedRuns.js';
import { restoreScenario } from '../scenario/parse.js';
import { type TreeDifference, treeDifferences } from '../scenario/treeDifferences.js';
import type { ExitCode } from './exitCodes.js';
import { refuse, refuseIssues } from './refusal.js';
import type { Terminal } from './terminal.js';
import { version } from './version.js';

export interface Side {
  readonly stored: StoredRuns;
  readonly compiled: CompiledScenario;
}

/** What is stored in a report's folder, compiled again; an exit code where it cannot be read. */
export function openSide(folder: string, terminal: Terminal): Side | ExitCode {
  const stored = readStoredRuns(folder, version);
  return typeof stored === 'string' ? refuse(terminal, [stored]) : sideOf(stored, terminal);
}

/** The same of what was read before. */
export function sideOf(stored: StoredRuns, terminal: Terminal): Side | ExitCode {
  const { file, tree, files, prices } = stored;
  const source = { tree, files: new Map(files) };
  const restored = restoreScenario(file, source, prices && { ...prices, positions: new Map() });
  const compiled = restored.ok ? compileScenario(restored.value) : restored;
  return compiled.ok ? { stored, compiled: compiled.value } : refuseIssues(terminal, compiled.issues);
}

type Asked = Pick<StoredRuns, 'tree'> & { readonly replications: number };

/** What the two scenarios say differently, and how often each was run. */
export function inputDifferences(before: Asked, after: Asked): readonly TreeDifference[] {
  const [was, is] = [String(before.replications), String(after.replications)];
  const ofTrees = treeDifferences(before.tree, after.tree);
  const isTold = ofTrees.some(({ path }) => path === 'run.replications');
  return was === is || isTold ? ofTrees : [...ofTrees, { path: 'run.replications', before: was, after: is }];
}

/** Why two results cannot be paired, from what makes their visitors different. */
export function unequalLoad(differences: readonly TreeDifference[]): string {
  const paths = differences.slice(0, 5).map(({ path }) => path);
  const more = differences.length > paths.length ? ` and ${differences.length - paths.length} more` : '';
  const what = `${paths.join(', ')}${more}`;
  return `their visitors are not the same: ${what} differ; compare them all the same with --unpaired`;
}
