/** The reports of a sweep and of a plan, on the built program: every kind of file, every form on stdout. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, expect, test } from 'vitest';
import { readCsv } from '../report/fixtures/readCsv.js';
import { folderWith, quickScenario, windtunnel } from './program.js';

const folder = folderWith({ 'quick.yaml': `${quickScenario}objectives: [latency_mean < 10s]\n` });
afterAll(folder.remove);
const vary = ['--vary', 'load=0.5,1', '--vary', 'platforms.bench.defaults.replicas=1..2'];
const bytesOf = (...parts: readonly string[]): Buffer => readFileSync(join(folder.path, ...parts));

test('a sweep writes its table twice, its page, charts and verdicts; the last event is the exit code', async () => {
  const kinds = 'html,csv,json,parquet,png,svg,md,junit';
  const words = ['sweep', 'quick.yaml', ...vary, '--platforms', 'bench', '-o', 's', '--report', kinds];
  const { code, out } = windtunnel([...words, '--format', 'ndjson'], folder.path);
  expect(code).toBe(0);
  const events = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { event: string; exitCode?: number });
  expect([...new Set(events.map(({ event }) => event))]).toEqual(['version', 'objective', 'result', 'end']);
  expect(events.at(-1)).toMatchObject({ exitCode: 0, complete: true });
  for (const file of ['report.html', 'report.md', 'junit.xml', 'result.json'])
    expect(existsSync(join(folder.path, 's', file)), file).toBe(true);
  const charts = ['heat-cost-month-bench', 'heat-latency-p99-bench', 'sweep-1-load', 'sweep-2-replicas'];
  const heatless = new Set(['heat-cost-month-bench']); // A bare bench has no bill.
  for (const name of charts.filter((one) => !heatless.has(one)))
    for (const form of ['png', 'svg'])
      expect(readdirSync(join(folder.path, 's', 'charts'))).toContain(`${name}.${form}`);
  const [header, ...rows] = readCsv(bytesOf('s', 'sweep.csv').toString());
  const parquet = await parquetReadObjects({ file: Uint8Array.from(bytesOf('s', 'sweep.parquet')).buffer });
  expect(Object.keys(parquet[0]!)).toEqual(header);
  expect(parquet).toHaveLength(rows.length);
  expect(parquet[0]!['load']).toBe(0.5); // A number, not its text.
});

test('a plan writes its page, its verdicts and its tables, and prints Markdown', async () => {
  const words = ['plan', 'quick.yaml', '--vary', 'platforms.bench.defaults.replicas=1..2', '--platforms', 'bench'];
  const kinds = ['--report', 'html,csv,json,svg,junit,parquet', '-o', 'p', '--minimise', 'latency_mean'];
  const { code, out } = windtunnel([...words, ...kinds, '--format', 'markdown'], folder.path);
  expect(code).toBe(0);
  expect(out).toMatch(/\| the winner \|/);
  expect(bytesOf('p', 'report.html').toString()).toContain('Every candidate that was looked at');
  expect(bytesOf('p', 'junit.xml').toString()).toContain('failures="0"');
  expect(existsSync(join(folder.path, 'p', 'charts', 'cost-against-latency.svg'))).toBe(true);
  for (const name of ['plan', 'capacity']) await expectSameTable('p', name);
});

test.each([
  [['breakeven', '--between', 'bench,twice', '--range', '1/s..4/s'], 'breakeven'],
  [['sensitivity', '--platforms', 'bench'], 'sensitivity'],
])('%j writes its table as CSV, Parquet and Markdown', async ([command = '', ...words], name) => {
  const priced = ['--set', 'platforms.bench.prices={fixed.instance: $0.01}', '-n', '2'];
  const kinds = ['--report', 'csv,parquet,md', '-o', name, '--format', 'markdown'];
  const { code, out, err } = windtunnel([command, 'quick.yaml', ...words, ...priced, ...kinds], folder.path);
  expect(code, err).toBe(0);
  expect(out).toBe(bytesOf(name, 'report.md').toString());
  await expectSameTable(name, name);
});

/** The Parquet table has the columns and rows of the CSV file; numbers in it are numbers. */
async function expectSameTable(folderName: string, name: string): Promise<void> {
  const [header, ...rows] = readCsv(bytesOf(folderName, `${name}.csv`).toString());
  const table = await parquetReadObjects({ file: Uint8Array.from(bytesOf(folderName, `${name}.parquet`)).buffer });
  expect(rows.length).toBeGreaterThan(0);
  const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value));
  expect(table.map((row) => Object.values(row).map(text))).toEqual(rows);
  expect(Object.keys(table[0]!)).toEqual(header);
}
