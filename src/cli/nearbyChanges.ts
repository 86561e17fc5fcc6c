/**
 * What would have helped, tried after a comparison for its report: its own file because it simulates beside the result,
 * only where a page is written that can show it, and never changes a number of the result.
 */
import type { Comparison } from '../experiment/contract.js';
import { searchNearby } from '../experiment/nearby.js';
import type { NearbyChange } from '../experiment/nearbyFacts.js';
import type { CompiledScenario } from '../experiment/prepare.js';
import { noCellStore } from '../host/cellStore.js';
import { openCellRunner } from '../host/cellThreads.js';
import type { Scenario } from '../scenario/contract.js';
import { onThreads } from './searchSteps.js';
import { version } from './version.js';

/** Empty where every platform meets its objectives, or the comparison was stopped. */
export async function tryNearby(
  { complete, platforms, ranking }: Comparison,
  simulated: { readonly scenario: Scenario; readonly compiled: CompiledScenario; readonly workers: number },
): Promise<readonly NearbyChange[]> {
  const inOrder = ranking.flatMap((place) => platforms[place] ?? []);
  const missing = inOrder.filter(({ meetsObjectives }) => !meetsObjectives).map(({ name }) => name);
  if (!complete || missing.length === 0) return [];
  const { scenario, compiled, workers } = simulated;
  const runner = openCellRunner(scenario, { workers, store: noCellStore, version });
  try {
    return await onThreads(runner, searchNearby(scenario, compiled, missing));
  } finally {
    await runner.close();
  }
}
