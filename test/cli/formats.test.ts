/** What other programs read from a run, on the built program: lines of JSON, JUnit, Parquet, step summary, requests. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { folderWith, programFile, quickScenario, windtunnel } from './program.js';

let folder: ReturnType<typeof folderWith>;
beforeAll(() => {
  folder = folderWith({ 'missed.yaml': `${quickScenario}objectives:\n  - latency_mean < 1ms\n` });
});
afterAll(() => folder.remove());

const inFolder = (...words: readonly string[]) => windtunnel(words, folder.path);
const read = (...parts: readonly string[]): string => readFileSync(join(folder.path, ...parts), 'utf8');

test('--format ndjson: version first, progress by tenths, end last with the exit code of the program', () => {
  const { code, out } = inFolder('run', 'missed.yaml', '--format', 'ndjson', '--report', 'none');
  const events = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(events[0]).toMatchObject({ event: 'version', formatVersion: '1.0' });
  expect(events.filter(({ event }) => event === 'progress').map(({ share }) => share)).toEqual([
    0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1,
  ]);
  expect(events.filter(({ event }) => event === 'objective')).toHaveLength(1);
  expect(events.at(-1)).toEqual({ event: 'end', exitCode: code, complete: true });
});

test('every kind of report brings its files, and requests.csv has a row a visitor', () => {
  const words = ['--report', 'csv,json,md,junit,parquet', '--requests', '--out', 'all'];
  const { out } = inFolder('compare', 'missed.yaml', ...words);
  for (const name of ['report.md', 'junit.xml', 'requests.csv', 'summary.parquet', 'timeline.parquet']) {
    expect(existsSync(join(folder.path, 'all', name)), name).toBe(true);
    expect(out).toContain(name);
  }
  const [header, ...rows] = read('all', 'requests.csv').trimEnd().split('\n');
  expect(header).toBe('platform,replication,request,source,t_s,latency_ms,outcome,attempts');
  const offered = /^bench,platform,,requests_offered,1,([\d.]+),/m.exec(read('all', 'summary.csv'))?.[1];
  expect(rows.filter((row) => row.startsWith('bench,')).length / Number(offered)).toBeCloseTo(1, 0);
  expect(rows[0]).toMatch(/^bench,1,all\/\d+,all,1[.\d]*,[\d.]+,completed,1$/);
  expect(read('all', 'junit.xml')).toContain('<failure type="objective"');
});

test('where $GITHUB_STEP_SUMMARY is set it is appended to, and stdout stays the result alone', () => {
  const run = (...words: readonly string[]) =>
    spawnSync(process.execPath, [programFile, 'run', 'missed.yaml', '--json', '--report', 'none', ...words], {
      cwd: folder.path,
      encoding: 'utf8',
      env: { ...process.env, GITHUB_STEP_SUMMARY: join(folder.path, 'step.md') },
    });
  expect(run('--no-github-summary').stderr).not.toContain('::');
  expect(existsSync(join(folder.path, 'step.md'))).toBe(false);
  const { stdout, stderr } = run();
  expect(JSON.parse(stdout)).toMatchObject({ scenario: 'quick' });
  expect(stderr).toMatch(/^::error file=missed\.yaml,title=objective missed::/m);
  expect(read('step.md')).toContain('| platform |');
});
