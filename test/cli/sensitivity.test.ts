/** `sensitivity` on the built program: a table, a document, refusals. */
import { afterAll, expect, test } from 'vitest';
import { folderWith, quickScenario, windtunnel } from './program.js';

const folder = folderWith({ 'quick.yaml': quickScenario });
const ended = (...words: string[]) => windtunnel(['sensitivity', 'quick.yaml', ...words], folder.path);
afterAll(() => folder.remove());

test('a bar a factor, the largest first; the same numbers as JSON', () => {
  const table = ended('--set', 'platforms.bench.prices={fixed.instance: $0.01}', '--out', 'out');
  expect(table).toMatchObject({ code: 0, out: expect.stringMatching(/WHAT CHANGES THE BILL .* 20 % less/) });
  expect(table.out).toMatch(/price \(fixed\.instance\) +-\$1\.46 +#+\|#+ +\+\$1\.46/); // A fifth of 7.30 a month.
  const { sensitivity } = JSON.parse(
    ended('--set', 'platforms.bench.prices={fixed.instance: $0.01}', '--report', 'none', '--json', '--by', '10%').out,
  );
  expect(sensitivity.by).toBe(0.1);
  expect(sensitivity.platforms.bench.factors[0]).toMatchObject({
    factor: expect.any(String),
    swing: expect.any(Number),
  });
});

test('as lines of JSON: the version, the document, the end; JUnit has no objective to tell of', () => {
  const { code, out } = ended('--report', 'none', '--format', 'ndjson');
  const events = out
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text));
  expect(code).toBe(0);
  expect(events.map(({ event }) => event)).toEqual(['version', 'result', 'end']);
  expect(events[1].result.sensitivity.by).toBe(0.2);
  expect(ended('--format', 'junit')).toMatchObject({
    code: 2,
    err: expect.stringContaining('--format "junit" is none of table, json, ndjson, csv, markdown'),
  });
});

test('a share that is none is refused', () => {
  expect(ended('--by', '120%')).toMatchObject({ code: 2, out: '' });
  expect(ended('--by', 'much')).toMatchObject({ code: 2, out: '' });
});
