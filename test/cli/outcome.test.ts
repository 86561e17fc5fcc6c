/** From a comparison to an exit code: which reasons count, and in which order. */
import { expect, test } from 'vitest';
import { exitCodeOf, reasonLines, warningLines } from '../../src/cli/outcome.js';
import type { Comparison } from '../../src/experiment/contract.js';

/** Only what an outcome looks at. */
function comparison(verdict: Partial<Comparison['verdict']>, warnings: readonly string[][] = [[], []]): Comparison {
  const platforms = warnings.map((messages, i) => ({
    name: `p${i}`,
    objectives: [{}],
    warnings: messages.map((message) => ({ code: 'saturated', message })),
  }));
  const whole = { untrusted: [], missed: [], isTrusted: true, isMissedByAll: false, winner: null, ...verdict };
  return { complete: true, warnings: [], platforms, verdict: whole } as unknown as Comparison;
}
const calm = { interruption: null, isStrict: false };

test('all is well: 0; missed by every platform: 99; not trustworthy anywhere: 4, before a miss', () => {
  expect(exitCodeOf(comparison({}), calm)).toBe(0);
  expect(exitCodeOf(comparison({ isMissedByAll: true }), calm)).toBe(99);
  expect(exitCodeOf(comparison({ isMissedByAll: true, isTrusted: false }), calm)).toBe(4);
});

test('a platform that misses while another meets all is no failure: it is a comparison', () => {
  const missed = [{ platform: 'p0', objectives: ['latency_p99 < 1s'] }];
  expect(exitCodeOf(comparison({ missed }), calm)).toBe(0);
  expect(reasonLines(comparison({ missed }))).toEqual([]);
});

test('an interruption comes before what the partial result says', () => {
  expect(exitCodeOf(comparison({ isTrusted: false }), { interruption: 143, isStrict: false })).toBe(143);
});

test('--strict makes a warning an error', () => {
  const warned = comparison({}, [['near saturation'], []]);
  expect(exitCodeOf(warned, calm)).toBe(0);
  expect(exitCodeOf(warned, { interruption: null, isStrict: true })).toBe(4);
});

test('a warning that several platforms share is told once, with their names unless it is all of them', () => {
  expect(warningLines(comparison({}, [['same'], ['same']]))).toEqual(['warning saturated  same']);
  expect(warningLines(comparison({}, [['own'], []]))).toEqual(['warning saturated  own (p0)']);
  expect(warningLines(comparison({}, [Array.from({ length: 30 }, (_, i) => `w${i}`)])).at(-1)).toContain('10 more');
});

test('what makes every platform untrustworthy is told once, a miss with its count and its exit code', () => {
  const few = { code: 'few-samples', message: 'judged on 9 answers' };
  const untrusted = [
    { platform: 'p0', ...few },
    { platform: 'p1', ...few },
  ];
  expect(reasonLines(comparison({ untrusted, isTrusted: false }))).toEqual([
    'not trustworthy: all: judged on 9 answers (few-samples)',
  ]);
  const missed = [{ platform: 'p0', objectives: ['latency_p99 < 1s'] }];
  expect(reasonLines(comparison({ missed, isMissedByAll: true }, [[]]))).toEqual(['1 of 1 objective missed (exit 99)']);
});
