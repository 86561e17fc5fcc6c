/** What a report consists of: the files that were asked for, the manifest always, wall-clock facts nowhere else. */
import { expect, test } from 'vitest';
import { compare } from '../../src/experiment/compare.js';
import { makeReport, type ReportKind, resultJson } from '../../src/host/reportFiles.js';
import { parseScenario } from '../../src/scenario/parse.js';
import { quickScenario } from '../cli/program.js';

const parsed = parseScenario(quickScenario, 'quick.yaml');
const compared = parsed.ok ? compare(parsed.value) : parsed;
if (!compared.ok) throw new Error(JSON.stringify(compared.issues));
const comparison = compared.value;
const facts = {
  version: '1.2.3',
  command: 'windtunnel compare quick.yaml',
  scenarioFile: 'quick.yaml',
  scenarioDigest: 'sha256:0',
  made: { at: '1999-12-31T23:59:59.000Z', tookMs: 987654321987 },
};
const filesOf = async (...kinds: readonly ReportKind[]) => (await makeReport(comparison, new Set(kinds), facts)).files;

test('each kind brings its files, and the manifest lists them', async () => {
  const tables = ['summary.csv', 'timeline.csv', 'invoice.csv', 'events.csv', 'invoice.txt'];
  expect([...(await filesOf('csv')).keys()]).toEqual([...tables, 'manifest.json']);
  expect([...(await filesOf('json')).keys()]).toEqual(['result.json', 'manifest.json']);
  const all = await filesOf('html', 'csv', 'json');
  expect([...all.keys()]).toEqual([...tables, 'result.json', 'report.html', 'manifest.json']);
  expect(JSON.parse(String(all.get('manifest.json'))).files).toEqual([...tables, 'result.json', 'report.html']);
});

test('facts of the wall clock stand in the manifest and in no other file', async () => {
  const files = await filesOf('html', 'csv', 'json');
  for (const [name, content] of files) {
    const holdsClock = String(content).includes('1999-12-31') || String(content).includes('987654321987');
    expect(holdsClock, name).toBe(name === 'manifest.json');
  }
});

test('no file holds NaN, Infinity or undefined, and result.json is what --format json prints', async () => {
  const files = await filesOf('csv', 'json');
  for (const [name, content] of files) expect(String(content), name).not.toMatch(/\bNaN\b|Infinity|undefined/);
  expect(files.get('result.json')).toBe(resultJson(comparison));
});
