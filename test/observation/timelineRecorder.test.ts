/** The timeline, from hand-made facts and samples. */
import { expect, test } from 'vitest';
import { outcomes, type RunFrame } from '../../src/observation/contract.js';
import { Tally } from '../../src/observation/tally.js';
import { type TimelineColumn, TimelineRecorder } from '../../src/observation/timelineRecorder.js';
import { stateView } from './stateView.js';

const frame: RunFrame = {
  sourceNames: ['shoppers', 'monitor'],
  serviceNames: ['shop', 'stock'],
  databaseNames: [],
  fromUs: 2_000_000,
  toUs: 5_000_000,
  windowUs: 2_000_000,
  replicationIndex: 0,
};

const visit = (source: number, beganUs: number, endedUs: number) => ({
  source,
  outcome: outcomes.completed,
  attemptCount: 1,
  beganUs,
  endedUs,
  isMeasured: beganUs >= frame.fromUs,
  visitorNumber: 0,
});

function find(columns: readonly TimelineColumn[], scope: string, metric: string, slot = -1): number[] {
  const column = columns.find((one) => one.scope === scope && one.metric === metric && one.slot === slot);
  return Array.from(column?.values ?? []);
}

function startedRecorder(): { readonly tally: Tally; readonly recorder: TimelineRecorder } {
  const tally = new Tally({ timelineOf: [true, false] });
  const recorder = new TimelineRecorder(tally, [true, false]);
  tally.runStarted(frame);
  recorder.runStarted(frame);
  return { tally, recorder };
}

test('ends stand where the visitor began, throughput where the answer came; monitors are no visitors', () => {
  const { tally, recorder } = startedRecorder();
  for (const nowUs of [1_000_000, 1_500_000, 4_999_999]) tally.visitorBegan(0, nowUs);
  tally.visitorBegan(1, 1_000_000);
  tally.visitorEnded(visit(1, 1_000_000, 1_001_000));
  tally.visitorEnded(visit(0, 1_000_000, 1_100_000));
  tally.visitorEnded(visit(0, 1_500_000, 2_500_000));
  tally.totals();
  const { columns, firstMeasuredIndex, startsUs, lengthsUs } = recorder.columns();
  expect(firstMeasuredIndex).toBe(1);
  expect([Array.from(startsUs), Array.from(lengthsUs)]).toEqual([
    [0, 2_000_000, 4_000_000],
    [2_000_000, 2_000_000, 1_000_000],
  ]);
  expect(find(columns, 'platform', 'requests_offered')).toEqual([2, 0, 1]);
  expect(find(columns, 'platform', 'requests_completed')).toEqual([2, 0, 0]);
  expect(find(columns, 'platform', 'throughput')).toEqual([0.5, 0.5, 0]);
  expect(find(columns, 'platform', 'latency_mean')).toEqual([550, Number.NaN, Number.NaN]);
  expect(find(columns, 'platform', 'latency_p99')).toEqual([100, 1000, Number.NaN]);
  expect(find(columns, 'traffic', 'requests_completed', 1)).toEqual([1, 0, 0]);
});

test('a state of a window is its time-average, that of the platform the sum over services', () => {
  const { recorder } = startedRecorder();
  const sample = (nowUs: number, queueAreaUs: number[], cpuUsedUs: number[]): void =>
    recorder.sampled(stateView({ nowUs, service: { queueAreaUs, cpuUsedUs, cpuReadyUs: [nowUs, 0] } }), 'window-ends');
  sample(2_000_000, [1_000_000, 0], [1_000_000, 0]);
  sample(2_000_000, [1_000_000, 0], [1_000_000, 0]);
  sample(4_000_000, [1_000_000, 4_000_000], [1_000_000, 0]);
  sample(5_000_000, [1_500_000, 4_000_000], [1_750_000, 0]);
  const { columns } = recorder.columns();
  expect(find(columns, 'service', 'queue_mean', 0)).toEqual([0.5, 0, 0.5]);
  expect(find(columns, 'service', 'queue_mean', 1)).toEqual([0, 2, 0]);
  expect(find(columns, 'platform', 'queue_mean')).toEqual([0.5, 2, 0.5]);
  expect(find(columns, 'service', 'utilisation', 0)).toEqual([0.5, 0, 0.75]);
  expect(find(columns, 'service', 'utilisation', 1)).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  expect(find(columns, 'platform', 'utilisation')).toEqual([0.5, 0, 0.75]);
  expect(find(columns, 'platform', 'nodes_mean')).toEqual([]);
});
