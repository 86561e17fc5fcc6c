/** What `explain` tells of a scenario: written settings at their lines, defaults as such, needs as what was taken. */
import { expect, test } from 'vitest';
import { type ExplainedSetting, explainScenario, explanationAt } from '../../src/experiment/explanation.js';
import { compileScenario } from '../../src/experiment/prepare.js';
import { parseScenario } from '../../src/scenario/parse.js';

function explained(text: string) {
  const parsed = parseScenario(text, 'shop.yaml');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  const compiled = compileScenario(parsed.value);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.issues));
  return explainScenario(parsed.value, compiled.value);
}
const at = (settings: readonly ExplainedSetting[], path: string): ExplainedSetting | undefined =>
  settings.find((setting) => setting.path === path);

const shop = explained(`
traffic: {all: {entry: movie.get, arrivals: {poisson: 40/s}}}
services:
  movie: {memory: 300MB, concurrency: 80, operations: {get: [{cpu: 2ms}]}}
platforms:
  functions: {preset: cloud-functions}
  lambda: {preset: lambda, defaults: {memory: 1769MB}}
`);

test('what is written stands with its line, what is not as the default of the language', () => {
  expect(at(shop.settings, 'traffic.all.arrivals.poisson')).toMatchObject({ value: '40/s', origin: 'shop.yaml:2' });
  expect(at(shop.settings, 'run.replications')).toMatchObject({ value: '10', origin: 'default' });
  expect(at(shop.settings, 'traffic.all.timeout')).toMatchObject({ value: 'never', origin: 'default' });
});

test('a need takes the smallest size sold that holds it; a choice stands; a limit clips', () => {
  const [functions, lambda] = shop.platforms;
  const memory = at(functions!.settings, 'platforms.functions.services.movie.memory');
  expect(memory?.value).toBe('512 MB');
  expect(memory?.origin).toBe('shop.yaml:4; a need: the smallest size sold that holds it');
  expect(at(lambda!.settings, 'platforms.lambda.services.movie.memory')?.origin).toBe('shop.yaml:7; a choice');
  const slots = at(functions!.settings, 'platforms.functions.services.movie.concurrency');
  expect(slots?.value).toBe('1');
  expect(slots?.origin).toMatch(/^preset cloud-functions \(verified: .*; clipped: the need is 80$/);
});

test('a path shows what is at it, and what each platform took for it', () => {
  const part = explanationAt(shop, 'services.movie.memory')!;
  expect(part.settings.map(({ path }) => path)).toEqual(['services.movie.memory']);
  expect(part.platforms.map(({ settings }) => settings.map(({ value }) => value))).toEqual([['512 MB'], ['1769 MB']]);
  expect(explanationAt(shop, 'services.movie.colour')).toBeNull();
});
