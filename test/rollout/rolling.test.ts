/**
 * Kubernetes' rolling release as the engine asks for it; single steps are held to its own tables by test/conformance.
 */
import { expect, test } from 'vitest';
import { makeRollout, type RolloutOptions } from '../../src/rollout/registry.js';

function decide(options: RolloutOptions, counts: readonly [number, number, number, number], desiredCount = 10) {
  const made = makeRollout('rolling', options);
  if (!made.ok) throw new Error(made.fault);
  const [newCount, newAvailableCount, oldCount, oldAvailableCount] = counts;
  const view = { desiredCount, newCount, newAvailableCount, oldCount, oldAvailableCount, elapsedUs: 0, stalledUs: 0 };
  const { newCount: newNext, oldCount: oldNext } = made.value.decide(view);
  return [newNext, oldNext];
}

test('of ten with the defaults two old ones go at once and five new ones come (surge 3, unavailable 2)', () => {
  expect(decide({}, [0, 0, 10, 10])).toEqual([5, 8]);
  expect(decide({}, [5, 0, 8, 8])).toEqual([5, 8]);
  expect(decide({}, [5, 1, 8, 8])).toEqual([6, 7]);
});

test('with nothing unavailable an old one goes only when a new one is available', () => {
  const oneByOne = { maxSurge: 1, maxUnavailable: 0 };
  expect(decide(oneByOne, [0, 0, 3, 3], 3)).toEqual([1, 3]);
  expect(decide(oneByOne, [1, 1, 3, 3], 3)).toEqual([2, 2]);
});

test('a new version that never gets ready leaves the old one standing', () => {
  expect(decide({ maxSurge: 1, maxUnavailable: 0 }, [1, 0, 4, 4], 4)).toEqual([1, 4]);
});

test('old instances that are not available go first and are made up for', () => {
  expect(decide({ maxSurge: 0, maxUnavailable: 2 }, [0, 0, 10, 8])).toEqual([2, 8]);
});

test('scaled in the middle of it both versions change in proportion, as the controller’s TestScale has it', () => {
  const scaled = (from: number, to: number, newCount: number, oldCount: number): readonly number[] => {
    const made = makeRollout('rolling', { maxSurge: 2, maxUnavailable: 0 });
    if (!made.ok) throw new Error(made.fault);
    const counts = { newCount, newAvailableCount: 0, oldCount, oldAvailableCount: oldCount };
    const view = { desiredCount: to, desiredBeforeCount: from, ...counts, elapsedUs: 0, stalledUs: 0 };
    const { newCount: newNext, oldCount: oldNext } = made.value.decide(view);
    return [newNext, oldNext];
  };
  expect(scaled(10, 20, 6, 6)).toEqual([11, 11]); // "deployment with surge pods"
  expect(scaled(10, 10, 6, 6)).toEqual([6, 6]); // Nothing has changed: waits for new ones.
  expect(scaled(10, 5, 6, 6)).toEqual([4, 3]); // 7 allowed of 12: 3.5 each, rounded away, the rest off the older one.
  expect(scaled(10, 12, 0, 10)).toEqual([4, 10]); // Only one version there: the release goes on.
});

test('options that allow no movement or cannot be read are refused by name', () => {
  const optionOf = (options: RolloutOptions) => {
    const made = makeRollout('rolling', options);
    return made.ok ? null : made.option;
  };
  expect(optionOf({ maxSurge: 0, maxUnavailable: 0 })).toBe('maxUnavailable');
  expect(optionOf({ maxSurge: '0%', maxUnavailable: 0 })).toBe('maxUnavailable');
  expect(optionOf({ maxSurge: '1%', maxUnavailable: 0 })).toBe(null);
  expect(optionOf({ maxSurge: '25' })).toBe('maxSurge');
  expect(optionOf({ maxSurge: 1.5 })).toBe('maxSurge');
  expect(optionOf({ maxUnavailable: -1 })).toBe('maxUnavailable');
  expect(optionOf({ maxUnavailable: '101%' })).toBe('maxUnavailable');
  expect(optionOf({ minReadyUs: 5, progressDeadlineUs: 5 })).toBe('progressDeadline');
});
