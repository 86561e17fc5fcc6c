/**
 * A digest of plain data: 128 bits that change when any number in it changes, and do not depend on the order of keys.
 *
 * Its own file, and its own hash, because the result must say in a browser as on a server whether two runs are the
 * same, and `node:crypto` is only on one of them. It guards against accidents, not against forgers. The hash is
 * MurmurHash3 x86 128 (Austin Appleby, public domain, smhasher); checked against published values.
 */

/** 32 hexadecimal digits of the value's canonical JSON (keys sorted by code unit, shortest numbers) in UTF-8. */
export function digestOf(value: unknown): string {
  return murmur3x86Hash128(new TextEncoder().encode(canonicalJson(value)));
}

/** JSON with sorted keys and no spaces. Two values that are equal as data give the same text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item === undefined ? null : item)).join()}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join()}}`;
}

const multipliers = [0x239b961b, 0xab0e9789, 0x38b34ae5, 0xa1e38b93] as const;
/** Per lane: rotation of the mixed word, rotation of the lane, what is added. */
const lanes = [
  { wordTurn: 15, laneTurn: 19, added: 0x561ccd1b },
  { wordTurn: 16, laneTurn: 17, added: 0x0bcaa747 },
  { wordTurn: 17, laneTurn: 15, added: 0x96cd1c35 },
  { wordTurn: 18, laneTurn: 13, added: 0x32ac3b17 },
] as const;

/** Seed 0. 32 hexadecimal digits: the four lanes, the first lane first. */
export function murmur3x86Hash128(bytes: Uint8Array): string {
  const state = new Int32Array(4);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const blockEnd = bytes.length - (bytes.length % 16);
  for (let at = 0; at < blockEnd; at += 16) {
    for (let lane = 0; lane < 4; lane++) {
      const { laneTurn, added } = lanes[lane]!;
      state[lane]! ^= mixedWord(view.getInt32(at + lane * 4, true), lane);
      state[lane] = Math.imul(turned(state[lane]!, laneTurn) + state[(lane + 1) % 4]!, 5) + added;
    }
  }
  for (let lane = 0; lane < 4; lane++) {
    let word = 0;
    for (let place = 3; place >= 0; place--) word = (word << 8) | (bytes[blockEnd + lane * 4 + place] ?? 0);
    state[lane]! ^= mixedWord(word, lane);
  }
  for (let lane = 0; lane < 4; lane++) state[lane]! ^= bytes.length;
  spread(state);
  for (let lane = 0; lane < 4; lane++) state[lane] = finished(state[lane]!);
  spread(state);
  return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

function mixedWord(word: number, lane: number): number {
  const turnedWord = turned(Math.imul(word, multipliers[lane]!), lanes[lane]!.wordTurn);
  return Math.imul(turnedWord, multipliers[(lane + 1) % 4]!);
}

/** The first lane gathers the others, and each of them gathers the first. */
function spread(state: Int32Array): void {
  state[0] = state[0]! + state[1]! + state[2]! + state[3]!;
  for (let lane = 1; lane < 4; lane++) state[lane]! += state[0]!;
}

function turned(word: number, byBits: number): number {
  return (word << byBits) | (word >>> (32 - byBits));
}

function finished(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
