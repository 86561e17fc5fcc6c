/** Faults that strike at nothing are told before the run; those that strike somewhere are not. */
import { expect, test } from 'vitest';
import { compileText, oneService } from './scenarioText.js';

function warningsOf(steps: string, fault: string) {
  const text = `
traffic: {all: {entry: a.op, arrivals: {poisson: 5/s}}}
services: {a: {operations: {op: [${steps}]}}, b: {operations: {op: [{wait: 1ms}]}}}
databases: {d: {query: 1ms}}
platforms: {p: {preset: fixed}}
faults: [${fault}]`;
  const result = compileText(text);
  if (!result.ok) throw new Error(result.issues.map(({ message }) => message).join());
  return result.warnings.filter(({ code }) => code === 'no-effect').map(({ path }) => path);
}

test('slow is about cpu steps: a service without any is not slowed', () => {
  const slow = (name: string) => `{at: 1m, for: 1m, slow: ${name}, factor: 3}`;
  expect(warningsOf('{wait: 5ms}, {query: d}', slow('a'))).toEqual(['faults[0].slow']);
  expect(warningsOf('{cpu: 5ms}', slow('b'))).toEqual(['faults[0].slow']);
  expect(warningsOf('{cpu: 5ms}', slow('a'))).toEqual([]);
  for (const inside of ['{repeat: {times: 2, do: [{cpu: 1ms}]}}', '{parallel: [[{wait: 1ms}], {cpu: 1ms}]}'])
    expect(warningsOf(inside, slow('a'))).toEqual([]);
  expect(warningsOf('{choose: [{chance: 50%, do: [{cpu: 1ms}]}]}', slow('a'))).toEqual([]);
});

test('faults of a database that nobody asks', () => {
  const faults = '{at: 1m, for: 1m, slowDatabase: d, factor: 3}, {at: 5m, for: 1m, loseDatabase: d}';
  expect(warningsOf('{wait: 5ms}', faults)).toEqual(['faults[0].slowDatabase', 'faults[1].loseDatabase']);
  expect(warningsOf('{repeat: {times: 2, do: [{query: d}]}}', faults)).toEqual([]);
});

test('without faults nothing is said', () => {
  const result = compileText(oneService('{preset: fixed}'));
  expect(result.ok && result.warnings).toEqual([]);
});
