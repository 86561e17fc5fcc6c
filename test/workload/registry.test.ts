/**
 * One suite over every kind of arrivals: whole microseconds that never go back, the promised mean rate, the same
 * process from the same draws, and `load` as a factor on the rate.
 */
import { describe, expect, test } from 'vitest';
import type { ArrivalSpec } from '../../src/workload/arrivalSpec.js';
import { makeModulation } from '../../src/workload/rateModulation.js';
import { arrivalFamilies, arrivalFault, closedCrowd, makeArrivals } from '../../src/workload/registry.js';
import type { Trace } from '../../src/workload/traces/trace.js';
import { arrivalsOf, plain } from './arrivalsOf.js';

const hourUs = 3_600_000_000;
const stamps: Trace = {
  format: 'timestamps',
  rows: {
    kind: 'stamps',
    atUs: Float64Array.from({ length: 1000 }, (_, i) => (i + 1) * 2_000_000),
    entryIndices: null,
    waitsUs: null,
  },
};
const counts: Trace = {
  format: 'counts',
  rows: { kind: 'counts', minutes: Float64Array.of(0, 1, 5), counts: Float64Array.of(30, 0, 300) },
};
const traceSpec = { kind: 'trace', speed: 1, repeats: true, spread: 'even' } as const;
const specs: readonly ArrivalSpec[] = [
  { kind: 'poisson', ratePerSecond: 5 },
  {
    kind: 'poisson-profile',
    profile: [
      { atUs: 0, ratePerSecond: 2 },
      { atUs: 600e6, ratePerSecond: 8 },
      { atUs: 900e6, ratePerSecond: 0 },
    ],
    periodUs: 1200e6,
  },
  { kind: 'constant', ratePerSecond: 7 },
  { kind: 'renewal', gap: { kind: 'gamma', mean: 200_000, cv: 2 } },
  {
    kind: 'bursty',
    states: [
      { ratePerSecond: 2, lasts: { kind: 'exponential', mean: 6e6 } },
      { ratePerSecond: 20, lasts: { kind: 'exponential', mean: 2e6 } },
    ],
  },
  { kind: 'batch', every: { kind: 'exponential', mean: 4e6 }, size: { geometricMean: 20 } },
  { ...traceSpec, trace: stamps },
  { ...traceSpec, trace: counts },
  { ...traceSpec, trace: counts, spread: 'poisson' },
  { kind: 'none' },
];

describe.each(specs)('$kind %#', (spec) => {
  test('comes at whole microseconds that never go back', () => {
    const times = arrivalsOf(spec, { untilUs: hourUs });
    const isRight = times.every((atUs, i) => Number.isInteger(atUs) && atUs >= (times[i - 1] ?? 0));
    expect(isRight).toBe(true);
  });

  test('keeps the mean rate that it promises, over an hour and over a part of it', () => {
    const plan = makeArrivals(spec, plain);
    const times = arrivalsOf(spec, { untilUs: 4 * hourUs });
    for (const [fromUs, toUs] of [
      [0, 4 * hourUs],
      [hourUs, 2 * hourUs],
    ] as const) {
      const promised = (plan.meanPerSecond(fromUs, toUs) * (toUs - fromUs)) / 1e6;
      const came = times.filter((atUs) => atUs >= fromUs && atUs < toUs).length;
      // The most scattered is the batch: sqrt of 780 for each visitor expected of 20, over five standard errors.
      expect(Math.abs(came - promised)).toBeLessThanOrEqual(5 * Math.sqrt(promised * 40) + 1);
    }
  });

  test('is the same process from the same draws, and load is a factor on its rate', () => {
    expect(arrivalsOf(spec, { limit: 100 })).toEqual(arrivalsOf(spec, { limit: 100 }));
    const half = makeArrivals(spec, { load: 0.5, modulation: null });
    const whole = makeArrivals(spec, plain);
    expect(half.meanPerSecond(0, hourUs)).toBeCloseTo(whole.meanPerSecond(0, hourUs) / 2, 9);
    const came = arrivalsOf(spec, { untilUs: hourUs, context: { load: 0.5, modulation: null } }).length;
    const promised = half.meanPerSecond(0, hourUs) * 3600;
    expect(Math.abs(came - promised)).toBeLessThanOrEqual(5 * Math.sqrt(promised * 40) + 1);
  });

  test('with load 0 nobody comes', () => {
    expect(arrivalsOf(spec, { context: { load: 0, modulation: null } })).toEqual([]);
  });
});

test('every kind of the table is tried above', () => {
  expect(new Set(specs.map(({ kind }) => kind))).toEqual(new Set(Object.keys(arrivalFamilies)));
});

test('the n-th visitor keeps his gap at every load: loads can be compared on the same visitors', () => {
  const spec: ArrivalSpec = { kind: 'poisson', ratePerSecond: 1 };
  const once = arrivalsOf(spec, { limit: 1000 });
  const tenfold = arrivalsOf(spec, { limit: 1000, context: { load: 10, modulation: null } });
  for (let i = 0; i < 1000; i++) expect(Math.abs(tenfold[i]! - once[i]! / 10)).toBeLessThanOrEqual(1);
});

test('daily and weekly are refused where there is no rate to change', () => {
  const modulation = makeModulation({ daily: null, weekly: [1, 1, 1, 1, 1, 2, 2], startsUs: 0 });
  for (const spec of specs) {
    const fault = arrivalFault(spec, { load: 1, modulation });
    if (spec.kind === 'trace') expect(fault).toMatch(/daily and weekly/);
    else expect(fault).toBeUndefined();
  }
});

test('what is wrong is said, and making it all the same is a bug of the caller', () => {
  const wrong: readonly (readonly [ArrivalSpec, RegExp])[] = [
    [{ kind: 'poisson', ratePerSecond: -1 }, /must not be negative/],
    [{ kind: 'constant', ratePerSecond: Infinity }, /finite/],
    [{ kind: 'renewal', gap: { kind: 'constant', value: 0 } }, /mean gap must be positive/],
    [{ kind: 'batch', every: { kind: 'constant', value: 0 }, size: 2 }, /mean gap must be positive/],
    [{ kind: 'batch', every: { kind: 'constant', value: 1 }, size: 2.5 }, /whole number/],
    [{ kind: 'batch', every: { kind: 'constant', value: 1 }, size: { geometricMean: 0.5 } }, /at least 1/],
    [{ kind: 'bursty', states: [] }, /at least one state/],
    [{ kind: 'bursty', states: [{ ratePerSecond: 1, lasts: { kind: 'constant', value: 0 } }] }, /longer than 0/],
    [{ kind: 'poisson-profile', profile: [], periodUs: null }, /at least one point/],
    [
      {
        kind: 'poisson-profile',
        profile: [
          { atUs: 5, ratePerSecond: 1 },
          { atUs: 4, ratePerSecond: 1 },
        ],
        periodUs: null,
      },
      /rise/,
    ],
    [{ kind: 'poisson-profile', profile: [{ atUs: 5e6, ratePerSecond: 1 }], periodUs: 4e6 }, /within its period/],
    [{ ...traceSpec, trace: stamps, speed: 0 }, /speed/],
    [{ ...traceSpec, trace: stamps, spread: 'poisson' }, /spread is for counts/],
  ];
  for (const [spec, message] of wrong) {
    expect(arrivalFault(spec, plain)).toMatch(message);
    expect(() => makeArrivals(spec, plain)).toThrow(RangeError);
  }
  expect(arrivalFault({ kind: 'none' }, { load: -1, modulation: null })).toMatch(/load/);
});

test('a closed crowd is whole users, multiplied by the load', () => {
  expect(closedCrowd.make(200, 1.5)).toEqual({ kind: 'closed', userCount: 300 });
  expect(closedCrowd.fault(0)).toMatch(/from 1 up/);
  expect(closedCrowd.fault(2.5)).toMatch(/whole/);
});
