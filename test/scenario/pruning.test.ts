/** What is left of a tree without its mistaken parts, and how what is said of it is put back into place. */
import { expect, test } from 'vitest';
import { prepareWritten } from '../../src/experiment/written.js';
import { pruned } from '../../src/scenario/pruning.js';
import { readYaml } from '../../src/scenario/readYaml.js';
import type { Issue } from '../../src/units/issue.js';

const at = { file: 'a.yaml', line: 1, column: 1 };
const issue = (path: string): Issue => ({ code: 'x', severity: 'error', at, path, message: `${path} is odd` });

function treeOf(text: string) {
  const { tree } = readYaml(text, 'a.yaml');
  if (!tree) throw new Error('no tree');
  return tree;
}

test('items that were left out are counted again afterwards', () => {
  const { tree, asWritten } = pruned(treeOf('list: [a, b, c, d]\n'), [
    ['list', 0],
    ['list', 2],
  ]);
  expect(JSON.stringify(tree)).not.toMatch(/"text":"[ac]"/);
  expect(asWritten(issue('list[0]'))).toMatchObject({ path: 'list[1]', message: 'list[1] is odd' });
  expect(asWritten(issue('list[1].deep'))).toMatchObject({ path: 'list[3].deep', message: 'list[3].deep is odd' });
  expect(asWritten(issue('other[0]'))).toMatchObject({ path: 'other[0]' });
});

test('what is said of something above a part that was left out may come from its absence: it is not said', () => {
  const { asWritten } = pruned(treeOf('a: {b: 1, c: 2}\n'), [['a', 'b']]);
  expect(asWritten(issue('a'))).toBeNull();
  expect(asWritten(issue('a.b'))).toBeNull();
  expect(asWritten(issue('a.c'))).not.toBeNull();
});

test('mistakes of form and of meaning are told in one pass, in the order of the file', () => {
  const text = `traffic: {all: {entry: movie.list, arrivals: {poisson: 5/s}}}
services:
  movie:
    concurency: 80
    cpu: two
    operations: {list: [{cpu: 5ms}]}
objectives:
  - latency_p99 = 1s
  - latency_p99 < 250
  - checkout.latency_p999 < 1s
`;
  const checked = prepareWritten({ text, file: 'booking.yaml' }, []);
  if (checked.ok) throw new Error('it has mistakes');
  const told = checked.issues.map(({ at: { line }, code, path }) => `${line} ${code} ${path}`);
  expect(told).toEqual([
    '4 unknown-key services.movie.concurency',
    '5 type services.movie.cpu',
    '8 metric objectives[0]',
    '9 unit objectives[1]',
    '10 metric objectives[2]',
  ]);
});

test('where all traffic is mistaken, and steps deep in a list, the rest is still judged', () => {
  const text = `traffic: {all: {entry: movie.list, arrivals: {poisson: 20}}}
services:
  movie:
    operations:
      list: [{parallel: [{call: movie.nothing}, {cpu: 10}]}]
  fare: {operations: {quote: [{cpu: 5}]}}
platforms:
  a: {preset: fixd}
objectives:
  - all.latency_p99 < 1s
  - fare.latency_p99 < 1s
  - checkout.latency_p99 < 1s
`;
  const checked = prepareWritten({ text, file: 'booking.yaml' }, []);
  if (checked.ok) throw new Error('it has mistakes');
  const told = checked.issues.map(({ at: { line }, code, path }) => `${line} ${code} ${path}`);
  expect(told).toEqual([
    '1 unit traffic.all.arrivals.poisson',
    '5 reference services.movie.operations.list[0].parallel[0].call',
    '5 unit services.movie.operations.list[0].parallel[1].cpu',
    '6 unit services.fare.operations.quote[0].cpu',
    '8 reference platforms.a.preset',
    // `all` and `fare` are there, whatever is wrong inside them; `checkout` is not.
    '12 metric objectives[2]',
  ]);
});
