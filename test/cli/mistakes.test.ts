/** What a user gets wrong, tried on the built program: exit 2 with the place and the mend, and nothing written. */
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { folderWith, quickScenario, windtunnel } from './program.js';

let folder: ReturnType<typeof folderWith>;
beforeAll(() => {
  folder = folderWith({
    'good.yaml': quickScenario,
    'empty.yaml': '',
    'three.yaml': quickScenario
      .replace('replications: 2', 'replications: 0')
      .replace('concurrency: 1', 'concurency: 1')
      .replace('10ms', '10'),
    'utf16.yaml': '',
    'objectives.yaml': `${quickScenario}objectives:\n  - latency_p99 < 1h\n`,
  });
  mkdirSync(join(folder.path, 'directory.yaml'));
});
afterAll(() => folder.remove());

/** The program's words in that folder; no file may appear there. */
function mistake(...words: readonly string[]): string {
  const before = readdirSync(folder.path, { recursive: true });
  const { code, out, err } = windtunnel(words, folder.path);
  expect(code, err).toBe(2);
  expect(out).toBe('');
  expect(err).not.toMatch(/\n {4}at |node:internal/);
  expect(readdirSync(folder.path, { recursive: true })).toEqual(before);
  return err;
}

test('a scenario that is missing, empty or a directory is told in one line', () => {
  expect(mistake('run', 'none.yaml')).toMatch(/^none\.yaml:1:1 error file {2}the scenario does not exist/);
  expect(mistake('run', 'directory.yaml')).toMatch(/^directory\.yaml:1:1 error file {2}.*directory/);
  expect(mistake('run', 'empty.yaml')).toMatch(/^empty\.yaml:1:1 error syntax {2}.*empty.*traffic/s);
});

test('three mistakes are told at once, in the order of the file, with the count', () => {
  const err = mistake('validate', 'three.yaml');
  const places = [...err.matchAll(/^three\.yaml:(\d+):\d+ error/gm)].map((match) => Number(match[1]));
  expect(places).toHaveLength(3);
  expect([...places].sort((a, b) => a - b)).toEqual(places);
  expect(err).toContain('3 errors. Nothing was simulated.');
  expect(err).toContain('did you mean "concurrency"?');
});

test('a flag is checked as the setting in the file is, and the message names the flag', () => {
  expect(mistake('run', 'good.yaml', '--replications', '-3')).toMatch(
    /^--replications:1:1 error range {2}run\.replications/,
  );
  expect(mistake('run', 'good.yaml', '-n', '1e9')).toMatch(/^--replications:1:1 error/);
  expect(mistake('run', 'good.yaml', '--duration', '5')).toMatch(/^--duration:1:1 error unit .*5s/s);
  expect(mistake('run', 'good.yaml', '--set', 'services.server.cpu=two')).toMatch(/^--set:1:\d+ error type/);
  expect(mistake('run', 'good.yaml', '--set', 'services.server.cpu')).toContain('is not path=value');
  // One that is written in the file is meant all the same.
  expect(mistake('run', 'good.yaml', '--set', 'services.server.concurency=2')).toContain('did you mean "concurrency"?');
});

test('an objective of the command line is checked like those of the file', () => {
  expect(mistake('run', 'good.yaml', '--threshold', 'latency_p99 < 5')).toMatch(/^--threshold:1:1 error/);
  expect(mistake('run', 'objectives.yaml', '--threshold', 'latncy_p99 < 5ms')).toMatch(/^--threshold:1:1 error/);
});

test('the number of threads is a whole number within reach', () => {
  for (const count of ['0', '-1', '1e9', 'two', '1.5'])
    expect(mistake('run', 'good.yaml', '--workers', count)).toContain('--workers');
});

test('a platform that the scenario does not have is named, with the nearest', () => {
  expect(mistake('run', 'good.yaml', '--platform', 'bensh')).toContain('did you mean "bench"?');
  expect(mistake('compare', 'good.yaml', '--platforms', 'twice,nowhere')).toContain('"nowhere"');
  expect(mistake('compare', 'good.yaml', '--platforms', 'bench,bench')).toContain('twice');
});

test('validate speaks to machines too, on stdout, with the same exit code', () => {
  const { code, out, err } = windtunnel(['validate', 'three.yaml', '--format', 'json'], folder.path);
  expect(code).toBe(2);
  expect(err).toBe('');
  expect(JSON.parse(out)).toMatchObject({ errors: 3, issues: [{ file: 'three.yaml' }, {}, {}] });
});

test('a rule is explained without a file, an unknown one is refused with those there are', () => {
  expect(windtunnel(['validate', '--explain', 'unknown-key'])).toMatchObject({ code: 0, err: '' });
  expect(mistake('validate', '--explain', 'nonsense')).toContain('unknown-key');
});

test('a right scenario is told so, and a schema is JSON', () => {
  expect(windtunnel(['validate', 'good.yaml'], folder.path)).toMatchObject({ code: 0, out: '' });
  expect(JSON.parse(windtunnel(['schema']).out)).toMatchObject({ title: 'windtunnel scenario' });
});
