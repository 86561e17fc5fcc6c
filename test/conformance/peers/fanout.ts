/**
 * Fan-outs whose slowest branch counts: a join of queues that share one stream of arrivals (compared with the reference
 * without a network), and of branches that never queue (exact: the largest of n exponential times).
 */
import { CaseFields } from '../caseFields.js';
import type { Examiner, Finding } from '../contract.js';
import { spreadOf } from './evidence.js';
import { modelOf, replicate } from './replicate.js';
import { branchCount, replicationCount } from './size.js';

const network = { hop: '0ms', client: '0ms' };
/** Latencies stand in buckets of this relative width: what a quantile may be off by itself. */
const bucketShare = 0.005;
/** The first tenth of a run is left out: queues start empty. */
const warmupShare = 0.1;

/** Rows of a table, one for each rate of arrivals. */
export const examineQueueFanout: Examiner = (vector) => {
  const inputs = new CaseFields(vector['inputs'], 'inputs');
  const leaf = /exponential mean ([\d.]+) ms/.exec(inputs.text('leaf_service'));
  if (!leaf) throw inputs.fault('leaf_service', 'exponential with a mean in ms');
  const count = inputs.number('fanout');
  const table = new CaseFields(vector['expected'] ?? vector['expect'], 'expected').all('table');
  return table.flatMap((row, place) => {
    const perMs = row.number('arrival_per_ms');
    const ours = latencies(queueScenario(count, Number(leaf[1]), perMs));
    return [
      agree(`table[${place}].lindley_mean_ms`, row, 'lindley_mean', ours.mean, 0),
      agree(`table[${place}].lindley_p99_ms`, row, 'lindley_p99', ours.p99, bucketShare),
    ];
  });
};

function agree(
  path: string,
  row: CaseFields,
  name: string,
  ours: { readonly mean: number; readonly half: number },
  roughness: number,
): Finding {
  const expected = row.number(`${name}_ms`);
  const half = (row.number(`${name}_ci95`) * widest) / 1.96;
  const allowed = half + ours.half + roughness * expected;
  return { path, expected, got: ours.mean, isMet: Math.abs(ours.mean - expected) <= allowed };
}
/** 99.9% of the normal law. */
const widest = 3.29;

/** Each leaf one instance that works on one request at a time. */
function queueScenario(count: number, leafMs: number, perMs: number): Readonly<Record<string, unknown>> {
  const names = Array.from({ length: count }, (_, index) => `leaf${index}`);
  const requests = branchCount / count / replicationCount;
  const lengthS = requests / (perMs * 1000);
  const leaf = { concurrency: 1, operations: { work: [{ wait: { exponential: `${leafMs}ms` } }] } };
  return {
    run: lengthOf(lengthS),
    traffic: { all: { entry: 'root.ask', arrivals: { poisson: `${perMs * 1000}/s` } } },
    services: {
      root: { operations: { ask: [{ parallel: names.map((name) => ({ call: `${name}.work` })) }] } },
      ...Object.fromEntries(names.map((name) => [name, leaf])),
    },
    network,
    platforms: { fixed: { preset: 'fixed' } },
  };
}

function lengthOf(lengthS: number): Readonly<Record<string, string>> {
  const warmupUs = Math.round(lengthS * 1e6 * warmupShare);
  const durationUs = Math.round(lengthS * 1e6) - warmupUs;
  return { warmup: `${warmupUs}us`, duration: `${durationUs}us`, window: `${durationUs}us` };
}

/** Mean and 99th percentile over the replications, in milliseconds. */
function latencies(scenario: Readonly<Record<string, unknown>>) {
  const model = modelOf(scenario);
  const seen = Array.from({ length: replicationCount }, (_, index) => replicate(model, index).numbers.platform);
  return {
    mean: spreadOf(seen.map((numbers) => numbers['latency_mean'] ?? Number.NaN)),
    p99: spreadOf(seen.map((numbers) => numbers['latency_p99'] ?? Number.NaN)),
  };
}

/** Branches of one operation that only wait; one number for each number of branches. */
export const examineFreeFanout: Examiner = (vector) => {
  const inputs = new CaseFields(vector['inputs'], 'inputs');
  const expected = new CaseFields(vector['expected'] ?? vector['expect'], 'expected');
  const mean = /exponential mean ([\d.]+)/.exec(inputs.text('leaf'));
  if (!mean) throw inputs.fault('leaf', 'exponential with a mean');
  const counts = inputs.numbers('fanout_n');
  const means = expected.numbers('mean');
  const p99s = expected.numbers('p99');
  return counts.flatMap((count, place) => {
    // A unit of the case is a second here.
    const ours = latencies(freeScenario(count, Number(mean[1])));
    return [
      near(`mean[${place}]`, means[place], ours.mean, 0),
      near(`p99[${place}]`, p99s[place], ours.p99, bucketShare),
    ];
  });
};

function near(
  path: string,
  expected: number | undefined,
  { mean, half }: { readonly mean: number; readonly half: number },
  roughness: number,
): Finding {
  const got = mean / 1000;
  const isMet = expected !== undefined && Math.abs(got - expected) <= half / 1000 + roughness * expected;
  return { path, expected, got, isMet };
}

const mostRequests = 100_000;

function freeScenario(count: number, meanS: number): Readonly<Record<string, unknown>> {
  const requests = Math.min(mostRequests, branchCount / 4 / count) / replicationCount;
  const branch = { wait: { exponential: `${meanS}s` } };
  return {
    // Far apart or close together, nobody waits for anybody; long enough for nearly all to end within the run.
    run: { warmup: '0s', duration: `${requests}s`, window: `${requests}s` },
    traffic: { all: { entry: 'root.ask', arrivals: { constant: '1/s' } } },
    services: { root: { operations: { ask: [{ parallel: Array.from({ length: count }, () => branch) }] } } },
    network,
    platforms: { fixed: { preset: 'fixed' } },
  };
}
