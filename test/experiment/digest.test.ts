/** The digest of results: a published hash over canonical JSON. */
import { expect, test } from 'vitest';
import { canonicalJson, digestOf, murmur3x86Hash128 } from '../../src/experiment/digest.js';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

test('the hash is MurmurHash3 x86 128 (value published in the readme of murmurhash3js)', () => {
  expect(murmur3x86Hash128(bytesOf("I will not buy this tobacconist's, it is scratched."))).toBe(
    '9b5b7ba2ef3f7866889adeaf00f3f98e',
  );
  expect(murmur3x86Hash128(bytesOf(''))).toBe('0'.repeat(32));
});

test('the order of keys does not change a digest, any number does', () => {
  expect(digestOf({ a: 1, b: [1, 2] })).toBe(digestOf({ b: [1, 2], a: 1 }));
  expect(digestOf({ a: 1, b: [1, 2] })).not.toBe(digestOf({ a: 1, b: [2, 1] }));
  expect(digestOf({ a: 0.1 })).not.toBe(digestOf({ a: 0.1 + 2 ** -55 }));
});

test('canonical JSON is JSON: names such as __proto__ are plain keys, members without a value are left out', () => {
  const value = JSON.parse('{"__proto__": 1, "b": null}') as object;
  expect(canonicalJson({ ...value, c: undefined })).toBe('{"__proto__":1,"b":null}');
});
