/**
 * Worked behaviours of the platforms (behaviour-cases.json, as published to us: numbers worked by hand from the
 * providers' documents), each a scenario of scenarios/platforms, run whole: file in, the case's numbers out.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compareCompiled } from '../../src/experiment/compare.js';
import type { EventRow, PlatformResult } from '../../src/experiment/contract.js';
import { compileScenario } from '../../src/experiment/prepare.js';
import { scenarioFiles } from '../../src/host/scenarioFiles.js';
import { openScenario } from '../../src/host/scenarioReader.js';
import { parseScenario } from '../../src/scenario/parse.js';

interface BehaviourCase {
  readonly id: string;
  readonly title: string;
  readonly expect: Readonly<Record<string, never>>;
}
const { cases } = JSON.parse(readFileSync('test/platforms/behaviour-cases.json', 'utf8')) as {
  readonly cases: readonly BehaviourCase[];
};
/** What a case expects; its form differs from case to case. */
function expectedOf<Form>(id: string): Form {
  const found = cases.find((one) => one.id === id);
  if (!found) throw new Error(`there is no case ${id}`);
  return found.expect as Form;
}

/** Every platform of a scenario, by name. */
function runFile(name: string): ReadonlyMap<string, PlatformResult> {
  const path = `scenarios/platforms/${name}.yaml`;
  const reader = openScenario(path);
  const reading = reader.readScenario();
  if (!reading.ok) throw new Error(`${path} ${reading.reason}`);
  const parsed = parseScenario(reading.text, path, scenarioFiles(reader));
  const compiled = parsed.ok ? compileScenario(parsed.value) : parsed;
  if (!compiled.ok) throw new Error(compiled.issues.map(({ message, hint }) => `${message}; ${hint}`).join('\n'));
  const { platforms, run } = compiled.value;
  const extent = {
    platforms: platforms.map((_, place) => place),
    replications: run.replications,
    withCostCurve: false,
  };
  return new Map(compareCompiled(compiled.value, extent).platforms.map((platform) => [platform.name, platform]));
}

const quantity = ({ bill }: PlatformResult, line: string, service?: string): number =>
  bill.lines
    .filter((each) => each.line === line && (service === undefined || each.service === service))
    .reduce((sum, { quantityRun }) => sum + Number(quantityRun), 0);
const metric = (result: PlatformResult, name: string): number => result.services[0]?.metrics[name]?.mean ?? Number.NaN;
/** Mean number of instances in the window that begins at `second`: their number, where none comes or goes within it. */
function instancesFrom({ timeline }: PlatformResult, second: number): number {
  const series = timeline!.series.find((one) => one.scope === 'service' && one.metric === 'instances_mean');
  return series!.values[timeline!.startsS.indexOf(second)] ?? Number.NaN;
}
const eventsOf = ({ events }: PlatformResult, kind: string): readonly EventRow[] =>
  (events?.rows ?? []).filter((row) => row.kind === kind);

test('G01 Lambda: as many environments as requests overlap; start-up is billed', () => {
  const results = runFile('lambda-overlap');
  interface Run {
    readonly environments: number;
    readonly cold_starts: number;
    readonly throttled: number;
    readonly billed_s: number;
    readonly billed_gb_s: number;
  }
  const expected = expectedOf<{ readonly init_0: Run; readonly init_0_2: Run }>('G01');
  for (const [name, run] of [['no-start', expected.init_0] as const, ['start-200ms', expected.init_0_2] as const]) {
    const result = results.get(name)!;
    expect(metric(result, 'instances_max')).toBe(run.environments);
    expect(metric(result, 'cold_starts')).toBe(run.cold_starts);
    expect(metric(result, 'requests_rejected')).toBe(run.throttled);
    expect(quantity(result, 'compute')).toBeCloseTo(run.billed_gb_s, 9);
    expect(quantity(result, 'compute') / 0.5).toBeCloseTo(run.billed_s, 9);
  }
});

test('G02 Lambda: 1,000 at once, then 100 a second, up to the limit of the account', () => {
  const results = runFile('lambda-burst');
  const expected = expectedOf<{
    readonly limit_10000: Readonly<Record<string, number>>;
    readonly limit_1000: Readonly<Record<string, number>>;
  }>('G02');
  const { limit_10000: high, limit_1000: low } = expected;
  // The clients first ask at 1 s, and again at whole seconds.
  const after = (result: PlatformResult, seconds: number): number => instancesFrom(result, 1 + seconds);
  const wide = results.get('limit-10000')!;
  expect(after(wide, 0)).toBe(high['accepted_at_0']);
  expect(after(wide, 10)).toBe(high['concurrency_at_10_s']);
  expect(after(wide, 20)).toBe(high['concurrency_at_20_s']);
  expect(after(wide, high['full_at_s']! - 1)).toBeLessThan(5000);
  expect(after(wide, high['full_at_s']!)).toBe(5000);
  const narrow = results.get('limit-1000')!;
  expect(after(narrow, 0)).toBe(low['accepted_at_0']);
  expect(after(narrow, 58)).toBe(low['concurrency_forever']);
  // Every second the same 4,000 clients are refused, from the first at 1 s to the last at 59 s.
  expect(metric(narrow, 'requests_rejected')).toBe(low['clients_never_served']! * 59);
});

test('G03 Cloud Run aims at 60% of its concurrency; functions of the 1st generation take one request each', () => {
  const results = runFile('cloud-run-concurrency');
  const expected = expectedOf<Readonly<Record<string, number>>>('G03');
  expect(metric(results.get('cloud-run')!, 'instances_mean')).toBe(expected['cloud_run_instances']);
  expect(metric(results.get('cloud-functions')!, 'instances_mean')).toBe(expected['gen1_instances']);
});

test('G04 App Engine: 15 minutes after the last request, and a shorter gap once', () => {
  const expected = expectedOf<Readonly<Record<string, number>>>('G04');
  const hours = (name: string): number => quantity(runFile(name).get('app-engine')!, 'instance-hours');
  expect(hours('app-engine-tail') * 3600).toBeCloseTo(expected['case_a_billed_s']!, 6);
  expect(hours('app-engine-gap') * 60).toBeCloseTo(expected['case_b_billed_min']!, 6);
});

test('G05 Fargate: 4 tasks become 8, decided after 180 s and serving after 247 s at the earliest', () => {
  const result = runFile('fargate-step').get('fargate')!;
  const expected = expectedOf<Readonly<Record<string, number>>>('G05');
  const stepS = 600;
  const [decision] = eventsOf(result, 'scale-out');
  expect(decision?.detail).toMatch(new RegExp(`^4 to ${expected['desired_after']}:`));
  const decidedS = decision!.tS - stepS;
  expect(decidedS).toBeGreaterThanOrEqual(expected['scale_decision_not_before_s']!);
  expect(decidedS).toBeLessThanOrEqual(expected['scale_decision_not_before_s']! + 60);
  const ready = eventsOf(result, 'ready').find(({ tS }) => tS > decision!.tS);
  // The case has the mean start of 57 s; the preset draws each from the timed 53 to 62 s, 4 s below it at most.
  expect(ready!.tS - stepS).toBeGreaterThanOrEqual(expected['new_tasks_serving_not_before_s']! - 4);
  expect(ready!.tS - stepS).toBeLessThanOrEqual(expected['new_tasks_serving_not_before_s']! + 60 + 5);
});

test('G06 Azure Consumption: one instance a second at most; 128 MB and 100 ms at least', () => {
  const expected = expectedOf<Readonly<Record<string, number>>>('G06');
  const rate = runFile('azure-rate').get('azure-functions')!;
  expect(instancesFrom(rate, expected['case_a_not_before_s']! - 1)).toBeLessThan(100);
  expect(instancesFrom(rate, expected['case_a_not_before_s']! + 1)).toBe(100);
  const floor = runFile('azure-floor').get('azure-functions')!;
  expect(quantity(floor, 'compute', 'small')).toBeCloseTo(expected['case_b_billed_gb_s']!, 12);
  expect(quantity(floor, 'compute', 'large')).toBeCloseTo(expected['case_c_billed_gb_s']!, 12);
});

/** The case's names of platforms and of what they bill, and ours. */
const presetOf: Readonly<Record<string, string>> = {
  'aws-lambda': 'lambda',
  'google-cloud-functions-gen1': 'cloud-functions',
  'google-cloud-run-request': 'cloud-run',
  'google-cloud-run-instance': 'cloud-run-instances',
  'google-app-engine-standard': 'app-engine-standard',
  'google-app-engine-flex': 'app-engine-flexible',
  'aws-fargate-ecs': 'fargate',
  'azure-functions-consumption': 'azure-functions',
  'aws-eks': 'eks',
};
const measuresOf: Readonly<Record<string, (result: PlatformResult) => number>> = {
  billed: ({ bill }) =>
    bill.lines.filter(({ part }) => part === 'compute').reduce((sum, line) => sum + Number(line.quantityRun), 0),
  // App Engine flexible bills vCPU-hours and GB-hours of an instance of one vCPU; Fargate's task has a quarter.
  instance_hours: (result) => quantity(result, 'instance-hours') + quantity(result, 'cpu'),
  task_hours: (result) => quantity(result, 'cpu') / 0.25,
  vcpu_s: (result) => quantity(result, 'cpu') * 3600,
  gb_s: (result) => quantity(result, 'memory') * 3600,
  node_hours: (result) => quantity(result, 'node-hours'),
  control_plane_hours: (result) => quantity(result, 'control-plane-hours'),
};

test('G07 a day without a request bills what stands there, and nothing where nothing does', () => {
  const results = runFile('nobody');
  const expected = expectedOf<Readonly<Record<string, Readonly<Record<string, number>>>>>('G07');
  for (const [platform, numbers] of Object.entries(expected))
    for (const [name, value] of Object.entries(numbers)) {
      const result = results.get(presetOf[platform] ?? platform)!;
      expect(measuresOf[name]!(result), `${platform} ${name}`).toBeCloseTo(value, 9);
    }
});

test('G08 Lambda: the work takes 1 / (memory / 1769) seconds, and costs the same below 1,769 MB', () => {
  const results = runFile('lambda-memory');
  const { duration_s: durations, billed_gb_s: billed } = expectedOf<Readonly<Record<string, readonly number[]>>>('G08');
  for (const [place, memoryMb] of [128, 512, 1769, 3538].entries()) {
    const result = results.get(`${memoryMb}-MB`)!;
    expect(metric(result, 'latency_mean') / 1000 / durations![place]!).toBeCloseTo(1, 3);
    expect(quantity(result, 'compute') / billed![place]!).toBeCloseTo(1, 3);
  }
});
