/** Instances that no node can hold, one by one or together: told before the run. */
import { expect, test } from 'vitest';
import { compileText, issuesOf, oneService } from './scenarioText.js';

function warningsOf(platform: string, service = '', rest = '') {
  const result = compileText(oneService(platform, service, rest));
  if (!result.ok) throw new Error(result.issues.map(({ message }) => message).join());
  return result.warnings.filter(({ code }) => code === 'never-placed');
}
const node = '{cpu: 4, memory: 8GB, price: $50/mo, count: 2}';

test('an instance that no node can hold is refused, by CPU or by memory, with the place of its size', () => {
  expect(issuesOf(oneService(`{preset: data-center, nodes: ${node}, defaults: {cpu: 5}}`))).toMatchObject([
    { path: 'platforms.p.defaults.cpu', code: 'conflict', hint: 'take larger nodes, or ask for less' },
  ]);
  expect(issuesOf(oneService(`{preset: data-center, nodes: ${node}}`, 'memory: 9GB'))).toMatchObject([
    { path: 'services.a.memory', code: 'conflict' },
  ]);
});

test('more replicas than all nodes have room for are warned of, in whole instances a node', () => {
  // Two nodes of 4 vCPU, nothing kept by their system: four instances of 1 on each, and no more.
  const at = (count: string) => `{preset: data-center, nodes: ${node}, defaults: {cpu: 1, replicas: ${count}}}`;
  expect(warningsOf(at('8'))).toEqual([]);
  expect(warningsOf(at('9'))).toMatchObject([
    {
      path: 'platforms.p.defaults.replicas',
      message: expect.stringContaining('wants 9 instances of a, and all nodes of p hold 8'),
    },
  ]);
  expect(warningsOf(at('2..50'))).toEqual([]); // Only what must be there.
});

test('a pool that may grow counts with its most nodes', () => {
  const nodes = '{cpu: 4, memory: 8GB, price: $50/mo, count: 1..3}';
  expect(warningsOf(`{preset: data-center, nodes: ${nodes}, defaults: {cpu: 1, replicas: 12}}`)).toEqual([]);
});

test('services that fit each by itself and not together are warned of', () => {
  const text = `
windtunnel: 1
traffic: {all: {entry: a.op, arrivals: {poisson: 5/s}}}
services:
  a: {cpu: 1, operations: {op: [{cpu: 10ms}]}}
  b: {cpu: 1, operations: {op: [{cpu: 10ms}]}}
platforms: {p: {preset: data-center, nodes: ${node}, defaults: {replicas: 5}}}
`;
  const result = compileText(text);
  const found = (result.ok ? result.warnings : []).filter(({ code }) => code === 'never-placed');
  expect(found).toMatchObject([{ path: 'platforms.p.nodes', message: expect.stringContaining('request 10 vCPU') }]);
});
