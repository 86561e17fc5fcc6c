/** The restart rule; client-go's and the kubelet's own cases are in test/conformance. */
import { expect, test } from 'vitest';
import type { RestartMemory, RestartRule } from '../../src/healing/contract.js';
import { crashLoopBackoff, kubernetesCrashLoop } from '../../src/healing/crashLoopBackoff.js';
import { makeRestart } from '../../src/healing/registry.js';

/** The waits, in seconds, when runs of so many seconds each end in a crash. */
function waitsOf(rule: RestartRule, runsSeconds: readonly number[]): readonly number[] {
  let memory: RestartMemory | null = null;
  let nowUs = 0;
  return runsSeconds.map((runSeconds) => {
    const startedUs = nowUs;
    nowUs += runSeconds * 1e6;
    const decision = rule.afterCrash(startedUs, nowUs, memory, 0.5);
    memory = decision.memory;
    nowUs += decision.waitUs;
    return decision.waitUs / 1e6;
  });
}

test('it restarts at once, then after 10 s, 20 s ... 5 min (Kubernetes)', () => {
  const waits = waitsOf(crashLoopBackoff(kubernetesCrashLoop), [5, 0, 0, 0, 0, 0, 0, 0, 0]);
  expect(waits).toEqual([0, 10, 20, 40, 80, 160, 300, 300, 300]);
});

test('a run of more than ten minutes, and not one of exactly ten, makes the next crash a first one', () => {
  const rule = crashLoopBackoff(kubernetesCrashLoop);
  expect(waitsOf(rule, [1, 1, 600, 1])).toEqual([0, 10, 20, 40]);
  expect(waitsOf(rule, [1, 1, 601, 1])).toEqual([0, 10, 0, 10]);
});

test('missing options are Kubernetes own, and the reset follows the longest wait', () => {
  const made = makeRestart({ maxBackoffUs: 40_000_000 });
  expect(made.ok && waitsOf(made.value, [0, 0, 0, 0, 0, 80, 81])).toEqual([0, 10, 20, 40, 40, 40, 0]);
});

test('contradictions are refused by the option', () => {
  expect(makeRestart({ backoffUs: 10, maxBackoffUs: 5 })).toMatchObject({ ok: false, option: 'maxBackoffUs' });
  expect(makeRestart({ backoffUs: Number.NaN })).toMatchObject({ ok: false, option: 'backoffUs' });
  expect(makeRestart({ resetAfterUs: -1 })).toMatchObject({ ok: false, option: 'resetAfterUs' });
});
