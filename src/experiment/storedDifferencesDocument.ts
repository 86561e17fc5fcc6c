/**
 * Two stored reports compared, as one JSON document. Its own file because its layout is a promise (formatVersion), and
 * that of the data it is made from is not.
 */
import { formatVersion } from './contract.js';
import type { JsonObject } from './resultDocument.js';
import type { StoredComparison } from './storedComparison.js';

export interface StoredNames {
  readonly before: string;
  readonly after: string;
  /** Of the second: what is, not what was. */
  readonly scenario: string;
  readonly seed: string;
}

/** A plain value for `JSON.stringify`. */
export function storedDifferencesDocument(
  comparison: StoredComparison,
  { before, after, scenario, seed }: StoredNames,
): JsonObject {
  const compared = { before, after, ...differencesDocument(comparison) };
  return { formatVersion, complete: true, scenario, seed, compared };
}

/** The differences alone, as a result that had a baseline holds them too. */
export function differencesDocument(comparison: StoredComparison): JsonObject {
  const { inputs, isPaired, platforms, onlyBefore, onlyAfter } = comparison;
  return {
    paired: isPaired,
    inputs: inputs.map(({ path, before, after }) => ({ path, before, after })),
    platforms: platforms.map(({ before, after, differences }) => ({
      before,
      after,
      differences: differences.map(({ metric, unit, before: was, after: is, mean, ci, relative, isReal, moreIs }) => ({
        metric,
        unit,
        before: was,
        after: is,
        difference: mean,
        ...(ci ? { ci } : {}),
        ...(relative === null ? {} : { relative }),
        real: isReal,
        ...(moreIs === 'neither' || !isReal ? {} : { verdict: mean > 0 === (moreIs === 'worse') ? 'worse' : 'better' }),
      })),
    })),
    onlyBefore,
    onlyAfter,
  };
}
