/** Files that grow aside: all of it is there, in order, and nothing is left. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { claimReportFolder } from '../../src/host/reportFolder.js';
import { openSpool, piecesOf, type SpooledFile } from '../../src/host/spool.js';

test('what was appended comes out whole and in order, umlauts on the border of a piece included', () => {
  const spool = openSpool(null);
  const texts = Array.from({ length: 3000 }, (_, line) => `${line} ${'ü'.repeat(line)}\n`);
  for (const text of texts) spool.append('a', text);
  const pieces = [...piecesOf(spool.file('a'))];
  expect(pieces.length).toBeGreaterThan(2);
  expect(pieces.join('') === texts.join('')).toBe(true);
  spool.remove();
  expect(existsSync(spool.pathOf('a'))).toBe(false);
});

test('a file that grew beside a report is put in its place with the others, and its folder goes', () => {
  const top = mkdtempSync(join(tmpdir(), 'windtunnel-spool-'));
  const folder = join(top, 'report');
  const spool = openSpool(folder);
  spool.append('sweep.csv', 'load\n');
  spool.append('sweep.csv', '1\n');
  const claimed = claimReportFolder(folder, { force: false });
  const files = new Map<string, string | SpooledFile>([['manifest.json', '{}']]);
  claimed.publish(files.set('sweep.csv', spool.file('sweep.csv')));
  spool.remove();
  expect(readFileSync(join(folder, 'sweep.csv'), 'utf8')).toBe('load\n1\n');
  expect(readdirSync(folder).sort()).toEqual(['manifest.json', 'sweep.csv']);
  expect(readdirSync(top)).toEqual(['report']);
  rmSync(top, { recursive: true });
});
