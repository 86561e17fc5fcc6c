/** The given billing vectors (providers' examples, cost tools' golden files), all through the conformance adapter. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { adapters } from '../conformance/billing.js';

const file = new URL('../conformance/billing/billing-vectors.json', import.meta.url);
const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as {
  readonly vectors: readonly { readonly id: string; readonly platform: string; readonly expect: object }[];
};

test.each(vectors.map((vector) => [vector.id, vector] as const))('%s is billed as published', (_, vector) => {
  expect(adapters[vector.platform]!({ ...vector }).failures).toEqual([]);
});

test('a wrong expectation is found at every leaf', () => {
  for (const vector of vectors) {
    const wrong = JSON.parse(JSON.stringify(vector), (_, value: unknown) =>
      typeof value === 'object' && value !== null && 'totalDisplay' in value
        ? { ...value, totalDisplay: '0.01' }
        : value,
    ) as (typeof vectors)[number];
    if ('totalDisplay' in wrong.expect)
      expect(adapters[wrong.platform]!({ ...wrong }).failures.map(({ path }) => path)).toEqual(['totalDisplay']);
  }
});
