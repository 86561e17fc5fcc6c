/**
 * How sure a published number is, and whether two numbers that both have an error agree: their 99.9% intervals overlap.
 */
import { estimateMean } from '../../../src/stats/interval.js';
import { studentTQuantile } from '../../../src/stats/studentT.js';
import type { CaseFields } from '../caseFields.js';

export interface Evidence {
  readonly value: number;
  /** Half width of the 99.9% interval; 0 for exact values. */
  readonly half: number;
}

const certainty = 0.999;
const mostRuns = 100;

/**
 * A published mean. Beside it stand the half width of its 95% interval and the spread of one run, which together tell
 * how many runs it was made of, and so how wide 99.9% are; without the spread the normal law widens it.
 */
export function evidenceOf(number: CaseFields): Evidence {
  const value = number.number('value');
  const half95 = number.number('ci95_half', 0);
  const spread = number.number('sd_per_run', 0);
  if (half95 === 0) return { value, half: 0 };
  const runs = spread === 0 ? mostRuns : runCountOf(half95 / spread);
  return { value, half: (half95 * studentTQuantile(0.9995, runs - 1)) / studentTQuantile(0.975, runs - 1) };
}

/** The number of runs whose Student-t half width is so many standard deviations of one run. */
function runCountOf(ratio: number): number {
  let best = 2;
  const offBy = (runs: number): number => Math.abs(studentTQuantile(0.975, runs - 1) / Math.sqrt(runs) / ratio - 1);
  for (let runs = 3; runs <= mostRuns; runs++) if (offBy(runs) < offBy(best)) best = runs;
  return best;
}

/** Mean of our replications and the half width of its 99.9% interval. */
export function spreadOf(values: readonly number[]): { readonly mean: number; readonly half: number } {
  const estimate = estimateMean(values, certainty);
  if (!estimate) return { mean: Number.NaN, half: 0 };
  return { mean: estimate.mean, half: estimate.interval ? estimate.interval[1] - estimate.mean : 0 };
}

export function overlaps(theirs: Evidence, ours: { readonly mean: number; readonly half: number }): boolean {
  const apart = Math.abs(theirs.value - ours.mean);
  return apart <= theirs.half + ours.half + 1e-9 * Math.abs(theirs.value);
}
