/**
 * Fargate, App Engine flexible and the Kubernetes family at other numbers than the worked cases', and at their edges.
 * Each number is worked by hand from the rule.
 */
import { expect, test } from 'vitest';
import type { PlatformResult } from '../../src/experiment/contract.js';
import { metric, quantity, result } from './worlds.js';

const fargate = (settings: string) => `{preset: fargate, defaults: {${settings}}}`;
const vCpuHours = 'aws.fargate.x86.vcpu';
const momentsOf = ({ events }: PlatformResult, kind: string): number[] =>
  (events?.rows ?? []).filter((row) => row.kind === kind).map(({ tS }) => tS);

test('Fargate: 100 tasks are launched at once, then 20 a second', () => {
  const schedule = '[{at: 60s, replicas: 401}]';
  const platform = fargate(`replicas: 1..500, scale: {schedule: ${schedule}}`);
  const launched = momentsOf(result({ run: 'duration: 2m', platform }), 'scheduled');
  expect(launched.filter((atS) => atS === 60)).toHaveLength(100);
  expect(launched).toHaveLength(400);
  expect(launched.at(-1)).toBeCloseTo(60 + 300 / 20, 6);
});

test.each([
  [2, '160/s', 40, 4], // ceil(2 x 80 / 40)
  [4, '240/s', 50, 5], // ceil(4 x 60 / 50)
  [3, '240/s', 60, 4], // ceil(3 x 80 / 60), exactly 4
  [1, '100/s', 50, 2],
])(
  'Fargate: %s tasks under %s of 10 ms each and a target of %s%% become %s, after three minutes above it',
  (...row) => {
    const [count, rate, target, wanted] = row;
    const found = result({
      run: 'duration: 5m',
      traffic: `{all: {entry: a.op, arrivals: {constant: ${rate}}}}`,
      services: '{a: {cpu: 1, memory: 2GB, operations: {op: [{cpu: 10ms}]}}}',
      platform: fargate(`replicas: ${count}..40, scale: {targetTracking: {cpu: ${target}%}}`),
    });
    const [decision] = (found.events?.rows ?? []).filter(({ kind }) => kind === 'scale-out');
    expect(decision?.detail).toMatch(new RegExp(`^${count} to ${wanted}:`));
    expect(decision?.tS).toBe(180);
  },
);

test('Fargate: exactly at the target nothing is done; it takes 15 minutes below it to go down', () => {
  const world = (rate: string, settings: string) => ({
    run: 'duration: 20m',
    traffic: `{all: {entry: a.op, arrivals: {constant: ${rate}}}}`,
    services: '{a: {cpu: 1, memory: 2GB, operations: {op: [{cpu: 10ms}]}}}',
    platform: fargate(settings),
  });
  const exact = result(world('200/s', 'replicas: 4..9, scale: {targetTracking: {cpu: 50%}}'));
  expect(momentsOf(exact, 'scale-out')).toEqual([]);
  const schedule = '[{at: 0s, replicas: 4}, {at: 10m, replicas: 1}]';
  const scale = `{targetTracking: {cpu: 50%}, schedule: ${schedule}}`;
  const quiet = result(world('20/s', `replicas: 1..9, scale: ${scale}`));
  expect(momentsOf(quiet, 'scale-in')).toEqual([900]);
});

test('Fargate: a task is billed from its image’s download on, a minute at least, and at zero nobody answers', () => {
  const schedule = '[{at: 60s, replicas: 1}, {at: 115s, replicas: 0}]';
  const settings = `cpu: 1, memory: 2GB, replicas: 0..5, drain: 0s, scale: {schedule: ${schedule}}`;
  const short = result({ run: 'duration: 10m', platform: fargate(settings) });
  expect(quantity(short, vCpuHours) * 3600).toBeCloseTo(60, 6);
  const empty = result({
    run: 'duration: 10m',
    moments: [10],
    platform: fargate('replicas: 0..5, scale: {targetTracking: {cpu: 50%}}'),
  });
  expect(metric(empty, 'a', 'requests_rejected')).toBe(1);
});

test.each([
  ['{cpu: 300m, memory: 900MB}', 0.5, 1],
  ['{cpu: 1, memory: 1GB}', 1, 2],
  ['{cpu: 2, memory: 17GB}', 4, 17],
  ['{cpu: 100m, memory: 100MB}', 0.25, 0.5],
])('Fargate: a need of %s takes %s vCPU and %s GB', (need, vCpu, memoryGb) => {
  const services = `{a: ${need.replace('}', ', operations: {op: [{wait: 1s}]}}')}}`;
  const found = result({ run: 'duration: 1h', services, platform: '{preset: fargate}' });
  expect(quantity(found, vCpuHours)).toBeCloseTo(vCpu, 9);
  expect(quantity(found, 'aws.fargate.x86.gb')).toBeCloseTo(memoryGb, 9);
});

test.each([
  ['eks', 'aws.ec2.m6i.large', 'aws.eks.cluster'],
  ['gke', 'gcp.gce.e2-standard-2', 'gcp.gke.cluster'],
  ['aks', 'az.vm.D2s_v5', 'az.aks.sla'],
])(
  '%s: nodes and control plane are billed whoever comes; a node is there 90 s to 3 min after it is missed',
  (...row) => {
    const [preset, node, plane] = row;
    const idle = result({ run: 'duration: 1d', platform: `{preset: ${preset}, nodes: {count: 5}}` });
    expect(quantity(idle, node)).toBeCloseTo(5 * 24, 9);
    expect(quantity(idle, plane)).toBeCloseTo(24, 9);
    const soon = '{schedule: [{at: 65s, replicas: 2}]}';
    const growing = result({
      run: 'duration: 10m',
      services: '{a: {cpu: 1, memory: 1GB, operations: {op: [{wait: 1s}]}}}',
      platform: `{preset: ${preset}, nodes: {count: 1..4}, defaults: {replicas: 1..3, scale: ${soon}}}`,
    });
    const [, second] = momentsOf(growing, 'node-ready').filter((atS) => atS === 0 || atS > 65);
    // The autoscaler looks every ten seconds.
    expect(second).toBeGreaterThanOrEqual(70 + 90);
    expect(second).toBeLessThanOrEqual(75 + 180);
  },
);

test('one’s own: nodes are paid for by the month; on one’s machine nothing is', () => {
  const center = result({ run: 'duration: 73h', platform: '{preset: data-center}' });
  expect(Number(center.bill.lines.find(({ line }) => line === 'node-hours')?.amountRunUsd)).toBeCloseTo(75, 2);
  const local = result({ run: 'duration: 73h', platform: '{preset: local}' });
  expect(local.bill.lines.reduce((sum, { amountRunUsd }) => sum + Number(amountRunUsd), 0)).toBe(0);
});
