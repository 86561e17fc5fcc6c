/** Warming: what the first requests of a process cost, worked out by hand. */
import { expect, test } from 'vitest';
import {
  constant,
  cpu,
  environments,
  model,
  ms,
  replicas,
  runToEnd,
  seconds,
  service,
  source,
} from './modelBuilder.js';

const warming = { factor: 3, requestCount: 4 };
const steps = [cpu(constant(10 * ms))];
const traffic = [source({ kind: 'constant', ratePerSecond: 1 })];
const tookMs = ({ beganUs, endedUs }: { beganUs: number; endedUs: number }): number => (endedUs - beganUs) / ms;

test('the first request of a process costs the factor, then linearly less, until it costs the usual', () => {
  const dispatch = environments();
  const { visitors } = runToEnd(
    model({ durationUs: 8 * seconds, traffic, services: [service(steps, { warming, dispatch, concurrency: 1 })] }),
  );
  expect(visitors.map(tookMs)).toEqual([30, 25, 20, 15, 10, 10, 10]);
});

test('what stands at clock 0 is warm; after a crash it begins anew', () => {
  const { visitors } = runToEnd(
    model({
      durationUs: 7 * seconds,
      traffic,
      services: [service(steps, { warming, dispatch: replicas(1) })],
      faults: [{ kind: 'crash', name: 'crash server', atUs: 3.5 * seconds, service: 0, count: 1 }],
    }),
  );
  expect(visitors.map(tookMs)).toEqual([10, 10, 10, 30, 25, 20]);
});
