/**
 * From varied paths to the settings of each cell: every combination (grid), or so many points spread evenly through the
 * ranges (Latin hypercube, Sobol').
 *
 * Its own file because what a design costs must be known, and refused, before its cells exist. The same words and seed
 * give the same cells in the same order. Checked by test/experiment/designs.test.ts.
 */
import { openStream } from '../random/streams.js';
import { mostSobolDimensions, sobolPoints } from '../stats/sobol.js';
import { amountAt } from '../units/amountRange.js';
import type { Varied } from './vary.js';

export type DesignKind = 'grid' | 'lhs' | 'sobol';

/** One changed value, as `--set path=value` would write it. */
export interface Setting {
  readonly path: string;
  readonly value: string;
}

/** The settings of one cell, in the order of the varied paths. */
export type Settings = readonly Setting[];

export interface Design {
  readonly kind: DesignKind;
  readonly varied: readonly Varied[];
  /** How many points a design that is no grid takes. */
  readonly sampleCount: number;
  /** The seed of Latin hypercubes. */
  readonly seed: string;
}

/** How many cells a design has, without making them. */
export function cellCountOf({ kind, varied, sampleCount }: Design): number {
  return kind === 'grid' ? varied.reduce((count, { values }) => count * values.length, 1) : sampleCount;
}

/** What is wrong with a design, a sentence each; none when `settingsOf` may be called. */
export function designFaults({ kind, varied, sampleCount }: Design): string[] {
  const faults = varied.flatMap(({ path }, place) =>
    varied.findIndex((other) => other.path === path) < place ? [`${path} is varied twice`] : [],
  );
  if (kind === 'grid') {
    for (const { path, values, range } of varied)
      if (values.length === 0)
        faults.push(`${path} has a range without steps; write ${path}=${range?.low}..${range?.high}/STEP, or a design`);
  } else if (!Number.isInteger(sampleCount) || sampleCount < 1) {
    faults.push(`a ${kind} design needs a whole number of samples from 1 on, got ${sampleCount}`);
  }
  if (kind === 'sobol' && varied.length > mostSobolDimensions)
    faults.push(`a sobol design varies at most ${mostSobolDimensions} paths, not ${varied.length}`);
  return faults;
}

/** The settings of cell number `place` of a grid: the last path changes fastest. */
export function gridSettings(varied: readonly Varied[], place: number): Settings {
  const settings: Setting[] = [];
  let rest = place;
  for (const { path, values } of [...varied].reverse()) {
    settings.push({ path, value: values[rest % values.length]! });
    rest = Math.floor(rest / values.length);
  }
  return settings.reverse();
}

/** Every cell's settings, in order. Designs that choose points leave out those that came before. */
export function settingsOf(design: Design): Settings[] {
  const { kind, varied, sampleCount } = design;
  if (kind === 'grid') return Array.from({ length: cellCountOf(design) }, (_, place) => gridSettings(varied, place));
  const points = kind === 'sobol' ? sobolPoints(sampleCount, varied.length) : hypercube(design);
  const settings = points.map((point) =>
    varied.map((one, dimension) => ({ path: one.path, value: valueAt(one, point[dimension]!) })),
  );
  const seen = new Set<string>();
  return settings.filter((one) => {
    const words = JSON.stringify(one.map(({ value }) => value));
    const isNew = !seen.has(words);
    seen.add(words);
    return isNew;
  });
}

/** Of a list, or a range with steps, one of its values; of a range without, any amount in it. */
function valueAt({ values, range }: Varied, share: number): string {
  if (values.length > 0) return values[Math.min(values.length - 1, Math.floor(share * values.length))]!;
  return amountAt(range!, share); // Without values there is a range.
}

/** One point in each of `sampleCount` equal slices of every dimension, at random within it (McKay et al. 1979). */
function hypercube({ varied, sampleCount, seed }: Design): number[][] {
  const columns = varied.map(({ path }) => {
    const draws = openStream('design', seed, path);
    const slices = Array.from({ length: sampleCount }, (_, slice) => slice);
    for (let place = sampleCount - 1; place > 0; place--) {
      const other = Math.floor(draws.uniform() * (place + 1));
      [slices[place], slices[other]] = [slices[other]!, slices[place]!];
    }
    return slices.map((slice) => (slice + draws.uniform()) / sampleCount);
  });
  return Array.from({ length: sampleCount }, (_, place) => columns.map((column) => column[place]!));
}
