/** Sobol' points against the published beginning of the sequence, and its defining balance. */
import { expect, test } from 'vitest';
import { mostSobolDimensions, sobolPoints } from '../../src/stats/sobol.js';

test('the first points in three dimensions are those of the reference implementation', () => {
  // Joe and Kuo's program (new-joe-kuo-6.21201), points 1 to 7.
  expect(sobolPoints(7, 3)).toEqual([
    [0.5, 0.5, 0.5],
    [0.75, 0.25, 0.25],
    [0.25, 0.75, 0.75],
    [0.375, 0.375, 0.625],
    [0.875, 0.875, 0.125],
    [0.625, 0.125, 0.875],
    [0.125, 0.625, 0.375],
  ]);
});

test('each sixteenth of each dimension holds exactly its share of 2^10 points', () => {
  const points = [new Array<number>(mostSobolDimensions).fill(0), ...sobolPoints(1023, mostSobolDimensions)];
  for (let dimension = 0; dimension < mostSobolDimensions; dimension++) {
    const counts = new Array<number>(16).fill(0);
    for (const point of points) counts[Math.floor(point[dimension]! * 16)]!++;
    expect(counts, `dimension ${dimension + 1}`).toEqual(new Array<number>(16).fill(64));
  }
});

test('dimensions beyond the table are refused', () => {
  expect(() => sobolPoints(1, mostSobolDimensions + 1)).toThrow('dimensions');
});
