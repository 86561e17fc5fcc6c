/**
 * Scalers in real runs, not as functions: what HPA and target tracking decide, and when, with instances that start, are
 * not ready yet or only just are. Every moment is worked out by hand from the documented rules.
 */
import { expect, test } from 'vitest';
import type { Scaler } from '../../src/autoscaling/contract.js';
import { makeScaler } from '../../src/autoscaling/registry.js';
import type { Model } from '../../src/model/contract.js';
import { constant, cpu, model, ms, replicas, runToEnd, seconds, service, source } from './modelBuilder.js';

function scalerOf(kind: string, options: Record<string, unknown>): Scaler {
  const made = makeScaler(kind, options);
  if (!made.ok) throw new Error(made.fault);
  return made.value;
}

/** Visitors of 100 ms of CPU at a constant rate; `startS` until an instance is ready. */
function world(scaler: Scaler, { count = 1, rate = 10, startS = 0, durationS = 300, parts = {} as Partial<Model> }) {
  return model({
    durationUs: durationS * seconds,
    traffic: [source({ kind: 'constant', ratePerSecond: rate })],
    services: [
      service([cpu(constant(100 * ms))], {
        dispatch: replicas(count, { minCount: 1, maxCount: 40, scalers: [scaler] }),
        start: { ...service([]).start, whole: constant(startS * seconds) },
      }),
    ],
    ...parts,
  });
}

/** `20 1 to 4` for every change, without its reason. */
const changesOf = (it: Model): string[] =>
  runToEnd(it)
    .notes.filter((note) => / scale-(out|in) /.test(note))
    .map((note) => note.replace(/ scale-(?:out|in)/, '').replace(/:.*$/, ''));

test('HPA: the first full scrape at 15 s is seen at 20 s; instances that start count as using nothing', () => {
  // One instance wholly busy, 25% wanted: four. While three start, 100% of one of four is what is wanted: no more.
  const hpa = scalerOf('hpa', { cpu: 0.25 });
  expect(changesOf(world(hpa, { startS: 70 }))).toEqual(['20 1 to 4']);
});

test('HPA: an instance ready for less than a scrape interval still counts as using nothing', () => {
  // Ready at 50 s; the scrape at 60 s is no whole interval of theirs, and the first was alone for 5 s of its own.
  const hpa = scalerOf('hpa', { cpu: 0.25 });
  expect(changesOf(world(hpa, { startS: 30 }))).toEqual(['20 1 to 4']);
});

test('HPA: within a tenth of the target nothing moves, beyond it does', () => {
  const at = (target: number) => changesOf(world(scalerOf('hpa', { cpu: target }), { count: 10, rate: 50 }));
  // Half busy: 50 / 46 is within 10%, 50 / 45 is not: ceil(1.11 x 10) = 12; then 42%, within. Of the first interval a
  // little is missing, and 49 / 45 is within.
  expect(at(0.46)).toEqual([]);
  expect(at(0.45)).toEqual(['35 10 to 12']);
});

test('HPA: down only after five minutes of wanting less, to the most that was wanted meanwhile', () => {
  // Ten instances a tenth busy, half wanted: two. The first sync, at 5 s, takes ten for wanted; 300 s on that is old.
  const hpa = scalerOf('hpa', { cpu: 0.5 });
  const [first, ...more] = changesOf(world(hpa, { count: 10, rate: 10, durationS: 900 }));
  expect(first).toBe('320 10 to 2');
  expect(more).toEqual([]);
});

test('HPA: a window for scaling up holds back the first look, too', () => {
  // From the first sync, at 5 s, on: 60 s of wanting four.
  const hpa = scalerOf('hpa', { cpu: 0.25, scaleUp: { stabilizationWindowSeconds: 60 } });
  expect(changesOf(world(hpa, { startS: 70 }))).toEqual(['65 1 to 4']);
});

test('target tracking: out after three datapoints above, known at their ends', () => {
  const tracking = scalerOf('targetTracking', { cpu: 0.5 });
  expect(changesOf(world(tracking, { count: 2, rate: 20, durationS: 900 }))).toEqual(['180 2 to 4']);
});

test('target tracking: in after fifteen datapoints below nine tenths of the target', () => {
  // Four instances at 20%, half wanted: ceil(4 x 20 / 50) = 2. A count that only just fits 45% stays.
  const tracking = scalerOf('targetTracking', { cpu: 0.5 });
  expect(changesOf(world(tracking, { count: 4, rate: 8, durationS: 1800 }))).toEqual(['900 4 to 2']);
  expect(changesOf(world(tracking, { count: 4, rate: 19, durationS: 1800 }))).toEqual([]);
});
