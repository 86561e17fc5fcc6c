/**
 * Named streams: every chance in a run is drawn from a stream opened by name, so a new service, platform or source
 * opens a new name and leaves all other draws as they were.
 *
 * Its own file because it alone touches seedrandom: the package hashes a name to the key of a place, `Draws` does the
 * rest. Names are joined with their lengths in front, so `('a', 'bc')` and `('ab', 'c')` are different streams, and so
 * are the number 1 and the text '1'. Checked by `test/random/streams.test.ts`.
 */
// @ts-expect-error The package's types cover its index only, which loads all seven generators and asks for crypto.
import untypedAlea from 'seedrandom/lib/alea.js';
import { Draws } from './draws.js';

/** Alea, always given a seed; `int32` is its next 32 bits, signed. Cast because the file imported has no types. */
const alea = untypedAlea as (seed: string) => { int32(): number };

/**
 * The two 32-bit words that name a stream's place. Cost: about 2 us; open a stream once, not per event.
 *
 * @param names at least one; e.g. seed, replication, platform, service, purpose
 */
export function streamKey(...names: readonly (string | number)[]): readonly [number, number] {
  const generator = alea(joinNames(names));
  return [generator.int32(), generator.int32()];
}

/** A stream of draws that depends on its names and on nothing else. Names as for `streamKey`. */
export function openStream(...names: readonly (string | number)[]): Draws {
  const [keyA, keyB] = streamKey(...names);
  return new Draws(keyA, keyB);
}

function joinNames(names: readonly (string | number)[]): string {
  if (names.length === 0) throw new RangeError('a stream needs a name');
  let joined = '';
  for (const name of names) {
    const text = String(name);
    joined += `${typeof name === 'number' ? '#' : '$'}${text.length}:${text}`;
  }
  return joined;
}
