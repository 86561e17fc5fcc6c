/**
 * Draws as a generator: neighbouring places must look as unrelated as far ones. Chi-square and serial correlation over
 * a stream, over neighbouring visitors, over steps of one visitor, and over streams of similar names. Seeds are fixed;
 * limits are the 99.99% points of the statistics, so a sound generator passes and a weak mix fails by orders.
 */
import { expect, test } from 'vitest';
import { Draws, mix32 } from '../../src/random/draws.js';
import { openStream, streamKey } from '../../src/random/streams.js';

/** Chi-square of 256 equal cells: 255 degrees of freedom, sd 22.6; 99.99% point 347.7 (Wilson and Hilferty). */
const chiSquareLimit = 347.7;

function chiSquareOf(values: readonly number[]): number {
  const cells = new Float64Array(256);
  for (const value of values) cells[Math.floor(value * 256)]!++;
  const expected = values.length / 256;
  return cells.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

/** Correlation of each value with the next, in standard errors. */
function serialScore(values: readonly number[]): number {
  let sum = 0;
  for (let i = 1; i < values.length; i++) sum += (values[i - 1]! - 0.5) * (values[i]! - 0.5);
  return (sum * 12) / Math.sqrt(values.length - 1);
}

/** Pairs of a value and the next on a 16 x 16 board: what a lattice or a shared bit shows up in. */
function pairChiSquareOf(values: readonly number[]): number {
  const pairs: number[] = [];
  for (let i = 0; i + 1 < values.length; i += 2)
    pairs.push((Math.floor(values[i]! * 16) * 16 + Math.floor(values[i + 1]! * 16)) / 256);
  return chiSquareOf(pairs);
}

function expectRandom(values: readonly number[], what: string): void {
  expect(chiSquareOf(values), `${what}: chi-square`).toBeLessThan(chiSquareLimit);
  expect(pairChiSquareOf(values), `${what}: chi-square of pairs`).toBeLessThan(chiSquareLimit);
  expect(Math.abs(serialScore(values)), `${what}: serial correlation`).toBeLessThan(3.9);
}

const count = 40_000;
const numbers = Array.from({ length: count }, (_, i) => i);

test('the draws of one stream are uniform and uncorrelated', () => {
  const draws = openStream('seed', 1, 'browse');
  expectRandom(
    numbers.map(() => draws.uniform()),
    'one stream',
  );
});

test('the first draws of neighbouring visitors are uniform and uncorrelated', () => {
  const [keyA, keyB] = streamKey('seed', 1, 'browse');
  const draws = new Draws();
  for (const path of [0, 1, 7, 0x7fffffff])
    expectRandom(
      numbers.map((visitor) => {
        draws.moveToStep(mix32(keyA ^ visitor), mix32(keyB + visitor), path);
        return draws.uniform();
      }),
      `visitors at step ${path}`,
    );
});

test('the first draws of neighbouring steps of one visitor are uniform and uncorrelated', () => {
  const [keyA, keyB] = streamKey('seed', 1, 'browse');
  const draws = new Draws();
  expectRandom(
    numbers.map((path) => {
      draws.moveToStep(keyA, keyB, path);
      return draws.uniform();
    }),
    'steps',
  );
});

test('the first draws of replications are uniform and uncorrelated', () => {
  expectRandom(
    numbers.map((replication) => openStream('seed', replication, 'browse').uniform()),
    'replications',
  );
});

test('each bit of a word is set half of the time, and flips half of the time from one word to the next', () => {
  const draws = openStream('bits');
  const setCounts = new Float64Array(32);
  const flipCounts = new Float64Array(32);
  let before = draws.bits();
  for (let i = 0; i < count; i++) {
    const word = draws.bits();
    for (let bit = 0; bit < 32; bit++) {
      setCounts[bit]! += (word >>> bit) & 1;
      flipCounts[bit]! += ((word ^ before) >>> bit) & 1;
    }
    before = word;
  }
  for (const counts of [setCounts, flipCounts])
    for (const number of counts) expect(Math.abs(number - count / 2) / Math.sqrt(count / 4)).toBeLessThan(4.5);
});

test('coming back to a place gives the same draws again, whatever was drawn elsewhere', () => {
  const draws = new Draws(1, 2);
  const first = [draws.uniform(), draws.uniform()];
  draws.moveTo(3, 4);
  draws.uniform();
  draws.moveTo(1, 2);
  expect([draws.uniform(), draws.uniform()]).toEqual(first);
});

test('a uniform draw lies in [0, 1) and has 53 bits', () => {
  const draws = openStream('range');
  let usesLowBits = false;
  for (let i = 0; i < 10_000; i++) {
    const u = draws.uniform();
    expect(u >= 0 && u < 1).toBe(true);
    if ((u * 2 ** 53) % 2 === 1) usesLowBits = true;
  }
  expect(usesLowBits).toBe(true);
});
