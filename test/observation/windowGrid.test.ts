/** Windows of a timeline. */
import { expect, test } from 'vitest';
import { WindowGrid } from '../../src/observation/windowGrid.js';

const startsOf = (grid: WindowGrid): number[] =>
  Array.from({ length: grid.windowCount + 1 }, (_, index) => grid.startUs(index));

test('windows count from clock 0, and the last one ends with the run', () => {
  const grid = new WindowGrid({ windowUs: 10, fromUs: 20, toUs: 45 });
  expect(startsOf(grid)).toEqual([0, 10, 20, 30, 40, 45]);
  expect(grid.firstMeasuredIndex).toBe(2);
});

test('a window inside which measuring begins is cut in two there', () => {
  const grid = new WindowGrid({ windowUs: 10, fromUs: 25, toUs: 40 });
  expect(startsOf(grid)).toEqual([0, 10, 20, 25, 30, 40]);
  expect(grid.firstMeasuredIndex).toBe(3);
});

test('every moment falls into the window that begins at or before it, the end of the run into the last', () => {
  const frames = [
    [10, 25, 40],
    [10, 20, 45],
    [7, 0, 50],
    [100, 30, 60],
  ] as const;
  for (const [windowUs, fromUs, toUs] of frames) {
    const grid = new WindowGrid({ windowUs, fromUs, toUs });
    for (let nowUs = 0; nowUs < toUs; nowUs++) {
      const index = grid.indexAt(nowUs);
      expect(grid.startUs(index)).toBeLessThanOrEqual(nowUs);
      expect(grid.startUs(index + 1)).toBeGreaterThan(nowUs);
    }
    expect(grid.indexAt(toUs)).toBe(grid.windowCount - 1);
  }
});
