/**
 * The tour keeps its word: every step's scenario is read and runs, and what the step says is to be seen is so in
 * numbers. Bounds follow from the scenarios' own words (ten and fifteen, half an hour by hand, six minutes idle), not
 * from what came out.
 */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compare } from '../../src/experiment/compare.js';
import { type JobResult, runJob } from '../../src/experiment/jobs.js';
import { LiveRun, type PlatformFrame, serviceFields } from '../../src/experiment/live.js';
import { prepareWritten } from '../../src/experiment/written.js';
import { speeds, tourSteps } from '../../src/playground/tourSteps.js';

function prepared(scenario: string, platforms: readonly string[] = []) {
  const file = `scenarios/${scenario}.yaml`;
  const checked = prepareWritten({ text: readFileSync(file, 'utf8'), file }, platforms);
  if (!checked.ok) throw new Error(`${file}: ${JSON.stringify(checked.issues)}`);
  return checked.value;
}

/** Numbers of one replication of a platform. */
function measured(scenario: string, platform: string) {
  const { compiled, extent } = prepared(scenario, [platform]);
  const job = { kind: 'replication', platform: extent.platforms[0]!, replication: 0, withTimeline: false } as const;
  const { result } = runJob(compiled, job) as Extract<JobResult, { kind: 'replication' }>;
  if (!result.measured) throw new Error(`${scenario} on ${platform} did not reach its end`);
  return result.measured;
}

const number = (scenario: string, platform: string, metric: string): number =>
  measured(scenario, platform).numbers.platform[metric] ?? Number.NaN;

/** The frame at a moment, seconds from clock 0. */
function frameAt(live: LiveRun, atS: number): PlatformFrame {
  while (!live.advance(atS * 1e6, 1e6));
  return live.frame().platforms[0]!;
}

function watched(scenario: string, platform: string): LiveRun {
  const { compiled, extent } = prepared(scenario, [platform]);
  return new LiveRun(compiled, extent.platforms);
}

test('ten steps, from the movie-booking application to millions of requests, each with all it needs', () => {
  expect(tourSteps.length).toBe(10);
  expect(tourSteps[0]?.scenario).toBe('movie-booking/compare');
  expect(tourSteps.at(-1)?.scenario).toBe('tour/millions');
  for (const { scenario, platforms, speed, fromS, idea, task, see } of tourSteps) {
    expect(existsSync(`scenarios/${scenario}.yaml`), scenario).toBe(true);
    const { compiled } = prepared(scenario, platforms);
    expect(platforms.length === 1 || platforms.length === 2, scenario).toBe(true);
    expect(speeds as readonly number[]).toContain(speed);
    expect(fromS * 1e6).toBeLessThan(compiled.run.warmupUs + compiled.run.durationUs);
    for (const words of [idea, task, see]) expect(words.split(/[.!?]( |$)/).filter(Boolean).length).toBeLessThan(8);
  }
});

test('1: five services, each with its own column; who books visits four of them', () => {
  const { stage } = watched('movie-booking/compare', 'data-center');
  expect(stage.services.length).toBe(5);
  expect(stage.databases.length).toBe(5);
  const reached = new Set(['booking']);
  for (const { from, to } of stage.edges) if (from.name === 'booking' && to.kind === 'service') reached.add(to.name);
  expect([...reached].sort()).toEqual(['booking', 'customer', 'fare', 'movie']);
});

test('2: twenty-five containers, and again a minute after three and after five have crashed', () => {
  const live = watched('tour/ten-and-fifteen', 'cluster');
  const ready = ({ services }: PlatformFrame): number[] => [
    services[serviceFields.ready]!,
    services[7 + serviceFields.ready]!,
  ];
  expect(ready(frameAt(live, 59))).toEqual([10, 15]);
  expect(ready(frameAt(live, 240.5))[0]).toBeLessThan(10);
  expect(ready(frameAt(live, 300))).toEqual([10, 15]);
  expect(ready(frameAt(live, 360.5))[1]).toBeLessThan(15);
  expect(ready(frameAt(live, 430))).toEqual([10, 15]);
});

test('3: the scaler follows with more than two and keeps its visitors; two, always, lose most of them', () => {
  expect(number('tour/auto-scaling', 'scaled', 'instances_max')).toBeGreaterThan(3);
  expect(number('tour/auto-scaling', 'scaled', 'scale_ins')).toBeGreaterThan(0);
  expect(number('tour/auto-scaling', 'scaled', 'success_ratio')).toBeGreaterThan(0.99);
  expect(number('tour/auto-scaling', 'fixed', 'success_ratio')).toBeLessThan(0.5);
});

test('4: with dice the slowest one in a hundred waits at least twice as long', () => {
  const [dice, fewest] = ['dice', 'fewest'].map((platform) => number('tour/balancing', platform, 'latency_p99'));
  expect(dice! / fewest!).toBeGreaterThan(2);
});

test('4: who is sent to the crashed one is lost, until three seconds later the callers know', () => {
  for (const platform of ['dice', 'fewest']) {
    const live = watched('tour/balancing', platform);
    const lostUntil = (atS: number): number => frameAt(live, atS).badCount;
    expect(lostUntil(39.9)).toBe(0);
    const known = lostUntil(43.5);
    expect(known).toBeGreaterThan(3);
    expect(lostUntil(60)).toBe(known);
  }
});

test('5: restarted at once nobody notices; restarted by hand it takes the half hour it says', () => {
  expect(number('tour/self-healing', 'orchestrated', 'success_ratio')).toBeGreaterThan(0.999);
  expect(number('tour/self-healing', 'by-hand', 'success_ratio')).toBeLessThan(0.95);
  expect(measured('tour/self-healing', 'by-hand').incidents[0]?.recoveredUs).toBe(30 * 60e6);
});

test('6: rolled out one by one nobody is lost; all at once hundreds are', () => {
  const lost = (platform: string): number => measured('tour/release', platform).incidents[0]!.lostCount;
  expect(lost('rolling')).toBe(0);
  expect(lost('recreate')).toBeGreaterThan(100);
  expect(measured('tour/release', 'recreate').incidents[0]!.capacityMin).toBe(0);
});

test('7: what is yours to decide becomes less from the data center to functions', () => {
  const { stage } = watched('movie-booking/compare', 'data-center');
  const yours = (platform: string): number => watched('movie-booking/compare', platform).stage.shown[0]!.yours.length;
  expect(stage.shown[0]!.ownsServers).toBe(true);
  const counts = ['data-center', 'kubernetes', 'fargate', 'lambda'].map(yours);
  expect(counts).toEqual([...counts].sort((a, b) => b - a));
  expect(counts[0]).toBeGreaterThan(counts[3]!);
});

test('8: behind the curtain environments start for requests, and are gone six idle minutes after the last one', () => {
  const live = watched('tour/curtain', 'lambda');
  expect(frameAt(live, 0.001).instanceCount).toBe(0);
  expect(frameAt(live, 90).instanceCount).toBeGreaterThan(3);
  expect(frameAt(live, 7 * 60).instanceCount).toBeGreaterThan(0);
  expect(frameAt(live, 12 * 60).instanceCount).toBe(0);
});

test('9: in the hour of nobody the cluster is billed as before, the others nothing; then somebody waits', () => {
  const bill = (platform: string, fromMin: number, toMin: number): number => {
    const live = watched('tour/zero', platform);
    const before = Number(frameAt(live, fromMin * 60).billUsd);
    return Number(frameAt(live, toMin * 60).billUsd) - before;
  };
  expect(bill('cluster', 70, 110)).toBeGreaterThan(0);
  expect(bill('lambda', 70, 110)).toBe(0);
  expect(bill('fargate-to-zero', 70, 110)).toBe(0);
  expect(bill('fargate-to-zero', 10, 50)).toBeGreaterThan(0);
  const { levelOf, compiled } = prepared('tour/zero');
  const levels = compiled.platforms.map(({ name }, place) => [name, levelOf(place).observed]);
  expect(Object.fromEntries(levels)).toEqual({ cluster: 0, 'fargate-to-zero': 1, lambda: 2 });
  expect(bill('lambda', 10, 50)).toBeGreaterThan(0);
  expect(number('tour/zero', 'lambda', 'cold_starts')).toBeGreaterThan(0);
});

test('10: functions are cheapest at the left end, not at the right one, and the lines cross above a million', () => {
  const { scenario } = prepared('tour/millions');
  const compared = compare(scenario, { platforms: ['fargate', 'lambda'], replications: 1 });
  if (!compared.ok) throw new Error('refused');
  const costs = compared.value.platforms.map(({ costCurve }) => costCurve?.points ?? []);
  const cheaper = costs[0]!.map(({ costMonthUsd }, place) => costs[1]![place]!.costMonthUsd < costMonthUsd);
  expect(cheaper[0]).toBe(true);
  expect(cheaper.at(-1)).toBe(false);
  const crossing = costs[0]![cheaper.indexOf(false)]!;
  expect(crossing.requestsPerMonth).toBeGreaterThan(1e6);
});
