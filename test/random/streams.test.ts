/** Named streams: the same names give the same draws for ever; names that only look alike give others. */
import { expect, test } from 'vitest';
import { openStream, streamKey } from '../../src/random/streams.js';

test('the same names give the same stream', () => {
  expect(streamKey('2026', 3, 'browse')).toEqual(streamKey('2026', 3, 'browse'));
  expect(openStream('a', 1).uniform()).toBe(openStream('a', 1).uniform());
});

test('names are not run together: moving a letter, a number for its text, an empty name make another stream', () => {
  const keys = [streamKey('a', 'bc'), streamKey('ab', 'c'), streamKey('abc'), streamKey('abc', '')];
  keys.push(streamKey('1'), streamKey(1), streamKey('$1:1'), streamKey('1', '1'), streamKey('11'));
  expect(new Set(keys.map(String)).size).toBe(keys.length);
});

test('names that objects have by nature are plain names', () => {
  const keys = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'].map((name) => streamKey(name));
  expect(new Set(keys.map(String)).size).toBe(4);
});

test('a hundred thousand neighbouring names give as many keys', () => {
  const keys = new Set<string>();
  for (let i = 0; i < 100_000; i++) keys.add(String(streamKey('seed', i)));
  expect(keys.size).toBe(100_000);
});

test('a stream without a name is a bug of the caller', () => {
  expect(() => streamKey()).toThrow(RangeError);
});
