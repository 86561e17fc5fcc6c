/**
 * `--baseline`: the stored report that a result is held against, read and judged before anything is simulated. Its own
 * file because `run`, `compare` and `report` take the flag alike; a report that is made again keeps the one it had.
 * Checked by test/cli/baseline.test.ts.
 */
import { type Baseline, unmeasured } from '../experiment/baseline.js';
import type { StoredBaseline } from '../host/storedRuns.js';
import type { Scenario } from '../scenario/contract.js';
import { changesLoad } from '../scenario/treeDifferences.js';
import type { Call } from './commands/contract.js';
import type { ExitCode } from './exitCodes.js';
import { refuse } from './refusal.js';
import { inputDifferences, openSide, sideOf, unequalLoad } from './storedSide.js';
import type { Terminal } from './terminal.js';

export interface HeldAgainst {
  readonly scenario: Scenario;
  readonly replications: number;
  /** The baseline of the report that is made again. */
  readonly earlier?: StoredBaseline | undefined;
}

export interface OpenedBaseline {
  readonly baseline: Baseline;
  /** To be kept with the result, so that it is held against the same when it is made again. */
  readonly kept: StoredBaseline;
}

/** Null where none was named; an exit code where it cannot be read, or had other visitors and pairing is meant. */
export function openBaseline(
  { flags }: Call,
  terminal: Terminal,
  { scenario, replications, earlier }: HeldAgainst,
): OpenedBaseline | ExitCode | null {
  const told = flags.text('baseline');
  const folder = told ?? earlier?.folder;
  if (folder === undefined) {
    if (scenario.objectives.some(({ regression }) => regression !== undefined))
      terminal.note('hint: `regression:` is judged against a stored report: name one with --baseline');
    return null;
  }
  const side = earlier && told === undefined ? sideOf(earlier.stored, terminal) : openSide(folder, terminal);
  if (typeof side === 'number') return side;
  const { compiled, stored } = side;
  const { tree, extent, results } = stored;
  const inputs = inputDifferences(
    { tree, replications: extent.replications },
    { tree: scenario.source.tree, replications },
  );
  // Fewer or more repetitions are the same visitors as far as both go.
  const ofLoad = inputs.filter((one) => changesLoad(one) && one.path !== 'run.replications');
  const isUnpaired = flags.isOn('unpaired') || (told === undefined && earlier?.isUnpaired === true);
  if (ofLoad.length > 0 && !isUnpaired) return refuse(terminal, [`--baseline ${folder}: ${unequalLoad(ofLoad)}`]);
  const missing = unmeasured(scenario.objectives, compiled);
  if (missing.length > 0) {
    const what = `it has not measured ${missing.join(', ')}; simulate it again with this objective in its scenario`;
    return refuse(terminal, [`--baseline ${folder}: ${what}`]);
  }
  const { baseline: _, nearby: __, ...alone } = stored;
  return {
    baseline: { compiled, extent, results, inputs, isPaired: !isUnpaired },
    kept: { folder, isUnpaired, stored: alone },
  };
}
