/** The cheapest nearby change, on a service of one slow instance that a second one mends. */
import { expect, test } from 'vitest';
import { type Cell, type CellOrder, cellOf, prepareCell } from '../../src/experiment/cells.js';
import { runJob } from '../../src/experiment/jobs.js';
import { searchNearby } from '../../src/experiment/nearby.js';
import { compileScenario } from '../../src/experiment/prepare.js';
import { parseScenario } from '../../src/scenario/parse.js';

const text = `
name: too small
run: { duration: 60s, warmup: 10s, replications: 1 }
services:
  web: { concurrency: 1, operations: { page: [{ wait: 100ms }] } }
traffic:
  visitors: { entry: web.page, arrivals: { constant: 15/s } }
platforms:
  small: { preset: fargate, defaults: { replicas: 1 } }
objectives: [latency_p99 < 300ms]
`;

function scenarioOf(yaml: string) {
  const parsed = parseScenario(yaml, 'small.yaml');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  const compiled = compileScenario(parsed.value);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.issues));
  return { scenario: parsed.value, compiled: compiled.value };
}

test('one instance for 15 visits of 100 ms a second is too few; one replica more is the cheapest mend', () => {
  const { scenario, compiled } = scenarioOf(text);
  const search = searchNearby(scenario, compiled, ['small']);
  const asked: CellOrder[] = [];
  const simulate = (order: CellOrder): Cell => {
    asked.push(order);
    const prepared = prepareCell(scenario, order);
    if ('issues' in prepared) throw new Error(JSON.stringify(prepared.issues));
    return cellOf(
      prepared,
      prepared.jobs.map((job) => runJob(prepared.compiled, job)),
    );
  };
  let step = search.next();
  while (!step.done) step = search.next(step.value.map(simulate));
  expect(asked.map(({ settings }) => settings.map(({ value }) => value).join())).toEqual(['2', '3']);
  const [change] = step.value;
  expect(change?.tried.map(({ meetsObjectives }) => meetsObjectives)).toEqual([true, true]);
  expect(change?.best?.change).toMatch(/replicas=2$/);
});

test('where every platform meets its objectives nothing is simulated', () => {
  const { scenario, compiled } = scenarioOf(text);
  expect(searchNearby(scenario, compiled, []).next()).toEqual({ done: true, value: [] });
});
