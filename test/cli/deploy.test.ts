/** The manifests of deploy/: YAML that parses, and command lines that the program understands. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { readCommandLine } from '../../src/cli/commandLine.js';
import { commands } from '../../src/cli/commands/registry.js';

const manifests = readdirSync('deploy').filter((file) => file.endsWith('.yaml'));
const textOf = (file: string): string => readFileSync(join('deploy', file), 'utf8');

test.each(manifests)('%s is YAML of Kubernetes objects', (file) => {
  for (const document of parseAllDocuments(textOf(file))) {
    expect(document.errors).toEqual([]);
    expect(document.toJS()).toMatchObject({ apiVersion: expect.any(String), kind: expect.any(String) });
  }
});

/** The words behind the program, of every container that runs it. */
function commandLines(file: string): readonly (readonly string[])[] {
  return parseAllDocuments(textOf(file)).flatMap((document) => {
    const containers = document.toJS().spec?.template?.spec?.containers ?? [];
    return containers.flatMap(({ image, command, args }: { image: string; command?: string[]; args: string[] }) => {
      if (image !== 'windtunnel') return [];
      if (!command) return [args];
      const [, line = ''] = (args[0] ?? '').split('windtunnel.js ');
      // The shell's own arithmetic stands for a number.
      return [line.replace('$((JOB_COMPLETION_INDEX + 1))', '1').replace('$JOB_COMPLETION_INDEX', '0').split(' ')];
    });
  });
}

test.each(['workers.yaml', 'indexed-job.yaml'])('the command lines in %s are understood', (file) => {
  const lines = commandLines(file);
  expect(lines.length).toBeGreaterThan(0);
  for (const words of lines) expect(readCommandLine(words, commands, '1.2.3')).toMatchObject({ kind: 'call' });
});
