/** What every scaler keeps: whole numbers within the limits, no NaN, calm without load, and no memory of its own. */
import { describe, expect, test } from 'vitest';
import type { Scaler, ScalerOptions } from '../../src/autoscaling/contract.js';
import { findScaler, makeScaler, scalerFamilies, scalerKinds } from '../../src/autoscaling/registry.js';
import { Draws } from '../../src/random/draws.js';
import { emptyView, randomView } from './views.js';

/** Some options for each kind; every kind but target tracking also stands without. */
const variants: readonly (readonly [string, ScalerOptions])[] = [
  ...scalerKinds
    .filter((kind) => !['targetTracking', 'step', 'schedule'].includes(kind))
    .map((kind) => [kind, {}] as const),
  ['hpa', { cpu: 0.6, memory: 0.8, requests: 50, concurrency: 10, tolerance: 0.05 }],
  [
    'hpa',
    { cpu: 0.5, scaleUp: { selectPolicy: 'Min', policies: [{ type: 'Percent', value: 10, periodSeconds: 60 }] } },
  ],
  ['hpa', { scaleUp: { selectPolicy: 'Disabled' }, scaleDown: { stabilizationWindowSeconds: 0 } }],
  ['hpa', { external: { metric: 'messages', target: 'average', amount: 5 } }],
  ['hpa', { object: { metric: 'requests', target: 'value', amount: 500 }, cpu: 0.5 }],
  ['kpa', { concurrency: 10, slots: 20, targetBurstCapacity: 0, activationScale: 3, scaleDownDelay: 60_000_000 }],
  ['kpa', { requests: 50, enableScaleToZero: true, scaleToZeroGracePeriod: 60_000_000, maxScale: 9 }],
  ['queue', { length: 20, age: 30_000_000, activation: 1 }],
  [
    'schedule',
    {
      changes: [
        { atUs: 0, count: 0 },
        { atUs: 86_400_000_000, count: 12 },
      ],
    },
  ],
  ['step', { steps: [{ isAbove: true, threshold: 0.7, change: { by: 'count', value: 2 } }] }],
  [
    'step',
    {
      metric: 'requests',
      cooldown: 60_000_000,
      steps: [
        { isAbove: true, threshold: 1, change: { by: 'share', value: 0.5 } },
        { isAbove: false, threshold: 0.2, change: { by: 'count', value: -1 } },
      ],
    },
  ],
  ['targetTracking', { cpu: 0.6 }],
  ['targetTracking', { cpu: 0.5, requests: 20, scaleInCooldown: 60_000_000, scaleOutCooldown: 0 }],
  ['targetTracking', { requests: 1, disableScaleIn: true }],
];

function made(kind: string, options: ScalerOptions): Scaler {
  const scaler = makeScaler(kind, options);
  if (!scaler.ok) throw new Error(scaler.fault);
  return scaler.value;
}

describe.each(variants)('%s %o', (kind, options) => {
  const scaler = made(kind, options);

  test('it wants a whole number within the limits, whatever it sees and saw before', () => {
    for (let seed = 0; seed < 10; seed++) {
      const draws = new Draws(seed, 5);
      const limits = { minCount: Math.floor(draws.uniform() * 3), maxCount: 3 + Math.floor(draws.uniform() * 30) };
      let memory = scaler.start;
      for (let step = 0; step < 100; step++) {
        const view = randomView(draws, 600_000_000 + step * 15_000_000, limits);
        const decision = scaler.decide(view, memory);
        expect(Number.isInteger(decision.wantedCount)).toBe(true);
        expect(decision.wantedCount).toBeGreaterThanOrEqual(Math.min(limits.minCount, view.currentCount));
        expect(decision.wantedCount).toBeLessThanOrEqual(limits.maxCount);
        expect(decision.because).not.toBe('');
        memory = decision.memory;
      }
      expect(JSON.stringify(memory).length).toBeLessThan(20_000);
    }
  });

  test('without instances and without load it asks for none', () => {
    expect(scaler.decide(emptyView, scaler.start).wantedCount).toBe(0);
  });

  test('the same view and memory give the same decision, and neither is changed', () => {
    const view = randomView(new Draws(8, 8), 900_000_000, { minCount: 1, maxCount: 20 });
    const before = JSON.stringify([view, scaler.start]);
    expect(scaler.decide(view, scaler.start)).toEqual(scaler.decide(view, scaler.start));
    expect(JSON.stringify([view, scaler.start])).toBe(before);
  });

  test('it decides at whole microseconds and says where its rule is from', () => {
    expect(Number.isInteger(scaler.everyUs) && scaler.everyUs > 0).toBe(true);
    expect(Number.isInteger(scaler.offsetUs) && scaler.offsetUs >= 0).toBe(true);
    expect(scaler.kind).toBe(kind);
    expect(scaler.source.length).toBeGreaterThan(10);
  });
});

test('every kind is tried here', () => {
  expect(new Set(variants.map(([kind]) => kind))).toEqual(new Set(scalerKinds));
});

test('an option a kind does not have is refused by name', () => {
  for (const { kind } of scalerFamilies)
    expect(makeScaler(kind, { elephants: 3 })).toMatchObject({ ok: false, option: 'elephants' });
  expect(makeScaler('hpa', JSON.parse('{"__proto__": 1}'))).toMatchObject({ ok: false, option: '__proto__' });
});

test('numbers that are none, negative or infinite are refused', () => {
  for (const cpu of [Number.NaN, -0.1, Number.POSITIVE_INFINITY, '60%', null])
    expect(makeScaler('hpa', { cpu })).toMatchObject({ ok: false, option: 'cpu' });
  expect(makeScaler('hpa', { cpu: 0 })).toMatchObject({ ok: false, option: 'cpu' });
  expect(makeScaler('targetTracking')).toMatchObject({ ok: false });
});

test('a kind is found by its name; one that is not there says so', () => {
  for (const kind of scalerKinds) expect(findScaler(kind)?.kind).toBe(kind);
  for (const kind of ['__proto__', 'constructor', '']) expect(findScaler(kind)).toBe(undefined);
  expect(makeScaler('vpa')).toMatchObject({ ok: false, fault: expect.stringContaining('no scaler') });
});
