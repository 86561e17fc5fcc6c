/** When an objective can no longer be met: bounds worked by hand; the order of threads changes nothing. */
import { expect, test } from 'vitest';
import { isLost, watchHope } from '../../src/experiment/hopeless.js';
import { listJobs, runJob } from '../../src/experiment/jobs.js';
import { compileScenario } from '../../src/experiment/prepare.js';
import { parseScenario } from '../../src/scenario/parse.js';

const verdicts = (
  operator: '<' | '<=' | '>' | '>=' | '==',
  limit: number,
  unit: 'ms' | 'share',
  values: (number | null)[],
) => values.map((value) => ({ value, operator, limit, unit }));

test('a mean of ten that must stay below 10 is lost when the first brings 100: the others are at least 0', () => {
  expect(isLost(verdicts('<', 10, 'ms', [99]), 10)).toBe(false);
  expect(isLost(verdicts('<', 10, 'ms', [100]), 10)).toBe(true);
  expect(isLost(verdicts('<=', 10, 'ms', [100]), 10)).toBe(false);
  expect(isLost(verdicts('<', 10, 'ms', [40, 61]), 10)).toBe(true);
});

test('a share that must reach 99 % over ten is lost below 90 % in the first: the others are at most 100 %', () => {
  expect(isLost(verdicts('>=', 0.99, 'share', [0.9]), 10)).toBe(false);
  expect(isLost(verdicts('>=', 0.99, 'share', [0.89]), 10)).toBe(true);
});

test('what has no upper bound, an equality and a replication without a value lose nothing', () => {
  expect(isLost(verdicts('>', 5, 'ms', [0, 0, 0]), 4)).toBe(false);
  expect(isLost(verdicts('==', 5, 'ms', [0]), 1)).toBe(false);
  expect(isLost(verdicts('<', 1, 'ms', [null]), 3)).toBe(false);
  // One without a value leaves fewer to share the burden: 12 over at most 2 others is 6.
  expect(isLost(verdicts('<', 6, 'ms', [null, 12]), 3)).toBe(true);
});

test('only the first replications count, whoever is finished first', () => {
  const parsed = parseScenario(
    `
run: {duration: 10s, replications: 5}
traffic: {all: {entry: server.work, arrivals: {constant: 2/s}}}
services: {server: {operations: {work: [{wait: 100ms}]}}}
platforms: {bench: {preset: fixed}}
network: {hop: 0ms, client: 0ms}
objectives: [latency_mean < 30ms]
`,
    'test.yaml',
  );
  if (!parsed.ok) throw new Error('does not parse');
  const compiled = compileScenario(parsed.value);
  if (!compiled.ok) throw new Error('does not compile');
  const extent = { platforms: [0], replications: 5, withCostCurve: false };
  const results = listJobs(compiled.value, extent).map((job) => runJob(compiled.value, job));
  const hope = watchHope(compiled.value, extent, 5);
  // 100 ms in each of the first two is 40 ms over five; the others, heard first, say nothing, nor does the level.
  expect([...results].reverse().map((result) => hope.hear(result))).toEqual([null, null, null, null, 2, null]);
  const inOrder = watchHope(compiled.value, extent, 5);
  expect(results.slice(0, 4).map((result) => inOrder.hear(result))).toEqual([null, null, 2, 2]);
});
