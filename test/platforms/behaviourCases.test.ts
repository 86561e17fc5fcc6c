/**
 * Worked behaviours of the platforms, run whole: scenario in, numbers out. The expected numbers are exact and were worked
 * by hand from the providers' documents (source keys of the presets); each case names its own.
 */
import { expect, test } from 'vitest';
import { simulate } from '../../src/experiment/compare.js';
import type { PlatformResult } from '../../src/experiment/contract.js';
import { parseScenario } from '../../src/scenario/parse.js';

function run(text: string, trace = ''): PlatformResult {
  const parsed = parseScenario(text, 'case.yaml', { read: () => ({ ok: true, text: trace, file: 'trace.csv' }) });
  const simulated = parsed.ok ? simulate(parsed.value) : parsed;
  if (!simulated.ok) throw new Error(simulated.issues.map(({ message, hint }) => `${message}; ${hint}`).join('\n'));
  return simulated.value;
}
const replay = (platform: string, duration: string, work = 'wait: 3s'): string =>
  `
run: {duration: ${duration}, replications: 1}
traffic: {all: {entry: a.op, arrivals: {trace: trace.csv}, timeout: null}}
services: {a: {operations: {op: [{${work}}]}}}
network: {hop: 0ms}
platforms: {p: ${platform}}
`.replace(', timeout: null', '');
const stamps = (seconds: readonly number[]): string => ['at_s', ...seconds, ''].join('\n');
const quantity = ({ bill }: PlatformResult, line: string): number =>
  Number(bill.lines.find((each) => each.line === line)?.quantityRun ?? 0);
const metric = (result: PlatformResult, name: string): number | undefined => result.services[0]?.metrics[name]?.mean;

const everySecond = stamps(Array.from({ length: 60 }, (_, second) => second));

test.each([
  ['0s', 3, 90],
  ['200ms', 4, 90.4],
] as const)(
  'Lambda: one request a second of 3 s each, start-up of %s: %i environments, %f GB-seconds (A1)',
  (init, count, gbSeconds) => {
    const result = run(replay(`{preset: lambda, defaults: {memory: 512MB, coldStart: ${init}}}`, '70s'), everySecond);
    expect(metric(result, 'cold_starts')).toBe(count);
    expect(metric(result, 'instances_max')).toBe(count);
    expect(metric(result, 'requests_rejected')).toBe(0);
    expect(quantity(result, 'compute')).toBeCloseTo(gbSeconds, 9);
    expect(quantity(result, 'requests')).toBe(60);
  },
);

test('Lambda: of 5,000 requests at once 1,000 get an environment, the others a 429 (A1)', () => {
  const burst = stamps(new Array<number>(5000).fill(0));
  for (const account of [10_000, 1_000]) {
    const platform = `{preset: lambda, account: {concurrency: ${account}}, defaults: {coldStart: 0s}}`;
    const result = run(replay(platform, '30s', 'wait: 20s'), burst);
    expect(metric(result, 'requests_completed')).toBe(1000);
    expect(metric(result, 'requests_rejected')).toBe(4000);
  }
});

test('Lambda: a bucket used up refills by 100 a second (A1)', () => {
  const burst = stamps([...new Array<number>(2000).fill(0), ...new Array<number>(2000).fill(10)]);
  const platform = '{preset: lambda, account: {concurrency: 10000}, defaults: {coldStart: 0s}}';
  expect(metric(run(replay(platform, '60s', 'wait: 30s'), burst), 'instances_max')).toBe(2000);
});

test.each([
  [128, 13.8203125, 1.7275],
  [512, 3.455078125, 1.7275],
  [1769, 1, 1.7275],
  [3538, 1, 3.4551],
] as const)('Lambda with %i MB: a second of CPU takes %f s (A6)', (memoryMb, seconds, gbSeconds) => {
  const result = run(
    replay(`{preset: lambda, defaults: {memory: ${memoryMb}MB, coldStart: 0s}}`, '60s', 'cpu: 1s'),
    stamps([0]),
  );
  expect((metric(result, 'latency_mean') ?? 0) / 1000).toBeCloseTo(seconds, 5);
  // Billed in steps of 1 ms.
  expect(quantity(result, 'compute') / gbSeconds).toBeCloseTo(1, 3);
});

test('Cloud Run: 200 requests held at once need 5 instances at 60% of 80; the 1st generation of functions 200 (G2, G4)', () => {
  const crowd = (preset: string): string => `
run: {warmup: 4m, duration: 1m, replications: 1}
traffic: {all: {entry: a.op, arrivals: {closed: {users: 200, think: 0ms}}}}
services: {a: {operations: {op: [{wait: 10s}]}}}
network: {hop: 0ms}
platforms: {p: {preset: ${preset}, defaults: {coldStart: 0s}}}
`;
  expect(metric(run(crowd('cloud-run')), 'instances_mean')).toBe(5);
  expect(metric(run(crowd('cloud-functions')), 'instances_mean')).toBe(200);
});

test('App Engine: one request of 1 s bills 901 s; two busy spells 10 minutes apart bill the gap once (G6)', () => {
  const gae = '{preset: app-engine-standard, defaults: {coldStart: 0s}}';
  expect(quantity(run(replay(gae, '2h', 'wait: 1s'), stamps([0])), 'instance-hours') * 3600).toBeCloseTo(901, 6);
  const minutes = Array.from({ length: 100 }, (_, minute) => minute * 60).filter((at) => at < 1800 || at >= 2400);
  const result = run(replay(gae, '4h', 'wait: 60s'), stamps(minutes));
  expect(quantity(result, 'instance-hours') * 60).toBeCloseTo(115, 6);
});

test('Azure Functions: one instance more a second at most, so the hundredth not before 99 s (Z1)', () => {
  const burst = stamps(new Array<number>(10_000).fill(0));
  const most = (duration: string): number | undefined =>
    metric(
      run(replay('{preset: azure-functions, defaults: {coldStart: 0s}}', duration, 'wait: 10m'), burst),
      'instances_max',
    );
  expect(most('98500ms')).toBeLessThanOrEqual(99);
  expect(most('110s')).toBe(100);
});

test.each([
  ['lambda', {}],
  ['cloud-functions', {}],
  ['cloud-run', {}],
  ['cloud-run-instances', {}],
  ['azure-functions', {}],
  ['azure-functions-flex', {}],
  ['app-engine-standard', {}],
  ['app-engine-flexible', { cpu: 24 }],
  ['fargate', { cpu: 6, memory: 12 }],
  ['azure-functions-premium', { cpu: 24, memory: 84 }],
  ['eks', { 'node-hours': 72, 'control-plane-hours': 24 }],
] as const)('%s: 24 hours without a request bill what stands there', (preset, expected) => {
  const { bill } = run(`
run: {duration: 1d, replications: 1}
traffic: {all: {entry: a.op, arrivals: {none: {}}}}
services: {a: {operations: {op: [{wait: 1s}]}}}
platforms: {p: {preset: ${preset}}}
`);
  const billed = bill.lines.filter(({ part, quantityRun }) => part === 'compute' && Number(quantityRun) > 0);
  const hours = Object.fromEntries(billed.map(({ line, quantityRun }) => [line, Number(quantityRun)]));
  expect(hours).toMatchObject(expected);
  if (Object.keys(expected).length === 0) expect(hours).toEqual({});
});

test('Fargate: 4 tasks at 90% of a 50% target become 8, and serve no sooner than 247 s after the step (F1, F5, F6)', () => {
  const { events } = run(`
run: {duration: 20m, replications: 1}
traffic: {all: {entry: a.op, arrivals: {poisson: {profile: [[0m, 120/s], [10m, 120/s], [10m, 360/s]]}}}}
services: {a: {cpu: 1, memory: 2GB, image: 413MB, operations: {op: [{cpu: 10ms}]}}}
network: {hop: 0ms}
platforms: {p: {preset: fargate, defaults: {replicas: 4..20, scale: {targetTracking: {cpu: 50%}}}}}
`);
  const rows = events?.rows ?? [];
  const decision = rows.find(({ kind }) => kind === 'scale-out');
  expect(decision?.detail).toMatch(/^4 to 8/);
  expect(decision?.tS).toBeGreaterThanOrEqual(600 + 180);
  expect(decision?.tS).toBeLessThanOrEqual(600 + 180 + 60);
  const served = rows.find(({ kind, tS }) => kind === 'ready' && tS > 600);
  // 53 to 62 s to start and 10 s to be found healthy.
  expect(served!.tS - decision!.tS).toBeGreaterThanOrEqual(63);
  expect(served!.tS - decision!.tS).toBeLessThanOrEqual(72);
});
