/**
 * Hashes of places and keys for the balancers that keep customers together. Its own file because the ring and Maglev
 * both need two independent hashes of an instance, and neither may know the engine's generator.
 *
 * The mixer is MurmurHash3's 32-bit finaliser (Appleby, public domain), applied once a word. Checked through the
 * balancers: an even spread of points and slots.
 */

/** A full avalanche of `a` with `b`, both whole numbers; a whole number in [0, 2^32). */
export function hashOfPair(a: number, b: number): number {
  return mixed(mixed(a ^ 0x2c1b3c6d) + Math.imul(b | 0, 0x9e3779b9)) >>> 0;
}

function mixed(word: number): number {
  let h = word | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
