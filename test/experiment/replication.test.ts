/** One replication through the engine, on models made by hand. */
import { expect, test } from 'vitest';
import { priceRuns } from '../../src/experiment/bill.js';
import { estimateMetrics } from '../../src/experiment/estimates.js';
import { metricEntry } from '../../src/experiment/metricCatalogue.js';
import { runReplication } from '../../src/experiment/replication.js';
import { mmc } from '../../src/stats/mmc.js';
import { smallModel, smallPlan } from './smallModel.js';

const model = smallModel({
  work: { kind: 'exponential', mean: 10_000 },
  ratePerSecond: 50,
  warmupS: 20,
  durationS: 400,
});
const plan = { model, billing: smallPlan, within: [{ name: 'within_50ms', us: 50_000 }] };
const run = (replicationIndex: number) => runReplication(plan, { replicationIndex, withTimeline: true });
const replications = [0, 1, 2, 3, 4].map((index) => run(index).measured!);

test('M/M/1 at half load: closed forms lie within the 99.9% intervals of five replications', () => {
  const truth = mmc({ arrivalRate: 0.05, meanService: 10, serverCount: 1 });
  const metrics = estimateMetrics(
    replications.map(({ numbers }) => numbers.services[0]!),
    0.999,
  );
  const rows: [name: string, value: number][] = [
    ['latency_mean', truth.meanResponse],
    ['wait_mean', truth.meanWait],
    ['in_system_mean', truth.meanInSystem],
    ['queue_mean', truth.meanQueue],
    ['utilisation', 0.5],
    ['within_50ms', 1 - Math.exp(-50 / 20)],
    ['latency_p95', -20 * Math.log(0.05)],
  ];
  for (const [name, value] of rows) {
    const [low, high] = metrics[name]!.ci!;
    expect(low, name).toBeLessThan(value);
    expect(high, name).toBeGreaterThan(value);
  }
});

test('windows of the timeline add up to the summary', () => {
  const { timeline, numbers } = replications[0]!;
  const column = (metric: string) =>
    timeline!.columns.find((one) => one.scope === 'platform' && one.metric === metric)!.values;
  const measured = Array.from(timeline!.startsUs.keys()).slice(timeline!.firstMeasuredIndex);
  const sum = (read: (window: number) => number): number => measured.reduce((total, window) => total + read(window), 0);
  const lengthS = (window: number): number => timeline!.lengthsUs[window]! / 1e6;
  for (const metric of ['requests_offered', 'requests_completed'])
    expect(sum((window) => column(metric)[window]!)).toBe(numbers.platform[metric]);
  expect(sum((window) => column('throughput')[window]! * lengthS(window)) / 400).toBeCloseTo(
    numbers.platform['throughput']!,
    9,
  );
  expect(sum((window) => column('in_system_mean')[window]! * lengthS(window)) / 400).toBeCloseTo(
    numbers.platform['in_system_mean']!,
    9,
  );
});

test('the same replication gives the same numbers, another gives others', () => {
  expect(run(1).measured).toEqual(replications[1]);
  expect(replications[0]!.numbers.platform['latency_mean']).not.toBe(replications[1]!.numbers.platform['latency_mean']);
});

test('a result crosses to another thread whole, and every metric in it is in the catalogue', () => {
  const result = run(0);
  expect(structuredClone(result)).toEqual(result);
  const { platform, services } = result.measured!.numbers;
  for (const name of [...Object.keys(platform), ...Object.keys(services[0]!)])
    expect(metricEntry(name), name).toBeDefined();
});

test('an instance at $1 an hour costs $730 a month, half of it idle at half load', () => {
  const { bill, platform, exactUsd } = priceRuns({
    plan: smallPlan,
    serviceNames: ['server'],
    runs: replications.map(({ metered }) => metered),
    restRuns: null,
    emptyDays: { first: replications[0]!.metered.usage, later: replications[1]!.metered.usage },
  });
  expect([bill.monthUsd, exactUsd['cost_month'], bill.monthAtZeroUsd]).toEqual(['730', '730', '730']);
  expect(platform[0]?.['cost_month_idle']).toBeCloseTo(730 * 0.5, -2);
  const completedPerMonth = replications[0]!.metered.completedCount * ((730 * 3600) / 400);
  expect(platform[0]?.['cost_per_million']).toBeCloseTo((730 / completedPerMonth) * 1e6, 9);
});

test('a run may be stopped between slices; nothing of it is measured', () => {
  const busy = {
    ...plan,
    model: smallModel({ work: { kind: 'constant', value: 1000 }, ratePerSecond: 500, warmupS: 0, durationS: 600 }),
  };
  const result = runReplication(busy, { replicationIndex: 0, withTimeline: false, onSlice: () => false });
  expect(result).toMatchObject({ stopped: { code: 'interrupted' }, measured: null });
});

test('a run that meets its event limit says so', () => {
  const result = runReplication(
    { ...plan, model: { ...model, eventLimit: 1000 } },
    { replicationIndex: 0, withTimeline: false },
  );
  expect(result.stopped?.code).toBe('event-limit');
});

test('a run whose queue would fill the memory is stopped, and says how many are alive', () => {
  const overloaded = {
    ...plan,
    model: {
      ...smallModel({ work: { kind: 'constant', value: 1e6 }, ratePerSecond: 500, warmupS: 0, durationS: 6000 }),
      limits: { alive: 100_000 },
    },
  };
  const result = runReplication(overloaded, { replicationIndex: 0, withTimeline: false });
  expect(result).toMatchObject({ stopped: { code: 'entity-limit' }, measured: null });
  expect(result.stopped?.message).toMatch(/\d{6} visitors and spans are alive at once/);
});
