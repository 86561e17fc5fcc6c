/**
 * The scalers platforms bring along: App Engine, Azure Functions, Cloud Run. Expected numbers are MODEL's sentences.
 */
import { expect, test } from 'vitest';
import { makeScaler } from '../../src/autoscaling/registry.js';
import { viewOf } from './views.js';

function scalerOf(kind: string, options: Record<string, unknown> = {}) {
  const made = makeScaler(kind, options);
  if (!made.ok) throw new Error(made.fault);
  return made.value;
}

test('App Engine starts one instance per ceil(pending / (concurrent x target)) that is not already starting', () => {
  const scaler = scalerOf('appEngine', { maxConcurrent: 10, targetThroughput: 0.6 });
  const wanted = (waitingCount: number, startingCount: number) =>
    scaler.decide(viewOf({ readyCount: 3, startingCount, waitingCount }), null).wantedCount;
  expect([wanted(0, 0), wanted(1, 0), wanted(6, 0), wanted(7, 0)]).toEqual([3, 4, 4, 5]);
  expect([wanted(7, 1), wanted(7, 2), wanted(7, 5)]).toEqual([5, 5, 8]);
});

test('App Engine refuses targets outside the range of app.yaml', () => {
  expect(makeScaler('appEngine', { targetThroughput: 0.3 })).toMatchObject({ ok: false, option: 'targetThroughput' });
  expect(makeScaler('appEngine', { targetCpu: 0.99 })).toMatchObject({ ok: false, option: 'targetCpu' });
  expect(makeScaler('appEngine', { maxConcurrent: 0 })).toMatchObject({ ok: false, option: 'maxConcurrent' });
  const latencies = { minPendingLatency: 2_000_000, maxPendingLatency: 1_000_000 };
  expect(makeScaler('appEngine', latencies)).toMatchObject({ ok: false, option: 'minPendingLatency' });
});

test('Azure starts at most one instance a second while a request waits, and never asks for fewer', () => {
  const scaler = scalerOf('azureFunctions');
  let memory = scaler.start;
  let readyCount = 1;
  const counts: number[] = [];
  for (let quarter = 0; quarter <= 8; quarter++) {
    const view = viewOf({ readyCount, waitingCount: 50, nowUs: quarter * 250_000 });
    const decision = scaler.decide(view, memory);
    ({ memory, wantedCount: readyCount } = decision);
    counts.push(readyCount);
  }
  expect(counts).toEqual([2, 2, 2, 2, 3, 3, 3, 3, 4]);
  expect(scaler.decide(viewOf({ readyCount: 4 }), memory).wantedCount).toBe(4);
});

test('Azure starts one, too, when the mean CPU of the last 10 s is above 70%', () => {
  const scaler = scalerOf('azureFunctions');
  const wanted = (cpuShareShort: number) =>
    scaler.decide(viewOf({ readyCount: 2, cpuShareShort }), scaler.start).wantedCount;
  expect([wanted(0.7), wanted(0.71)]).toEqual([2, 3]);
});

test('Cloud Run wants the larger of concurrency and CPU, each at 60% of what the instances can take', () => {
  const scaler = scalerOf('cloudRun', { concurrency: 80 });
  const wanted = (concurrency: number, busy: number) =>
    scaler.decide(viewOf({ concurrencyMeans: [concurrency], busyMeans: [busy], minCount: 0 }), null).wantedCount;
  expect([wanted(0, 0), wanted(48, 0), wanted(49, 0), wanted(480, 2.4)]).toEqual([0, 1, 2, 10]);
  expect([wanted(48, 2.4), wanted(48, 3.6)]).toEqual([4, 6]);
  expect(scaler).toMatchObject({ everyUs: 5_000_000, windowsUs: [60_000_000] });
});

test('Azure Premium: one prewarmed joins five always ready at the first request, and one more for each active', () => {
  const scaler = scalerOf('azurePremium', {});
  const limits = { minCount: 5, maxCount: 8 };
  let memory: unknown = scaler.start;
  const look = (second: number, changes: Parameters<typeof viewOf>[0]) => {
    const nowUs = second * 1_000_000;
    const decision = scaler.decide(viewOf({ ...limits, nowUs, busyMeans: [0, 0], ...changes }), memory);
    memory = decision.memory;
    return [decision.wantedCount, decision.prewarmedCount];
  };
  expect(look(1, {})).toEqual([5, 0]);
  expect(look(2, { requestRateMeans: [0.1, 1] })).toEqual([6, 1]);
  // 3.5 instances' CPU is 70% of five; a little more asks for a sixth, and the buffer is filled again.
  expect(look(3, { busyMeans: [3.5, 3.5] })).toEqual([6, 1]);
  expect(look(4, { busyMeans: [3.6, 3.6] })).toEqual([7, 1]);
  // At the maximum nothing is prewarmed beyond it, and one becomes active a second.
  expect(look(5, { busyMeans: [6, 6] })).toEqual([8, 1]);
  expect(look(6, { busyMeans: [6, 6] })).toEqual([8, 0]);
  // Quiet: as many as the last ten minutes needed, then those always ready, and no buffer.
  expect(look(100, {})).toEqual([8, 0]);
  expect(look(800, {})).toEqual([8, 0]);
  for (let minute = 14; minute < 24; minute++) look(minute * 60, {});
  expect(look(24 * 60, {})).toEqual([5, 0]);
});

test('without a scaler the count stays', () => {
  const scaler = scalerOf('none');
  expect(scaler.decide(viewOf({ currentCount: 7 }), null).wantedCount).toBe(7);
});
