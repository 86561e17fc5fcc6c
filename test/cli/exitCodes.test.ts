/** The table of exit codes against the order the command line's page promises: 2, 5, 1, 130/143, 4, 99, 3, 10. */
import { expect, test } from 'vitest';
import { exitCodeOrder, exitCodes, strongestExitCode } from '../../src/cli/exitCodes.js';

test('when several codes apply, a mistake of the user comes before everything, and a difference after', () => {
  expect(strongestExitCode([99, 4, 5, 2])).toBe(2);
  expect(strongestExitCode([99, 4, 5])).toBe(5);
  expect(strongestExitCode([1, 130])).toBe(1);
  expect(strongestExitCode([99, 130])).toBe(130);
  expect(strongestExitCode([99, 4])).toBe(4);
  expect(strongestExitCode([10, 99])).toBe(99);
  expect(strongestExitCode([])).toBe(0);
});

test('every code stands once in the order, and the numbers are those promised', () => {
  expect([...exitCodeOrder].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 10, 99, 130, 143]);
  expect(new Set(Object.values(exitCodes))).toEqual(new Set(exitCodeOrder));
});
