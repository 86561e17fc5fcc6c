/** The layout of one issue and the order of many, as the command line page promises. */
import { expect, test } from 'vitest';
import { type Issue, printIssue, sortIssues } from '../../src/units/issue.js';

const at = (file: string, line: number, column: number): Issue => ({
  code: 'range',
  severity: 'error',
  at: { file, line, column },
  path: 'a.b',
  message: 'a.b must be above 0',
});

test('an issue is file:line:column, severity, rule, message and mend on one line', () => {
  expect(printIssue({ ...at('a.yaml', 14, 5), hint: 'write 128MB' })).toBe(
    'a.yaml:14:5 error range  a.b must be above 0; write 128MB',
  );
});

test('issues are ordered by line and column within their file, files as first met', () => {
  const sorted = sortIssues([at('b', 9, 1), at('a', 2, 7), at('b', 1, 3), at('a', 2, 1)]);
  expect(sorted.map(({ at: { file, line, column } }) => `${file}${line}:${column}`)).toEqual([
    'b1:3',
    'b9:1',
    'a2:1',
    'a2:7',
  ]);
});
