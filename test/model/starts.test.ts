/** Which row of which table a start is drawn from; the expected milliseconds are those of the public tables (C1, C2). */
import { expect, test } from 'vitest';
import { oneService, onlyPlatform } from './scenarioText.js';

const startOn = (preset: string, service: string, defaults = '') =>
  onlyPlatform(oneService(`{preset: ${preset}, defaults: {${defaults}}}`, service)).model.services[0]!.start;

test('Lambda: the newest java at the nearest memory not above 1769 MB, after 120 ms of placement', () => {
  const start = startOn('lambda', 'language: java', 'memory: 1769MB');
  expect(start.placement.mean).toBe(120_000);
  expect(start.runtime.quantile(0.5)).toBeCloseTo(191_500, 6);
  expect(start.runtime.quantile(0.99)).toBeCloseTo(496_400, 6);
  expect(start.runtime.quantile(1)).toBeCloseTo(664_300, 6);
});

test('between two percentiles the time lies on a straight line in its logarithm', () => {
  const { runtime } = startOn('lambda', 'language: go', 'memory: 128MB');
  expect(runtime.quantile(0.7)).toBeCloseTo(1000 * Math.sqrt(50.1 * 53.3), 6);
});

test('without a language javascript’s row is taken', () => {
  expect(startOn('lambda', '').runtime.quantile(0.5)).toBeCloseTo(137_900, 6);
  expect(startOn('cloud-functions', '', 'memory: 2048MB').runtime.quantile(0.5)).toBeCloseTo(680_100, 6);
});

test('a language without a row takes the platform’s lognormal', () => {
  const { runtime } = startOn('lambda', 'language: php');
  expect(runtime.kind).toBe('lognormal-quantiles');
  expect(runtime.quantile(0.5)).toBeCloseTo(137_900, 3);
});

test('a row that states no memory serves every size of a language without others', () => {
  expect(startOn('cloud-functions', 'language: go', 'memory: 2048MB').runtime.quantile(0.5)).toBeCloseTo(589_400, 6);
});

test('an image is pulled at the platform’s bandwidth, 100 MB without a word', () => {
  expect(startOn('eks', 'image: 310MB').pullUs).toBe(10_333_333);
  expect(startOn('fargate', '').pullUs).toBe(5_000_000);
  expect(startOn('lambda', 'image: 310MB').pullUs).toBe(0);
});

test('startup comes on top; coldStart replaces the whole', () => {
  expect(startOn('lambda', 'startup: 4s').application.mean).toBe(4_000_000);
  expect(startOn('lambda', 'startup: 4s').whole).toBeNull();
  expect(startOn('lambda', 'startup: 4s', 'coldStart: 200ms').whole?.mean).toBe(200_000);
});

test('bare platforms start at once', () => {
  for (const preset of ['fixed', 'faas']) {
    const { placement, pullUs, runtime, application } = startOn(preset, 'language: java, image: 1GB');
    expect([placement.mean, pullUs, runtime.mean, application.mean], preset).toEqual([0, 0, 0, 0]);
  }
});
