/** Which files a scenario may name, on real folders with real links. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openScenario } from '../../src/host/scenarioReader.js';

let top = '';
let scenario = '';
beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), 'windtunnel-test-'));
  mkdirSync(join(top, 'scenarios', 'shop'), { recursive: true });
  scenario = join(top, 'scenarios', 'shop', 'a.yaml');
  writeFileSync(scenario, 'name: a');
  writeFileSync(join(top, 'scenarios', 'base.yaml'), 'name: base');
  writeFileSync(join(top, 'scenarios', 'shop', 'load.csv'), 'at_s\n1\n');
  writeFileSync(join(top, 'secret.txt'), 'hunter2');
  symlinkSync(join(top, 'secret.txt'), join(top, 'scenarios', 'shop', 'link.csv'));
  writeFileSync(join(top, 'scenarios', 'shop', 'utf16.csv'), Buffer.from('\ufeffat_s\n', 'utf16le'));
});
afterAll(() => rmSync(top, { recursive: true, force: true }));

const reasonOf = (path: string): string => {
  const reading = openScenario(scenario).read(path, scenario);
  return reading.ok ? `read ${reading.text}` : reading.reason;
};

test('files beside the scenario and below the scenarios folder that holds it are read', () => {
  expect(reasonOf('load.csv')).toBe('read at_s\n1\n');
  expect(reasonOf('./load.csv')).toBe('read at_s\n1\n');
  expect(reasonOf('../base.yaml')).toBe('read name: base');
});

test.each([
  ['../../secret.txt', /outside the folder "scenarios"/],
  ['../../../../../../../etc/passwd', /outside/],
  ['link.csv', /outside/],
  ['/etc/passwd', /absolute/],
  ['C:\\secret.txt', /absolute|address/],
  ['\\\\server\\share\\x', /absolute/],
  ['//server/share/x', /absolute/],
  ['file:///etc/passwd', /address/],
  ['https://example.org/x.csv', /address/],
  ['', /empty/],
  ['missing.csv', /does not exist/],
  ['.', /directory|outside/],
  ['load.csv/x', /does not exist/],
])('%j is refused, and nothing of the file is told', (path, reason) => {
  expect(reasonOf(path)).toMatch(reason);
  expect(reasonOf(path)).not.toMatch(/hunter2|root:/);
});

test('a scenario outside any scenarios folder sees its own folder only', () => {
  const lonely = join(top, 'lonely.yaml');
  writeFileSync(lonely, 'name: b');
  const reader = openScenario(lonely);
  expect(reader.read('secret.txt', lonely)).toMatchObject({ ok: true });
  expect(reader.read('../anything', lonely)).toMatchObject({ ok: false });
});

test('bytes that are no UTF-8 come through as the replacement character, for the scenario’s checks to name', () => {
  expect(reasonOf('utf16.csv')).toContain('\ufffd');
});

test('the digest names all that was read, whatever the order', () => {
  const first = openScenario(scenario);
  first.readScenario();
  first.read('load.csv', scenario);
  const second = openScenario(scenario);
  second.read('load.csv', scenario);
  second.readScenario();
  expect(first.digest()).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(second.digest()).toBe(first.digest());
  expect(openScenario(scenario).digest()).not.toBe(first.digest());
});

test('a scenario that is missing or a directory is told in one clause', () => {
  expect(openScenario(join(top, 'none.yaml')).readScenario()).toEqual({
    ok: false,
    why: 'missing',
    reason: 'does not exist',
  });
  expect(openScenario(top).readScenario()).toMatchObject({ why: 'directory' });
});
