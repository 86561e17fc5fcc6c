/** The scenarios of scenarios/platforms: each is right, says what it teaches, and stands in the README's gallery. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compileScenario } from '../../src/experiment/prepare.js';
import { scenarioFiles } from '../../src/host/scenarioFiles.js';
import { openScenario } from '../../src/host/scenarioReader.js';
import { presets } from '../../src/platforms/registry.js';
import { parseScenario } from '../../src/scenario/parse.js';

const folder = 'scenarios/platforms';
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const gallery = readFileSync('README.md', 'utf8');

function compiled(name: string) {
  const path = `${folder}/${name}`;
  const reader = openScenario(path);
  const reading = reader.readScenario();
  if (!reading.ok) throw new Error(reading.reason);
  const parsed = parseScenario(reading.text, path, scenarioFiles(reader));
  return parsed.ok ? compileScenario(parsed.value) : parsed;
}

test.each(files)('%s is right, says what it teaches and stands in the gallery', (name) => {
  const found = compiled(name);
  expect(found.ok ? [] : found.issues).toEqual([]);
  expect(readFileSync(`${folder}/${name}`, 'utf8')).toMatch(/^# Teaches: /m);
  expect(gallery).toContain(`(${folder}/${name})`);
});

test('levels.yaml has every preset but the bare ones', () => {
  const found = compiled('levels.yaml');
  const used = found.ok ? found.value.platforms.map(({ preset }) => preset) : [];
  const wanted = presets.map(({ name }) => name).filter((name) => name !== 'fixed' && name !== 'faas');
  expect([...new Set(used)].sort()).toEqual([...wanted].sort());
});
