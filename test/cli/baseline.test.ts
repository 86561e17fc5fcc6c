/** A result held against a stored one, and one that stops early, on the built program. */
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { folderWith, quickScenario, windtunnel } from './program.js';

let folder: ReturnType<typeof folderWith>;
const inFolder = (...words: readonly string[]) => windtunnel(words, folder.path);
const shop = quickScenario
  .replace('duration: 2s, replications: 2', 'duration: 30s, replications: 5')
  .concat(
    'objectives:\n  - {must: latency_mean < 10s, regression: 5%}\n  - {must: throughput > 1/s, regression: 1%}\n',
  );

beforeAll(() => {
  folder = folderWith({ 'shop.yaml': shop, 'busier.yaml': shop.replace('80/s', '85/s') });
  const { code, err } = inFolder('run', 'shop.yaml', '--report', 'json', '--out', 'main');
  // Without a baseline only `must` is judged, and a hint says so.
  expect([code, err]).toEqual([0, expect.stringContaining('--baseline')]);
});
afterAll(() => folder.remove());

interface Document {
  readonly complete: boolean;
  readonly replications: number;
  readonly platforms: { readonly bench: { readonly objectives: readonly Record<string, unknown>[] } };
  readonly baseline?: { readonly paired: boolean; readonly platforms: readonly unknown[] };
}

test('the same again has not become worse: every regression is met, and sure, for nothing differs at all', () => {
  const { code, out } = inFolder('run', 'shop.yaml', '--baseline', 'main', '--report', 'none', '--json');
  expect(code).toBe(0);
  const { platforms, baseline } = JSON.parse(out) as Document;
  expect(platforms.bench.objectives.map(({ text, met, sure }) => [text, met, sure])).toEqual([
    ['latency_mean < 10s', true, true],
    ['throughput > 1/s', true, true],
    ['latency_mean regression <= 5%', true, true],
    ['throughput regression <= 1%', true, true],
  ]);
  expect(baseline).toMatchObject({ paired: true, platforms: [{ before: 'bench', after: 'bench' }] });
});

test('a slower server fails by its regression alone, exits 99, and the differences are printed', () => {
  const slower = ['run', 'shop.yaml', '--set', 'platforms.bench.defaults.cpu=0.9', '--baseline', 'main'];
  const { code, out, err } = inFolder(...slower, '--report', 'junit', '--out', 'slower');
  // At 80 % load a server that is a tenth slower waits far more than 5 % longer: M/M/1, 50 ms -> 90 ms.
  expect(code, err).toBe(99);
  expect(out).toMatch(/MISS +latency_mean regression <= 5%/);
  expect(out).toMatch(/ok +latency_mean < 10s/);
  expect(out).toMatch(/latency_mean .* worse/);
  expect(readFileSync(join(folder.path, 'slower', 'junit.xml'), 'utf8')).toMatch(/baseline [\d.]+ ms/);
});

test('over a part of the time: from a moment on, and the share of windows in which it holds', () => {
  const timed = shop.concat(
    '  - {must: latency_mean < 10s, from: 15s, regression: 5%}\n',
    '  - {must: latency_mean < 100ms, every: 5s, in: 1%, regression: 5%}\n',
  );
  writeFileSync(join(folder.path, 'timed.yaml'), timed);
  const refused = inFolder('run', 'timed.yaml', '--baseline', 'main', '--report', 'none');
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('not measured latency_mean from 15s')]);
  expect(inFolder('run', 'timed.yaml', '--report', 'json', '--out', 'timed').code).toBe(0);
  const held = (...words: readonly string[]) => {
    const { code, out } = inFolder('run', 'timed.yaml', '--baseline', 'timed', '--report', 'none', '--json', ...words);
    const verdicts = (JSON.parse(out) as Document).platforms.bench.objectives.slice(-2);
    return { code, verdicts: verdicts.map(({ text, unit, met }) => [text, unit, met]), values: verdicts };
  };
  const texts = ['latency_mean from 15s regression <= 5%', 'latency_mean < 100ms every 5s regression <= 5%'];
  const same = held();
  expect([same.code, same.verdicts]).toEqual([0, texts.map((text, at) => [text, ['ms', 'share'][at], true])]);
  for (const { value, baseline } of same.values) expect(value).toBe(baseline);
  // Nothing is slower before the 15th second than it was: only what began afterwards can tell.
  const slower = held('--set', 'faults=[{at: 15s, for: 20s, slow: server, factor: 1.2}]');
  expect([slower.code, slower.verdicts.map(([, , met]) => met)]).toEqual([99, [false, false]]);
});

test('a report made again is held against what it was held against, though that is gone', () => {
  const words = ['run', 'shop.yaml', '--baseline', 'old', '--report', 'csv,json', '--out', 'kept'];
  cpSync(join(folder.path, 'main'), join(folder.path, 'old'), { recursive: true });
  expect(inFolder(...words, '--set', 'platforms.bench.defaults.cpu=0.9').code).toBe(99);
  rmSync(join(folder.path, 'old'), { recursive: true });
  const before = readFileSync(join(folder.path, 'kept', 'result.json'), 'utf8');
  expect(inFolder('report', 'kept').code).toBe(99);
  expect(readFileSync(join(folder.path, 'kept', 'result.json'), 'utf8')).toBe(before);
  expect(before).toContain('latency_mean regression <= 5%');
});

test('other visitors are refused before anything is simulated, unless independent runs are meant', () => {
  const refused = inFolder('run', 'busier.yaml', '--baseline', 'main', '--report', 'none');
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('--unpaired')]);
  const { out } = inFolder('run', 'busier.yaml', '--baseline', 'main', '--unpaired', '--report', 'none');
  expect(out).toContain('Independent runs');
});

test('--abort-on-fail stops as soon as no replication can mend it: the same bytes on one thread and on two', () => {
  const words = [
    'run',
    'shop.yaml',
    '--threshold',
    'latency_mean < 1ms',
    '--abort-on-fail',
    '--json',
    '--report',
    'none',
  ];
  const one = inFolder(...words, '--workers', '1');
  expect(one.code).toBe(99);
  const document = JSON.parse(one.out) as Document;
  // Some 50 ms in the first are 10 ms over five: lost at once.
  expect(document).toMatchObject({ complete: false, replications: 1 });
  expect(one.err).toContain('can no longer be met');
  expect(inFolder(...words, '--workers', '2').out).toBe(one.out);
});

test('--chart draws the charts it names, as pictures, and refuses a name that is none', () => {
  const words = [
    'run',
    'shop.yaml',
    '--chart',
    'bill-by-line,latency-percentiles',
    '--report',
    'csv',
    '--out',
    'charts',
  ];
  expect(inFolder(...words).code).toBe(0);
  expect(readdirSync(join(folder.path, 'charts', 'charts')).sort()).toEqual([
    'bill-by-line.png',
    'latency-percentiles.png',
  ]);
  const refused = inFolder('run', 'shop.yaml', '--chart', 'bill');
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('bill-by-line')]);
});
