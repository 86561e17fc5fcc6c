/** The quick ones among the peers' cases, as `npm run conformance` runs them all; and that a wrong number fails. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CaseFields } from './caseFields.js';
import { type ConformanceCase, type Failure, failuresOf } from './contract.js';
import { evidenceOf } from './peers/evidence.js';
import { peerExaminer } from './peers.js';

const { vectors } = JSON.parse(readFileSync('test/conformance/peers/peers.json', 'utf8')) as {
  readonly vectors: readonly ConformanceCase[];
};
const caseOf = (id: string): ConformanceCase => vectors.find((vector) => vector['id'] === id)!;

const failuresIn = (vector: ConformanceCase): readonly Failure[] => failuresOf(peerExaminer(vector)!(vector));

test('every case at hand has an examiner', () => {
  for (const vector of vectors) expect(peerExaminer(vector), String(vector['id'])).toBeDefined();
});

test.each(['simfaas-const-all-cold', 'simfaas-const-never-cold', 'simfaas-whatif-0.01-60', 'simfaas-whatif-0.01-600'])(
  '%s: our interval and theirs overlap',
  (id) => {
    expect(failuresIn(caseOf(id))).toEqual([]);
  },
);

test('a published number that is a quarter off is found', () => {
  const vector = caseOf('simfaas-whatif-0.01-60');
  const expected = { inst_count_avg: { value: 0.59, ci95_half: 0.00688, sd_per_run: 0.00432 } };
  expect(failuresIn({ ...vector, expected })).toHaveLength(1);
  const regular = caseOf('simfaas-const-all-cold');
  const failures = failuresIn({ ...regular, expected: { lifespan_avg: { value: 19.8 } } });
  expect(failures).toMatchObject([{ path: 'lifespan_avg', expected: 19.8 }]);
});

test('of four runs the 99.9% interval is 12.924 / 3.182 times as wide as the 95% interval', () => {
  // Student's t at 3 degrees of freedom, from tables; the spread says that there were four runs.
  const { half } = evidenceOf(new CaseFields({ value: 1, ci95_half: 0.0123, sd_per_run: 0.00773 }, 'number'));
  expect(half / 0.0123).toBeCloseTo(12.924 / 3.182, 2);
});
