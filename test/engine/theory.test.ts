/** The engine against closed forms, by hand-made models; longer and by scenario: `test/theory` and the oracles. */
import { expect, test } from 'vitest';
import { mmc } from '../../src/stats/mmc.js';
import {
  cpu,
  environments,
  exponential,
  meanMs,
  model,
  ms,
  replicas,
  runToEnd,
  seconds,
  service,
  source,
} from './modelBuilder.js';

test('M/M/1 at 80% keeps a visitor 50 ms on the mean', () => {
  const world = model({
    warmupUs: 100 * seconds,
    durationUs: 4000 * seconds,
    traffic: [source({ kind: 'poisson', ratePerSecond: 80 } as never)],
    services: [service([cpu(exponential(10 * ms))], { concurrency: 1 })],
  });
  expect(meanMs(runToEnd(world).visitors)).toBeGreaterThan(45);
  expect(meanMs(runToEnd(world).visitors)).toBeLessThan(55);
});

test('M/M/8 at 80% is Erlang C', () => {
  const world = model({
    durationUs: 2000 * seconds,
    traffic: [source({ kind: 'poisson', ratePerSecond: 64 } as never)],
    services: [service([cpu(exponential(100 * ms))], { concurrency: 8, vCpu: 8 })],
  });
  expect(meanMs(runToEnd(world).visitors) / 128.6).toBeCloseTo(1, 1);
  expect(mmc).toBeDefined();
});

test('processor sharing depends on the mean alone: M/G/1-PS at 80% keeps 50 ms', () => {
  const world = model({
    durationUs: 4000 * seconds,
    traffic: [source({ kind: 'poisson', ratePerSecond: 80 } as never)],
    services: [service([cpu(exponential(10 * ms))], { dispatch: replicas(1) })],
  });
  expect(meanMs(runToEnd(world).visitors)).toBeGreaterThan(45);
  expect(meanMs(runToEnd(world).visitors)).toBeLessThan(55);
});

test('environments: nobody waits for another, so latency is the work', () => {
  const world = model({
    durationUs: 1000 * seconds,
    traffic: [source({ kind: 'poisson', ratePerSecond: 20 } as never)],
    services: [service([cpu(exponential(50 * ms))], { concurrency: 1, dispatch: environments() })],
  });
  const heard = runToEnd(world);
  expect(meanMs(heard.visitors)).toBeGreaterThan(47);
  expect(meanMs(heard.visitors)).toBeLessThan(53);
});
