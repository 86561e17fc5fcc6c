/** `windtunnel init` as a user runs it, and every template as a scenario that runs. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, windtunnel } from './program.js';

const templates = readdirSync('templates').map((file) => file.replace('.yaml', ''));

test.each(templates)('the template %s becomes a scenario that is right and runs', (name) => {
  const folder = folderWith({});
  try {
    const { code, out } = windtunnel(['init', 'shop', '--template', name, '--yes'], folder.path);
    expect(code).toBe(0);
    expect(out).toBe('windtunnel compare shop/shop.yaml\n');
    const checked = windtunnel(['validate', 'shop/shop.yaml'], folder.path);
    expect([checked.code, checked.err]).toEqual([0, expect.not.stringContaining('warning')]);
    const words = ['compare', 'shop/shop.yaml', '-n', '1', '--report', 'none', '--quiet'];
    // Its objectives may be missed by one replication: that is a result.
    expect([0, 4, 99]).toContain(windtunnel(words, folder.path).code);
  } finally {
    folder.remove();
  }
});

test('the first lines of the file let an editor check it with the schema beside it', () => {
  const folder = folderWith({});
  try {
    expect(windtunnel(['init', '--yes'], folder.path).code).toBe(0);
    // Named after its folder, so that two folders do not report to one place.
    const text = readFileSync(join(folder.path, `${basename(folder.path)}.yaml`), 'utf8');
    expect(text).not.toContain('scenario.yaml');
    expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=./windtunnel.schema.json');
    const schema: unknown = JSON.parse(readFileSync(join(folder.path, 'windtunnel.schema.json'), 'utf8'));
    expect(schema).toEqual(JSON.parse(readFileSync('schema/scenario.schema.json', 'utf8')));
  } finally {
    folder.remove();
  }
});

test('what is there already stays, an unknown template is named with its neighbour, a file is no folder', () => {
  const folder = folderWith({ 'a-file': '' });
  const scenario = `${basename(folder.path)}.yaml`;
  writeFileSync(join(folder.path, scenario), 'mine');
  try {
    const again = windtunnel(['init', '--yes'], folder.path);
    expect([again.code, again.err]).toEqual([2, expect.stringContaining(`${scenario} is there already`)]);
    expect(readFileSync(join(folder.path, scenario), 'utf8')).toBe('mine');
    const unknown = windtunnel(['init', 'x', '--template', 'spikes'], folder.path);
    expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining('did you mean "spike"?')]);
    expect(readdirSync(folder.path).sort()).toEqual(['a-file', scenario].sort());
    expect(windtunnel(['init', 'a-file/x', '--yes'], folder.path).code).toBe(5);
  } finally {
    folder.remove();
  }
});

test('--list names every template with what it is about', () => {
  const { code, out } = windtunnel(['init', '--list']);
  expect(code).toBe(0);
  expect(out.trim().split('\n')).toHaveLength(templates.length);
  expect(out).toMatch(/^start +First flight\. One service on two platforms/);
});
