/** Completion scripts: bash's is run in bash; the others must name every command and flag. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { commands } from '../../src/cli/commands/registry.js';
import { completionScript, shells } from '../../src/cli/completing.js';
import { typedName } from '../../src/cli/flags.js';
import { windtunnel } from './program.js';

/** What bash offers for a line, the last word being completed. */
function offered(words: readonly string[]): readonly string[] {
  const line = words.map((word) => `'${word}'`).join(' ');
  const script = `${completionScript('bash')}\nCOMP_WORDS=(${line}); COMP_CWORD=${words.length - 1}; _windtunnel; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { status, stdout } = spawnSync('bash', ['--norc', '-c', script], { encoding: 'utf8' });
  expect(status).toBe(0);
  return stdout.trim().split('\n');
}

test('bash offers commands, then their flags, then what a flag may be', () => {
  expect(offered(['windtunnel', 'co'])).toEqual(['compare', 'completion']);
  expect(offered(['windtunnel', 'compare', '--pl'])).toEqual(['--platforms']);
  expect(offered(['windtunnel', 'validate', '--format', 'g'])).toEqual(['github']);
  expect(offered(['windtunnel', 'run', '--format', 't'])).toEqual(['table']);
});

test.each(shells)('the script for %s knows every command and each of its flags', (shell) => {
  const script = completionScript(shell) ?? '';
  for (const { name, flags } of commands) {
    expect(script).toContain(name);
    for (const flag of flags)
      expect(script).toContain(shell === 'fish' ? `-l ${typedName(flag)}` : `--${typedName(flag)}`);
  }
});

test('another shell is refused with those that are known', () => {
  const { code, err } = windtunnel(['completion', 'cmd.exe']);
  expect([code, err]).toEqual([2, expect.stringContaining('known: bash, zsh, fish')]);
});
