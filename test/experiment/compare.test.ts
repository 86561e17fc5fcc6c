/** Comparisons of whole scenarios: the same bytes whoever does the jobs, levels, verdicts and warnings. */
import { expect, test } from 'vitest';
import type { Meter } from '../../src/billing/contract.js';
import { compare, compareCompiled, simulate } from '../../src/experiment/compare.js';
import type { Comparison, PlatformResult } from '../../src/experiment/contract.js';
import { drawCostCurve, monthUsd, simulateCostPoint } from '../../src/experiment/costCurve.js';
import { gather } from '../../src/experiment/gather.js';
import { listJobs, runJob } from '../../src/experiment/jobs.js';
import { compileScenario } from '../../src/experiment/prepare.js';
import { resultDocument } from '../../src/experiment/resultDocument.js';
import type { ObjectiveSpec, Scenario } from '../../src/scenario/contract.js';
import { parseScenario } from '../../src/scenario/parse.js';
import { charge, hour, planOf } from '../billing/run.js';

function scenarioOf(text: string): Scenario {
  const parsed = parseScenario(text, 'test.yaml');
  if (!parsed.ok) throw new Error(parsed.issues.map(({ message }) => message).join('\n'));
  return parsed.value;
}

function compared(text: string): Comparison {
  const result = compare(scenarioOf(text), { withCostCurve: false });
  if (!result.ok) throw new Error(result.issues.map(({ message }) => message).join('\n'));
  return result.value;
}

interface ShopWords {
  readonly platforms?: string;
  readonly run?: string;
  readonly traffic?: string;
  readonly objectives?: string;
}

const twoPlatforms =
  '{bench: {preset: fixed, defaults: {replicas: 2}}, functions: {preset: faas, defaults: {coldStart: 100ms}}}';

const shop = ({ platforms, run, traffic, objectives }: ShopWords = {}): string => `
run: {${run ?? 'warmup: 1m, duration: 10m, replications: 3, window: 1m'}}
traffic: ${traffic ?? '{shoppers: {entry: shop.buy, arrivals: {poisson: 5/s}}}'}
services:
  shop:
    concurrency: 1
    operations:
      buy: [{cpu: {exponential: 20ms}}, {call: stock.get}, {choose: [{chance: 50%, do: [{call: stock.get}]}]}]
  stock: {operations: {get: [{cpu: 2ms}, {query: db}]}}
databases: {db: {connections: 10, query: 1ms}}
platforms: ${platforms ?? twoPlatforms}
objectives: ${objectives ?? '[latency_p50 < 1s]'}
`;

type Marked = Readonly<Record<string, { readonly weak?: string }>>;

const platform = (comparison: Comparison, name: string): PlatformResult =>
  comparison.platforms.find((one) => one.name === name)!;

test('results of jobs make the same comparison in whatever order they come', () => {
  const compiled = compileScenario(scenarioOf(shop()));
  if (!compiled.ok) throw new Error('does not compile');
  const extent = { platforms: [0, 1], replications: 3, withCostCurve: false };
  const results = listJobs(compiled.value, extent).map((job) => runJob(compiled.value, job));
  const inOrder = JSON.stringify(gather(compiled.value, extent, results));
  expect(JSON.stringify(gather(compiled.value, extent, structuredClone(results).reverse()))).toBe(inOrder);
  expect(JSON.stringify(compareCompiled(compiled.value, extent))).toBe(inOrder);
  const partial = gather(compiled.value, extent, results.slice(0, 4));
  expect([partial.complete, partial.platforms.length]).toEqual([false, 2]);
});

test('a platform has the same numbers alone, beside another, and in another order', () => {
  const bench = 'bench: {preset: fixed, defaults: {replicas: 2}}';
  const functions = 'functions: {preset: faas}';
  const both = platform(compared(shop({ platforms: `{${bench}, ${functions}}` })), 'bench');
  const { colourIndex: _, ...alone } = platform(compared(shop({ platforms: `{${bench}}` })), 'bench');
  const turned = platform(compared(shop({ platforms: `{${functions}, ${bench}}` })), 'bench');
  expect(both).toMatchObject(alone as object);
  expect(turned).toMatchObject(alone as object);
});

test('both platforms meet the same visitors, so differences are paired', () => {
  const comparison = compared(shop());
  const [bench, functions] = comparison.platforms.map(({ metrics }) => metrics['requests_offered']!);
  expect(bench).toEqual(functions);
  const offered = comparison.differences.find(({ metric }) => metric === 'requests_offered');
  expect(offered).toMatchObject({ platform: 'functions', mean: 0, ci: [0, 0], isReal: false });
});

test('the document has the keys of the contract; what has no value is left out', () => {
  const document = JSON.parse(JSON.stringify(resultDocument(compared(shop()))));
  expect(document).toMatchObject({
    formatVersion: '1.0',
    complete: true,
    scenario: 'test',
    seed: '1',
    replications: 3,
  });
  const { bench } = document.platforms;
  expect(Object.keys(bench)).toEqual(
    expect.arrayContaining([
      'preset',
      'level',
      'metrics',
      'services',
      'traffic',
      'databases',
      'invoice',
      'objectives',
      'warnings',
    ]),
  );
  expect(bench.metrics.latency_p50).toEqual({
    mean: expect.any(Number),
    ci: [expect.any(Number), expect.any(Number)],
    unit: 'ms',
  });
  expect(bench.services.shop.utilisation.unit).toBe('share');
  expect(bench.databases.db.utilisation.mean).toBeCloseTo((1.5 * 5 * 0.001) / 10, 3);
  expect(bench.objectives[0]).toMatchObject({ text: 'latency_p50 < 1s', met: true, sure: true });
  expect(JSON.stringify(document)).not.toMatch(/NaN|Infinity|undefined/);
});

test('names such as __proto__ are names', () => {
  const text = `
run: {duration: 1m, replications: 2}
traffic: {constructor: {entry: __proto__.toString, arrivals: {constant: 1/s}}}
services: {__proto__: {operations: {toString: [{cpu: 1ms}]}}}
platforms: {__proto__: {preset: fixed}}
`;
  const document = JSON.parse(JSON.stringify(resultDocument(compared(text)))) as Record<
    string,
    Record<string, unknown>
  >;
  const entry = Object.entries(document['platforms']!).find(([name]) => name === '__proto__')?.[1];
  expect(Object.keys((entry as { services: object }).services)).toEqual(['__proto__']);
  expect(Object.keys({})).toEqual([]);
});

test('levels are observed: always-on 0, instances that go to zero 1, functions 2', () => {
  const platforms = `
  fargate: {preset: fargate}
  to-zero: {preset: fargate, defaults: {replicas: 0..5, wakeOnRequest: true}}
  app-engine: {preset: app-engine-standard}
  lambda: {preset: lambda, defaults: {memory: 512MB}}
  hybrid: {preset: lambda, services: {stock: {preset: fargate}}}`;
  const comparison = compared(shop({ platforms, run: 'duration: 1m, replications: 1' }));
  const observed = comparison.platforms.map(({ name, level }) => [name, level.observed, level.features]);
  expect(observed).toEqual([
    ['fargate', 0, [true, false, false]],
    ['to-zero', 1, [true, true, false]],
    ['app-engine', 1, [true, true, false]],
    ['lambda', 2, [true, true, true]],
    ['hybrid', 0, [true, false, false]],
  ]);
  expect(platform(comparison, 'fargate').level.evidence[1]).toMatch(/^\$\d+\.\d\d for a month with nobody there\.$/);
  expect(platform(comparison, 'lambda').bill.monthAtZeroUsd).toBe('0');
  const sum = platform(comparison, 'fargate').bill.lines.reduce(
    (total, line) => total + Number(line.amountMonthUsd),
    0,
  );
  expect(platform(comparison, 'fargate').metrics['cost_month']?.mean).toBeCloseTo(sum, 9);
});

test('one replication runs, has no interval, and says so', () => {
  const comparison = compared(shop({ run: 'duration: 1m, replications: 1' }));
  expect(comparison.warnings.map(({ code }) => code)).toContain('no-intervals');
  expect(platform(comparison, 'bench').metrics['latency_p50']).not.toHaveProperty('ci');
});

test('a quantile judged on too few answers cannot be trusted: p99 wants 10,000', () => {
  const { verdict } = compared(shop({ objectives: '[latency_p99 < 5s]', run: 'duration: 5m, replications: 2' }));
  expect(verdict).toMatchObject({ isTrusted: false, isMissedByAll: false });
  expect(verdict.untrusted[0]?.code).toBe('few-samples');
});

test('a queue without end that is offered more than it serves cannot be trusted', () => {
  const comparison = compared(
    shop({ platforms: '{bench: {preset: fixed}}', traffic: '{crowd: {entry: shop.buy, arrivals: {poisson: 60/s}}}' }),
  );
  const { verdict } = comparison;
  expect(verdict).toMatchObject({ isTrusted: false, untrusted: [expect.objectContaining({ code: 'overloaded' })] });
  // The reason stands beside the numbers it spoils, and beside no other.
  const overloaded = resultDocument(comparison) as unknown as {
    platforms: { bench: { metrics: Marked; services: { shop: Marked; stock: Marked } } };
  };
  const { metrics, services } = overloaded.platforms.bench;
  expect([metrics, services.shop].map((one) => one['latency_mean']?.weak)).toEqual(['overloaded', 'overloaded']);
  expect(services.stock['latency_mean']?.weak).toBeUndefined();
  expect(metrics['requests_offered']?.weak).toBeUndefined();
});

test('where all share the CPU nobody queues, and more than it can do grows without end all the same', () => {
  const platforms = '{small: {preset: fixed}, large: {preset: fixed, defaults: {replicas: 3}}}';
  const traffic = '{crowd: {entry: shop.buy, arrivals: {poisson: 60/s}}}';
  const { verdict } = compared(shop({ platforms, traffic }).replace('    concurrency: 1\n', ''));
  expect(verdict.untrusted).toEqual([expect.objectContaining({ platform: 'small', code: 'overloaded' })]);
  // Both cost nothing, and the one that is served at all is the one to take.
  expect(verdict).toMatchObject({ isTrusted: true, winner: 'large' });
});

test('platforms that miss an objective are told; only when all miss is the comparison a miss', () => {
  const one = compared(shop({ objectives: '[{must: cold_starts < 1, on: [functions]}]' }));
  expect(one.verdict).toMatchObject({ isMissedByAll: false, winner: 'bench' });
  expect(one.verdict.missed).toEqual([{ platform: 'functions', objectives: ['cold_starts < 1'] }]);
  const all = compared(shop({ objectives: '[latency_p50 < 1ms]' }));
  expect(all.verdict).toMatchObject({ isMissedByAll: true, winner: null });
});

test('latencies of fewer survivors are marked, and do not win', () => {
  const platforms = `
  small: {preset: fixed, services: {shop: {queue: 0}}}
  large: {preset: fixed, defaults: {replicas: 4}}`;
  const comparison = compared(shop({ platforms, objectives: '[]' }));
  expect(platform(comparison, 'small').metrics['latency_p50']?.weak).toBe('of-completed');
  expect(platform(comparison, 'small').warnings.map(({ code }) => code)).toContain('of-completed');
  expect(comparison.ranking.map((place) => comparison.platforms[place]?.name)).toEqual(['large', 'small']);
});

test('where no request ends there is no share to tell', () => {
  const platforms = '{stuck: {preset: fixed, services: {shop: {cpu: 0.000001}}}, large: {preset: fixed}}';
  const { warnings, metrics } = platform(compared(shop({ platforms, objectives: '[]' })), 'stuck');
  expect(metrics['success_ratio']).toBeUndefined();
  expect(warnings).toContainEqual({ code: 'of-completed', message: expect.stringMatching(/^no request ended here/) });
});

test('closed crowds are paired by replication only, and the result says so', () => {
  const traffic = '{crowd: {entry: shop.buy, arrivals: {closed: {users: 3, think: 1s}}}}';
  const comparison = compared(shop({ traffic, run: 'duration: 1m, replications: 2' }));
  expect(comparison.warnings.map(({ code }) => code)).toContain('closed-pairing');
  expect(comparison.platforms[0]?.costCurve).toBeNull();
});

test('arrows of the service graph carry what chances lead to expect', () => {
  const { graph, metrics } = platform(compared(shop()), 'bench');
  const perSecond = metrics['requests_offered']!.mean / 600;
  const rate = (kind: string, to: string): number | null =>
    graph.edges.find((edge) => edge.kind === kind && edge.to.name === to)!.callsPerSecond;
  expect(rate('visit', 'shop')).toBeCloseTo(perSecond, 9);
  expect(rate('call', 'stock')).toBeCloseTo(1.5 * perSecond, 9);
  expect(rate('query', 'db')).toBeCloseTo(1.5 * perSecond, 9);
});

test('objectives from a moment on and by windows are judged on their own time', () => {
  const traffic = '{steady: {entry: shop.buy, arrivals: {constant: 5/s}}}';
  const compiled = compileScenario(scenarioOf(shop({ traffic, platforms: '{bench: {preset: fixed}}' })));
  if (!compiled.ok) throw new Error('does not compile');
  const plain = { text: '', scope: null, on: null, op: '>=' } as const;
  const offered = { ...plain, metric: 'requests_offered', fromUs: 360e6 };
  const objectives: ObjectiveSpec[] = [
    { ...offered, limit: { kind: 'number', value: 1500, text: '1500' } },
    { ...offered, limit: { kind: 'number', value: 1501, text: '1501' } },
    { ...plain, metric: 'throughput', everyUs: 60e6, inShare: 0.9, limit: { kind: 'rate', value: 4.9, text: '4.9/s' } },
    {
      ...plain,
      scope: 'shop',
      metric: 'utilisation',
      op: '<',
      everyUs: 60e6,
      limit: { kind: 'share', value: 0.01, text: '1%' },
    },
  ];
  const extent = { platforms: [0], replications: 2, withCostCurve: false };
  const [bench] = compareCompiled({ ...compiled.value, objectives }, extent).platforms;
  // Five a second from 6 to 11 minutes, at k/5 s: 1,500 of them.
  expect(bench?.objectives.map(({ met, value }) => [met, value])).toEqual([
    [true, 1500],
    [false, 1500],
    [true, 1],
    [false, 0],
  ]);
});

test('as a library: simulate gives one platform, compare several scenarios under given names', () => {
  const scenario = scenarioOf(shop({ run: 'duration: 1m, replications: 2' }));
  const one = simulate(scenario, { seed: 'monday', platform: 'functions' });
  expect(one.ok && one.value.name).toBe('functions');
  const two = compare({ first: scenario, second: scenario }, { seed: 'monday', withCostCurve: false });
  expect(two.ok && two.value.platforms.map(({ name }) => name)).toEqual(['first', 'second']);
  expect(two.ok && two.value.seed).toBe('monday');
  const wrong = simulate(scenario, { platform: 'moon' });
  expect(wrong.ok || wrong.issues[0]?.message).toContain('there is no platform moon');
  expect(compare(scenario, { replications: 0 })).toMatchObject({ ok: false });
});

test('cost against traffic: functions follow the requests, replicas stand there; both are drawn from zero on', () => {
  const platforms =
    '{fargate: {preset: fargate, defaults: {replicas: 2}}, lambda: {preset: lambda, account: {freeTier: none}}}';
  const compiled = compileScenario(scenarioOf(shop({ platforms, run: 'duration: 1m, replications: 1' })));
  if (!compiled.ok) throw new Error('does not compile');
  const costAt = (place: number, requestsPerMonth: number): number => {
    const platform = compiled.value.platforms[place]!;
    return monthUsd(platform.billing, simulateCostPoint(platform, requestsPerMonth)!.usage);
  };
  expect(costAt(0, 1e6) / costAt(0, 1e5)).toBeLessThan(1.1);
  expect(costAt(1, 1e6) / costAt(1, 1e5)).toBeGreaterThan(8);
  const meter: Meter = { kind: 'invocations', service: 'movie', watched: 'all' };
  const plan = planOf([charge(meter, { ownPrice: { usd: '0.03', unit: 'request', baseUnitsPerUnit: '1' } })]);
  const used = { measuredUs: String(730 * hour), activity: [], nodeActivity: [] };
  const usage = { ...used, charges: [{ quantity: '1000', workedUs: '0', waitingUs: '0' }] };
  const curve = drawCostCurve(plan, [{ requestsPerMonth: 1e4, usage }, null], 10, 5e5);
  expect(curve?.points.map(({ costMonthUsd }) => costMonthUsd)).toEqual([10.002, 10.02, 10.2, 12, 30]);
});

test('a release and a crash are told per platform: what was lost, how long, how little was left', () => {
  const bench4 = '{bench: {preset: fixed, defaults: {replicas: 4, startup: 5s}}, functions: {preset: faas}}';
  const text = `${shop({ platforms: bench4 })}
faults: [{at: 3m, crash: stock, instances: 1}]
releases: [{at: 5m, service: shop, version: v2}]
`;
  const { platforms } = compared(text);
  const [bench, functions] = platforms;
  expect(bench?.releases[0]?.metrics).toMatchObject({
    aborted: { mean: 0 },
    duration: { unit: 's' },
    capacity_min: { unit: 'share' },
  });
  expect(bench?.faults[0]?.metrics).toMatchObject({ time_to_recover: { mean: 5 }, time_to_detect: { mean: 0 } });
  expect(Object.keys(functions?.faults[0]?.metrics ?? {})).toEqual(['requests_lost']);
});
