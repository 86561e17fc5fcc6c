/** One-minute datapoints are known at their minute's end: whoever decides then sees the minute that ends. */
import { expect, test } from 'vitest';
import { makeScaler } from '../../src/autoscaling/registry.js';
import { constant, cpu, model, ms, replicas, runToEnd, seconds, service, source } from './modelBuilder.js';

/** 9 requests of 100 ms a second on one vCPU: 90% from the first second on. */
function scaleOuts(kind: string, options: Readonly<Record<string, unknown>>): readonly string[] {
  const made = makeScaler(kind, options);
  if (!made.ok) throw new Error(made.fault);
  const { notes } = runToEnd(
    model({
      durationUs: 600 * seconds,
      traffic: [source({ kind: 'constant', ratePerSecond: 9 })],
      services: [
        service([cpu(constant(100 * ms))], {
          dispatch: replicas(1, { minCount: 1, maxCount: 9, scalers: [made.value] }),
        }),
      ],
    }),
  );
  return notes.filter((note) => note.split(' ')[1] === 'scale-out').map((note) => note.split(':')[0]!);
}

test('target tracking scales out when the third minute above its target ends, not a minute later', () => {
  expect(scaleOuts('targetTracking', { cpu: 0.6 })).toEqual(['180 scale-out 1 to 2']);
});

test('a step is taken at the end of the first minute beyond it, and the next minute is already the new one', () => {
  const steps = [{ isAbove: true, threshold: 0.7, change: { by: 'count', value: 2 } }];
  expect(scaleOuts('step', { metric: 'cpu', steps, cooldown: 60 * seconds })).toEqual(['60 scale-out 1 to 3']);
});
