/** Two scenarios, path by path. */
import { expect, test } from 'vitest';
import { readYaml } from '../../src/scenario/readYaml.js';
import { changesLoad, treeDifferences } from '../../src/scenario/treeDifferences.js';

const tree = (text: string) => readYaml(text, 'a.yaml').tree!;

test('what changed, came and went is told with both texts; order and layout are nothing', () => {
  const before = tree('a: {b: 1, c: [x, y]}\nd: 2');
  expect(treeDifferences(before, tree('d: 2\na:\n  c:\n    - x\n    - y\n  b: 1\n'))).toEqual([]);
  expect(treeDifferences(before, tree('a: {b: 3, c: [x]}\ne: 4\nd: 2'))).toEqual([
    { path: 'a.b', before: '1', after: '3' },
    { path: 'a.c[1]', before: 'y', after: null },
    { path: 'e', before: null, after: '4' },
  ]);
});

test('visitors differ with traffic, seed and length; not with platforms, nor with what operations do', () => {
  const of = (path: string) => changesLoad({ path, before: '1', after: '2' });
  for (const path of ['traffic.all.arrivals.poisson', 'load', 'seed', 'run.duration', 'run.replications'])
    expect(of(path), path).toBe(true);
  for (const path of ['platforms.x.defaults.replicas', 'services.a.cpu', 'services.a.operations.b[0].cpu', 'name'])
    expect(of(path), path).toBe(false);
});
