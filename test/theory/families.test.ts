/**
 * Queues with answers known without simulating, many in one scenario: each source visits a service of its own, so each
 * is a problem of its own. They are families of which `test/conformance/oracles` has none, or none with this law.
 *
 * A mean must lie within its own 95% interval over eight replications widened by half; the seed is fixed.
 */
import { expect, test } from 'vitest';
import { compare, parseScenario, printIssue } from '../../src/doors/main.js';
import { mmc } from '../../src/stats/mmc.js';

interface Problem {
  readonly arrivals: string;
  readonly service: string;
  readonly metric: string;
  readonly truth: number;
}

const exponential = '{wait: {exponential: 100ms}}';
const oneServer = (step: string, more = ''): string => `{concurrency: 1${more}, operations: {w: [${step}]}}`;

/** Pollaczek and Khinchine: mean wait in ms of 6 requests a second, each of 100 ms with this squared variation. */
const pollaczek = (cv2: number): number => (6 * 0.01 * (1 + cv2) * 1000) / (2 * (1 - 0.6));

/** GI/M/1 at 8 a second and 100 ms: mean response in ms; `transform` is the Laplace transform of a gap in seconds. */
function gapsThenExponential(transform: (s: number) => number): number {
  let sigma = 0.5;
  for (let round = 0; round < 2000; round++) sigma = transform(10 * (1 - sigma));
  return 1000 / (10 * (1 - sigma));
}

/** M^X/M/1 with two batches of mean 3 a second and 100 ms a request: mean response in ms. */
const batches = (meanSquare: number): number => (100 * (meanSquare / 3 + 1)) / (2 * (1 - 0.6));

/** Birth and death in a crowd who think for 1 s and are served for 500 ms: how many of the `users` are inside. */
function crowdInside(users: number, servers: number, places: number): number {
  const weights = [1];
  for (let n = 0; n < places; n++) weights.push((weights[n]! * (users - n)) / (Math.min(n + 1, servers) * 2));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.reduce((sum, weight, n) => sum + n * weight, 0) / all;
}

/** Baccelli, Boyer, Hebuterne: lost of M/M/1 at 90% when everybody leaves the line after 300 ms. */
const leavers = ((): number => {
  const decay = Math.exp(-10 * 0.1 * 0.3);
  return (0.1 * 0.9 * decay) / (1 - 0.81 * decay);
})();

const problems: Readonly<Record<string, Problem>> = {
  weibull: {
    arrivals: '{poisson: 6/s}',
    service: oneServer('{wait: {weibull: {mean: 100ms, shape: 2}}}'),
    metric: 'wait_mean',
    truth: pollaczek(4 / Math.PI - 1),
  },
  uniformWork: {
    arrivals: '{poisson: 6/s}',
    service: oneServer('{wait: {uniform: [50ms, 150ms]}}'),
    metric: 'wait_mean',
    truth: pollaczek(1 / 12),
  },
  pareto: {
    arrivals: '{poisson: 6/s}',
    service: oneServer('{wait: {pareto: {mean: 100ms, alpha: 4}}}'),
    metric: 'wait_mean',
    truth: pollaczek(1 / 8),
  },
  erlangGaps: {
    arrivals: '{renewal: {gamma: {mean: 125ms, cv: 0.5}}}',
    service: oneServer(exponential),
    metric: 'latency_mean',
    truth: gapsThenExponential((s) => (32 / (32 + s)) ** 4),
  },
  uniformGaps: {
    arrivals: '{renewal: {uniform: [50ms, 200ms]}}',
    service: oneServer(exponential),
    metric: 'latency_mean',
    truth: gapsThenExponential((s) => (Math.exp(-0.05 * s) - Math.exp(-0.2 * s)) / (0.15 * s)),
  },
  batchesOfThree: {
    arrivals: '{batch: {every: {exponential: 500ms}, size: 3}}',
    service: oneServer(exponential),
    metric: 'latency_mean',
    truth: batches(9),
  },
  geometricBatches: {
    arrivals: '{batch: {every: {exponential: 500ms}, size: {geometric: 3}}}',
    service: oneServer(exponential),
    metric: 'latency_mean',
    truth: batches(15),
  },
  twoSharedCpus: {
    arrivals: '{poisson: 15/s}',
    service: '{cpu: 2, operations: {w: [{cpu: {exponential: 100ms}}]}}',
    metric: 'latency_mean',
    truth: 1000 * mmc({ arrivalRate: 15, meanService: 0.1, serverCount: 2 }).meanResponse,
  },
  limitedSharing: {
    arrivals: '{poisson: 7/s}',
    service: '{concurrency: 3, operations: {w: [{cpu: {exponential: 100ms}}]}}',
    metric: 'latency_mean',
    truth: 1000 / 3,
  },
  machineRepair: {
    arrivals: '{closed: {users: 5, think: {exponential: 1s}}}',
    service: oneServer('{wait: {exponential: 500ms}}'),
    metric: 'in_system_mean',
    truth: crowdInside(5, 1, 5),
  },
  engset: {
    arrivals: '{closed: {users: 6, think: {exponential: 1s}}}',
    service: '{concurrency: 2, queue: 0, operations: {w: [{wait: {exponential: 500ms}}]}}',
    metric: 'in_system_mean',
    truth: crowdInside(6, 2, 2),
  },
  leavers: {
    arrivals: '{poisson: 9/s}, timeout: {after: 300ms, while: queued}',
    service: oneServer(exponential),
    metric: 'error_ratio',
    truth: leavers,
  },
  geometricRounds: {
    arrivals: '{poisson: 5/s}',
    service: oneServer('{repeat: {times: {geometric: 5}, do: [{wait: {exponential: 20ms}}]}}'),
    metric: 'latency_mean',
    truth: 200,
  },
};

test('thirteen queues with known answers: each mean within its own interval', () => {
  const names = Object.keys(problems);
  const parsed = parseScenario(
    [
      'run: {warmup: 50s, duration: 1000s, replications: 8}',
      'network: {hop: 0ms}',
      'platforms: {bench: {preset: fixed}}',
      'traffic:',
      ...names.map((name) => `  to-${name}: {entry: ${name}.w, arrivals: ${problems[name]!.arrivals}}`),
      'services:',
      ...names.map((name) => `  ${name}: ${problems[name]!.service}`),
    ].join('\n'),
    'families.yaml',
  );
  if (!parsed.ok) throw new Error(parsed.issues.map(printIssue).join('\n'));
  const compared = compare(parsed.value, { seed: 'families' });
  if (!compared.ok) throw new Error(compared.issues.map(printIssue).join('\n'));
  const { services } = compared.value.platforms[0]!;
  for (const name of names) {
    const { metric, truth } = problems[name]!;
    const { mean, ci } = services.find((service) => service.name === name)!.metrics[metric]!;
    const room = 0.75 * (ci![1] - ci![0]);
    expect(Math.abs(mean - truth), `${name}: ${metric} ${mean} for ${truth}`).toBeLessThanOrEqual(room);
    expect(room / truth, `${name}: an interval too wide to tell anything`).toBeLessThan(0.3);
  }
});
