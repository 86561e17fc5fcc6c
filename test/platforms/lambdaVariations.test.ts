/**
 * Lambda's rules at other numbers than the worked cases', and at their edges: exactly at a limit, one over, nothing,
 * crowds at one instant, calls shorter than a step of billing. Each number is worked by hand from the rule.
 */
import { expect, test } from 'vitest';
import { inTurn, metric, quantity, result, together } from './worlds.js';

const gbs = 'aws.lambda.x86.gbs';
const lambda = (settings: string, more = '') => `{preset: lambda, ${more}defaults: {${settings}}}`;

test.each([
  // Every half second two seconds of work: 4 overlap.
  ['no start', 0.5, '2s', '0s', 4, 60],
  // With a start of 600 ms the first is free at 2.6 s, after the arrivals of 0 to 2.5 s: 6.
  ['a start of 600 ms', 0.5, '2s', '600ms', 6, 60 + 6 * 0.6],
  // A completion at an instant comes before an arrival at it.
  ['work as long as the gap', 1, '1s', '0s', 1, 30],
  ['work a microsecond longer', 1, '1000001us', '0s', 2, 30 * 1.001],
])('environments follow overlap, and start-up is billed: %s', (_, everyS, work, start, count, billedGbS) => {
  const moments = inTurn(30, everyS);
  const found = result({ moments, steps: `{wait: ${work}}`, platform: lambda(`memory: 1GB, coldStart: ${start}`) });
  expect(metric(found, 'a', 'instances_max')).toBe(count);
  expect(metric(found, 'a', 'cold_starts')).toBe(count);
  expect(quantity(found, gbs)).toBeCloseTo(billedGbS, 9);
});

test.each([
  ['0s', '0s', 1],
  ['250us', '0s', 1],
  ['1ms', '0s', 1],
  ['1001us', '0s', 2],
  // Start and work are billed as one, rounded once.
  ['1500us', '100500us', 102],
])('work of %s after a start of %s is billed as %s, %s ms', (work, start, billedMs) => {
  const platform = lambda(`memory: 1GB, coldStart: ${start}`);
  const found = result({ moments: [0], steps: `{wait: ${work}}`, platform });
  expect(quantity(found, gbs)).toBeCloseTo(billedMs / 1000, 12);
});

test('an environment is warm at exactly its idle time, and gone a microsecond later', () => {
  const platform = lambda('coldStart: 0s');
  expect(metric(result({ moments: [0, 361], platform }), 'a', 'cold_starts')).toBe(1);
  expect(metric(result({ moments: [0, 361.000001], platform }), 'a', 'cold_starts')).toBe(2);
  const alone = result({ moments: [0], platform });
  expect(metric(alone, 'a', 'instance_hours') * 3600).toBeCloseTo(361, 6);
});

test.each([
  ['1,000 at once', together(1000), 1000, 0],
  ['one over', together(1001), 1000, 1],
  ['5,000 at once', together(5000), 1000, 4000],
  ['500 more are let in five seconds later', [...together(1500), ...together(1500, 5)], 1500, 1500],
  ['quiet time is not saved up', together(3000, 100), 1000, 2000],
])('growth: %s', (_, moments, completed, refused) => {
  const platform = lambda('coldStart: 0s', 'account: {concurrency: 10000}, ');
  const found = result({ moments, steps: '{wait: 30s}', platform });
  expect(metric(found, 'a', 'requests_completed')).toBe(completed);
  expect(metric(found, 'a', 'requests_rejected')).toBe(refused);
});

const twoFunctions = {
  traffic:
    '{one: {entry: a.op, arrivals: {batch: {every: 20m, size: 1500}}}, ' +
    'two: {entry: b.op, arrivals: {batch: {every: 20m, size: 1500}}}}',
  services: '{a: {operations: {op: [{wait: 30s}]}}, b: {operations: {op: [{wait: 30s}]}}}',
};

test('growth is each function’s own; the account is shared', () => {
  const wide = result({ ...twoFunctions, platform: lambda('coldStart: 0s', 'account: {concurrency: 10000}, ') });
  expect([metric(wide, 'a', 'requests_completed'), metric(wide, 'b', 'requests_completed')]).toEqual([1000, 1000]);
  const narrow = result({ ...twoFunctions, platform: lambda('coldStart: 0s', 'account: {concurrency: 700}, ') });
  expect(metric(narrow, 'a', 'requests_completed') + metric(narrow, 'b', 'requests_completed')).toBe(700);
});

test('reserved and provisioned: warm at its own price, the rest starts, others are refused', () => {
  const found = result({
    run: 'duration: 60s',
    moments: together(150, 1),
    steps: '{wait: 30s}',
    platform: lambda('memory: 1GB, reserved: 100, provisioned: 40, coldStart: 1s'),
  });
  expect(metric(found, 'a', 'requests_completed')).toBe(100);
  expect(metric(found, 'a', 'cold_starts')).toBe(60);
  expect(quantity(found, 'aws.lambda.pc.x86')).toBeCloseTo(40 * 60, 9);
  expect(quantity(found, 'aws.lambda.pc.duration.x86')).toBeCloseTo(40 * 30, 9);
  expect(quantity(found, gbs)).toBeCloseTo(60 * 31, 9);
});

test('provisioned concurrency serves first: what was started beside it gets what spills over', () => {
  const platform = lambda('memory: 1GB, provisioned: 1, coldStart: 1s');
  const found = result({ moments: [0, 0, 10, 20, 30], platform });
  expect(quantity(found, 'aws.lambda.pc.duration.x86')).toBeCloseTo(4, 9);
  expect(quantity(found, gbs)).toBeCloseTo(2, 9);
});

test('provisioned concurrency is claimed from the account, whether it is used or not', () => {
  const world = (more: string) => ({
    traffic: '{two: {entry: b.op, arrivals: {batch: {every: 20m, size: 1000}}}}',
    services: twoFunctions.services,
    platform: `{preset: lambda, defaults: {coldStart: 0s}, services: {a: {provisioned: 400${more}}}}`,
  });
  expect(metric(result(world('')), 'b', 'requests_completed')).toBe(600);
  // Within a reservation it claims nothing besides.
  expect(metric(result(world(', reserved: 450')), 'b', 'requests_completed')).toBe(550);
});

test('of one function all that is provisioned and all that is left of the account serve', () => {
  const platform = lambda('coldStart: 0s, provisioned: 400');
  const found = result({ moments: together(1100), steps: '{wait: 30s}', platform });
  expect(metric(found, 'a', 'requests_completed')).toBe(1000);
});

test('a request may take exactly its time-out; what is cut is billed to there', () => {
  const platform = lambda('memory: 1GB, coldStart: 0s, requestTimeout: 3s');
  const exact = result({ moments: [0], steps: '{wait: 3s}', platform });
  expect(metric(exact, 'a', 'requests_completed')).toBe(1);
  const cut = result({ moments: [0, 1], steps: '{wait: 5s}', platform });
  expect(metric(cut, 'a', 'requests_timed_out')).toBe(2);
  expect(quantity(cut, gbs)).toBeCloseTo(6, 9);
});

test.each([
  ['{cpu: 1s}', 256, 1769 / 256],
  ['{cpu: 1s}', 10_240, 1],
  ['{parallel: [{cpu: 1s}, {cpu: 1s}]}', 1769, 2],
  ['{parallel: [{cpu: 1s}, {cpu: 1s}]}', 3538, 1],
  [`{parallel: [${Array(8).fill('{cpu: 1s}').join(', ')}]}`, 10_240, (8 * 1769) / 10_240],
])('%s at %s MB takes %s s', (steps, memoryMb, seconds) => {
  const found = result({ moments: [0], steps, platform: lambda(`memory: ${memoryMb}MB, coldStart: 0s`) });
  expect(metric(found, 'a', 'latency_mean') / 1000 / seconds).toBeCloseTo(1, 5);
});

const messages = (body: string, more: string, moments = [0]) =>
  ({
    run: 'duration: 7h',
    moments,
    services: `{a: {operations: {op: [{send: b.go}]}}, b: {operations: {go: [${body}]}}}`,
    platform: `{preset: lambda, defaults: {memory: 1GB, coldStart: 0s}, services: {b: {${more}}}}`,
  }) as const;

test('a message that fails or times out is delivered three times in all, and each is billed', () => {
  const failing = result(messages('{wait: 1s}, {fail: 100%}', ''));
  expect(metric(failing, 'b', 'requests_failed')).toBe(3);
  expect(metric(failing, 'a', 'requests_completed')).toBe(1);
  const slow = result(messages('{wait: 10s}', 'requestTimeout: 3s'));
  expect(metric(slow, 'b', 'requests_timed_out')).toBe(3);
  expect(quantity(slow, gbs, 'b')).toBeCloseTo(9, 9);
});

test('a throttled message is tried again after 1, 2, 4 … 256, 300, 300 … s for six hours', () => {
  // 1 + 2 + … + 256 = 511 s in 9 waits, then (21,600 - 511) / 300 = 70 waits: 80 tries with the first.
  expect(metric(result(messages('{wait: 1s}', 'reserved: 0')), 'b', 'requests_rejected')).toBe(80);
  const crowded = result(messages('{wait: 10s}', 'reserved: 1', [0, 0, 0]));
  expect(metric(crowded, 'b', 'requests_completed')).toBe(3);
});

test('where more wait than may run, `overflow: {wait}` lets them wait so long', () => {
  const world = (wait: string) => ({
    moments: together(10),
    platform: lambda(`coldStart: 0s, maxInstances: 3, overflow: {wait: ${wait}}`),
  });
  expect(metric(result(world('1s')), 'a', 'requests_completed')).toBe(6); // Three end at 1 s, before the wait does.
  expect(metric(result(world('999ms')), 'a', 'requests_completed')).toBe(3);
});

test('a start-up of over 10 s begins anew in the request; what its time-out cuts short is no warm environment', () => {
  const world = (timeout: string) => ({
    moments: [0, 100],
    services: '{a: {startup: 12s, operations: {op: [{wait: 1s}]}}}',
    platform: lambda(`memory: 1GB, requestTimeout: ${timeout}`),
  });
  const long = result(world('1m'));
  expect(metric(long, 'a', 'cold_starts')).toBe(1);
  expect(metric(long, 'a', 'latency_max')).toBeGreaterThan(10_000 + 12_000 + 1000);
  // 10 s in vain and 5 s in the request, both times.
  const short = result(world('5s'));
  expect(metric(short, 'a', 'requests_timed_out')).toBe(2);
  expect(metric(short, 'a', 'cold_starts')).toBe(2);
  expect(quantity(short, gbs)).toBeCloseTo(2 * 15, 9);
  // `coldStart` says all of it.
  const platform = lambda('coldStart: 20s, requestTimeout: 5s');
  expect(metric(result({ moments: [0, 100], platform }), 'a', 'requests_completed')).toBe(2);
});
