/** Zones from the scenario to the bill: the share of calls that cross, and what their bytes cost, by hand. */
import { expect, test } from 'vitest';
import { compare } from '../../src/experiment/compare.js';
import type { PlatformResult } from '../../src/experiment/contract.js';
import { parseScenario } from '../../src/scenario/parse.js';

/** Ten calls a second to `back` for 100 s, of 1 kB and 9 kB; three zones, one instance of each service in each. */
function resultOf(platform: string, bytes = 'bytes: {in: 1kB, out: 9kB},') {
  const parsed = parseScenario(
    `
windtunnel: 1
run: {duration: 100s, replications: 1}
traffic: {all: {entry: front.op, arrivals: {constant: 10/s}}}
services:
  front: {cpu: 500m, operations: {op: [{call: back.op}]}}
  back: {${bytes} cpu: 500m, operations: {op: [{cpu: 1ms}]}}
network: {hop: 1ms, crossZone: 1ms}
platforms: {p: ${platform}}
`,
    'test.yaml',
  );
  if (!parsed.ok) throw new Error(parsed.issues.map(({ message }) => message).join());
  const result = compare(parsed.value, {});
  if (!result.ok) throw new Error(result.issues.map(({ message }) => message).join());
  return result.value.platforms[0]!;
}
const lineOf = ({ bill }: PlatformResult) => bill.lines.filter(({ sku }) => sku.endsWith('zone-transfer'));

test('on AWS what crosses is billed at both ends, on Google where it leaves, on Azure not at all', () => {
  const defaults = 'defaults: {replicas: 3, spread: zones}';
  const eks = resultOf(`{preset: eks, ${defaults}}`);
  const crossed = Math.round(eks.metrics['cross_zone_ratio']!.mean * 999);
  expect(crossed).toBeGreaterThan(600);
  // 999 calls began; each that crossed carried 10 kB, there and back.
  expect(lineOf(eks)).toMatchObject([
    { service: 'back', part: 'transfer', line: 'transfer', unit: 'GB', quantityRun: String((crossed * 20_000) / 1e9) },
  ]);
  const [gke] = lineOf(resultOf(`{preset: gke, ${defaults}}`));
  expect(Number(gke!.quantityRun) * 2 ** 30).toBeCloseTo(crossed * 10_000, 0);
  expect(lineOf(resultOf(`{preset: aks, ${defaults}}`))).toEqual([]);
  // Without a word a call carries what a visit does, 1 kB and 4 kB: half of it.
  const [usual] = lineOf(resultOf(`{preset: eks, ${defaults}}`, ''));
  expect(Number(usual!.quantityRun)).toBeCloseTo((crossed * 10_000) / 1e9, 9);
});

test('who stays in his zone has nothing to pay; where zones make no difference nothing is said of them', () => {
  const home = resultOf('{preset: eks, defaults: {replicas: 3, spread: zones, locality: strict}}');
  expect(home.metrics['cross_zone_ratio']!.mean).toBe(0);
  expect(lineOf(home)).toMatchObject([{ quantityRun: '0' }]);
  const oneZone = resultOf('{preset: eks, zones: 1}');
  expect([oneZone.metrics['cross_zone_ratio'], lineOf(oneZone)]).toEqual([undefined, []]);
});
