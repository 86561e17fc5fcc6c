/** The layout of `validate`: the line, the carets, the mend beside them, the limit, the count. */
import { expect, test } from 'vitest';
import { parseScenario } from '../../src/scenario/parse.js';
import { printIssues } from '../../src/scenario/printIssues.js';
import { explainRule, rules } from '../../src/scenario/rules.js';
import { written } from './written.js';

test('an issue shows its line, what is meant, and the mend', () => {
  const text = `traffic:
  visit: {entry: movie.list, arrivals: {poisson: 1/s}}
services:
  movie:
    concurency: 80
    operations: {list: []}
`;
  const checked = parseScenario(text, 'booking.yaml');
  expect(printIssues(checked.ok ? [] : checked.issues, () => text)).toBe(`\
booking.yaml:5:5 error unknown-key  services.movie.concurency is not a known setting
   4 |   movie:
   5 |     concurency: 80
     |     ^^^^^^^^^^ did you mean "concurrency"?
1 error`);
});

test('without the text an issue is one line', () => {
  const checked = parseScenario(written({ load: '0' }), 's.yaml');
  expect(printIssues(checked.ok ? [] : checked.issues)).toBe(
    's.yaml:3:7 error range  load must be a number above 0, got 0\n1 error',
  );
});

test('at most fifty are printed, then how many more', () => {
  const faults = `[${Array(70).fill('{at: 1, crash: web}').join(', ')}]`;
  const checked = parseScenario(written({ faults }), 's.yaml');
  const lines = printIssues(checked.ok ? [] : checked.issues).split('\n');
  expect(lines).toHaveLength(52);
  expect(lines.slice(-2)).toEqual(['… and 20 more', '70 errors']);
});

test('what a file holds cannot steer the terminal', () => {
  const text = written({ load: '"\\e[31m"', seed: '~' }).replace('\\e', '\u001b');
  const checked = parseScenario(text, 's.yaml');
  expect(printIssues(checked.ok ? [] : checked.issues, () => text)).not.toContain('\u001b');
});

test('every rule has its line for --explain, and nothing else has', () => {
  for (const rule of Object.keys(rules)) expect(explainRule(rule)).toMatch(/\.$/);
  expect(explainRule('toString')).toBeUndefined();
});
