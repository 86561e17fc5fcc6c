/**
 * The dry run of the scalers, on the example of Kubernetes' documentation ("How does a HorizontalPodAutoscaler
 * work?"): a value of 200m where 100m is wanted doubles the replicas. Its steps are worked out by hand.
 */
import { expect, test } from 'vitest';
import { scalingDecisions } from '../../src/experiment/scalingDecisions.js';
import { compileModel } from '../../src/model/compile.js';
import { decisionCsv, decisionTable } from '../../src/report/terminal/decisionTable.js';
import { parseScenario } from '../../src/scenario/parse.js';

function decisionsOf(hpa: string, rate = '20/s', duration = '50s') {
  const text = `
run: {duration: ${duration}}
traffic: {all: {entry: web.get, arrivals: {constant: ${rate}}}}
services: {web: {cpu: {request: 100m, limit: 1}, operations: {get: [{cpu: 10ms}]}}}
platforms:
  p: {preset: kubernetes, defaults: {replicas: 1..10, balancer: round-robin, scale: {hpa: ${hpa}}}}
`;
  const parsed = parseScenario(text, 'web.yaml');
  if (!parsed.ok) throw new Error(parsed.issues.map(({ message }) => message).join());
  const compiled = compileModel(parsed.value);
  if (!compiled.ok) throw new Error(compiled.issues.map(({ message }) => message).join());
  return scalingDecisions(compiled.value.platforms[0]!);
}

test('200m used where 100m are wanted make two of one; at the target nothing changes', () => {
  // 20 requests of 10 ms a second are 200m; the first interval misses one of 300 (the first comes at 50 ms): 199%.
  const rows = decisionsOf('{cpu: 100%}');
  expect(rows.map(({ atS, observed, asked, applied }) => [atS, observed, asked, applied])).toEqual([
    [5, 'cpu: no-metrics', null, 1],
    [20, 'cpu 199% of 1 ready', 2, 2],
    // The second has been ready for part of its scrape only: it counts as 0, and 176% of one is not more than two.
    [35, 'cpu 176% of 2 ready', 2, 2],
  ]);
  expect(rows[1]).toMatchObject({ formula: 'ceil(1 x 199% / 100%) = 2', limitedBy: '', before: 1 });
});

test('what limits a wish is named: the policy, the maximum, the tolerance', () => {
  const policy = '{cpu: 10%, scaleUp: {policies: [{type: Pods, value: 1, periodSeconds: 60}]}}';
  expect(decisionsOf(policy)[1]).toMatchObject({ asked: 20, wanted: 2, limitedBy: 'scale-up policy (ScaleUpLimit)' });
  const tolerant = decisionsOf('{cpu: 100%, tolerance: 0.5}', '12/s')[1];
  expect(tolerant).toMatchObject({ asked: 1, applied: 1, limitedBy: 'tolerance' });
});

test('the table and the CSV say the same, row for row', () => {
  const rows = decisionsOf('{cpu: 100%}');
  const table = decisionTable(rows, (_, text) => text).split('\n');
  expect(table[2]).toMatch(/20 {2}web {6}hpa {5}cpu 199% of 1 ready.*1 -> 2$/);
  expect(decisionCsv(rows).split('\n')[2]).toBe('20,web,hpa,cpu 199% of 1 ready,ceil(1 x 199% / 100%) = 2,2,2,,1,2');
});
