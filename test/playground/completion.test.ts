/**
 * Completion offers what the published JSON Schema allows at the cursor: every row is a text with `|` where the cursor
 * is, and words that must and must not be offered. The keys are those of the scenario's contract.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { completionsAt } from '../../src/playground/completion.js';

const schema = JSON.parse(readFileSync('schema/scenario.schema.json', 'utf8')) as Record<string, unknown>;

function offered(marked: string): readonly string[] {
  const cursor = marked.indexOf('|');
  return completionsAt(schema, marked.replace('|', ''), cursor)?.options.map(({ label }) => label) ?? [];
}

const rows: readonly (readonly [text: string, has: readonly string[], hasNot: readonly string[]])[] = [
  ['|', ['traffic', 'services', 'platforms', 'run'], ['warmup']],
  ['run:\n  wa|', ['warmup', 'duration', 'represents'], ['traffic']],
  ['run: {warmup: 1m, |', ['duration', 'replications'], ['traffic']],
  ['services:\n  movie:\n    con|', ['concurrency', 'memory', 'operations'], ['traffic', 'preset']],
  ['services:\n  movie: {language: |}', ['go', 'java', 'python'], ['concurrency']],
  ['services:\n  movie:\n    language: j|', ['java', 'javascript'], ['memory']],
  ['platforms:\n  lambda:\n    defaults:\n      |', ['replicas', 'memory', 'idleTimeout', 'balancer'], ['nodes']],
  ['platforms:\n  lambda:\n    |\n    defaults:\n      memory: 1GB', ['preset', 'nodes', 'services'], ['replicas']],
  ['traffic:\n  all:\n    arrivals: {|', ['poisson', 'constant', 'trace'], ['entry']],
  ['faults:\n  - at: 5m\n    |', ['crash', 'for', 'slow'], ['traffic']],
  ['faults:\n  - {at: 5m, |', ['crash', 'instances'], ['traffic']],
  ['services:\n  a:\n    operations:\n      x:\n        - |', ['cpu', 'call', 'query', 'parallel'], ['memory']],
  ['databases:\n  db: {overflow: |', ['wait', 'reject'], ['connections']],
  ['# a comment |', [], ['traffic']],
];

test.each(rows)('in %j', (text, has, hasNot) => {
  const labels = offered(text);
  for (const label of has) expect(labels, `should offer ${label}`).toContain(label);
  for (const label of hasNot) expect(labels, `should not offer ${label}`).not.toContain(label);
});

test('the word at the cursor is replaced from its beginning', () => {
  expect(completionsAt(schema, 'run:\n  warm', 11)?.from).toBe(7);
});
