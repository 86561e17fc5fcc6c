/**
 * The rules of Cloud Run, Cloud Functions and App Engine at other numbers than the worked cases', and at their edges.
 * Each number is worked by hand from the rule.
 */
import { expect, test } from 'vitest';
import { metric, quantity, result, together } from './worlds.js';

const run = (settings: string) => `{preset: cloud-run, defaults: {coldStart: 0s, ${settings}}}`;
const runCpu = 'gcp.run.req.t1.cpu';

test.each([
  [30, 10, 5],
  [48, 80, 1],
  [49, 80, 2],
  [97, 80, 3],
  [100, 1, 167],
  [7, 2, 6],
  [50, 1000, 1],
  [9, 3, 5], // 9 / 1.8, which binary numbers take for a little more than 5.
])('Cloud Run: %s requests held at once by instances of %s: ceil(held / 0.6 x slots) = %s', (users, slots, count) => {
  const found = result({
    run: 'warmup: 4m, duration: 1m',
    traffic: `{all: {entry: a.op, arrivals: {closed: {users: ${users}, think: 0ms}}}}`,
    steps: '{wait: 10s}',
    platform: run(`concurrency: ${slots}, maxInstances: 1000`),
  });
  expect(metric(found, 'a', 'instances_mean')).toBe(count);
});

test('Cloud Run: 200 requests at one instant start only as many as hold them: 3 of 80 (case G03, lower bound)', () => {
  const world = { run: 'duration: 4s', moments: together(200), steps: '{wait: 10s}' };
  expect(metric(result({ ...world, platform: run('concurrency: 80') }), 'a', 'instances_max')).toBe(3);
});

test.each([
  ['90/s', 1, 2], // 0.9 / 0.6 = 1.5
  ['60/s', 1, 1],
  ['61/s', 1, 2],
  ['250/s', 1, 5], // 2.5 / 0.6 = 4.2
  ['250/s', 2, 3], // 2.5 of instances of two: 1.25 / 0.6 = 2.1
])('Cloud Run: %s of 10 ms of CPU on instances of %s vCPU want %s', (rate, vCpu, count) => {
  const found = result({
    run: 'warmup: 3m, duration: 1m',
    traffic: `{all: {entry: a.op, arrivals: {constant: ${rate}}}}`,
    steps: '{cpu: 10ms}',
    platform: run(`cpu: ${vCpu}`),
  });
  expect(metric(found, 'a', 'instances_mean')).toBe(count);
});

test('Cloud Run: ten seconds in the waiting room, then 429; a slot that comes free at ten seconds is taken', () => {
  const world = (work: string) => ({
    moments: together(3),
    steps: `{wait: ${work}}`,
    platform: run('concurrency: 1, maxInstances: 1'),
  });
  const exact = result(world('10s'));
  expect([metric(exact, 'a', 'requests_completed'), metric(exact, 'a', 'requests_rejected')]).toEqual([2, 1]);
  expect(metric(result(world('10001ms')), 'a', 'requests_rejected')).toBe(2);
});

test.each([
  ['1s', [0, 0.5], '0s', 1.5], // Overlapping requests are one spell.
  ['250ms', [0, 10], '0s', 0.6], // Each spell in steps of 100 ms.
  ['250ms', [0], '1s', 1.3], // With the start.
])('Cloud Run: %s at %j after a start of %s is %s s of an instance', (work, moments, start, seconds) => {
  const platform = `{preset: cloud-run, defaults: {cpu: 1, coldStart: ${start}}}`;
  const found = result({ moments, steps: `{wait: ${work}}`, platform });
  expect(quantity(found, runCpu)).toBeCloseTo(seconds, 9);
});

test('Cloud Run: minimum instances are warm, and cheaper while nobody is there', () => {
  const found = result({ run: 'duration: 1h', moments: [0], steps: '{wait: 1m}', platform: run('replicas: 2..5') });
  expect(metric(found, 'a', 'cold_starts')).toBe(0);
  expect(quantity(found, 'gcp.run.idle.cpu')).toBeCloseTo(2 * 3600 - 60, 6);
  expect(quantity(found, runCpu)).toBeCloseTo(60, 6);
});

test('Cloud Run by instance: from the start to 15 idle minutes after, a minute at least', () => {
  const world = (more: string) => ({
    run: 'duration: 1h',
    moments: [0],
    platform: `{preset: cloud-run-instances, defaults: {coldStart: 2s${more}}}`,
  });
  expect(quantity(result(world('')), 'gcp.run.inst.t1.cpu')).toBeCloseTo(2 + 1 + 900, 6);
  expect(quantity(result(world(', idleTimeout: 10s')), 'gcp.run.inst.t1.cpu')).toBeCloseTo(60, 6);
});

const functions = (settings: string) => `{preset: cloud-functions, defaults: {coldStart: 2s, ${settings}}}`;

test.each([
  ['1ms', '128MB', 0.0125, 0.02],
  ['100ms', '2GB', 0.2, 0.24],
  ['101ms', '1GB', 0.2, 0.28],
  ['10m', '512MB', 270, 432], // Nine minutes at most.
])('Cloud Functions: %s in %s is %s GB-s and %s GHz-s; the start is free', (work, memory, gbS, ghzS) => {
  const found = result({ moments: [0], steps: `{wait: ${work}}`, platform: functions(`memory: ${memory}`) });
  expect(quantity(found, 'gcp.gcf1.gbs')).toBeCloseTo(gbS, 9);
  expect(quantity(found, 'gcp.gcf1.ghz')).toBeCloseTo(ghzS, 9);
});

test('Cloud Functions: 3,000 instances at most, or as many as said; who finds none is refused at once', () => {
  const world = (count: number, more: string) => ({
    moments: together(count),
    platform: functions(`memory: 1GB${more}`),
  });
  expect(metric(result(world(3100, '')), 'a', 'requests_completed')).toBe(3000);
  expect(metric(result(world(10, ', maxInstances: 4')), 'a', 'requests_rejected')).toBe(6);
});

const engine = (settings: string, start = '0s') =>
  `{preset: app-engine-standard, defaults: {coldStart: ${start}, ${settings}}}`;
const hours = 'duration: 3h';

test.each([
  ['one request', [0], '0s', 905],
  ['a gap of ten minutes is billed once', [0, 600], '0s', 1505],
  ['a gap of exactly the tail, too', [0, 905], '0s', 1810],
  ['a longer gap is not', [0, 2000], '0s', 1810],
  ['the start is billed', [0], '10s', 915],
  ['six at once have room in one', together(6), '0s', 905],
  ['seven have not', together(7), '0s', 2 * 905],
  ['twenty make four', together(20), '0s', 4 * 905],
])('App Engine: %s', (_, moments, start, seconds) => {
  const found = result({ run: hours, moments, steps: '{wait: 5s}', platform: engine('class: F2', start) });
  expect(quantity(found, 'gcp.gae.F2') * 3600).toBeCloseTo(seconds, 4);
});

test('App Engine: targets of its own, 20 instances at most, and the rest waits', () => {
  const wide = engine('scale: {appEngine: {maxConcurrent: 50, targetThroughput: 80%}}');
  expect(metric(result({ moments: together(81), steps: '{wait: 5s}', platform: wide }), 'a', 'instances_max')).toBe(3);
  const crowd = result({ moments: together(500), steps: '{wait: 5s}', platform: engine('class: F1') });
  expect(metric(crowd, 'a', 'instances_max')).toBe(20);
  expect(metric(crowd, 'a', 'requests_completed')).toBe(500);
});

test('App Engine: a pending request goes to any instance with room after its pending latency', () => {
  const settings = 'scale: {appEngine: {minPendingLatency: 500ms, maxPendingLatency: 500ms}}';
  const moments = [...together(6), 3];
  const found = result({ moments, steps: '{wait: 10s}', platform: engine(settings, '2s') });
  expect(metric(found, 'a', 'instances_max')).toBe(2); // The second is on its way when the seventh is given a place.
  expect(metric(found, 'a', 'latency_mean')).toBeCloseTo((6 * 12_000 + 10_500) / 7, 3);
});

test('App Engine: 40% of the CPU is borne by one F1, 80% by two', () => {
  const world = (rate: string) => ({
    run: 'warmup: 2m, duration: 2m',
    traffic: `{all: {entry: a.op, arrivals: {constant: ${rate}}}}`,
    steps: '{cpu: 10ms}',
    platform: engine('class: F1'),
  });
  expect(metric(result(world('10/s')), 'a', 'instances_mean')).toBe(1);
  expect(metric(result(world('20/s')), 'a', 'instances_mean')).toBe(2);
});

test('App Engine: idle instances to keep are there and billed whoever comes; one that works is made good', () => {
  const platform = engine('scale: {appEngine: {minIdle: 2}}', '2s');
  expect(quantity(result({ run: 'duration: 1d', platform }), 'gcp.gae.F1')).toBeCloseTo(48, 9);
  const found = result({ run: 'duration: 1h', moments: [600], steps: '{wait: 5s}', platform });
  expect(metric(found, 'a', 'cold_starts')).toBe(0);
  // A third is asked for at 600 s, and the longest idle goes when it has been so for 15 minutes.
  expect(metric(found, 'a', 'instances_max')).toBe(3);
  expect(result({ platform }).level.features).toEqual([true, false, false]);
});

test('App Engine by hand: basic goes after its idle time and is billed 15 minutes; a day is the longest', () => {
  const basic = engine('class: B1, scale: {basic: {idleTimeout: 5m, max: 3}}');
  const found = result({ run: hours, moments: [0], steps: '{wait: 1m}', platform: basic });
  expect(metric(found, 'a', 'instance_hours') * 3600).toBeCloseTo(60 + 300, 6);
  expect(quantity(found, 'gcp.gae.B1') * 3600).toBeCloseTo(60 + 900, 6);
  const long = result({ run: 'duration: 30h', moments: [0], steps: '{wait: 25h}', platform: basic });
  expect(metric(long, 'a', 'requests_timed_out')).toBe(1);
  const automatic = result({ run: hours, moments: [0], steps: '{wait: 11m}', platform: engine('class: F1') });
  expect(metric(automatic, 'a', 'requests_timed_out')).toBe(1);
});
