/**
 * Experiments of SimFaaS as scenarios: preset `faas`, the newest idle environment first, rejection at the limit, time
 * averages from an empty start. Its cold service is the whole first answer, so what a cold start adds is drawn such that
 * start and work together have the peer's law; with several requests per instance its cold service is the start alone.
 */
import { CaseFields } from '../caseFields.js';
import type { Examiner, Finding } from '../contract.js';
import { type Evidence, evidenceOf, overlaps, spreadOf } from './evidence.js';
import { modelOf, type Replication, replicate } from './replicate.js';
import { replicationCount } from './size.js';

type Scenario = Readonly<Record<string, unknown>>;

/** A number of one replication, under the name that the peer gives it. */
const numbers: Readonly<Record<string, (seen: Replication, lengthS: number) => number>> = {
  prob_cold: ({ numbers: { services } }) => services[0]!['cold_start_ratio'] ?? 0,
  cold_count: ({ numbers: { services } }) => services[0]!['cold_starts'] ?? 0,
  prob_reject: ({ numbers: { services } }) =>
    (services[0]!['requests_rejected'] ?? 0) / (services[0]!['requests_offered'] ?? 0),
  lifespan_avg: ({ lives }) => lives.meanLifeS,
  inst_count_avg: ({ numbers: { services } }) => services[0]!['instances_mean'] ?? 0,
  inst_running_count_avg: running,
  inst_idle_count_avg: (seen, lengthS) => (seen.numbers.services[0]!['instances_mean'] ?? 0) - running(seen, lengthS),
  conc_level_avg: ({ lives }) => lives.meanLevel,
};
/** Busy instances; the peer counts those that start for a request among them. */
function running({ numbers: { services }, lives }: Replication, lengthS: number): number {
  return ((services[0]!['busy_hours'] ?? 0) * 3600 + lives.startingS) / lengthS;
}

/** Of a regular rhythm: means over whole periods once it has settled, under the names of the other means. */
const settled: Readonly<Record<string, string>> = {
  long_run_inst_count: 'inst_count_avg',
  long_run_busy: 'inst_running_count_avg',
};

/** Exponential gaps and service unless `arrival` says in words that they come at regular times. */
export const examineSimFaas: Examiner = (vector) => {
  const inputs = new CaseFields(vector['inputs'], 'inputs');
  const expected = new CaseFields(vector['expected'] ?? vector['expect'], 'expected');
  return inputs.raw('arrival') === undefined ? examineRandom(inputs, expected) : examineRegular(inputs, expected);
};

/** What a random run of the peer is, as a scenario. */
export function randomScenario(inputs: CaseFields, lengthS: number): Scenario {
  const warmS = inputs.number('warm_service_mean_s');
  const coldS = inputs.number('cold_service_mean_s');
  const slots = inputs.number('concurrency_value', 1);
  return {
    run: { duration: `${lengthS}s`, window: `${lengthS}s` },
    traffic: { all: { entry: 'function.run', arrivals: { poisson: `${inputs.number('arrival_rate_per_s')}/s` } } },
    services: { function: { operations: { run: [{ wait: { exponential: seconds(warmS) } }] } } },
    network: { hop: '0ms', client: '0ms' },
    platforms: {
      faas: {
        preset: 'faas',
        defaults: {
          concurrency: slots,
          pick: 'newest',
          idleTimeout: seconds(inputs.number('expiration_threshold_s')),
          maxInstances: inputs.number('maximum_concurrency', 1000),
          overflow: 'reject',
          coldStart: slots > 1 ? { exponential: seconds(coldS) } : extraOfExponential(warmS, coldS),
        },
      },
    },
  };
}

/**
 * What must be added to an exponential time of mean `warmS` for the sum to be exponential with mean `coldS`: nothing
 * with chance warmS/coldS, else an exponential time of mean `coldS` (a partial fraction of the Laplace transforms). As
 * percentiles with straight lines between them, fine enough for the mean to be right to 1e-3 of itself.
 */
function extraOfExponential(warmS: number, coldS: number): unknown {
  const share = warmS / coldS;
  const points: Record<string, string> = { '0%': '0s' };
  for (let step = 0; step <= pointCount; step++) {
    const left = Math.exp((-step * mostMeans) / pointCount);
    const percent = 100 * (1 - (1 - share) * left);
    points[`${percent}%`] = seconds((step * mostMeans * coldS) / pointCount);
  }
  const last = Object.values(points).at(-1)!;
  return { quantiles: { ...points, '100%': last } };
}
const pointCount = 400;
/** So many means out an exponential law is cut off: e^-16 of it lies beyond. */
const mostMeans = 16;

const seconds = (value: number): string => `${Math.round(value * 1e6)}us`;

function examineRandom(inputs: CaseFields, expected: CaseFields): readonly Finding[] {
  const lengthS = inputs.number('sim_time_s');
  const model = modelOf(randomScenario(inputs, lengthS));
  const seen = Array.from({ length: replicationCount }, (_, index) => replicate(model, index));
  return expected.names().map((name) => {
    const number = Object.hasOwn(numbers, name) ? numbers[name]! : null;
    if (!number) throw new Error(`malformed: expected.${name} is no number of ours`);
    return judge(name, evidenceOf(expected.fields(name)), spreadOf(seen.map((one) => number(one, lengthS))));
  });
}

function judge(name: string, theirs: Evidence, ours: { mean: number; half: number }): Finding {
  const expected = shown(theirs.value, theirs.half);
  return { path: name, expected, got: shown(ours.mean, ours.half), isMet: overlaps(theirs, ours) };
}

const shown = (mean: number, half: number): string =>
  `${Number(mean.toPrecision(6))} ± ${Number(half.toPrecision(2))} (99.9%)`;

const periodsSettling = 10;
const periodsMeasured = 1000;

/** Evenly spaced requests of constant work: every number is exact. */
function examineRegular(inputs: CaseFields, expected: CaseFields): readonly Finding[] {
  const words = /first at t=([\d.]+) s then every ([\d.]+) s/.exec(inputs.text('arrival'));
  if (!words || words[1] !== words[2]) throw inputs.fault('arrival', 'a rhythm whose first gap is like the others');
  const periodS = Number(words[2]);
  const fromStart = regularRun(inputs, periodS, 0);
  const later = regularRun(inputs, periodS, periodsSettling * periodS);
  return expected.names().map((name) => {
    const known = Object.hasOwn(settled, name) ? settled[name]! : name;
    const number = Object.hasOwn(numbers, known) ? numbers[known]! : null;
    if (!number) throw new Error(`malformed: expected.${name} is no number of ours`);
    const got = number(known === name ? fromStart : later, periodsMeasured * periodS);
    const { value } = evidenceOf(expected.fields(name));
    return { path: name, expected: value, got, isMet: Math.abs(got - value) <= 1e-6 * Math.abs(value) };
  });
}

function regularRun(inputs: CaseFields, periodS: number, warmupS: number): Replication {
  const warmS = inputs.number('warm_s');
  const lengthS = periodsMeasured * periodS;
  // Half a period on, so that the last request of the measured time ends within it.
  const model = modelOf({
    run: { warmup: seconds(warmupS + periodS / 2), duration: seconds(lengthS), window: seconds(lengthS) },
    traffic: { all: { entry: 'function.run', arrivals: { constant: `${1 / periodS}/s` } } },
    services: { function: { operations: { run: [{ wait: seconds(warmS) }] } } },
    network: { hop: '0ms', client: '0ms' },
    platforms: {
      faas: {
        preset: 'faas',
        defaults: {
          pick: 'newest',
          coldStart: seconds(inputs.number('cold_s') - warmS),
          idleTimeout: seconds(inputs.number('expiration_threshold_s')),
        },
      },
    },
  });
  return replicate(model, 0);
}
