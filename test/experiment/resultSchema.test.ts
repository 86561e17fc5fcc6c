/** The schema of result.json: published as it is made, kept by every golden result, and not kept by a changed one. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { resultDocument } from '../../src/experiment/resultDocument.js';
import { resultJsonSchema } from '../../src/experiment/resultSchema.js';
import { movieComparison } from '../report/fixtures/comparison.js';

const validator = z.fromJSONSchema(resultJsonSchema() as Parameters<typeof z.fromJSONSchema>[0]);

function isValid(document: unknown): boolean {
  return validator.safeParse(document).success;
}

const goldens = readdirSync('reports', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('result.json'))
  .map((path) => join('reports', path));

test('schema/result.schema.json is what the program makes: windtunnel schema result --out writes it', () => {
  const published = readFileSync('schema/result.schema.json', 'utf8');
  expect(published).toBe(`${JSON.stringify(resultJsonSchema(), null, 2)}\n`);
});

test('there are golden results, and each keeps the schema', () => {
  expect(goldens.length).toBeGreaterThan(20);
  expect(goldens.filter((path) => !isValid(JSON.parse(readFileSync(path, 'utf8'))))).toEqual([]);
});

test('a result of eight platforms, and one with names that are words of JavaScript, keep it', () => {
  const document = JSON.parse(JSON.stringify(resultDocument(movieComparison()))) as Record<string, unknown>;
  expect(isValid(document)).toBe(true);
});

test.each([
  ['a metric nobody knows', (text: string) => text.replace('"latency_p99"', '"latency_p98"')],
  ['a mean that is text', (text: string) => text.replace(/"mean":[0-9.]+/, '"mean":"12"')],
  ['a level of three', (text: string) => text.replace('"observed":0', '"observed":3')],
  ['another version', (text: string) => text.replace('"formatVersion":"1.0"', '"formatVersion":"2.0"')],
  ['money as a number', (text: string) => text.replace(/"amountMonthUsd":"([0-9.]+)"/, '"amountMonthUsd":$1')],
  ['an unknown key', (text: string) => text.replace('"preset":', '"presett":1,"preset":')],
])('it is not kept with %s', (_name, change) => {
  const text = JSON.stringify(resultDocument(movieComparison()));
  expect(change(text)).not.toBe(text);
  expect(isValid(JSON.parse(change(text)))).toBe(false);
});
