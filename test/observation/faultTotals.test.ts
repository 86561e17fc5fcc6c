/** What a fault came to, in words: who noticed, when, how many paid. */
import { expect, test } from 'vitest';
import { faultTotals, noticerOf } from '../../src/observation/faultTotals.js';
import type { IncidentFacts, IncidentPlan } from '../../src/observation/incidents.js';

const plan: IncidentPlan = { kind: 'hang', name: 'hang fare', services: [2], atUs: 60e6 };
const facts: IncidentFacts = {
  hasBegun: true,
  lastedUs: null,
  detectedUs: 10_500_000,
  detectedBy: 'its liveness probe',
  recoveredUs: 41e6,
  lostCount: 1,
  capacityMin: 0.5,
  isAborted: false,
};
const told = (parts: Partial<IncidentFacts>, planned: Partial<IncidentPlan> = {}, hasReplicas = true) =>
  faultTotals([{ ...plan, ...planned }], [{ ...facts, ...parts }], () => hasReplicas, 300e6).map(
    ({ detail }) => detail,
  );

test('a fault that somebody noticed', () => {
  expect(faultTotals([plan], [facts], () => true, 300e6)).toEqual([
    {
      nowUs: 300e6,
      kind: 'fault-total',
      service: 2,
      instance: -1,
      detail: 'hang fare: noticed after 10.5 s by its liveness probe; recovered after 41 s; 1 request lost',
    },
  ]);
});

test('one that nobody noticed, one not over, one at random, and where requests start instances', () => {
  const unseen = { detectedUs: null, detectedBy: '', recoveredUs: null, lostCount: 7 };
  expect(told(unseen)).toEqual(['hang fare: noticed by nobody; not recovered; 7 requests lost']);
  expect(told(unseen, { kind: 'drain-node' })).toEqual(['hang fare: not recovered; 7 requests lost']);
  expect(told({}, { kind: 'crash-at-random' })).toEqual(['hang fare: 1 request lost']);
  expect(told({}, {}, false)).toEqual(['hang fare: 1 request lost']);
});

test('one that has not begun is not told, nor a release', () => {
  expect(told({ hasBegun: false })).toEqual([]);
  expect(told({}, { kind: 'release' })).toEqual([]);
});

test('who notices follows from what the run notes', () => {
  expect([
    noticerOf('unready', 'its readiness probe failed'),
    noticerOf('crash', 'killed: its liveness probe failed; 3 requests lost'),
    noticerOf('unready', 'its node has not been heard of'),
    noticerOf('crash', 'crash movie; 3 requests lost'),
  ]).toEqual([
    'its readiness probe',
    'its liveness probe',
    'the control plane, which missed its node',
    'its supervisor, which saw the process end',
  ]);
});
