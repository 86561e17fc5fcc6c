/**
 * The rules of Azure Functions' three plans at other numbers than the worked cases', and at their edges. Each number is
 * worked by hand from the rule; of the Premium plan the provider's own example of five always-ready instances.
 */
import { expect, test } from 'vitest';
import type { PlatformResult } from '../../src/experiment/contract.js';
import { metric, quantity, result, together } from './worlds.js';

const consumption = (settings = '') => `{preset: azure-functions, defaults: {coldStart: 0s${settings}}}`;
const flex = (settings = '') => `{preset: azure-functions-flex, defaults: {coldStart: 0s${settings}}}`;
const premium = (settings: string) => `{preset: azure-functions-premium, defaults: {${settings}}}`;
const readyAt = ({ events }: PlatformResult): number[] =>
  (events?.rows ?? []).filter(({ kind }) => kind === 'ready').map(({ tS }) => tS);

test.each([
  ['memoryUse: {base: 128MB}', '1s', 0.125],
  ['memoryUse: {base: 129MB}', '1s', 0.25],
  ['memoryUse: {base: 1500MB}', '1s', 1.5],
  ['memoryUse: {base: 10MB}', '99ms', 0.0125],
  ['memoryUse: {base: 10MB}', '100ms', 0.0125],
  ['memoryUse: {base: 10MB}', '101ms', 0.125 * 0.101],
  ['memoryUse: {base: 10MB}', '1000100us', 0.125 * 1.001],
])('Consumption: %s for %s is %s GB-s', (memory, work, gbS) => {
  const services = `{a: {${memory}, operations: {op: [{wait: ${work}}]}}}`;
  const found = result({ moments: [0], services, platform: consumption() });
  expect(quantity(found, 'az.fn.cons.gbs')).toBeCloseTo(gbS, 12);
});

test('Consumption: a start is waited for and not billed; ten minutes are the longest; twenty idle ones end it', () => {
  const started = result({
    moments: [0],
    services: '{a: {memoryUse: {base: 128MB}, operations: {op: [{wait: 1s}]}}}',
    platform: '{preset: azure-functions, defaults: {coldStart: 3s}}',
  });
  expect(quantity(started, 'az.fn.cons.gbs')).toBeCloseTo(0.125, 12);
  expect(metric(started, 'a', 'latency_mean')).toBe(4000);
  expect(metric(started, 'a', 'instance_hours') * 3600).toBeCloseTo(3 + 1 + 1200, 6);
  const long = result({ moments: [0], steps: '{wait: 11m}', platform: consumption() });
  expect(metric(long, 'a', 'requests_timed_out')).toBe(1);
});

test('Consumption: 50 instances are there after 49 s; 200 are the most, and the rest waits', () => {
  const fifty = result({ run: 'duration: 5m', moments: together(5000), steps: '{wait: 1h}', platform: consumption() });
  expect(readyAt(fifty)).toEqual(Array.from({ length: 50 }, (_, second) => second));
  const crowd = result({
    run: 'duration: 5m',
    moments: together(25_000),
    steps: '{wait: 1h}',
    platform: consumption(),
  });
  expect(readyAt(crowd).at(-1)).toBe(199);
  expect(metric(crowd, 'a', 'requests_rejected')).toBe(0);
});

test('Consumption: 65% of the CPU is borne by one instance, 80% by two', () => {
  const world = (rate: string) => ({
    run: 'warmup: 1m, duration: 1m',
    traffic: `{all: {entry: a.op, arrivals: {constant: ${rate}}}}`,
    steps: '{cpu: 10ms}',
    platform: consumption(),
  });
  expect(metric(result(world('65/s')), 'a', 'instances_mean')).toBe(1);
  expect(metric(result(world('80/s')), 'a', 'instances_mean')).toBe(2);
});

test.each([
  ['1ms', [0], 2048, 2],
  ['1s', [0], 2048, 2],
  ['1001ms', [0], 2048, 2.2],
  ['1100ms', [0], 2048, 2.2],
  ['1250ms', [0], 512, 0.65],
  // Overlapping requests are one spell of work; spells apart are rounded each.
  ['1s', [0, 0.5], 512, 0.75],
  ['200ms', [0, 10], 4096, 8],
])('Flex: %s at %j in %s MB is %s GB-s', (work, moments, memoryMb, gbS) => {
  const found = result({ moments, steps: `{wait: ${work}}`, platform: flex(`, memory: ${memoryMb}MB`) });
  expect(quantity(found, 'az.fn.flex.ondemand')).toBeCloseTo(gbS, 9);
});

test.each([
  [512, 4],
  [2048, 16],
  [4096, 32],
])('Flex: an instance of %s MB takes %s requests at once, and one more starts another', (memoryMb, slots) => {
  const world = (count: number) => ({
    run: 'duration: 2m',
    moments: together(count),
    steps: '{wait: 1m}',
    platform: flex(`, memory: ${memoryMb}MB`),
  });
  expect(metric(result(world(3 * slots)), 'a', 'instances_max')).toBe(3);
  expect(metric(result(world(3 * slots + 1)), 'a', 'instances_max')).toBe(4);
});

test('Flex: two always ready are billed for their memory all the time, and less for what they do', () => {
  const found = result({ run: 'duration: 1h', moments: [0], steps: '{wait: 1m}', platform: flex(', provisioned: 2') });
  expect(quantity(found, 'az.fn.flex.ready.base')).toBeCloseTo(2 * 2 * 3600, 9);
  expect(quantity(found, 'az.fn.flex.ready.exec')).toBeCloseTo(2 * 60, 9);
  expect(quantity(found, 'az.fn.flex.ondemand')).toBe(0);
  expect(metric(found, 'a', 'cold_starts')).toBe(0);
});

test('Premium: five always ready alone while idle; from the first request on one prewarmed beside them', () => {
  const world = { run: 'duration: 30m', steps: '{wait: 1s}', platform: premium('replicas: 5..20') };
  expect(quantity(result(world), 'az.fn.premium.vcpu') * 3600).toBeCloseTo(5 * 1800, 6);
  const found = result({ ...world, moments: [1000] });
  // Asked for at the first look after the request, given back ten minutes after the last second with one.
  expect(quantity(found, 'az.fn.premium.vcpu') * 3600).toBeCloseTo(5 * 1800 + (1601 - 1000), 6);
  expect(metric(found, 'a', 'instances_max')).toBe(6);
});

test('Premium: what is prewarmed takes no request until it is active; one number of instances has no buffer', () => {
  const traffic = '{all: {entry: a.op, arrivals: {constant: 50/s}}}';
  const world = (replicas: string) => ({
    run: 'warmup: 1m, duration: 1m',
    traffic,
    steps: '{cpu: 10ms}',
    platform: premium(`replicas: ${replicas}`),
  });
  const one = result(world('1..10'));
  expect(metric(one, 'a', 'instances_mean')).toBe(2);
  expect(metric(one, 'a', 'utilisation')).toBeCloseTo(0.25, 6); // 0.5 of one and nothing of the other.
  expect(metric(result(world('1')), 'a', 'instances_mean')).toBe(1);
  // 150% of an instance's CPU: three active at 70% at most, and one prewarmed.
  const busy = result({ ...world('1..10'), traffic: traffic.replace('50/s', '150/s') });
  expect(metric(busy, 'a', 'instances_mean')).toBe(4);
});
