/** Objectives that a run could hardly answer are told before it: too few answers, and less than a cold start takes. */
import { expect, test } from 'vitest';
import { objectiveDoubts } from '../../src/experiment/objectiveDoubts.js';
import { prepareWritten } from '../../src/experiment/written.js';

function doubts(options: {
  readonly rate: string;
  readonly objectives: string;
  readonly platform: string;
  readonly startup?: string;
}) {
  const text = `run: {warmup: 0s, duration: 1000s, replications: 2}
traffic: {all: {entry: shop.show, arrivals: {poisson: ${options.rate}}}}
services: {shop: {startup: ${options.startup ?? '2s'}, operations: {show: [{cpu: 10ms}]}}}
platforms: {here: ${options.platform}}
objectives: ${options.objectives}
`;
  const checked = prepareWritten({ text, file: 'shop.yaml' }, []);
  if (!checked.ok) throw new Error(JSON.stringify(checked.issues));
  return objectiveDoubts(checked.value.scenario, checked.value.compiled).map(({ code, path }) => `${code} ${path}`);
}

const fixed = '{preset: fixed, defaults: {replicas: 2}}';

test('100/(1 - q) answers are wanted: 10,000 for p99, 2,000 for p95; 4,000 are expected', () => {
  const objectives = '[latency_p99 < 5s, latency_p95 < 5s, all.latency_p999 < 5s, latency_mean < 5s]';
  expect(doubts({ rate: '2/s', objectives, platform: fixed })).toEqual([
    'few-samples objectives[0]',
    'few-samples objectives[2]',
  ]);
  expect(doubts({ rate: '6/s', objectives: '[latency_p99 < 5s]', platform: fixed })).toEqual([]);
});

test('where requests start instances, less than the start takes is asked of whoever meets one', () => {
  const functions = '{preset: faas}';
  const objectives = '[latency_p99 < 1s, latency_p99 < 9s, latency_max <= 1s, success_ratio > 99%]';
  expect(doubts({ rate: '20/s', objectives, platform: functions })).toEqual([
    'below-cold-start objectives[0]',
    'below-cold-start objectives[2]',
  ]);
  expect(doubts({ rate: '20/s', objectives, platform: fixed })).toEqual([]);
  expect(doubts({ rate: '20/s', objectives, platform: functions, startup: '100ms' })).toEqual([]);
});
