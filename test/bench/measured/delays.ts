/**
 * Draws made beforehand, for loops that are to measure a structure and not a generator: a table long enough that no
 * branch predictor learns it, and small enough to stay in the second-level cache.
 */
import { openStream } from '../../../src/random/streams.js';

const drawCount = 2 ** 16;

/** `table[i & drawMask]` is the i-th draw. */
export const drawMask = drawCount - 1;

/** Draws in [0, 1), the same at every run. */
export function uniformTable(name: string): Float64Array {
  const stream = openStream('bench', name);
  return Float64Array.from({ length: drawCount }, () => stream.uniform());
}

/** Exponential draws of so large a mean, rounded to whole numbers. */
export function exponentialTable(name: string, mean: number): Float64Array {
  return uniformTable(name).map((draw) => Math.round(-Math.log(1 - draw) * mean));
}
