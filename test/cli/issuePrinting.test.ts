/** The forms in which issues leave: for people, programs, GitHub and SARIF readers. */
import pc from 'picocolors';
import { expect, test } from 'vitest';
import { issuesGithub, issuesJson, issuesSarif, issueText } from '../../src/cli/issuePrinting.js';
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

test('for people the severity is coloured, and only that', () => {
  const text = issueText([misspelt], pc.createColors(true));
  expect(text).toContain('booking.yaml:2:5 \u001b[31merror\u001b[39m unknown-key');
  expect(issueText([misspelt], plain)).toContain('booking.yaml:2:5 error unknown-key  services.movie.concurency');
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
