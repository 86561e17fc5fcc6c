/** docs/library.md, run as a program of its own against the built package: every block, one after another. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

test('the examples of the library run as they are shown, and say what they promise', () => {
  const page = readFileSync('docs/library.md', 'utf8');
  const blocks = [...page.matchAll(/^```js\n([\s\S]*?)^```/gm)].map(([, code = '']) => code);
  expect(blocks).toHaveLength(5);
  const folder = mkdtempSync(join(tmpdir(), 'windtunnel-library-'));
  try {
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(resolve('.'), join(folder, 'node_modules', 'windtunnel'));
    writeFileSync(join(folder, 'shown.mjs'), blocks.join('\n'));
    const ended = spawnSync(process.execPath, ['shown.mjs'], { cwd: folder, encoding: 'utf8', timeout: 60_000 });
    expect(ended.stderr).toBe('');
    expect(ended.status).toBe(0);
    const { stdout } = ended;
    expect(stdout).toMatch(/^p99 [\d.]+ ms, [\d.]+,[\d.]+; \$[\d.]+ a month/);
    expect(stdout).toContain("'fargate: level 0', 'lambda: level 2'");
    expect(stdout.match(/^(0\.5|1) [23] [\d.]+ (true|false)$/gm)).toHaveLength(4);
    expect(stdout).toMatch(/path: 'platforms.fargate.defaults.replicas', value: '[1-4]' \} \] [\d.]+ true 4\n$/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
