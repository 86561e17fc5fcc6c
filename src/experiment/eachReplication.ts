/**
 * A platform's result, one for each replication: what an objective's metric was in the third alone. Its own file
 * because two readers need single values where a result has only means: regressions, which are paired by replication,
 * and whoever asks whether an objective can still be met.
 */
import type { CompiledPlatform, CompiledScenario } from '../model/compiled.js';
import type { ObjectiveSpec } from '../scenario/contract.js';
import type { PlatformResult } from './contract.js';
import { judgeObjectives, timedValue } from './objectives.js';
import { type PlatformFindings, summarize } from './platformResult.js';
import { isSameMeasurement, isTimed, timedObjectives } from './timedObjectives.js';

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

/**
 * Of each objective what it is about, by replication number: its metric over the whole run, from a moment on, or the
 * share of windows in which it holds. Where and how much is asked for is not. Cost: once that of `resultOfEach`.
 */
export function valuesOfEach(
  compiled: CompiledScenario,
  platform: CompiledPlatform,
  findings: PlatformFindings,
): (objective: ObjectiveSpec) => ReadonlyMap<number, number> {
  const results = resultOfEach(compiled, platform, findings);
  const timed = timedObjectives(compiled.objectives);
  return (objective) => {
    const place = timed.findIndex((one) => isSameMeasurement(one, objective));
    const valueAt = (replication: number, result: PlatformResult): number | null =>
      isTimed(objective) ? timedValue(objective, spellsOf(findings, replication, place)) : valueIn(objective, result);
    return new Map(
      [...results].flatMap(([replication, result]) => {
        const value = valueAt(replication, result);
        return value === null ? [] : [[replication, value] as const];
      }),
    );
  };
}

function spellsOf({ replications }: PlatformFindings, number: number, place: number): readonly (number | null)[] {
  return replications.find((one) => one.replicationIndex === number)?.measured?.timedValues[place] ?? [];
}

/** The value an objective's metric has in a result; null where it has none. */
function valueIn(objective: ObjectiveSpec, result: PlatformResult): number | null {
  return judgeObjectives([{ ...objective, on: null }], result, [], 0.95)[0]?.value ?? null;
}
