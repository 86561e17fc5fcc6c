/** What build servers read: JUnit, lines of JSON, step summary and annotations, hostile names included. */
import { expect, test } from 'vitest';
import { junitXml } from '../../src/report/junit.js';
import { endLine, resultLines } from '../../src/report/resultLines.js';
import { annotations, stepSummary } from '../../src/report/stepSummary.js';
import { movieComparison } from './fixtures/comparison.js';

const comparison = movieComparison({ platformCount: 4 });
const hostile = { ...comparison, scenario: '<b>"&\u0007\u202e\ud800' };

test('a suite a platform, a case an objective, and a failure tells observed, wanted and interval', () => {
  const xml = junitXml(comparison);
  expect(xml.match(/<testsuite /g)).toHaveLength(4);
  expect(xml.match(/<testcase /g)).toHaveLength(8);
  const missed = comparison.platforms.flatMap(({ objectives }) => objectives.filter(({ met }) => !met));
  expect(xml.match(/<failure /g) ?? []).toHaveLength(missed.length);
  if (missed.length > 0) expect(xml).toMatch(/observed .* wanted .* 95 % interval/);
});

test('names that are markup, control characters or half a character leave well-formed XML', () => {
  const xml = junitXml(hostile);
  expect(xml).toContain('name="&lt;b&gt;&quot;&amp;');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
  expect(xml).not.toMatch(/[\u0000-\u0008]|\ud800/);
});

test('every line is an event; the result is the document of --format json; the end has the exit code', () => {
  const events = (resultLines(comparison) + endLine(99, true))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(new Set(events.map(({ event }) => event))).toEqual(new Set(['warning', 'objective', 'result', 'end']));
  expect(events.at(-1)).toEqual({ event: 'end', exitCode: 99, complete: true });
  expect(events.at(-2).result.scenario).toBe(comparison.scenario);
});

test('a step summary stays under 1 MiB however much there is to say, and ends on a whole line', () => {
  const warning = { code: 'long', message: 'x'.repeat(10_000) };
  const platforms = comparison.platforms.map((one) => ({ ...one, warnings: Array(200).fill(warning) }));
  const text = stepSummary({ ...comparison, platforms });
  expect(new TextEncoder().encode(text).length).toBeLessThan(2 ** 20);
  expect(text.endsWith('the report has the rest.\n')).toBe(true);
});

test('annotations are workflow commands on one line each, whatever a name holds', () => {
  const platforms = comparison.platforms.map((one) => ({
    ...one,
    title: 'a\n::error::b',
    objectives: one.objectives.map((objective) => ({ ...objective, met: false })),
  }));
  const lines = annotations({ ...comparison, platforms }, 'a,b:c.yaml');
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) expect(line).toMatch(/^::(error|warning) file=a%2Cb%3Ac\.yaml,title=[^:\n]+::[^\n]+$/);
});
