/** Designs: a grid has every combination, a Latin hypercube one point a slice, Sobol' points fill the range. */
import { expect, test } from 'vitest';
import { cellCountOf, type Design, designFaults, settingsOf } from '../../src/experiment/designs.js';
import { readVaried, type Varied } from '../../src/experiment/vary.js';

function design(kind: Design['kind'], texts: readonly string[], sampleCount = 0): Design {
  return { kind, varied: texts.map((text) => readVaried(text) as Varied), sampleCount, seed: '1' };
}

test('a grid has every combination, the last path changing fastest', () => {
  const grid = design('grid', ['a=1,2', 'b=x,y,z']);
  expect(cellCountOf(grid)).toBe(6);
  expect(settingsOf(grid).map((settings) => settings.map(({ value }) => value).join(''))).toEqual([
    '1x',
    '1y',
    '1z',
    '2x',
    '2y',
    '2z',
  ]);
});

test('a Latin hypercube has one point in each of its slices, in every dimension, and depends on the seed alone', () => {
  const cube = design('lhs', ['load=0.0..1.0', 'x=0.0..10.0'], 20);
  const cells = settingsOf(cube);
  expect(cells).toEqual(settingsOf(cube));
  expect(cells).not.toEqual(settingsOf({ ...cube, seed: '2' }));
  for (const [dimension, width] of [
    [0, 1],
    [1, 10],
  ] as const) {
    const slices = cells.map((cell) => Math.floor((Number(cell[dimension]!.value) / width) * 20));
    expect([...slices].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, slice) => slice));
  }
});

test("Sobol' points over a list take each of its values equally often", () => {
  const cells = settingsOf(design('sobol', ['a=p,q,r,s', 'load=0.0..1.0'], 15));
  const counts = new Map<string, number>();
  for (const [setting] of cells) counts.set(setting!.value, (counts.get(setting!.value) ?? 0) + 1);
  expect([...counts.values()].sort()).toEqual([3, 4, 4, 4]); // 16 points less the corner, which is left out.
});

test('a path twice, a range without steps in a grid, a design without samples: each is named', () => {
  expect(designFaults(design('grid', ['a=1,2', 'a=3']))).toEqual(['a is varied twice']);
  expect(designFaults(design('grid', ['load=0.5..2']))[0]).toContain('without steps');
  expect(designFaults(design('lhs', ['load=0.5..2'], 0))[0]).toContain('samples');
});
