/**
 * Sobol' points: a sequence that fills the unit cube evenly, however many of its points are taken.
 *
 * Its own file because its only lore is the table of direction numbers: S. Joe and F. Y. Kuo, "Constructing Sobol
 * sequences with better two-dimensional projections", SIAM J. Sci. Comput. 30 (2008), the set new-joe-kuo-6 of which
 * this is the beginning. Checked by test/stats/sobol.test.ts: published first points, and every dimension balanced.
 */

/** Degree, coefficients and initial numbers of dimensions 2, 3, …; dimension 1 is the van der Corput sequence. */
const primitives: readonly (readonly [number, number, readonly number[]])[] = [
  [1, 0, [1]],
  [2, 1, [1, 3]],
  [3, 1, [1, 3, 1]],
  [3, 2, [1, 1, 1]],
  [4, 1, [1, 1, 3, 3]],
  [4, 4, [1, 3, 5, 13]],
  [5, 2, [1, 1, 5, 5, 17]],
  [5, 4, [1, 1, 5, 5, 5]],
  [5, 7, [1, 1, 7, 11, 19]],
  [5, 11, [1, 1, 5, 1, 1]],
  [5, 13, [1, 1, 1, 3, 11]],
  [5, 14, [1, 3, 5, 5, 31]],
  [6, 1, [1, 3, 3, 9, 7, 49]],
  [6, 13, [1, 1, 1, 15, 21, 21]],
  [6, 16, [1, 3, 1, 13, 27, 49]],
];

/** More dimensions than these are not in the table. */
export const mostSobolDimensions = primitives.length + 1;
const bitCount = 31;

/**
 * The points number 1 to `count` (number 0, the corner, left out), each of `dimensionCount` coordinates in (0, 1).
 *
 * @param count whole, from 1 to 2^31 - 2
 * @param dimensionCount whole, from 1 to `mostSobolDimensions`; beyond it throws
 */
export function sobolPoints(count: number, dimensionCount: number): number[][] {
  if (dimensionCount < 1 || dimensionCount > mostSobolDimensions)
    throw new Error(`Sobol' points have 1 to ${mostSobolDimensions} dimensions, not ${dimensionCount}`);
  const directions = Array.from({ length: dimensionCount }, (_, dimension) => directionNumbers(dimension));
  const state = new Array<number>(dimensionCount).fill(0);
  return Array.from({ length: count }, (_, place) => {
    const bit = lowestZeroBit(place);
    return directions.map((numbers, dimension) => {
      state[dimension]! ^= numbers[bit]!;
      return state[dimension]! / 2 ** bitCount;
    });
  });
}

function directionNumbers(dimension: number): readonly number[] {
  if (dimension === 0) return Array.from({ length: bitCount }, (_, bit) => 2 ** (bitCount - 1 - bit));
  const [degree, coefficients, initial] = primitives[dimension - 1]!;
  const numbers = initial.map((value, bit) => value * 2 ** (bitCount - 1 - bit));
  for (let bit = degree; bit < bitCount; bit++) {
    let number = numbers[bit - degree]! ^ (numbers[bit - degree]! >>> degree);
    for (let k = 1; k < degree; k++) if ((coefficients >> (degree - 1 - k)) & 1) number ^= numbers[bit - k]!;
    numbers.push(number);
  }
  return numbers;
}

function lowestZeroBit(value: number): number {
  let bit = 0;
  for (let rest = value; (rest & 1) === 1; rest >>>= 1) bit++;
  return bit;
}
