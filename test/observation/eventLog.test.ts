/** The event log keeps what happened, in order, up to its caps. */
import { expect, test } from 'vitest';
import { EventLog } from '../../src/observation/eventLog.js';

const instance = { service: 0, instance: 3, node: 2, version: 1, isProvisioned: false } as const;

test('rows stand in the order in which things happened, with what a reader needs to know', () => {
  const log = new EventLog();
  log.instanceChanged({ ...instance, phase: 'ready', nowUs: 5 });
  log.noted({ nowUs: 7, kind: 'scale', service: 0, instance: -1, detail: '2 -> 3: cpu' });
  log.nodeChanged({ pool: 0, node: 1, phase: 'gone', nowUs: 9 });
  expect(log.rows.map(({ nowUs, kind, detail }) => [nowUs, kind, detail])).toEqual([
    [5, 'ready', 'node 2, release 1'],
    [7, 'scale', '2 -> 3: cpu'],
    [9, 'node-gone', 'pool 0 node 1'],
  ]);
});

test('a churn of instances cannot hide a release, and what is left out is counted', () => {
  const log = new EventLog(4);
  for (let nowUs = 0; nowUs < 10; nowUs++) log.instanceChanged({ ...instance, phase: 'ready', nowUs });
  log.noted({ nowUs: 20, kind: 'release', service: 0, instance: -1, detail: 'v2' });
  expect(log.rows.map((row) => row.kind)).toEqual(['ready', 'ready', 'release']);
  expect(log.omittedCount).toBe(8);
});

test('a fact is read, not kept: the run may reuse it', () => {
  const log = new EventLog();
  const fact = { nowUs: 1, kind: 'crash', service: 0, instance: 0, detail: '' };
  log.noted(fact);
  fact.nowUs = 99;
  expect(log.rows[0]?.nowUs).toBe(1);
});
