/** What the pages of docs/ show must run: scenarios are right, command lines are understood, links lead somewhere. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { readCommandLine } from '../../src/cli/commandLine.js';
import { commands } from '../../src/cli/commands/registry.js';
import { folderWith, windtunnel } from './program.js';

const pages = readdirSync('docs', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.md'))
  .sort()
  .map((path) => join('docs', path));
const textOf = (page: string): string => readFileSync(page, 'utf8');
const blocks = (page: string, language: string): readonly string[] =>
  [...textOf(page).matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    (match) => match[1] ?? '',
  );

const scenarios = pages.flatMap((page) =>
  blocks(page, 'yaml')
    .filter((text) => text.startsWith('windtunnel: 1'))
    .map((text, index) => [`${page} #${index + 1}`, text] as const),
);

test.each(scenarios)('the scenario in %s is right', (_, text) => {
  const folder = folderWith({ 'shown.yaml': text });
  const { code, err } = windtunnel(['validate', 'shown.yaml', '--strict'], folder.path);
  folder.remove();
  expect(code, err).toBe(0);
});

const lines = pages.flatMap((page) =>
  blocks(page, 'sh')
    .flatMap((text) => text.split('\n'))
    .filter((line) => line.startsWith('windtunnel '))
    .map((line) => [page, line] as const),
);

test.each(lines)('%s: "%s" is a command line that is understood', (_, line) => {
  const words = [...(line.split(/ [|>] /)[0] ?? '').matchAll(/"([^"]*)"|(\S+)/g)].map(
    (word) => word[1] ?? word[2] ?? '',
  );
  expect(readCommandLine(words.slice(1), commands, '1.2.3')).toMatchObject({ kind: 'call' });
  for (const word of words) if (word.startsWith('scenarios/')) expect(existsSync(word), word).toBe(true);
});

test.each([...pages, 'README.md'])('every link of %s leads to a file', (page) => {
  for (const [, link = ''] of textOf(page).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)) {
    if (/^[a-z]+:/.test(link)) continue;
    expect(existsSync(join(dirname(page), link)), link).toBe(true);
  }
});
