/**
 * Runs once before the tests: builds dist/ when a source is newer than it, for the tests that start the product as its
 * users do. A build that fails is told and left to those tests to fail on, so that it hides no other test's result.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const builtFile = 'dist/windtunnel.js';

export default function buildFirst(): void {
  if (newestMs(builtFile) > newestMs('build.mjs', 'package.json') && newestMs(builtFile) > newestSourceMs()) return;
  const { status, stderr } = spawnSync(process.execPath, ['build.mjs', '--quiet'], { encoding: 'utf8' });
  if (status !== 0) console.error(`The build failed, so tests that start the product will too:\n${stderr}`);
}

function newestSourceMs(): number {
  return Math.max(...['src', 'test'].map((folder) => newestMs(...filesBelow(folder))));
}

function newestMs(...files: readonly string[]): number {
  return Math.max(0, ...files.map((file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0));
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}
