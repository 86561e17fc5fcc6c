/** Extremes of instances and nodes, from hand-made facts. */
import { expect, test } from 'vitest';
import { InstanceCensus, NodeCensus } from '../../src/observation/census.js';
import type { InstancePhase } from '../../src/observation/contract.js';

const fact = (service: number, instance: number, phase: InstancePhase, nowUs: number) => ({
  service,
  instance,
  phase,
  nowUs,
  node: -1,
  version: 0,
  isProvisioned: false,
});

test('what comes and goes within one instant was never there', () => {
  const census = new InstanceCensus([false]);
  census.hear(fact(0, 0, 'ready', 0));
  census.hear(fact(0, 1, 'ready', 0));
  census.hear(fact(0, 0, 'gone', 10));
  census.hear(fact(0, 2, 'ready', 10));
  census.settle(20);
  expect(census.ofServices[0]).toMatchObject({ min: 2, max: 2 });
});

test('replicas count from ready to gone, environments from the start of their cold start', () => {
  const census = new InstanceCensus([false, true]);
  const life = [
    ['starting', 5],
    ['ready', 8],
    ['draining', 12],
    ['gone', 20],
  ] as const;
  for (const [phase, nowUs] of life) for (const service of [0, 1]) census.hear(fact(service, 0, phase, nowUs));
  census.settle(30);
  expect(census.ofServices[0]).toMatchObject({ min: 0, max: 1 });
  expect(census.ofPlatform).toMatchObject({ min: 0, max: 2 });
  const early = new InstanceCensus([false, true]);
  for (const service of [0, 1]) early.hear(fact(service, 0, 'starting', 5));
  early.settle(6);
  expect([early.ofServices[0]?.max, early.ofServices[1]?.max]).toEqual([0, 1]);
});

test('an instance that crashes is gone once, and counts again when it is ready again', () => {
  const census = new InstanceCensus([false]);
  census.hear(fact(0, 0, 'ready', 0));
  census.hear(fact(0, 0, 'crashed', 5));
  census.hear(fact(0, 0, 'gone', 6));
  census.hear(fact(0, 0, 'starting', 7));
  census.hear(fact(0, 0, 'ready', 8));
  census.settle(9);
  expect(census.ofServices[0]).toMatchObject({ min: 0, max: 1 });
});

test('extremes begin anew where measuring begins, at what is there then', () => {
  const census = new InstanceCensus([false]);
  for (const instance of [0, 1, 2]) census.hear(fact(0, instance, 'ready', 0));
  census.hear(fact(0, 0, 'gone', 50));
  census.restart(100);
  census.settle(200);
  expect(census.ofServices[0]).toMatchObject({ min: 2, max: 2 });
});

test('nodes of different pools may have the same number; booting ones are there, for they are paid for', () => {
  const nodes = new NodeCensus();
  nodes.hear({ pool: 0, node: 0, phase: 'ready', nowUs: 0 });
  nodes.hear({ pool: 1, node: 0, phase: 'booting', nowUs: 10 });
  nodes.hear({ pool: 1, node: 0, phase: 'ready', nowUs: 20 });
  nodes.hear({ pool: 0, node: 0, phase: 'gone', nowUs: 30 });
  nodes.settle(40);
  expect(nodes.extremes).toMatchObject({ min: 1, max: 2 });
});
