/** `breakeven` on the built program: the document, the files, the codes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { folderWith, windtunnel } from './program.js';

const folder = folderWith({
  'shop.yaml': `run: {duration: 5m, replications: 2}
traffic: {all: {entry: a.op, arrivals: {poisson: 2/s}}}
services: {a: {memory: 1GB, operations: {op: [{wait: 100ms}]}}}
platforms:
  functions: {preset: faas, prices: {faas.request: $0.0000002, faas.gbs: $0.0000166667}}
  machines: {preset: fixed, defaults: {replicas: 2}, prices: {fixed.instance: $0.01}}
`,
});
const ended = (...words: string[]) => windtunnel(['breakeven', 'shop.yaml', ...words], folder.path);
afterAll(() => folder.remove());

test('the traffic at which both cost the same, with its interval, as JSON, CSV and a table', {
  timeout: 60_000,
}, () => {
  const between = ['--between', 'functions,machines', '--range', '1/s..10/s', '--out', 'out'];
  const first = ended(...between, '--json');
  expect(first.code).toBe(0);
  const { breakeven, formatVersion } = JSON.parse(first.out);
  expect(formatVersion).toBe('1.0');
  const [crossing] = breakeven.crossings;
  expect(breakeven).toMatchObject({ vary: 'traffic', crossings: [{ cheaperBelow: 'functions' }] });
  // 14.6 / (0.0000002 + 0.1 x 0.0000166667) / 2,628,000 s = 2.976 a second; 900 visitors leave 3% of chance.
  expect(Math.abs(crossing.requestsPerSecond / 2.976 - 1)).toBeLessThan(0.1);
  expect(crossing.ci[0]).toBeLessThan(crossing.requestsPerSecond);
  expect(readFileSync(join(folder.path, 'out/result.json'), 'utf8')).toBe(first.out);
  expect(readFileSync(join(folder.path, 'out/breakeven.csv'), 'utf8')).toMatch(/\ncrossing,traffic,[\d.]+,1\/s,/);
  // The cells are kept: asked again, nothing is simulated and the answer is the same.
  expect(ended(...between, '--json').out).toBe(first.out);
  const lines = ended(...between, '--report', 'none', '--store', 'out/cells', '--format', 'ndjson')
    .out.trim()
    .split('\n');
  const events = lines.map((text) => JSON.parse(text));
  expect(events.map(({ event }) => event)).toEqual(['version', 'result', 'end']);
  expect(events[1].result).toEqual(JSON.parse(first.out));
  expect(events[2]).toMatchObject({ exitCode: 0, complete: true });
  expect(ended(...between).out).toMatch(/BREAK-EVEN .*cost the same once/);
});

test('no crossing in the range is an empty list and no failure', { timeout: 60_000 }, () => {
  const none = ended('--between', 'functions,machines', '--range', '5/s..10/s', '--report', 'none', '--json');
  expect(none.code).toBe(0);
  expect(JSON.parse(none.out).breakeven.crossings).toEqual([]);
});

test('a question that has no answer is refused before anything is simulated', () => {
  expect(ended()).toMatchObject({ code: 2, err: expect.stringContaining('needs --between a,b') });
  expect(ended('--between', 'functions,moon')).toMatchObject({ code: 2, out: '' });
  expect(ended('--between', 'functions,machines', '--range', 'fast').code).toBe(2);
});
