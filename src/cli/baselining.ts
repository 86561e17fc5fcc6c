/**
 * `--baseline`: the stored report that a result is held against, read and judged before anything is simulated. Its own
 * file because `run`, `compare` and `report` take the flag alike. Checked by test/cli/baseline.test.ts.
 */
import { type Baseline, unmeasured } from '../experiment/baseline.js';
import type { Scenario } from '../scenario/contract.js';
import { changesLoad } from '../scenario/treeDifferences.js';
import type { Call } from './commands/contract.js';
import type { ExitCode } from './exitCodes.js';
import { refuse } from './refusal.js';
import { inputDifferences, openSide, unequalLoad } from './storedSide.js';
import type { Terminal } from './terminal.js';

export interface HeldAgainst {
  readonly scenario: Scenario;
  readonly replications: number;
}

/** Null where none was named; an exit code where it cannot be read, or had other visitors and pairing is meant. */
export function openBaseline(
  { flags }: Call,
  terminal: Terminal,
  { scenario, replications }: HeldAgainst,
): Baseline | ExitCode | null {
  const folder = flags.text('baseline');
  if (folder === undefined) {
    if (scenario.objectives.some(({ regression }) => regression !== undefined))
      terminal.note('hint: `regression:` is judged against a stored report: name one with --baseline');
    return null;
  }
  const side = openSide(folder, terminal);
  if (typeof side === 'number') return side;
  const { compiled, stored } = side;
  const { tree, extent, results } = stored;
  const inputs = inputDifferences(
    { tree, replications: extent.replications },
    { tree: scenario.source.tree, replications },
  );
  // Fewer or more repetitions are the same visitors as far as both go.
  const ofLoad = inputs.filter((one) => changesLoad(one) && one.path !== 'run.replications');
  const isUnpaired = flags.isOn('unpaired');
  if (ofLoad.length > 0 && !isUnpaired) return refuse(terminal, [`--baseline ${folder}: ${unequalLoad(ofLoad)}`]);
  const missing = unmeasured(scenario.objectives, compiled);
  if (missing.length > 0) {
    const what = `it has not measured ${missing.join(', ')}; simulate it again with this objective in its scenario`;
    return refuse(terminal, [`--baseline ${folder}: ${what}`]);
  }
  return { compiled, extent, results, inputs, isPaired: !isUnpaired };
}
