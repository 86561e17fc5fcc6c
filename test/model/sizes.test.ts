/** Need and choice, over the sizes that providers publish (sources A6, F2, G18, Z1, Z3, Z6 of the presets). */
import { expect, test } from 'vitest';
import { issuesOf, oneService, onlyPlatform } from './scenarioText.js';

const sizeOn = (preset: string, service = '', defaults = '') => {
  const { model } = onlyPlatform(oneService(`{preset: ${preset}, defaults: {${defaults}}}`, service));
  const { vCpu, memoryMb } = model.services[0]!;
  return [vCpu, memoryMb];
};
const oneIssue = (preset: string, service: string, defaults: string) => {
  const [issue, ...others] = issuesOf(oneService(`{preset: ${preset}, defaults: {${defaults}}}`, service));
  expect(others).toEqual([]);
  return `${issue?.code} ${issue?.path}: ${issue?.hint}`;
};

test.each([
  ['fixed', [1, 512]],
  ['eks', [1, 512]],
  ['lambda', [128 / 1769, 128]],
  ['cloud-functions', [400 / 2400, 256]],
  ['app-engine-standard', [600 / 2400, 384]],
  ['cloud-run', [1, 512]],
  ['fargate', [0.25, 512]],
  ['azure-functions', [1, 1536]],
  ['azure-functions-flex', [1, 2048]],
  ['azure-functions-premium', [1, 3584]],
] as const)('%s: asked for nothing, the default size is taken', (preset, size) => {
  expect(sizeOn(preset)).toEqual(size);
});

test.each([
  ['lambda', 'memory: 64MB', [128 / 1769, 128]],
  ['lambda', 'cpu: 2, memory: 512MB', [512 / 1769, 512]],
  ['cloud-functions', 'cpu: 2, memory: 300MB', [800 / 2400, 512]],
  ['app-engine-standard', 'cpu: 500m, memory: 256MB', [0.5, 768]],
  ['app-engine-standard', 'cpu: 250m, memory: 2GB', [1, 3072]],
  ['fargate', 'cpu: 500m, memory: 256MB', [0.5, 1024]],
  ['fargate', 'cpu: 1, memory: 1GB', [1, 2048]],
  ['fargate', 'cpu: 250m, memory: 8GB', [1, 8192]],
  ['azure-functions-premium', 'cpu: 1500m, memory: 1GB', [2, 7168]],
  ['cloud-run', 'memory: 5GB', [2, 5120]],
  ['eks', 'cpu: {request: 250m, limit: 1}, memory: 300MB', [1, 300]],
] as const)('%s: a need of %s takes the smallest size that holds it', (preset, service, size) => {
  expect(sizeOn(preset, service)).toEqual(size);
});

test('a choice is taken as it stands, and wins over the need', () => {
  expect(sizeOn('lambda', 'memory: 512MB', 'memory: 1769MB')).toEqual([1, 1769]);
  expect(sizeOn('lambda', '', 'memory: 10240MB')).toEqual([10240 / 1769, 10240]);
  expect(sizeOn('app-engine-standard', 'memory: 1GB', 'class: F1')).toEqual([0.25, 384]);
});

test('CPU on Lambda follows memory up to six vCPU', () => {
  expect(sizeOn('lambda', '', 'memory: 10240MB')[0]).toBeLessThanOrEqual(6);
});

test.each([
  ['cloud-functions', '', 'memory: 300MB', 'range platforms.p.defaults.memory: the nearest sold: 256MB and 512MB'],
  ['cloud-functions', '', 'memory: 1500MB', 'range platforms.p.defaults.memory: the nearest sold: 1GB and 2GB'],
  ['lambda', '', 'memory: 100MB', 'range platforms.p.defaults.memory: the nearest sold: 128MB and 129MB'],
  ['fargate', '', 'cpu: 1, memory: 1GB', 'range platforms.p.defaults.memory: the nearest sold: 2GB and 3GB'],
  ['fargate', '', 'cpu: 3', 'range platforms.p.defaults.cpu: the nearest sold: 2 vCPU and 4 vCPU'],
  ['lambda', '', 'cpu: 1', 'conflict platforms.p.defaults.cpu: choose the memory instead'],
  ['app-engine-standard', '', 'class: F3', 'reference platforms.p.defaults.class: sold: F1, F2, F4, F4_1G'],
  ['azure-functions', 'memory: 2GB', '', 'range services.a.memory: the nearest sold: 1.5GB'],
  ['lambda', '', 'concurrency: 2', 'range platforms.p.defaults.concurrency: write at most 1'],
] as const)('%s: what is not sold is refused with the nearest that is (%s %s)', (preset, service, defaults, issue) => {
  const citation = / \((verified|recalled): .+\)$/;
  expect(oneIssue(preset, service, defaults).replace(citation, '')).toBe(issue);
});

test('concurrency: a need is clipped to the platform, without one the platform’s own default holds', () => {
  const slots = (preset: string, service: string) =>
    onlyPlatform(oneService(`{preset: ${preset}}`, service)).model.services[0]!.concurrency;
  expect(slots('lambda', 'concurrency: 80')).toBe(1);
  expect(slots('cloud-functions', 'concurrency: 80')).toBe(1);
  expect(slots('cloud-run', 'concurrency: 5000')).toBe(1000);
  expect(slots('cloud-run', 'cpu: 500m, concurrency: 80')).toBe(1); // Below one vCPU, source G10.
  expect(slots('app-engine-standard', '')).toBe(10);
  expect(slots('azure-functions', '')).toBe(100);
  expect(slots('azure-functions-flex', '')).toBe(16);
  expect(slots('faas', '')).toBe(1);
  expect(slots('fixed', '')).toBe(Number.POSITIVE_INFINITY);
});

test('without a limit an instance may take the whole of the largest node, and requests what it requests', () => {
  const nodes = 'nodes: [{name: small, type: m6i.large, count: 1}, {name: big, type: m6i.xlarge, count: 1}]';
  const largest = onlyPlatform(oneService(`{preset: eks, ${nodes}}`)).model.nodePools[1]!;
  for (const asked of ['{request: 250m, limit: none}', '{request: 250m}']) {
    const own = onlyPlatform(oneService(`{preset: eks, ${nodes}}`, `cpu: ${asked}, memory: {request: 256MB}`));
    expect(own.model.services[0]).toMatchObject({
      vCpu: largest.vCpu,
      vCpuRequest: 0.25,
      memoryMb: largest.memoryMb,
      memoryRequestMb: 256,
      memoryUsedMb: 0.6 * 256,
    });
  }
});

test('where no node bounds it, a need without a limit is its request, and a choice without one is refused', () => {
  const need = onlyPlatform(oneService('{preset: fixed}', 'cpu: {request: 250m}, memory: {request: 1GB, limit: none}'));
  expect(need.model.services[0]).toMatchObject({ vCpu: 0.25, memoryMb: 1024 });
  const issues = issuesOf(oneService('{preset: fixed, defaults: {cpu: {request: 250m, limit: none}}}'));
  expect(issues).toMatchObject([{ path: 'platforms.p.defaults.cpu', code: 'conflict' }]);
});
