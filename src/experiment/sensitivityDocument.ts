/** The JSON document of a sensitivity. Its own file for the reason of `resultDocument.ts`: it is a public promise. */
import { formatVersion } from './contract.js';
import { keyed } from './resultDocument.js';
import type { Effect, SensitivityFound } from './sensitivity.js';

/** Everything a sensitivity found out. */
export interface SensitivityResult {
  readonly scenario: string;
  readonly seed: string;
  readonly replications: number;
  /** Share by which each thing was changed. */
  readonly by: number;
  readonly found: SensitivityFound;
}

/** A plain value for `JSON.stringify`. */
export function sensitivityDocument({ scenario, seed, replications, by, found }: SensitivityResult): unknown {
  const effect = (one: Effect | null) => one && { difference: one.differenceUsd, ...(one.ci ? { ci: one.ci } : {}) };
  const platforms = keyed(
    found.platforms.map((each) => ({ name: each.platform, each })),
    ({ each: { costMonthUsd, factors } }) => ({
      costMonth: costMonthUsd,
      factors: factors.map(({ factor, what, less, more, swingUsd }) => ({
        factor,
        ...(what === '' ? {} : { what }),
        less: effect(less),
        more: effect(more),
        swing: swingUsd,
      })),
    }),
  );
  return { formatVersion, complete: found.complete, scenario, seed, replications, sensitivity: { by, platforms } };
}
