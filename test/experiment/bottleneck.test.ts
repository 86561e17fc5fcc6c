/** What breaks first, on scenarios that have one narrow place each; in every one its callers fill up as well. */
import { expect, test } from 'vitest';
import { type Headroom, searchHeadroom } from '../../src/experiment/headroom.js';
import { runHere } from '../../src/experiment/plan.js';
import { parseScenario } from '../../src/scenario/parse.js';

/** A door that waits for a desk; all that is not narrowed is wide. */
interface Narrow {
  readonly desk?: string;
  readonly steps: string;
  readonly store?: string;
  readonly platform?: string;
  readonly arrivals?: string;
  readonly objective?: string;
}

function firstToBreak({
  desk = 'concurrency: 100,',
  steps,
  store = 'connections: 500',
  platform,
  arrivals,
  objective,
}: Narrow): Headroom['bottleneck'] {
  const text = `
run: {warmup: 10s, duration: 50s, replications: 2}
traffic: {all: {entry: door.open, arrivals: ${arrivals ?? '{poisson: 20/s}'}}}
services:
  door: {concurrency: 200, operations: {open: [{cpu: 0.1ms}, {call: desk.serve}]}}
  desk: {${desk} operations: {serve: [${steps}]}}
databases: {store: {${store}}}
network: {hop: 0ms, client: 0ms}
platforms: {bench: {preset: ${platform ?? 'fixed, defaults: {replicas: 1}'}}}
objectives: ['${objective ?? 'latency_p95 < 200ms'}']
`;
  const checked = parseScenario(text, 'narrow.yaml');
  if (!checked.ok) throw new Error(JSON.stringify(checked.issues));
  const scenario = checked.value;
  const question = { scenario, platform: 'bench', settings: [], replications: 2 };
  return runHere(scenario, searchHeadroom(question)).bottleneck;
}

test.each<[string, Narrow, object]>([
  ['CPU', { steps: '{cpu: {exponential: 10ms}}' }, { kind: 'cpu', name: 'desk' }],
  [
    'concurrency: four at once wait 50 ms each, with next to no CPU',
    { desk: 'concurrency: 4,', steps: '{cpu: 0.1ms}, {wait: {exponential: 50ms}}' },
    { kind: 'concurrency', name: 'desk' },
  ],
  [
    'the connections of a database',
    { steps: '{cpu: 0.1ms}, {query: {db: store, time: {exponential: 20ms}}}', store: 'connections: 2' },
    { kind: 'connections', name: 'store' },
  ],
  [
    'the connections of a database that two instances\u2019 pools may more than fill',
    {
      desk: 'concurrency: 100, pool: 2,',
      steps: '{cpu: 0.1ms}, {query: {db: store, time: {exponential: 20ms}}}',
      store: 'connections: 2',
      platform: 'fixed, defaults: {replicas: 2}',
    },
    { kind: 'connections', name: 'store' },
  ],
  [
    'an instance\u2019s own pool, at a database with room',
    { desk: 'concurrency: 100, pool: 2,', steps: '{cpu: 0.1ms}, {query: {db: store, time: {exponential: 20ms}}}' },
    { kind: 'pool', name: 'desk' },
  ],
  [
    'the CPU of a database, which fills its connections',
    {
      steps: '{cpu: 0.1ms}, {query: {db: store, time: {exponential: 20ms}}}',
      store: 'cores: 2, connections: 20',
    },
    { kind: 'database-cpu', name: 'store' },
  ],
  [
    'the CPU of a database under a crowd that waits for its answers',
    {
      steps: '{cpu: 0.1ms}, {query: {db: store, time: {exponential: 20ms}}}',
      store: 'cores: 2, connections: 20',
      arrivals: '{closed: {users: 5, think: 100ms}}',
    },
    { kind: 'database-cpu', name: 'store' },
  ],
  [
    'what the account allows at once, by both functions together',
    {
      desk: 'concurrency: 1,',
      steps: '{cpu: 1ms}, {wait: 100ms}',
      platform: 'lambda, account: {concurrency: 40}',
      objective: 'success_ratio > 99%',
    },
    { kind: 'account', name: 'account.concurrency' },
  ],
])('%s', (_, narrow, first) => {
  expect(firstToBreak(narrow)).toMatchObject(first);
});
