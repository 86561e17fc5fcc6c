/** `windtunnel selfcheck` as a user runs it: numbers beside the published ones, and what it makes of an unknown case. */
import { expect, test } from 'vitest';
import { windtunnel } from './program.js';

test('a queue of theory is heard: each number beside the closed form, with an interval', () => {
  const { code, out } = windtunnel(['selfcheck', 'mm1-50']);
  expect(code).toBe(0);
  // M/M/1 at 50 %: a mean stay of 20 ms, one request in the system.
  expect(out).toMatch(/ok +W +0\.02 +0\.0\d+ ± [\d.e-]+ \(99\.9%\)/);
  expect(out).toMatch(/ok +L +1 +[\d.]+ ± /);
  expect(out).toContain('1 of 1 cases passed');
});

test('as JSON every case has its findings', () => {
  const { code, out } = windtunnel(['selfcheck', 'simfaas-const-all-cold', '--json']);
  expect(code).toBe(0);
  const { selfcheck } = JSON.parse(out) as { selfcheck: { cases: { passed: boolean; findings: unknown[] }[] } };
  expect(selfcheck.cases).toMatchObject([{ id: 'simfaas-const-all-cold', passed: true, fault: null }]);
  expect(selfcheck.cases[0]?.findings.length).toBeGreaterThan(1);
});

test('an unknown case is a usage error that lists those there are', () => {
  const { code, err } = windtunnel(['selfcheck', 'mm1-5O']);
  expect(code).toBe(2);
  expect(err).toContain('no case is called "mm1-5O"; known: mm1-50,');
});
