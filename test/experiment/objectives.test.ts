/** Verdicts on objectives: rows of limit, measured value, answer. */
import { expect, test } from 'vitest';
import type { Metrics, MetricUnit } from '../../src/experiment/contract.js';
import { type Judged, judgeObjectives } from '../../src/experiment/objectives.js';
import type { ObjectiveSpec } from '../../src/scenario/contract.js';

const metric = (name: string, mean: number, ci?: [number, number], unit: MetricUnit = 'ms'): Metrics => ({
  [name]: { mean, ...(ci ? { ci } : {}), unit, replicationCount: ci ? 10 : 1 },
});
const platform = (words: Partial<Judged>): Judged => ({
  name: 'lambda',
  metrics: {},
  traffic: [],
  services: [],
  databases: [],
  releases: [],
  faults: [],
  ...words,
});
const objective = (words: Partial<ObjectiveSpec>): ObjectiveSpec => ({
  text: '',
  scope: null,
  metric: 'latency_p99',
  op: '<',
  limit: { kind: 'duration', value: 800_000, text: '800ms' },
  on: null,
  ...words,
});
const verdict = (spec: Partial<ObjectiveSpec>, judged: Partial<Judged>) =>
  judgeObjectives([objective(spec)], platform(judged), [], 0.95)[0];

test('the mean decides, and the interval says whether it is sure', () => {
  const rows: [mean: number, ci: [number, number], met: boolean, sure: boolean][] = [
    [700, [650, 750], true, true],
    [790, [770, 810], true, false],
    [810, [790, 830], false, false],
    [900, [850, 950], false, true],
    [800, [800, 800], false, true],
  ];
  for (const [mean, ci, met, sure] of rows)
    expect(verdict({}, { metrics: metric('latency_p99', mean, ci) })).toMatchObject({ met, sure, value: mean });
});

test('without an interval nothing is sure', () => {
  expect(verdict({}, { metrics: metric('latency_p99', 1) })).toMatchObject({ met: true, sure: false });
});

test('a metric without a value does not meet its objective', () => {
  expect(verdict({}, {})).toMatchObject({ met: false, value: null });
});

test('within(800ms) is the metric within_800ms', () => {
  const spec = {
    metric: 'within',
    withinUs: 800_000,
    withinText: '800 ms',
    op: '>=',
    limit: { kind: 'share', value: 0.99, text: '99%' },
  } as const;
  const metrics = metric('within_800ms', 0.995, [0.99, 1], 'share');
  expect(verdict(spec, { metrics })).toMatchObject({ met: true, sure: true, metric: 'within_800ms' });
});

test('a scope may be a service, a source or a database; the service wins a shared name', () => {
  const scopes = (name: string, mean: number) => [
    { name, title: name, metrics: metric('latency_p99', mean, [mean, mean]) },
  ];
  const judged = { services: scopes('review', 100), traffic: scopes('review', 900), databases: scopes('db', 5) };
  expect(verdict({ scope: 'review' }, judged)).toMatchObject({ value: 100, met: true });
  expect(verdict({ scope: 'db' }, judged)).toMatchObject({ value: 5 });
});

test('of several releases each must hold', () => {
  const release = (name: string, lost: number) => ({
    name,
    title: name,
    metrics: metric('requests_lost', lost, [lost, lost], '1'),
  });
  const spec = {
    scope: 'release',
    metric: 'requests_lost',
    op: '<=',
    limit: { kind: 'number', value: 0, text: '0' },
  } as const;
  expect(verdict(spec, { releases: [release('a', 0), release('b', 3)] })).toMatchObject({ met: false, value: 3 });
  expect(verdict(spec, { releases: [release('a', 0), release('b', 0)] })).toMatchObject({ met: true });
});

test('an objective limited to other platforms is not judged here', () => {
  expect(judgeObjectives([objective({ on: ['fargate'] })], platform({}), [], 0.95)).toEqual([]);
});

test('a duration limit is compared in the unit of its metric', () => {
  const spec = { scope: 'release', metric: 'duration', limit: { kind: 'duration', value: 90e6, text: '90s' } } as const;
  const releases = [{ name: 'r', title: 'r', metrics: metric('duration', 80, [80, 80], 's') }];
  expect(verdict(spec, { releases })).toMatchObject({ met: true, limit: 90 });
});

test('by windows, the share of windows with a value in which it holds is judged', () => {
  const spec = objective({ everyUs: 60e6, inShare: 0.5 });
  const windows = [
    [700, 900, null, 600],
    [900, 900, 500, 100],
    [100, 100, 100, 900],
  ];
  const [timed] = judgeObjectives([spec], platform({}), [{ objective: spec, replications: windows }], 0.95);
  expect(timed).toMatchObject({ met: true, unit: 'share', limit: 0.5, operator: '>=' });
  expect(timed?.value).toBeCloseTo((2 / 3 + 2 / 4 + 3 / 4) / 3, 12);
});

test('from a moment on, the value of that time is judged against the limit itself', () => {
  const spec = objective({ fromUs: 30e6 });
  const [timed] = judgeObjectives([spec], platform({}), [{ objective: spec, replications: [[700], [720]] }], 0.95);
  expect(timed).toMatchObject({ met: true, value: 710, unit: 'ms', limit: 800 });
});
