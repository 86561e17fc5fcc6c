/** One file, whole or not at all, on a real disk. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { replaceFile } from '../../src/host/replaceFile.js';

let top = '';
beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'windtunnel-test-'));
});
afterEach(() => rmSync(top, { recursive: true, force: true }));

test('a file is made or replaced, and nothing is left beside it', () => {
  expect(replaceFile(join(top, 'a.json'), 'one')).toBe(null);
  expect(replaceFile(join(top, 'a.json'), 'two')).toBe(null);
  expect(readFileSync(join(top, 'a.json'), 'utf8')).toBe('two');
  expect(readdirSync(top)).toEqual(['a.json']);
});

test('a link stays a link, and what it leads to is replaced', () => {
  writeFileSync(join(top, 'real.json'), 'old');
  symlinkSync(join(top, 'real.json'), join(top, 'link.json'));
  expect(replaceFile(join(top, 'link.json'), 'new')).toBe(null);
  expect(readFileSync(join(top, 'real.json'), 'utf8')).toBe('new');
});

test('a refusal is one sentence with the path and the code', () => {
  expect(replaceFile(join(top, 'none', 'a.json'), 'x')).toMatch(/none\/a\.json \(ENOENT\)/);
  expect(replaceFile(top, 'x')).toMatch(/\(EISDIR\)/);
  expect(replaceFile('/dev/full', 'x')).toMatch(/\(ENOSPC\)/);
});
