/**
 * Networks and guards with answers known without simulating, many in one scenario: closed and tandem networks,
 * bulkheads, connection pools, retries, bursts, round robin, environments that start and stop. Families that neither
 * `families.test.ts` nor `test/conformance/oracles` has.
 *
 * A mean must lie within its own 95% interval over eight replications widened by half; the seed is fixed.
 */
import { expect, test } from 'vitest';
import { compare, parseScenario, printIssue } from '../../src/doors/main.js';
import { erlangB } from '../../src/stats/erlangB.js';
import { mmc } from '../../src/stats/mmc.js';

interface Known {
  readonly of: 'services' | 'traffic' | 'databases' | 'queues';
  readonly name: string;
  readonly metric: string;
  readonly truth: number;
}

const exponential = (ms: number): string => `{exponential: ${ms}ms}`;
const oneServer = (ms: number, more = ''): string =>
  `{concurrency: 1, operations: {w: [{wait: ${exponential(ms)}}${more}]}}`;

/** GI/M/1, 100 ms a request: mean response in ms; `transform` is the Laplace transform of a gap in seconds. */
function gapsThenExponential(transform: (s: number) => number, meanMs = 100): number {
  const perSecond = 1000 / meanMs;
  let sigma = 0.5;
  for (let round = 0; round < 5000; round++) sigma = transform(perSecond * (1 - sigma));
  return meanMs / (1 - sigma);
}

/** Reiser and Lavenberg: `users` who think for 1 s among stations that ask for so many seconds; mean response in s. */
function closedNetwork(users: number, demandsS: readonly number[]): { responseS: number; inside: readonly number[] } {
  let inside = demandsS.map(() => 0);
  let responseS = 0;
  for (let n = 1; n <= users; n++) {
    const stays = demandsS.map((demand, station) => demand * (1 + inside[station]!));
    responseS = stays.reduce((sum, stay) => sum + stay, 0);
    const throughput = n / (1 + responseS);
    inside = stays.map((stay) => throughput * stay);
  }
  return { responseS, inside };
}

/** Turned away of M/M/c with so many places. */
function refusedOfPlaces(load: number, servers: number, places: number): number {
  const weights = [1];
  for (let n = 0; n < places; n++) weights.push((weights[n]! * load) / Math.min(n + 1, servers));
  return weights[places]! / weights.reduce((sum, weight) => sum + weight, 0);
}

/** Baccelli and Hebuterne: lost of M/M/2 when everybody leaves the line after `patienceS`; the stay has two slopes. */
function leaversOfTwo(perSecond: number, meanS: number, patienceS: number): number {
  const load = perSecond * meanS;
  const drift = 2 / meanS - perSecond;
  const served = (load * perSecond * (1 - Math.exp(-drift * patienceS))) / drift;
  const lost = (load * perSecond * Math.exp(-drift * patienceS) * meanS) / 2;
  return lost / (1 + load + served + lost);
}

/** Welch: M/M/1 whose first of a busy period waits for a start of `startS` unless the server still stood ready. */
function startingServer(perSecond: number, meanS: number, startS: number, idleS: number) {
  const rho = perSecond * meanS;
  const isCold = Math.exp(-perSecond * idleS);
  const delay = isCold * startS;
  const waitS =
    (perSecond * meanS ** 2) / (1 - rho) +
    (2 * delay + perSecond * isCold * startS ** 2) / (2 * (1 + perSecond * delay));
  const idleMeanS = (1 - isCold) / perSecond;
  const busyS = (delay + meanS) / (1 - rho);
  return {
    responseMs: 1000 * (waitS + meanS),
    coldShare: (isCold * (1 - rho)) / (1 + perSecond * delay),
    alive: (idleMeanS + busyS) / (idleMeanS + busyS + isCold / perSecond),
  };
}

const queueOfFour = mmc({ arrivalRate: 30, meanService: 0.1, serverCount: 4 });
const crowd = closedNetwork(8, [0.04, 0.1]);
/** A tenth of a second, given up after 150 ms: how often, and how long those took who were not given up. */
const givenUp = Math.exp(-1.5);
const inTimeMs = 100 - (150 * givenUp) / (1 - givenUp);
const tries = [0, 1, 2].map((k) => ({
  share: givenUp ** k * (1 - givenUp),
  ms: 150 * k + 20 * (2 ** k - 1) + inTimeMs,
}));
const answered = 1 - givenUp ** 3;
const mixed = { mean: 0.8 * 0.05 + 0.2 * 0.2, square: 0.8 * 0.05 ** 2 + 0.2 * 2 * 0.2 ** 2 };

const onReplicas: readonly Known[] = [
  { of: 'services', name: 'second', metric: 'latency_mean', truth: 1000 / (25 - 12) },
  { of: 'services', name: 'second', metric: 'latency_p95', truth: (-Math.log(0.05) * 1000) / 13 },
  { of: 'traffic', name: 'crowd', metric: 'latency_mean', truth: 1000 * crowd.responseS },
  { of: 'services', name: 'behind', metric: 'in_system_mean', truth: crowd.inside[1]! },
  { of: 'traffic', name: 'bulkhead', metric: 'error_ratio', truth: refusedOfPlaces(2, 3, 5) },
  { of: 'databases', name: 'waiting', metric: 'wait_mean', truth: 1000 * queueOfFour.meanWait },
  { of: 'traffic', name: 'pooled', metric: 'latency_mean', truth: 1000 * queueOfFour.meanResponse },
  { of: 'traffic', name: 'refused', metric: 'error_ratio', truth: erlangB(3, 4) },
  { of: 'traffic', name: 'turns', metric: 'latency_mean', truth: gapsThenExponential((s) => (24 / (24 + s)) ** 3) },
  {
    of: 'traffic',
    name: 'on-and-off', // Kuczura: an interrupted Poisson process is a renewal process.
    metric: 'latency_mean',
    truth: gapsThenExponential((s) => (20 * (s + 2)) / (s * s + 24 * s + 40), 70),
  },
  { of: 'traffic', name: 'impatient', metric: 'error_ratio', truth: leaversOfTwo(19, 0.1, 0.15) },
  {
    of: 'traffic',
    name: 'again',
    metric: 'latency_mean',
    truth: tries.reduce((sum, { share, ms }) => sum + share * ms, 0) / answered,
  },
  { of: 'traffic', name: 'again', metric: 'error_ratio', truth: givenUp ** 3 },
  { of: 'queues', name: 'line', metric: 'age_p99', truth: (-Math.log(0.01) * 1000) / (20 - 12) },
  {
    of: 'services',
    name: 'mixture',
    metric: 'wait_mean',
    truth: (1000 * 5 * mixed.square) / 2 / (1 - 5 * mixed.mean),
  },
];

const start = startingServer(8, 0.05, 0.3, 0.2);
const onEnvironments: readonly Known[] = [
  { of: 'services', name: 'starting', metric: 'latency_mean', truth: start.responseMs },
  { of: 'services', name: 'starting', metric: 'cold_start_ratio', truth: start.coldShare },
  { of: 'services', name: 'starting', metric: 'instances_mean', truth: start.alive },
  // A gap of 1 to 3 s, and 2.2 s of rest: four in ten find nothing.
  { of: 'services', name: 'regular', metric: 'cold_start_ratio', truth: 0.4 },
  { of: 'services', name: 'regular', metric: 'instances_mean', truth: ((2.2 ** 2 - 1) / 2 + 2.2 * 0.8) / 4 },
  { of: 'services', name: 'limited', metric: 'error_ratio', truth: erlangB(3, 4) },
];

const replicas = `
run: {warmup: 50s, duration: 400s, replications: 8}
network: {hop: 0ms}
platforms: {bench: {preset: fixed, services: {turns: {replicas: 3, balancer: round-robin}}}}
traffic:
  first: {entry: first.w, arrivals: {poisson: 12/s}}
  crowd: {entry: crowd.w, arrivals: {closed: {users: 8, think: ${exponential(1000)}}}}
  bulkhead: {entry: bulkhead.w, arrivals: {poisson: 20/s}}
  waiting: {entry: waits.w, arrivals: {poisson: 30/s}}
  pooled: {entry: pooled.w, arrivals: {poisson: 30/s}}
  refused: {entry: refused.w, arrivals: {poisson: 30/s}}
  turns: {entry: turns.w, arrivals: {poisson: 24/s}}
  on-and-off:
    entry: on-and-off.w
    arrivals: {bursty: {states: [{rate: 20/s, lasts: ${exponential(500)}}, {rate: 0/s, lasts: ${exponential(500)}}]}}
  impatient: {entry: impatient.w, arrivals: {poisson: 19/s}, timeout: {after: 150ms, while: queued}}
  again:
    entry: again.w
    arrivals: {poisson: 20/s}
    timeout: {after: 150ms, cancels: true}
    retries: {attempts: 2, backoff: 20ms}
  sender: {entry: sender.w, arrivals: {poisson: 12/s}}
  mixture: {entry: mixture.w, arrivals: {poisson: 5/s}}
databases:
  waiting: {connections: 4, query: ${exponential(100)}}
  wide: {connections: 1000, query: ${exponential(100)}}
  full: {connections: 4, overflow: reject, query: {lognormal: {mean: 100ms, cv: 1}}}
queues: {line: {}}
services:
  first: ${oneServer(50, ', {send: second.w}')}
  second: ${oneServer(40)}
  crowd: {operations: {w: [{cpu: ${exponential(40)}}, {call: behind.w}, {call: behind.w}]}}
  behind: {operations: {w: [{cpu: ${exponential(50)}}]}}
  bulkhead: {operations: {w: [{call: {to: held.w, breaker: {maxRequests: 3, maxPending: 2, errors: 1000000}}}]}}
  held: {operations: {w: [{wait: ${exponential(100)}}]}}
  waits: {operations: {w: [{query: waiting}]}}
  pooled: {pool: 4, operations: {w: [{query: wide}]}}
  refused: {operations: {w: [{query: full}]}}
  turns: ${oneServer(100)}
  on-and-off: ${oneServer(70)}
  impatient: {concurrency: 2, operations: {w: [{wait: ${exponential(100)}}]}}
  again: {operations: {w: [{wait: ${exponential(100)}}]}}
  sender: {operations: {w: [{send: {to: consumer.w, via: line}}]}}
  consumer: ${oneServer(50)}
  mixture:
    concurrency: 1
    operations:
      w: [{choose: [{chance: 80%, do: [{wait: 50ms}]}, {chance: 20%, do: [{wait: ${exponential(200)}}]}]}]`;

const environments = `
run: {warmup: 50s, duration: 1000s, replications: 8}
network: {hop: 0ms}
platforms:
  bench:
    preset: faas
    services:
      starting: {maxInstances: 1, overflow: wait, coldStart: 300ms, idleTimeout: 200ms}
      regular: {idleTimeout: 2200ms}
      limited: {maxInstances: 4, overflow: reject, idleTimeout: 1s}
traffic:
  starting: {entry: starting.w, arrivals: {poisson: 8/s}}
  regular: {entry: regular.w, arrivals: {renewal: {uniform: [1s, 3s]}}}
  limited: {entry: limited.w, arrivals: {poisson: 30/s}}
services:
  starting: {operations: {w: [{wait: ${exponential(50)}}]}}
  regular: {operations: {w: [{wait: 0ms}]}}
  limited: {operations: {w: [{wait: {gamma: {mean: 100ms, cv: 0.5}}}]}}`;

test.each([
  ['replicas', replicas, onReplicas],
  ['environments', environments, onEnvironments],
] as const)('known answers on %s: each mean within its own interval', (_kind, text, known) => {
  const parsed = parseScenario(text, 'networks.yaml');
  if (!parsed.ok) throw new Error(parsed.issues.map(printIssue).join('\n'));
  const compared = compare(parsed.value, { seed: 'networks' });
  if (!compared.ok) throw new Error(compared.issues.map(printIssue).join('\n'));
  const platform = compared.value.platforms[0]!;
  for (const { of, name, metric, truth } of known) {
    const { mean, ci } = platform[of]!.find((each) => each.name === name)!.metrics[metric]!;
    const room = 0.75 * (ci![1] - ci![0]);
    expect(Math.abs(mean - truth), `${name}: ${metric} ${mean} for ${truth}`).toBeLessThanOrEqual(room);
    expect(room / truth, `${name}: an interval too wide to tell anything`).toBeLessThan(0.3);
  }
});
