/** `sweep` and `merge` on the built program: every cell once, whatever happened on the way; parts make the whole. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { folderWith, quickScenario, windtunnel } from './program.js';

const folder = folderWith({ 'quick.yaml': quickScenario });
afterAll(folder.remove);

const vary = ['--vary', 'load=0.5,1', '--vary', 'platforms.bench.defaults.replicas=1..3'];

function sweep(out: string, ...more: readonly string[]): ReturnType<typeof windtunnel> {
  return windtunnel(['sweep', 'quick.yaml', ...vary, '-o', out, ...more], folder.path);
}

function cellFiles(out: string): string[] {
  const top = join(folder.path, out, 'cells');
  return readdirSync(top).flatMap((part) => readdirSync(join(top, part)).map((file) => join(top, part, file)));
}

function read(out: string, file: string): string {
  return readFileSync(join(folder.path, out, file), 'utf8');
}

test('six cells: a tidy table with one column for each varied path, in the order of the design', () => {
  const { code, out } = sweep('whole');
  expect(code).toBe(0);
  expect(out).toContain('main effect of');
  const [header, ...rows] = read('whole', 'sweep.csv').trimEnd().split('\n');
  expect(header).toBe(
    'load,platforms.bench.defaults.replicas,platform,scope,name,metric,unit,mean,ci_low,ci_high,replications',
  );
  const settings = [...new Set(rows.map((row) => row.split(',').slice(0, 2).join()))];
  expect(settings).toEqual(['0.5,1', '0.5,2', '0.5,3', '1,1', '1,2', '1,3']);
  expect(cellFiles('whole')).toHaveLength(6);
});

test('a cell has the numbers that a comparison with the same settings has', () => {
  const set = ['--set', 'load=0.5', '--set', 'platforms.bench.defaults.replicas=3'];
  windtunnel(['compare', 'quick.yaml', ...set, '-o', 'single'], folder.path);
  // The level is observed by comparisons only: of a cell its rows are empty.
  const isShared = (row: string): boolean => !/serverless_|decisions_|_at_zero/.test(row);
  const swept = read('whole', 'sweep.csv')
    .split('\n')
    .filter((row) => row.startsWith('0.5,3,'))
    .filter(isShared);
  const alone = read('single', 'summary.csv').trimEnd().split('\n').slice(1).filter(isShared);
  expect(swept.map((row) => row.slice('0.5,3,'.length))).toEqual(alone);
});

test('what is finished is not simulated again; a damaged cell is, and the report is the same', () => {
  const before = read('whole', 'sweep.csv');
  const [damaged, cut, ...whole] = cellFiles('whole');
  writeFileSync(damaged!, readFileSync(damaged!, 'utf8').replace('"mean":', '"mean":1'));
  writeFileSync(cut!, readFileSync(cut!, 'utf8').slice(0, 100));
  const times = whole.map((file) => statSync(file).mtimeMs);
  const { code, err } = sweep('whole', '--resume');
  expect(code).toBe(0);
  expect(err).toContain('4 cells were finished before');
  expect(whole.map((file) => statSync(file).mtimeMs)).toEqual(times);
  expect(read('whole', 'sweep.csv')).toBe(before);
});

test('three parts, made apart and merged, are byte for byte the sweep in one piece', () => {
  for (const part of [1, 2, 3]) expect(sweep(`part${part}`, '--shard', `${part}/3`).code).toBe(0);
  const { code } = windtunnel(['merge', 'part1', 'part2', 'part3', '-o', 'merged'], folder.path);
  expect(code).toBe(0);
  for (const file of ['sweep.csv', 'result.json', 'study.json']) expect(read('merged', file)).toBe(read('whole', file));
});

test('a part that is missing is said, and exit 4', () => {
  const { code, err } = windtunnel(['merge', 'part1', 'part3', '-o', 'holes'], folder.path);
  expect(code).toBe(4);
  expect(err).toContain('2 of 6 cells are missing');
  expect(JSON.parse(read('holes', 'result.json')).complete).toBe(false);
});

test('the number of threads changes no byte', () => {
  expect(sweep('one', '--workers', '1').code).toBe(0);
  for (const file of ['sweep.csv', 'result.json']) expect(read('one', file)).toBe(read('whole', file));
});

test('parts of different sweeps do not go together', () => {
  windtunnel(['sweep', 'quick.yaml', '--vary', 'load=1,2', '-o', 'other', '--shard', '1/2'], folder.path);
  const { code, err } = windtunnel(['merge', 'part1', 'other', '-o', 'mixed'], folder.path);
  expect(code).toBe(2);
  expect(err).toContain('other is of another sweep');
});

test.each([
  [['--vary', 'platforms.bench.defaults.replcas=1,2'], 'replcas'],
  [['--vary', 'load=10..1/1'], 'empty range'],
  [['--vary', 'load=0.5..2'], 'without steps'],
  [['--vary', 'load=1,2', '--design', 'lhs'], 'needs --samples'],
  [['--vary', 'load=1..2000/1', '--vary', 'run.replications=1..1000/1'], '--yes'],
  [['--vary', 'load=1,2', '--shard', '4/3'], 'is not part/parts'],
  [['--vary', 'load=1,2', '--platforms', 'bnch'], 'bench'],
  [[], 'nothing is varied'],
])('%j is refused, and nothing is written', (words, told) => {
  const { code, err } = windtunnel(['sweep', 'quick.yaml', ...words, '-o', 'never'], folder.path);
  expect(code).toBe(2);
  expect(err).toContain(told);
  expect(readdirSync(folder.path)).not.toContain('never');
});

test('an objective that every platform misses matters only where asked', () => {
  const missed = ['--threshold', 'latency_p99 < 1ms'];
  expect(sweep('missed', ...missed).code).toBe(0);
  expect(sweep('missed', ...missed, '--fail-on-miss').code).toBe(99);
});
