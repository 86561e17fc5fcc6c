/**
 * What `--watch` tells after a change: what really differs from the last good run. Its own file because nothing else
 * keeps a run in memory to hold the next one against. Checked by test/cli/watch.test.ts.
 */
import { summarizeEach } from '../experiment/gather.js';
import type { Extent, JobResult } from '../experiment/jobs.js';
import type { CompiledScenario } from '../experiment/prepare.js';
import { compareSides, type StoredComparison } from '../experiment/storedComparison.js';
import type { Scenario } from '../scenario/contract.js';
import { changesLoad } from '../scenario/treeDifferences.js';
import { inputDifferences } from './storedSide.js';

export interface GoodRun {
  readonly scenario: Scenario;
  readonly compiled: CompiledScenario;
  readonly extent: Extent;
  readonly results: readonly JobResult[];
}

/** Remembers the run it is given, for the next; what really differs from the one before, or null for the first. */
export type LastRun = (now: GoodRun) => StoredComparison | null;

export function rememberRuns(): LastRun {
  let last: GoodRun | null = null;
  return (now) => {
    const before = last;
    last = now;
    return before === null ? null : reallyDifferent(before, now);
  };
}

function reallyDifferent(before: GoodRun, after: GoodRun): StoredComparison {
  const askedOf = ({ scenario, extent: { replications } }: GoodRun) => ({ tree: scenario.source.tree, replications });
  const inputs = inputDifferences(askedOf(before), askedOf(after));
  const compared = compareSides({
    before: summarizeEach(before.compiled, before.extent, before.results),
    after: summarizeEach(after.compiled, after.extent, after.results),
    inputs,
    isPaired: !inputs.some(changesLoad),
    confidence: after.compiled.run.confidence,
  });
  const platforms = compared.platforms.flatMap((platform) => {
    const differences = platform.differences.filter(({ isReal }) => isReal);
    return differences.length === 0 ? [] : [{ ...platform, differences }];
  });
  return { ...compared, platforms };
}
