/**
 * The work of `compare` on two stored reports: first what was asked differently, then what really came out differently.
 * Nothing is simulated. Its own file because it shares nothing with a comparison of platforms but the name. Checked by
 * test/cli/stored.test.ts on the built program.
 */
import { summarizeEach } from '../experiment/gather.js';
import { type CompiledScenario, compileScenario } from '../experiment/prepare.js';
import { compareSides, type StoredComparison } from '../experiment/storedComparison.js';
import { readStoredRuns, type StoredRuns } from '../host/storedRuns.js';
import { storedDifferencesDocument } from '../report/storedDifferencesDocument.js';
import { storedTable } from '../report/terminal/storedTable.js';
import { restoreScenario } from '../scenario/parse.js';
import { changesLoad, type TreeDifference, treeDifferences } from '../scenario/treeDifferences.js';
import type { Call } from './commands/contract.js';
import { type ExitCode, exitCodes } from './exitCodes.js';
import { refuse, refuseIssues } from './refusal.js';
import { colourOf, type Terminal } from './terminal.js';
import { version } from './version.js';

interface Side {
  readonly stored: StoredRuns;
  readonly compiled: CompiledScenario;
}

/** Exit 0; 10 with --detailed-exitcode where something really differs; 2 where the two cannot be compared. */
export function compareStored(call: Call, terminal: Terminal): ExitCode {
  const [first = '', second = ''] = call.operands;
  const sides: Side[] = [];
  for (const folder of [first, second]) {
    const side = openSide(folder, terminal);
    if (typeof side === 'number') return side;
    sides.push(side);
  }
  const [before, after] = sides as [Side, Side]; // One for each folder.
  const inputs = inputDifferences(before, after);
  const isUnpaired = call.flags.isOn('unpaired');
  const ofLoad = inputs.filter(changesLoad);
  if (ofLoad.length > 0 && !isUnpaired) return refuse(terminal, [unequalLoad(ofLoad)]);
  const comparison = compareSides({
    before: summarizeEach(before.compiled, before.stored.extent, before.stored.results),
    after: summarizeEach(after.compiled, after.stored.extent, after.stored.results),
    inputs,
    isPaired: ofLoad.length === 0 && !isUnpaired,
    confidence: before.compiled.run.confidence,
  });
  terminal.out(textOf(call, terminal, comparison));
  const differs = comparison.platforms.some(({ differences }) => differences.some(({ isReal }) => isReal));
  return differs && call.flags.isOn('detailed-exitcode') ? exitCodes.differs : exitCodes.ok;
}

/** What is stored in a report's folder, compiled again; an exit code where it cannot be read. */
function openSide(folder: string, terminal: Terminal): Side | ExitCode {
  const stored = readStoredRuns(folder, version);
  if (typeof stored === 'string') return refuse(terminal, [stored]);
  const { file, tree, files, prices } = stored;
  const source = { tree, files: new Map(files) };
  const restored = restoreScenario(file, source, prices && { ...prices, positions: new Map() });
  const compiled = restored.ok ? compileScenario(restored.value) : restored;
  return compiled.ok ? { stored, compiled: compiled.value } : refuseIssues(terminal, compiled.issues);
}

/** What the two scenarios say differently, and how often each was run. */
function inputDifferences(before: Side, after: Side): readonly TreeDifference[] {
  const counts = [before, after].map(({ stored }) => String(stored.extent.replications));
  const [was = '', is = ''] = counts;
  const ofTrees = treeDifferences(before.stored.tree, after.stored.tree);
  const isTold = ofTrees.some(({ path }) => path === 'run.replications');
  return was === is || isTold ? ofTrees : [...ofTrees, { path: 'run.replications', before: was, after: is }];
}

function unequalLoad(differences: readonly TreeDifference[]): string {
  const paths = differences.slice(0, 5).map(({ path }) => path);
  const more = differences.length > paths.length ? ` and ${differences.length - paths.length} more` : '';
  const what = `${paths.join(', ')}${more}`;
  return `their visitors are not the same: ${what} differ; compare them all the same with --unpaired`;
}

function textOf(call: Call, terminal: Terminal, comparison: StoredComparison): string {
  const { flags } = call;
  if (flags.isOn('json') || flags.text('format') === 'json') {
    const [before = '', after = ''] = call.operands;
    return `${JSON.stringify(storedDifferencesDocument(comparison, { before, after }), null, 2)}\n`;
  }
  return `${storedTable(comparison, { widthColumns: terminal.columnCount, colour: colourOf(terminal) })}\n`;
}
