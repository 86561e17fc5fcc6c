/** What the README shows must run: its scenario is right, its first lines are the commands, its codes are the table's. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { commands } from '../../src/cli/commands/registry.js';
import { exitCodes } from '../../src/cli/exitCodes.js';
import { folderWith, windtunnel } from './program.js';

const readme = readFileSync('README.md', 'utf8');

test('the two lines that matter stand at the top', () => {
  const [, , start, tests] = readme.split('\n');
  expect(start).toMatch(/^ {4}npm ci && npm start /);
  expect(tests).toMatch(/^ {4}npm ci && npm test /);
});

test('the scenario of the README is right', () => {
  const yaml = /```yaml\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  const folder = folderWith({ 'readme.yaml': yaml });
  const { code, err } = windtunnel(['validate', 'readme.yaml', '--strict'], folder.path);
  folder.remove();
  expect(code, err).toBe(0);
});

test('every command it lists is there, and every exit code it explains is in the table', () => {
  const listed = [...readme.matchAll(/^\| `windtunnel (\w+)/gm)].map((match) => match[1]);
  expect(listed.sort()).toEqual(commands.map(({ name }) => name).sort());
  const codes = [...readme.matchAll(/^\| ([\d, ]+) \|/gm)].flatMap((match) => match[1]!.split(', ').map(Number));
  const known: readonly number[] = Object.values(exitCodes);
  for (const code of codes) expect(known).toContain(code);
});
