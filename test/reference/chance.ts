/**
 * Where chances are drawn: a visitor's at places on his way, a platform's from streams of its own.
 *
 * The numbers are the product's own (`src/random`), drawn at the places that its engine draws at; so both engines see the
 * same visitors.
 */
import { hashName, placeOf } from '../../src/engine/program.js';
import type { Sampler } from '../../src/random/contract.js';
import { Draws, mix32 } from '../../src/random/draws.js';
import { streamKey } from '../../src/random/streams.js';

export { hashName, placeOf };

/** Draws of visitor `number` of a source, at step `place` of his way. */
export function drawsAt(key: VisitorKey, place: number): Draws {
  const draws = new Draws();
  draws.moveToStep(key.a, key.b, place);
  return draws;
}

export interface VisitorKey {
  readonly a: number;
  readonly b: number;
}

/** The key of visitor `number` of the source `name`. */
export function visitorKey(seed: string, replicationIndex: number, name: string, number: number): VisitorKey {
  const [sourceA, sourceB] = streamKey(seed, replicationIndex, 'visitors', name);
  return { a: mix32(sourceA + Math.imul(number, 0x51ed270b)), b: mix32(sourceB ^ Math.imul(number, 0x2545f491)) };
}

/** A sampled duration, rounded to whole microseconds. */
export function sampledUs(sampler: Sampler, draws: Draws): number {
  return Math.round(sampler.sample(draws));
}
