/** `trace` on the built program: one visitor as requests.csv knows him, a window, and what a user may get wrong. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { folderWith, quickScenario, windtunnel } from './program.js';

let folder: ReturnType<typeof folderWith>;
beforeAll(() => {
  folder = folderWith({ 'quick.yaml': quickScenario });
});
afterAll(() => folder.remove());
const inFolder = (...words: readonly string[]) => windtunnel(words, folder.path);

test('a visitor of requests.csv is told with the latency that stands there', () => {
  inFolder('run', 'quick.yaml', '--requests', '--report', 'csv', '--out', 'out');
  const [, row = ''] = readFileSync(join(folder.path, 'out', 'requests.csv'), 'utf8').split('\n');
  const [, , request = '', , , latencyMs = ''] = row.split(',');
  const { code, out } = inFolder('trace', 'quick.yaml', '--request', request);
  expect(code).toBe(0);
  expect(out).toContain(`visitor ${request} comes`);
  expect(out).toContain(`${Number(latencyMs).toFixed(3)} ms  visitor leaves: completed`);
  expect(out).toMatch(/server work starts on instance 0/);
});

test('a window tells who came, what happened, and the slowest', () => {
  const { code, out } = inFolder('trace', 'quick.yaml', '--window', '1s..2s');
  expect(code).toBe(0);
  expect(out).toMatch(/^ \d+ visitors came: \d+ completed/);
  expect(out).toMatch(/SLOWEST\n all\/\d+ /);
});

test.each([
  [['trace', 'quick.yaml'], /either --request source\/number or --window/],
  [['trace', 'quick.yaml', '--request', 'all'], /is not source\/number/],
  [['trace', 'quick.yaml', '--request', 'none/1'], /no traffic "none"; there is all/],
  [['trace', 'quick.yaml', '--request', 'all/99999999'], /no visitor all\/99999999/],
  [['trace', 'quick.yaml', '--window', '5m..1m'], /not from\.\.to/],
  [['trace', 'quick.yaml', '--window', '12:00..12:05'], /is after the run, which ends at/],
])('%j is refused with exit 2', (words, wanted) => {
  const { code, out, err } = inFolder(...words);
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(wanted);
});
