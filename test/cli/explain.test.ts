/** `windtunnel explain` on the built program: a scenario, a path of it, a preset, and what a user gets wrong. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { folderWith, quickScenario, windtunnel } from './program.js';

let folder: ReturnType<typeof folderWith>;
beforeAll(() => {
  folder = folderWith({ 'good.yaml': quickScenario });
});
afterAll(() => folder.remove());
const explain = (...words: readonly string[]) => windtunnel(['explain', ...words], folder.path);

test('a scenario: settings with their origin, who decides what, and what is not modelled', () => {
  const { code, out } = explain('good.yaml');
  expect(code).toBe(0);
  expect(out).toMatch(/^ run\.replications +2 +good\.yaml:\d+$/m);
  expect(out).toMatch(/^ run\.confidence +95% +default$/m);
  expect(out).toMatch(/Yours to decide \(\d\): /);
  expect(out).toMatch(/Not modelled\n One region per platform/);
});

test('as JSON: the same, with what is changed on the command line marked so', () => {
  const { code, out } = explain('good.yaml', '--json', '--set', 'run.replications=3');
  expect(code).toBe(0);
  const { formatVersion, explain: found } = JSON.parse(out);
  expect(formatVersion).toBe('1.0');
  const replications = found.settings.find(({ path }: { path: string }) => path === 'run.replications');
  expect(replications.value).toBe('3');
  expect(replications.origin).toContain('--set');
  expect(found.notModelled.length).toBeGreaterThan(5);
});

test('a preset: each parameter with value, unit, source, date and how sure', () => {
  const { code, out } = explain('--preset', 'lambda', '--json');
  expect(code).toBe(0);
  const { parameters } = JSON.parse(out).preset;
  expect(parameters.length).toBeGreaterThan(15);
  const idle = parameters.find(({ name }: { name: string }) => name === 'idleTimeout');
  expect(idle).toMatchObject({ value: '360', unit: 's', status: 'measured', date: '2021-01' });
  expect(explain('--preset', 'lambda').out).toMatch(/ idleTimeout: 360 s\n {4}measured, 2021-01: mikhailshilkov/);
});

test('no file, a path that is not there, a preset nobody sells: exit 2 with a mend', () => {
  expect(explain().err).toMatch(/needs <file>, or --preset/);
  const lost = explain('good.yaml', 'run.replicatons');
  expect(lost.code).toBe(2);
  expect(lost.err).toMatch(/nothing is set at run\.replicatons; did you mean "run\.replications"/);
  const unknown = explain('--preset', 'lamda');
  expect(unknown.code).toBe(2);
  expect(unknown.err).toMatch(/no preset "lamda"; did you mean "lambda"/);
  expect(explain('good.yaml', '--preset', 'lambda').code).toBe(2);
});
