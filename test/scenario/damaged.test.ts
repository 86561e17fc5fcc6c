/** A file damaged anywhere is a list of issues or still a scenario: reading never throws. Replay with the seed below. */
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseScenario } from '../../src/scenario/parse.js';
import { printIssues } from '../../src/scenario/printIssues.js';

const whole = readFileSync('test/scenario/examples/every-key.yaml', 'utf8');
const scrap = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.constantFrom(
    '&a',
    '*a',
    '<<',
    '[',
    ']',
    '{',
    '}',
    ': ',
    '- ',
    '\n',
    '\n\n  ',
    '"',
    '~',
    '.nan',
    '-1',
    '1e999',
    '__proto__',
    '|',
    '!!map',
  ),
);

test('damaged files are reported, not thrown', () => {
  fc.assert(
    fc.property(fc.nat(whole.length), fc.nat(30), scrap, (at, cut, text) => {
      const damaged = whole.slice(0, at) + text + whole.slice(at + cut);
      const checked = parseScenario(damaged, 's.yaml');
      if (checked.ok) return;
      expect(checked.issues.length).toBeGreaterThan(0);
      for (const issue of checked.issues) {
        expect(issue.at.line).toBeGreaterThanOrEqual(1);
        expect(issue.at.column).toBeGreaterThanOrEqual(1);
        expect(issue.message).not.toMatch(/undefined|NaN|\[object/);
      }
      printIssues(checked.issues, () => damaged);
    }),
    { seed: 20260101, numRuns: 60 },
  );
});
