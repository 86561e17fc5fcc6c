/** The forms in which issues leave: for people, programs, GitHub and SARIF readers. */
import pc from 'picocolors';
import { expect, test } from 'vitest';
import {
  countSentence,
  issueLines,
  issuesGithub,
  issuesJson,
  issuesSarif,
  prettyLines,
} from '../../src/cli/issuePrinting.js';
import type { Issue } from '../../src/units/issue.js';

const plain = pc.createColors(false);
const misspelt: Issue = {
  code: 'unknown-key',
  severity: 'error',
  at: { file: 'booking.yaml', line: 2, column: 5 },
  path: 'services.movie.concurency',
  message: 'services.movie.concurency is not a known setting',
  hint: 'did you mean "concurrency"?',
  length: 10,
};

test('the place is underlined, with the line before it', () => {
  expect(prettyLines([misspelt], () => ['  movie:', '    concurency: 80'], plain)).toEqual([
    'booking.yaml:2:5 error unknown-key  services.movie.concurency is not a known setting; did you mean "concurrency"?',
    '   1 |   movie:',
    '   2 |     concurency: 80',
    '     |     ^^^^^^^^^^',
  ]);
});

test('a line that would fill the screen or drive the terminal is not shown as it is', () => {
  expect(prettyLines([misspelt], () => ['', 'x'.repeat(5000)], plain)).toHaveLength(1);
  expect(prettyLines([misspelt], () => ['', '    \u001b[2Jconcurency'], plain).join('')).not.toContain('\u001b');
});

test('at most 50 are printed, and the rest is counted', () => {
  const lines = issueLines(
    Array.from({ length: 60 }, () => misspelt),
    plain,
  );
  expect(lines).toHaveLength(51);
  expect(lines[50]).toBe('… and 10 more');
});

test('the count tells errors from warnings', () => {
  const warning: Issue = { ...misspelt, severity: 'warning' };
  expect(countSentence([misspelt, misspelt, misspelt, warning])).toBe('3 errors, 1 warning. Nothing was simulated.');
  expect(countSentence([misspelt])).toBe('1 error. Nothing was simulated.');
});

test('JSON has every issue with its place, rule and mend', () => {
  const document = JSON.parse(issuesJson(['booking.yaml'], [misspelt]));
  expect(document).toMatchObject({
    formatVersion: '1.0',
    errors: 1,
    issues: [{ file: 'booking.yaml', line: 2, column: 5, rule: 'unknown-key', mend: 'did you mean "concurrency"?' }],
  });
});

test('GitHub annotations escape what would end them', () => {
  const nasty: Issue = { ...misspelt, at: { ...misspelt.at, file: 'a,b:c.yaml' }, message: 'two\nlines 100%' };
  expect(issuesGithub([nasty])).toBe(
    '::error file=a%2Cb%3Ac.yaml,line=2,col=5,title=unknown-key::two%0Alines 100%25; did you mean "concurrency"?\n',
  );
});

test('SARIF names the rule and the region', () => {
  const log = JSON.parse(issuesSarif([misspelt], '1.2.3'));
  expect(log.version).toBe('2.1.0');
  expect(log.runs[0].results[0]).toMatchObject({
    ruleId: 'unknown-key',
    level: 'error',
    locations: [{ physicalLocation: { region: { startLine: 2, startColumn: 5, endColumn: 15 } } }],
  });
});
