/**
 * The rules by which providers count time: each piece rounded up to a step with a floor, overlapping pieces counted
 * once, a tail after the last. Its own file because the meters (on a run) and the products' price lists (on a worked
 * example) must follow the same rule; both call these. Times are whole microseconds.
 */
import type { Steps } from './contract.js';

/** A piece of time, [fromUs, toUs]. */
export type Piece = readonly [fromUs: number, toUs: number];

/**
 * What one piece of time is billed as, in whole microseconds: at least the minimum, then up to the next whole step.
 *
 * @param us length of the piece, whole microseconds >= 0
 */
export function billedUs(us: number, { granularityMs, minimumMs }: Steps): number {
  return inSteps(us, granularityMs * 1000, minimumMs * 1000);
}

/** What the minimum adds to a piece of time beyond its steps. */
export function minimumAddedUs(us: number, { granularityMs, minimumMs }: Steps): number {
  return us >= minimumMs * 1000
    ? 0
    : inSteps(us, granularityMs * 1000, minimumMs * 1000) - inSteps(us, granularityMs * 1000, 0);
}

/** The same with the steps in microseconds: for what runs at every call. */
export function inSteps(us: number, stepUs: number, minimumUs: number): number {
  return Math.ceil(Math.max(us, minimumUs) / stepUs) * stepUs;
}

/** Pieces joined where they overlap, touch, or lie at most `gapUs` apart; in order of time. */
export function unionOf(pieces: readonly Piece[], gapUs = 0): Piece[] {
  const joined: [number, number][] = [];
  for (const [fromUs, toUs] of [...pieces].sort(([a], [b]) => a - b)) {
    const last = joined.at(-1);
    if (last && fromUs <= last[1] + gapUs) last[1] = Math.max(last[1], toUs);
    else joined.push([fromUs, toUs]);
  }
  return joined;
}

/** Each piece lengthened by a tail; a gap shorter than the tail is counted once, as the gap. */
export function withTails(pieces: readonly Piece[], tailUs: number): Piece[] {
  return unionOf(pieces.map(([fromUs, toUs]) => [fromUs, toUs + tailUs]));
}
