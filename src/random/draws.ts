/**
 * Draws: where every chance in a run comes from.
 *
 * A counter-based generator: draw number k of a place is a full-avalanche mix of (place, k), so what happens at
 * one place never depends on how many draws another place took. A place is 64 bits: the key of a named stream
 * (seedrandom's hash of its name, see `streams.ts`), mixed for visitors with the visitor's number and the step's path.
 * The mixer is MurmurHash3's 32-bit finaliser (Appleby, public domain), applied twice a word. Checked by the
 * chi-square and serial-correlation batteries of `test/random/draws.test.ts`.
 *
 * One class for visitors' draws and for platforms' streams, so that the call sites in samplers stay monomorphic.
 */

/** MurmurHash3's finaliser: every input bit flips every output bit with chance one half. Signed 32-bit in and out. */
export function mix32(word: number): number {
  let h = word | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** A place in the space of chance, and how many draws were taken there. */
export class Draws {
  private keyA = 0;
  private keyB = 0;
  private taken = 0;
  /** The second word of the pair drawn last. */
  second = 0;

  constructor(keyA = 0, keyB = 0) {
    this.moveTo(keyA, keyB);
  }

  /** Go to the first draw of another place. */
  moveTo(keyA: number, keyB: number): void {
    this.keyA = keyA | 0;
    this.keyB = keyB | 0;
    this.taken = 0;
  }

  /** Go to the first draw of step `path` of a visitor whose own key is (`keyA`, `keyB`). All are 32-bit integers. */
  moveToStep(keyA: number, keyB: number, path: number): void {
    this.keyA = keyA ^ path; // Each draw mixes both words fully; mixing here too would change nothing but the cost.
    this.keyB = (keyB + Math.imul(path, 0x9e3779b9)) | 0;
    this.taken = 0;
  }

  /** The next draw as a signed 32-bit integer. */
  bits(): number {
    this.taken = (this.taken + 1) | 0;
    return mix32(this.keyB ^ mix32(this.keyA + Math.imul(this.taken, 0x9e3779b9)));
  }

  /** The next two draws at once: the first comes back, the other one is then in `second`. */
  pair(): number {
    const { keyA, keyB, taken } = this;
    this.taken = (taken + 2) | 0;
    this.second = mix32(keyB ^ mix32(keyA + Math.imul(taken + 2, 0x9e3779b9)));
    return mix32(keyB ^ mix32(keyA + Math.imul(taken + 1, 0x9e3779b9)));
  }

  /** The next draw in [0, 1), a multiple of 2^-53. Takes two words. Never 1; may be 0. */
  uniform(): number {
    const high = this.pair() >>> 5; // 27 bits
    return (high * 67108864 + (this.second >>> 6)) / 9007199254740992; // 26 bits more
  }
}
