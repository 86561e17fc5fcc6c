/** Beyond the kubelet's own tables, which test/conformance holds. */
import { expect, test } from 'vitest';
import { probeStart, probeStep, probeTimeline } from '../../src/healing/probes.js';

const everyTen = { initialDelay: 0, period: 10, successCount: 1, failureCount: 3 };

test('an instance is not ready before its first good answer, and healthy before its first bad one', () => {
  expect([probeStart('readiness').state, probeStart('liveness').state, probeStart('startup').state]).toEqual([
    'failure',
    'success',
    'unknown',
  ]);
});

test('no probe runs before its initial delay, and then at the multiples of its period', () => {
  const readiness = { ...everyTen, initialDelay: 15 };
  expect(probeTimeline({ probes: { readiness }, answers: () => true, until: 100 })).toEqual([[20, 'ready']]);
});

test('a start-up that never succeeds restarts the instance, and nothing else is asked until then', () => {
  const asked: string[] = [];
  const events = probeTimeline({
    probes: { startup: everyTen, readiness: everyTen, liveness: everyTen },
    answers: (kind) => {
      asked.push(kind);
      return kind !== 'startup';
    },
    until: 100,
  });
  expect(events).toEqual([[20, 'restart']]);
  expect(new Set(asked)).toEqual(new Set(['startup']));
});

test('one good answer in between starts the count of bad ones anew', () => {
  const thresholds = { successCount: 2, failureCount: 2 };
  let memory = { ...probeStart('readiness'), state: 'success' as const, lastResult: 'success' as const, runCount: 2 };
  const states = (['failure', 'success', 'failure', 'failure', 'success', 'success'] as const).map((result) => {
    memory = probeStep(memory, result, 'readiness', thresholds) as typeof memory;
    return memory.state;
  });
  expect(states).toEqual(['success', 'success', 'success', 'failure', 'failure', 'success']);
});
