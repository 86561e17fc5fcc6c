/** What services can use of a node, against the providers' published formulas and examples (K3, K4, K5, K6). */
import { expect, test } from 'vitest';
import { compiled, issuesOf, oneService, onlyPlatform } from './scenarioText.js';

const poolOn = (platform: string) => onlyPlatform(oneService(platform)).model.nodePools[0]!;

test('EKS m6i.large: 70m of 2 vCPU kept, and 11 MiB for each of 29 pods + 255 + 100 MiB of memory', () => {
  const { vCpu, memoryMb } = poolOn('{preset: eks}');
  expect([vCpu, memoryMb]).toEqual([1.93, 8192 - 11 * 29 - 255 - 100]);
});

test('GKE e2-standard-2: a quarter of the first 4 GiB and a fifth of the next, 100 MiB for eviction', () => {
  const { vCpu, memoryMb } = poolOn('{preset: gke}');
  expect(vCpu).toBe(1.93);
  expect(memoryMb).toBeCloseTo(8192 - 1024 - 819.2 - 100, 6);
});

test('AKS: 100m of 2 cores and 140m of 4 kept, as its table says', () => {
  expect(poolOn('{preset: aks}').vCpu).toBe(1.9);
  expect(poolOn('{preset: aks, nodes: {cpu: 4, memory: 16GB, price: $100/mo}}').vCpu).toBe(3.86);
  expect(poolOn('{preset: aks, nodes: {cpu: 64, memory: 256GB, price: $1000/mo}}').vCpu).toBe(63.26);
});

test('machines of one’s own are whole: 3 of 16 vCPU and 64 GB, or one of 8 and 16', () => {
  expect(poolOn('{preset: data-center}')).toMatchObject({
    vCpu: 16,
    memoryMb: 65536,
    minCount: 3,
    maxCount: 3,
    autoscaler: null,
  });
  expect(poolOn('{preset: local}')).toMatchObject({ vCpu: 8, memoryMb: 16384, minCount: 1, maxCount: 1 });
});

test('what is written of a machine wins key by key over the preset’s', () => {
  const { model, billing } = onlyPlatform(oneService('{preset: data-center, nodes: {cpu: 32, count: 5}}'));
  expect(model.nodePools[0]).toMatchObject({ vCpu: 32, memoryMb: 65536, minCount: 5 });
  expect(billing.charges[0]?.ownPrice).toEqual({ usd: '250', unit: 'node-month', baseUnitsPerUnit: '2628000' });
});

test('a range of nodes is scanned every 10 s, and shrinks after 10 idle minutes below one half', () => {
  const { autoscaler, initialCount, maxCount } = poolOn('{preset: eks, nodes: {count: 2..10}}');
  expect([initialCount, maxCount]).toEqual([2, 10]);
  expect(autoscaler).toEqual({ scanUs: 10e6, unneededUs: 600e6, delayAfterAddUs: 600e6, threshold: 0.5 });
});

test('pools have names, and every service may use each of them', () => {
  const pools = '[{name: small, type: m6i.large, count: 1}, {name: big, type: m6i.2xlarge, count: 0..4}]';
  const { model } = onlyPlatform(oneService(`{preset: eks, nodes: ${pools}}`));
  expect(model.nodePools.map(({ name }) => name)).toEqual(['small', 'big']);
  expect(model.services[0]?.dispatch).toMatchObject({ nodePools: [0, 1] });
});

test.each([
  ['{preset: eks, nodes: {type: m6i.lrge}}', 'reference', 'did you mean "m6i.large"?'],
  ['{preset: eks, nodes: {type: e2-standard-2}}', 'reference', 'cpu, memory and price'],
  ['{preset: eks, nodes: {cpu: 16, memory: 64GB}}', 'missing', '$210/mo'],
  ['{preset: lambda, nodes: {count: 3}}', 'conflict', 'leave it out'],
  ['{preset: eks, defaults: {cpu: 4}}', 'conflict', 'larger nodes'],
] as const)('%s is refused: %s', (platform, code, hint) => {
  const [issue] = issuesOf(oneService(platform));
  expect(issue?.code).toBe(code);
  expect(issue?.hint).toContain(hint);
});

test('a burstable type runs with a warning', () => {
  const { warnings } = compiled(oneService('{preset: eks, nodes: {type: t3.large}}')).platforms[0]!;
  expect(warnings.map(({ code }) => code)).toEqual(['burstable']);
});
