/**
 * Can the objectives still be met? After k of n replications a mean has bounds: nothing counted is below zero, and a
 * share is at most one. When every platform has an objective whose mean cannot come back over its limit whatever the
 * rest may bring, the rest need not be simulated (`--abort-on-fail`).
 *
 * Its own file because it must be certain where verdicts are only likely. It looks at the first k replications of every
 * platform and never at who was finished first, so that threads change nothing. Checked by
 * test/experiment/hopeless.test.ts.
 */
import type { CompiledScenario } from '../model/compiled.js';
import type { ObjectiveResult } from './contract.js';
import type { Extent, JobResult } from './jobs.js';
import { summarize } from './platformResult.js';

export interface Hope {
  /**
   * Hears a result, in whatever order. The least count of first replications after which it is certain that every
   * platform misses an objective; null while that is not so. Cost: that of the result of one replication.
   */
  hear(result: JobResult): number | null;
}

type Verdict = Pick<ObjectiveResult, 'value' | 'operator' | 'limit' | 'unit'>;

/** @param most the replications there will be at most */
export function watchHope(compiled: CompiledScenario, { platforms }: Extent, most: number): Hope {
  const verdicts = new Map(platforms.map((place) => [place, [] as (readonly Verdict[] | undefined)[]]));
  const lostAfter = new Map<number, number>();
  return {
    hear(result) {
      const own = verdicts.get(result.platform);
      if (compiled.objectives.length === 0 || result.kind !== 'replication' || !own) return null;
      const { platform: place } = result;
      own[result.result.replicationIndex] = verdictsOf(compiled, place, result.result);
      const count = lostCount(own, most);
      if (count !== null) lostAfter.set(place, count);
      return lostAfter.size < platforms.length ? null : Math.max(...lostAfter.values());
    },
  };
}

/** The part of the month that looks otherwise is not waited for: where there is one, costs are not known here. */
function verdictsOf(
  compiled: CompiledScenario,
  place: number,
  replication: Extract<JobResult, { readonly kind: 'replication' }>['result'],
): readonly Verdict[] {
  const findings = { replications: [replication], restRuns: new Map(), level: null, costPoints: [] };
  return summarize(compiled, compiled.platforms[place]!, findings).result.objectives;
}

function lostCount(replications: readonly (readonly Verdict[] | undefined)[], most: number): number | null {
  const known: (readonly Verdict[])[] = [];
  for (const objectives of replications) {
    if (!objectives) return null; // Not there yet: what comes behind it is not looked at.
    known.push(objectives);
    if (
      objectives.some((_, at) =>
        isLost(
          known.flatMap((one) => one[at] ?? []),
          most,
        ),
      )
    )
      return known.length;
  }
  return null;
}

/** Of one objective, replication by replication, those that are known; `most` there will be. */
export function isLost(verdicts: readonly Verdict[], most: number): boolean {
  const [first] = verdicts;
  if (!first) return false;
  const { operator, limit, unit } = first;
  const known = verdicts.flatMap(({ value }) => value ?? []);
  if (known.length === 0) return false;
  const rest = most - verdicts.length;
  const sum = known.reduce((total, value) => total + value, 0);
  const least = sum / (known.length + rest);
  const highest = (sum + rest) / (known.length + rest);
  if (operator === '<') return least >= limit;
  if (operator === '<=') return least > limit;
  if (unit !== 'share') return false;
  if (operator === '>') return highest <= limit;
  return operator === '>=' && highest < limit;
}
