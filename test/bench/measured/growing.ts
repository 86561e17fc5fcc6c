/**
 * Measures a cluster and a function, small and large, at the same load of each instance: what a span may cost must not
 * hang on how much stands around it. Its own file because these scenarios are written here, by size; with everything
 * that `windtunnel run` listens with.
 */
import { compileScenario } from '../../../src/experiment/prepare.js';
import { runReplication } from '../../../src/experiment/replication.js';
import { parseScenario } from '../../../src/scenario/parse.js';
import type { Checked } from '../../../src/units/issue.js';
import { printIssue } from '../../../src/units/issue.js';
import type { Asked, Tasks } from '../task.js';

/** What each subject is made of, and how much of it a run simulates: so much that setting it up weighs little. */
const texts = {
  'small-cluster': () => cluster({ services: 5, replicas: 4, nodes: 2, seconds: 7500 }),
  'large-cluster': () => cluster({ services: 50, replicas: 200, nodes: 1000, seconds: 15 }),
  'small-function': () => steadyFunction({ environments: 10, seconds: 60_000 }),
  'large-function': () => steadyFunction({ environments: 3000, seconds: 200 }),
  'sparse-function': () => lambda('1/min', '1s', '30d'),
} as const;

export type GrowingSubject = keyof typeof texts;

export function measureGrowing({ subject, seed }: Asked<'growing'>): Tasks['growing']['answer'] {
  const text = `windtunnel: 1\nname: ${subject}\nseed: ${seed}\n${texts[subject]()}`;
  const compiled = checkedValue(compileScenario(checkedValue(parseScenario(text, `${subject}.yaml`))));
  const { model, billing } = compiled.platforms[0]!;
  const startedMs = performance.now();
  const result = runReplication({ model, billing, within: [] }, { replicationIndex: 0, withTimeline: true });
  const seconds = (performance.now() - startedMs) / 1000;
  if (result.stopped) throw new Error(result.stopped.message);
  const { requestCount, spanCount, eventCount } = result;
  return { requestCount, spanCount, eventCount, seconds };
}

interface ClusterSize {
  readonly services: number;
  readonly replicas: number;
  readonly nodes: number;
  readonly seconds: number;
}

/** Two requests a second for each instance; each enters at one of the services and calls the next four after it. */
function cluster({ services, replicas, nodes, seconds }: ClusterSize): string {
  const lines = Array.from({ length: services }, (_, i) => {
    const next = [1, 2, 3, 4].map((step) => `{call: s${(i + step) % services}.leaf}`);
    const work = '{cpu: {exponential: 20ms}}';
    return `  s${i}: {cpu: 0.5, memory: 256MB, operations: {enter: [${work}, ${next.join(', ')}], leaf: [${work}]}}`;
  });
  const rate = (2 * services * replicas) / services;
  const traffic = lines.map((_, i) => `  t${i}: {entry: s${i}.enter, arrivals: {poisson: ${rate}/s}}`);
  return `run: {warmup: 0s, duration: ${seconds}s, replications: 1, window: ${seconds / 5}s}
traffic:
${traffic.join('\n')}
services:
${lines.join('\n')}
platforms:
  k8s:
    preset: kubernetes
    nodes: {cpu: 8, memory: 16GB, price: $200/mo, count: ${nodes}}
    defaults: {replicas: ${replicas}, balancer: least-requests}
`;
}

/** As many environments busy on the average as are named, 600 ms a request. */
function steadyFunction({
  environments,
  seconds,
}: {
  readonly environments: number;
  readonly seconds: number;
}): string {
  return lambda(`${(environments / 0.6).toFixed(3)}/s`, '600ms', `${seconds}s`);
}

function lambda(rate: string, mean: string, duration: string): string {
  return `run: {warmup: 0s, duration: ${duration}, replications: 1}
traffic: {all: {entry: f.run, arrivals: {poisson: ${rate}}}}
services: {f: {cpu: 1, operations: {run: [{wait: {lognormal: {mean: ${mean}, cv: 0.5}}}]}}}
platforms: {faas: {preset: faas, defaults: {concurrency: 1, coldStart: 300ms, idleTimeout: 10m}}}
`;
}

function checkedValue<T>(checked: Checked<T>): T {
  if (!checked.ok) throw new Error(checked.issues.map(printIssue).join('\n'));
  return checked.value;
}
