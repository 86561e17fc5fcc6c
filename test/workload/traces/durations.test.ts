/** Measured durations for empirical distributions. */
import { expect, test } from 'vitest';
import { printIssue } from '../../../src/units/issue.js';
import { parseDurations } from '../../../src/workload/traces/durations.js';

const issuesOf = (text: string): string[] => {
  const checked = parseDurations(text, 'd.csv');
  return checked.ok ? [] : checked.issues.map(printIssue);
};

test('one column, in the unit its name ends in, in microseconds', () => {
  expect(parseDurations('duration_ms\n1.5\n20\n', 'd.csv')).toEqual({ ok: true, value: [1500, 20_000], warnings: [] });
  expect(parseDurations('\uFEFFduration_s\r\n0\r\n2', 'd.csv')).toMatchObject({ ok: true, value: [0, 2e6] });
});

test('no rows, no unit, more columns, what is no number: told with the place', () => {
  expect(issuesOf('')).toEqual(['d.csv:1:1 error trace  no rows; give at least one duration']);
  expect(issuesOf('duration_ms\n')[0]).toMatch(/no rows/);
  expect(issuesOf('duration\n1\n')[0]).toMatch(/does not say its unit/);
  expect(issuesOf('duration_ms,b\n1,2\n')[0]).toMatch(/^d\.csv:1:13 .*one column/);
  expect(issuesOf('duration_ms\n1\nfast\n-2\n')[0]).toMatch(/^d\.csv:3:1 .*'fast' is no number \(and 1 more row/);
});
