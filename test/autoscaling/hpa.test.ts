/** The HPA put together; its parts are held to Kubernetes' own tables by test/conformance. */
import { expect, test } from 'vitest';
import type { ScalerView } from '../../src/autoscaling/contract.js';
import { makeScaler } from '../../src/autoscaling/registry.js';
import { instanceUsing, viewOf } from './views.js';

function hpaOf(options: Record<string, unknown>) {
  const made = makeScaler('hpa', options);
  if (!made.ok) throw new Error(made.fault);
  return made.value;
}

const using = (count: number, cpuUsedMilli: number | null) =>
  Array.from({ length: count }, () => instanceUsing(cpuUsedMilli));

const wish = (options: Record<string, unknown>, view: ScalerView) => {
  const scaler = hpaOf(options);
  const { wantedCount, because } = scaler.decide(view, scaler.start);
  return [wantedCount, because];
};

test('it syncs every 15 s, 5 s after the scrape', () => {
  expect(hpaOf({ cpu: 0.5 })).toMatchObject({ everyUs: 15_000_000, offsetUs: 5_000_000 });
  expect(hpaOf({ syncPeriod: 30_000_000 }).everyUs).toBe(30_000_000);
});

test("twice the target doubles the count, half of it halves it (Kubernetes' own example)", () => {
  expect(wish({ cpu: 0.1 }, viewOf({ instances: using(4, 200) }))).toEqual([8, 'cpu']);
  const atOnce = { cpu: 0.1, scaleDown: { stabilizationWindowSeconds: 0 } };
  expect(wish(atOnce, viewOf({ instances: using(4, 50) }))).toEqual([2, 'cpu']);
});

test('within a tenth of the target nothing changes', () => {
  expect(wish({ cpu: 0.5 }, viewOf({ instances: using(10, 549) }))).toEqual([10, 'within tolerance']);
  expect(wish({ cpu: 0.5 }, viewOf({ instances: using(10, 560) }))).toEqual([12, 'cpu']);
  expect(wish({ cpu: 0.5, tolerance: 0.2 }, viewOf({ instances: using(10, 560) }))).toEqual([10, 'within tolerance']);
});

test('of several metrics the one that asks for most wins', () => {
  const instances = using(4, 500).map((one) => ({ ...one, requestsPerSecond: 100, concurrencyMean: 1 }));
  expect(wish({ cpu: 0.5, requests: 50, concurrency: 10 }, viewOf({ instances }))).toEqual([8, 'requests']);
});

test('memory is counted against the request', () => {
  expect(wish({ memory: 0.25 }, viewOf({ instances: using(3, 0) }))).toEqual([6, 'memory']);
});

test('without a metric given it is CPU at 80%, as the API fills in', () => {
  expect(wish({}, viewOf({ instances: using(2, 1000) }))).toEqual([3, 'cpu']);
});

test('without samples nothing changes; one unknown metric stops a scale-down but not a scale-up', () => {
  expect(wish({ cpu: 0.5 }, viewOf({ instances: using(3, null) }))).toEqual([3, 'no metrics']);
  const noMemory = using(4, 100).map((one) => ({ ...one, memoryUsedMb: null }));
  expect(wish({ cpu: 0.5, memory: 0.5 }, viewOf({ instances: noMemory }))).toEqual([4, 'no metrics']);
  const busy = noMemory.map((one) => ({ ...one, cpuUsedMilli: 1000 }));
  expect(wish({ cpu: 0.5, memory: 0.5 }, viewOf({ instances: busy }))).toEqual([8, 'cpu']);
});

test('an instance in its first five minutes counts only with a sample taken after it was ready', () => {
  const young = instanceUsing(1000, {
    startedAtUs: 3_500_000_000,
    readyChangedAtUs: 3_590_000_000,
    sampledAtUs: 3_600_000_000,
  });
  // Counted, the four would ask for 8; the young one counts as 0 use, so 3 of 4 at twice the target ask for 6.
  const instances = [...using(3, 1000), young];
  expect(wish({ cpu: 0.5 }, viewOf({ instances }))).toEqual([6, 'cpu']);
});

test('without a behavior it at most doubles, or goes to four, in one step', () => {
  expect(wish({ cpu: 0.1 }, viewOf({ instances: using(3, 1000) }))).toEqual([6, 'ScaleUpLimit']);
  expect(wish({ cpu: 0.1 }, viewOf({ instances: using(1, 1000) }))).toEqual([4, 'ScaleUpLimit']);
  expect(wish({ cpu: 0.1 }, viewOf({ instances: using(3, 1000), maxCount: 5 }))).toEqual([5, 'TooManyReplicas']);
});

test('a count outside the limits is brought within them before any metric is asked; at 0 it is off', () => {
  expect(wish({ cpu: 0.5 }, viewOf({ currentCount: 9, maxCount: 5 }))).toEqual([5, 'TooManyReplicas']);
  expect(wish({ cpu: 0.5 }, viewOf({ currentCount: 1, minCount: 3 }))).toEqual([3, 'TooFewReplicas']);
  expect(wish({ cpu: 0.5 }, viewOf({ currentCount: 0, minCount: 0 }))).toEqual([0, 'scaling is off at 0']);
});

test('a fall is followed only after five minutes of it', () => {
  const scaler = hpaOf({ cpu: 0.5 });
  let memory = scaler.start;
  let currentCount = 8;
  const counts: number[] = [];
  for (let sync = 0; sync <= 22; sync++) {
    const instances = using(currentCount, sync === 0 ? 500 : 250);
    const decision = scaler.decide(viewOf({ instances, nowUs: 3_605_000_000 + sync * 15_000_000 }), memory);
    ({ memory, wantedCount: currentCount } = decision);
    counts.push(currentCount);
  }
  // The recommendation of 8 at sync 0 still counts when it is exactly 300 s old, at sync 20.
  expect(counts.slice(0, 21)).toEqual(Array(21).fill(8));
  expect(counts[21]).toBe(4);
});

test('a policy of one instance a minute lets one instance a minute come', () => {
  const scaler = hpaOf({ cpu: 0.1, scaleUp: { policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }] } });
  let memory = scaler.start;
  let currentCount = 2;
  const counts: number[] = [];
  for (let sync = 0; sync < 9; sync++) {
    const instances = using(currentCount, 1000);
    const decision = scaler.decide(viewOf({ instances, nowUs: 3_605_000_000 + sync * 15_000_000 }), memory);
    ({ memory, wantedCount: currentCount } = decision);
    counts.push(currentCount);
  }
  expect(counts).toEqual([3, 3, 3, 3, 4, 4, 4, 4, 5]);
});

test('a behavior that is not as Kubernetes writes it is refused with the place', () => {
  const faultOf = (scaleUp: unknown) => {
    const made = makeScaler('hpa', { scaleUp });
    return made.ok ? 'fine' : [made.option, ...(made.path ?? [])].join('.');
  };
  expect(faultOf(7)).toBe('scaleUp');
  expect(faultOf({ window: 3 })).toBe('scaleUp.window');
  expect(faultOf({ stabilizationWindowSeconds: 3601 })).toBe('scaleUp.stabilizationWindowSeconds');
  expect(faultOf({ selectPolicy: 'max' })).toBe('scaleUp.selectPolicy');
  expect(faultOf({ policies: [] })).toBe('scaleUp.policies');
  expect(faultOf({ policies: [{ type: 'Pods', value: 0, periodSeconds: 1 }] })).toBe('scaleUp.policies.0.value');
  expect(faultOf({ policies: [{ type: 'Pods', value: 1, periodSeconds: 1801 }] })).toBe(
    'scaleUp.policies.0.periodSeconds',
  );
  expect(faultOf({ policies: [{ type: 'Percent', value: 1, periodSeconds: 1, x: 1 }] })).toBe('scaleUp.policies.0.x');
  expect(faultOf({ selectPolicy: 'Disabled', tolerance: 0.05 })).toBe('fine');
});

test('held by the window and then by the maximum, both are told', () => {
  const scaler = hpaOf({ cpu: 0.1 });
  const busy = viewOf({ instances: using(5, 1000), maxCount: 5 });
  const { memory } = scaler.decide(busy, scaler.start);
  const calm = viewOf({ instances: using(5, 60), maxCount: 5, nowUs: busy.nowUs + 15_000_000 });
  // Asks for 3, and a quarter of a minute ago for 50.
  expect(scaler.decide(calm, memory)).toMatchObject({
    wantedCount: 5,
    because: 'ScaleDownStabilized; TooManyReplicas',
  });
});
