/**
 * Which stream says what, on the built program: the result on stdout, warnings and reasons on stderr, whatever the
 * form; and what happens where stdout refuses. Its own file because no command is meant in particular.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { folderWith, programFile, quickScenario, windtunnel } from './program.js';

let folder: ReturnType<typeof folderWith>;
beforeAll(() => {
  folder = folderWith({
    'quick.yaml': quickScenario,
    // The name says it: 120/s for a server that does 100/s, so that one of the two platforms has no steady state.
    'over.yaml': quickScenario.replace('80/s', '120/s').replace('duration: 2s', 'duration: 60s'),
  });
});
afterAll(() => folder.remove());
const inFolder = (...words: readonly string[]) => windtunnel(words, folder.path);

test.each(['table', 'json', 'csv', 'markdown', 'junit'])('warnings are on stderr with --format %s', (format) => {
  const { err } = inFolder('run', 'over.yaml', '--report', 'none', '--format', format);
  expect(err).toContain('warning overloaded  server is offered more than it can serve');
});

test('with --quiet stderr has nothing but errors', () => {
  expect(inFolder('run', 'over.yaml', '--report', 'none', '--quiet').err).toBe('');
});

test('a warning of the result that --strict makes an error is told as the reason of the code', () => {
  const one = ['run', 'quick.yaml', '-n', '1', '--report', 'none'];
  expect(inFolder(...one).code).toBe(0);
  const { code, err } = inFolder(...one, '--strict');
  expect(code).toBe(4);
  expect(err).toMatch(/--strict: \d+ warnings? \(exit 4\)/);
});

test('a platform that is not run is not warned of, and --strict refuses nothing on its account', () => {
  // 120/s are too many for one server, and not for two.
  const two = ['run', 'over.yaml', '--platform', 'twice', '--report', 'none'];
  expect(inFolder(...two).err).not.toContain('saturated');
  expect(inFolder('run', 'over.yaml', '--report', 'none').err).toContain('warning saturated');
  expect(inFolder(...two, '--strict').code).not.toBe(2);
  expect(inFolder('run', 'over.yaml', '--report', 'none', '--strict').code).toBe(2);
});

// Linux has a file that is always full; elsewhere there is nothing to try it on.
test.skipIf(!existsSync('/dev/full'))('a full disk behind > is 5 and one sentence, no bug of ours', () => {
  for (const words of [['run', 'quick.yaml', '--report', 'none', '--quiet'], ['schema'], ['--help']]) {
    const line = [process.execPath, programFile, ...words].map((word) => `'${word}'`).join(' ');
    const { status, stderr } = spawnSync('sh', ['-c', `${line} > /dev/full`], { cwd: folder.path, encoding: 'utf8' });
    expect([status, stderr]).toEqual([5, 'windtunnel: cannot write to standard output: the disk is full (ENOSPC)\n']);
  }
});

test('a scenario may come on standard input, as -; its mistakes have their places, and it cannot be watched', () => {
  const piped = (input: string, ...words: readonly string[]) =>
    spawnSync(process.execPath, [programFile, ...words], {
      cwd: folder.path,
      input,
      encoding: 'utf8',
      timeout: 60_000,
    });
  const file = inFolder('run', 'quick.yaml', '--report', 'none', '--format', 'csv');
  const typed = piped(quickScenario, 'run', '-', '--report', 'none', '--format', 'csv');
  expect([typed.status, typed.stdout]).toEqual([0, file.out]);
  expect(piped(quickScenario, 'run', '-', '--report', 'csv', '-q').status).toBe(0);
  expect(existsSync(join(folder.path, 'reports', 'stdin', 'summary.csv'))).toBe(true);
  const wrong = piped(quickScenario.replace('concurrency', 'concurency'), 'validate', '-');
  expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringMatching(/^-:6:\d+ error unknown-key/)]);
  const watched = piped(quickScenario, 'run', '-', '--watch');
  expect([watched.status, watched.stderr]).toEqual([2, expect.stringContaining('--watch needs a file')]);
});
