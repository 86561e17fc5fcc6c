/**
 * Every small scenario still produces its committed report, to the byte. When one differs on purpose:
 * `npm run reports`, read the difference, commit it with the change that made it.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exampleNow, examplePage, goldenScenarios, writeReport } from './goldenScenarios.js';

let top = '';
beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), 'windtunnel-golden-'));
});
afterAll(() => rmSync(top, { recursive: true, force: true }));

test.each(goldenScenarios().map((scenario, i) => [scenario.file, i, scenario] as const))(
  '%s still produces its report',
  (_file, i, scenario) => {
    const out = join(top, String(i));
    expect(writeReport(scenario, out)).toBe(null);
    const names = readdirSync(out).sort();
    expect(readdirSync(scenario.reportFolder).sort()).toEqual(names);
    for (const name of names.filter((each) => each !== 'manifest.json'))
      expect(
        readFileSync(join(out, name), 'utf8') === readFileSync(join(scenario.reportFolder, name), 'utf8'),
        name,
      ).toBe(true);
  },
  60_000,
);

test('the example that README shows says what it would say today', () => {
  // Its verdict, cards and objectives: how the page is drawn may change without it.
  const verdictOf = (page: string): string | undefined => /<section id="verdict".*?<\/section>/s.exec(page)?.[0];
  const shown = verdictOf(readFileSync(examplePage.page, 'utf8'));
  expect(shown).toContain('class="verdict"');
  expect(verdictOf(exampleNow(join(top, 'example')))).toBe(shown);
}, 60_000);

test('all committed reports together stay below four megabytes', () => {
  const sizes = goldenScenarios().flatMap(({ reportFolder }) =>
    readdirSync(reportFolder).map((name) => readFileSync(join(reportFolder, name)).length),
  );
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(4_000_000);
});
