/** `--watch` as a user has it: a result, a change, another result; a mistake leaves the first where it is. */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, programFile, quickScenario } from './program.js';

test('the run after a change says what was changed and what really differs since the last good one', async () => {
  const hundred = quickScenario.replace('duration: 2s', 'duration: 100s');
  const folder = folderWith({ 'quick.yaml': hundred });
  const child = spawn(process.execPath, [programFile, 'run', 'quick.yaml', '--watch', '--report', 'none'], {
    cwd: folder.path,
  });
  let out = '';
  let rounds = 0;
  child.stdout.on('data', (text: Buffer) => (out += String(text)));
  child.stderr.on('data', (text: Buffer) => (rounds += String(text).split('watching').length - 1));
  const until = async (count: number): Promise<void> => {
    while (rounds < count) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  try {
    await until(1);
    expect(out).not.toContain('SINCE THE LAST RUN');
    writeFileSync(join(folder.path, 'quick.yaml'), hundred.replace('replicas: 1', 'replicas: 3'));
    await until(2);
    expect(out).toContain('SINCE THE LAST RUN');
    expect(out).toMatch(/platforms\.bench\.defaults\.replicas +1 +3/);
    // One server at 80 %, then three (M/M/1, M/M/3): the same visitors wait less.
    expect(out).toMatch(/latency_mean .*better/);
    writeFileSync(join(folder.path, 'quick.yaml'), `${hundred.replace('replicas: 1', 'replicas: 3')}# a comment\n`);
    await until(3);
    expect(out).toContain('Nothing really differs from the last run.');
  } finally {
    child.kill('SIGKILL');
    folder.remove();
  }
}, 60_000);

test('a change runs again, a mistake is told, Ctrl-C ends with 130', async () => {
  const folder = folderWith({ 'quick.yaml': quickScenario });
  const words = [programFile, 'run', 'quick.yaml', '--watch', '--report', 'none', '--format', 'json'];
  const child = spawn(process.execPath, words, { cwd: folder.path });
  let out = '';
  let err = '';
  child.stdout.on('data', (text: Buffer) => (out += String(text)));
  child.stderr.on('data', (text: Buffer) => (err += String(text)));
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  const timesOf = (text: string, word: string): number => text.split(word).length - 1;
  try {
    await until(() => timesOf(err, 'watching') === 1);
    expect(timesOf(out, '"formatVersion"')).toBe(1);
    writeFileSync(join(folder.path, 'quick.yaml'), quickScenario.replace('80/s', '40/s and more'));
    await until(() => timesOf(err, 'watching') === 2);
    expect(err).toContain('Nothing was simulated');
    expect(timesOf(out, '"formatVersion"')).toBe(1);
    writeFileSync(join(folder.path, 'quick.yaml'), quickScenario.replace('80/s', '40/s'));
    await until(() => timesOf(err, 'watching') === 3);
    expect(timesOf(out, '"formatVersion"')).toBe(2);
    const code = new Promise((resolve) => child.on('close', resolve));
    child.kill('SIGINT');
    expect(await code).toBe(130);
  } finally {
    child.kill('SIGKILL');
    folder.remove();
  }
}, 30_000);
