/** What changes the bill: platforms whose bills are known in closed form, a fifth less and more of each thing. */
import { expect, test } from 'vitest';
import { runCell } from '../../src/experiment/cells.js';
import { searchSensitivity } from '../../src/experiment/sensitivity.js';
import { longerWork } from '../../src/scenario/durations.js';
import { parseScenario } from '../../src/scenario/parse.js';

const scenarioOf = (text: string) => {
  const parsed = parseScenario(text, 'shop.yaml');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.value;
};
const shop = scenarioOf(`
run: {duration: 10m, replications: 2}
traffic: {all: {entry: a.op, arrivals: {constant: 5/s}}}
services: {a: {memory: 1000MB, operations: {op: [{wait: 100ms}]}}}
platforms:
  functions: {preset: faas, prices: {faas.request: $0.0000002, faas.gbs: $0.0000166667}, defaults: {idleTimeout: 10m}}
  machines: {preset: fixed, defaults: {replicas: 5}, prices: {fixed.instance: $0.01}}
`);
const found = (() => {
  const question = { platforms: ['functions', 'machines'], by: 0.2, replications: 2, confidence: 0.95 };
  const search = searchSensitivity(shop, question);
  let step = search.next();
  while (!step.done) step = search.next(step.value.map((order) => runCell(shop, order)));
  return step.value;
})();
const factorsOf = (name: string) => {
  const platform = found.platforms.find((each) => each.platform === name)!;
  const shares = platform.factors.map(({ factor, what, less, more }) => [
    what === '' ? factor : `${factor} ${what}`,
    less && Number((less.differenceUsd / platform.costMonthUsd).toFixed(3)),
    more && Number((more.differenceUsd / platform.costMonthUsd).toFixed(3)),
  ]);
  return Object.fromEntries(shares.map(([factor, less, more]) => [factor, [less, more]]));
};

test('what is paid by invocation follows traffic wholly, durations and memory but for the price of requests', () => {
  // A request costs 0.0000002 + 0.1 s x 1000/1024 GB x 0.0000166667: 89.06% of it is time and memory.
  expect(factorsOf('functions')).toEqual({
    traffic: [-0.2, 0.2],
    'price faas.gbs': [-0.178, 0.178],
    duration: [-0.178, 0.178],
    memory: [-0.178, 0.178],
    'idle timeout': [0, 0],
  });
  expect(found.platforms[0]!.factors[0]!.factor).toBe('traffic');
});

test('what is paid by the hour follows the number that stand there, and nothing of what they do', () => {
  expect(factorsOf('machines')).toEqual({
    'price fixed.instance': [-0.2, 0.2],
    'min instances': [-0.2, 0.2],
    traffic: [0, 0],
    duration: [0, 0],
    memory: [0, 0],
  });
});

test('every time of the work is multiplied, in whatever distribution; shapes and measured files are left', () => {
  const scenario = scenarioOf(`
traffic: {all: {entry: a.op, arrivals: {constant: 5/s}}}
services:
  a:
    cpu: 2
    startup: 5s
    operations:
      op:
        - cpu: {lognormal: {mean: 20ms, cv: 1.5}}
        - {query: {db: db, time: 4ms}}
        - choose: [{chance: 10%, do: [{wait: {quantiles: {0%: 2ms, 100%: 1.5s}}}]}]
databases: {db: {query: {exponential: 3ms}}}
`);
  expect(longerWork(scenario, 1.5)).toEqual([
    { path: 'services.a.operations.op[0].cpu', value: '{"lognormal": {"mean": "30ms", "cv": "1.5"}}' },
    { path: 'services.a.operations.op[1].query.time', value: '"6ms"' },
    {
      path: 'services.a.operations.op[2].choose[0].do[0].wait',
      value: '{"quantiles": {"0%": "3ms", "100%": "2.25s"}}',
    },
    { path: 'databases.db.query', value: '{"exponential": "4.5ms"}' },
  ]);
});
