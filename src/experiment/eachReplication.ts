/**
 * A platform's result, one for each replication: what an objective's metric was in the third alone. Its own file
 * because two readers need single values where a result has only means: regressions, which are paired by replication,
 * and whoever asks whether an objective can still be met.
 */
import type { CompiledPlatform, CompiledScenario } from '../model/compiled.js';
import type { ObjectiveSpec } from '../scenario/contract.js';
import type { PlatformResult } from './contract.js';
import { judgeObjectives } from './objectives.js';
import { type PlatformFindings, summarize } from './platformResult.js';

/** By replication number; those that did not come to their end are left out. Cost: that of a result, for each. */
export function resultOfEach(
  compiled: CompiledScenario,
  platform: CompiledPlatform,
  findings: PlatformFindings,
): ReadonlyMap<number, PlatformResult> {
  const ended = findings.replications.filter(({ measured }) => measured !== null);
  return new Map(
    ended.map((one) => {
      const alone = { ...findings, replications: [one], costPoints: [] };
      return [one.replicationIndex, summarize(compiled, platform, alone).result];
    }),
  );
}

/** The value an objective's metric has in a result; null where it has none. Where and when it holds is not asked. */
export function valueIn(objective: ObjectiveSpec, result: PlatformResult): number | null {
  return judgeObjectives([{ ...objective, on: null }], result, [], 0.95)[0]?.value ?? null;
}
