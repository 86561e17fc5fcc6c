/** What flags change in a scenario, and in which order. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCommandLine } from '../../src/cli/commandLine.js';
import { commands } from '../../src/cli/commands/registry.js';
import { loadScenario } from '../../src/cli/scenarioLoading.js';
import { folderWith, quickScenario } from './program.js';

let folder: ReturnType<typeof folderWith>;
beforeAll(() => {
  folder = folderWith({
    'quick.yaml': quickScenario,
    'judged.yaml': `${quickScenario}objectives:\n  - latency_p99 < 1s\n`,
  });
});
afterAll(() => folder.remove());

function load(file: string, ...words: readonly string[]) {
  const reading = readCommandLine(['run', file, ...words], commands, '1.2.3');
  if (reading.kind !== 'call') throw new Error(JSON.stringify(reading));
  const { checked, reader } = loadScenario(`${folder.path}/${file}`, reading.call.flags);
  if (!checked.ok) throw new Error(JSON.stringify(checked.issues));
  return { ...checked.value, reader };
}

test('a seed is text exactly as typed, whatever YAML would make of it', () => {
  for (const seed of ['007', '1e3', 'null', 'a: b', '"x'])
    expect(load('quick.yaml', '--seed', seed).scenario.seed).toBe(seed);
});

test('a flag of its own wins over --set, and a later --set over an earlier', () => {
  const words = ['--set', 'run.duration=3s', '--set', 'run.duration=4s', '--set', 'run.warmup=2s', '--warmup', '5s'];
  const { run } = load('quick.yaml', ...words).compiled;
  expect([run.durationUs, run.warmupUs]).toEqual([4e6, 5e6]);
});

test('thresholds stand behind the objectives of the file, and alone where it has none', () => {
  const words = ['--threshold', 'latency_p50 < 1s', '--threshold', 'error_ratio < 1%'];
  const texts = (file: string) => load(file, ...words).scenario.objectives.map(({ text }) => text);
  expect(texts('judged.yaml')).toEqual(['latency_p99 < 1s', 'latency_p50 < 1s', 'error_ratio < 1%']);
  expect(texts('quick.yaml')).toEqual(['latency_p50 < 1s', 'error_ratio < 1%']);
});

test('flags change no digest: it names what was read', () => {
  const plain = load('quick.yaml').reader.digest();
  expect(load('quick.yaml', '--set', 'load=2').reader.digest()).toBe(plain);
  expect(load('judged.yaml').reader.digest()).not.toBe(plain);
});
