/**
 * Every row of summary.csv about services, databases, traffic and the platform, worked out with a pencil: three
 * visitors come together every two seconds, all times are constant, and each group has left before the next one comes.
 *
 * With replicas (`bench`), T being the group's arrival, in ms: at 5 all are at the shop, whose two slots take A and B;
 * C waits. CPU until 205, hop, both at the stock at 215. A's query takes 215-315, B's waits for the only connection and
 * takes 315-415; 50 of CPU each; A is back at 375, B at 475. C gets A's slot: CPU 375-575, stock at 585, query until
 * 685, CPU until 735, back at 745. To visitors that is 380, 480 and 750.
 *
 * With an environment a request (`functions`; those of the group before have gone): all three start one, ready at 105;
 * CPU until 305; three more at the stock, from 315 to 415; queries until 515, 615, 715; back at 575, 675, 775.
 */
import { expect, test } from 'vitest';
import { compareCompiled } from '../../src/experiment/compare.js';
import { compileScenario } from '../../src/experiment/prepare.js';
import { summaryCsv } from '../../src/report/csv/summaryCsv.js';
import { parseScenario } from '../../src/scenario/parse.js';
import { readCsv } from './fixtures/readCsv.js';

const scenario = `
name: By hand
run: {warmup: 10s, duration: 100s, replications: 2}
traffic:
  groups: {entry: shop.buy, arrivals: {batch: {every: 2s, size: 3}}}
services:
  shop: {cpu: 2, concurrency: 2, operations: {buy: [{cpu: 200ms}, {call: stock.take}]}}
  stock: {cpu: 1, concurrency: 3, operations: {take: [{query: {db: shelf, time: 100ms}}, {cpu: 50ms}]}}
databases:
  shelf: {connections: 1}
network: {hop: 10ms, client: 5ms}
platforms:
  bench: {preset: fixed}
  functions: {preset: faas, defaults: {concurrency: 1, coldStart: 100ms, idleTimeout: 1s}}
`;
const parsed = parseScenario(scenario, 'by-hand.yaml');
if (!parsed.ok) throw new Error(parsed.issues.map(({ message }) => message).join('; '));
const compiled = compileScenario(parsed.value);
if (!compiled.ok) throw new Error('the scenario is refused');
const compared = compareCompiled(compiled.value, { platforms: [0, 1], replications: 2, withCostCurve: false });
const rows = readCsv(summaryCsv(compared)).slice(1);

const groupCount = 50; // At 10, 12, ..., 108 s.
const lengthMs = 2000;

type Rows = Readonly<Record<string, number>>;

/** What is said of three requests a group, all answered. @param latenciesMs rising */
function answered(latenciesMs: readonly [number, number, number]): Rows {
  const [, middle, longest] = latenciesMs;
  const sum = latenciesMs.reduce((all, one) => all + one, 0);
  return {
    requests_offered: 3 * groupCount,
    requests_completed: 3 * groupCount,
    requests_failed: 0,
    requests_rejected: 0,
    requests_timed_out: 0,
    success_ratio: 1,
    error_ratio: 0,
    throughput: 1.5,
    latency_mean: sum / 3,
    latency_p50: middle,
    latency_p90: longest,
    latency_p95: longest,
    latency_p99: longest,
    latency_p999: longest,
    latency_max: longest,
  };
}

/** Sums over a group, in ms; of the platform's station the sums over its services, with their spans. */
interface Station {
  readonly spans: number;
  readonly waitedMs: number;
  readonly insideMs: number;
  readonly usedMs: number;
  readonly readyMs: number;
}

function stationed({ spans, waitedMs, insideMs, usedMs, readyMs }: Station): Rows {
  return {
    wait_mean: waitedMs / spans,
    queue_mean: waitedMs / lengthMs,
    in_system_mean: insideMs / lengthMs,
    utilisation: usedMs / readyMs,
  };
}

interface Fleet {
  readonly instanceMs: number;
  readonly busyMs: number;
  readonly most: number;
  readonly fewest: number;
  /** Environments started and gone in a group; 0 with replicas. */
  readonly starts: number;
}

function standing({ instanceMs, busyMs, most, fewest, starts }: Fleet): Rows {
  const hours = groupCount / 3_600_000;
  return {
    cold_starts: starts * groupCount,
    cold_start_ratio: starts > 0 ? 1 : 0,
    cold_waits: 0,
    instances_mean: instanceMs / lengthMs,
    instances_max: most,
    instances_min: fewest,
    instance_hours: instanceMs * hours,
    busy_hours: busyMs * hours,
    scale_outs: starts * groupCount,
    scale_ins: starts * groupCount,
    restarts: 0,
    replacements: 0,
    availability: 1,
    wasted_work: 0,
  };
}

const query = { spans: 3, usedMs: 300, readyMs: lengthMs };
const expected: Readonly<Record<string, Rows>> = {
  'bench,platform,': {
    ...answered([380, 480, 750]),
    ...stationed({ spans: 6, waitedMs: 370, insideMs: 1580 + 550, usedMs: 750, readyMs: 3 * lengthMs }),
    ...standing({ instanceMs: 2 * lengthMs, busyMs: 740 + 400, most: 2, fewest: 2, starts: 0 }),
  },
  'bench,traffic,groups': answered([380, 480, 750]),
  'bench,service,shop': {
    ...answered([370, 470, 740]),
    ...stationed({ spans: 3, waitedMs: 370, insideMs: 370 + 470 + 740, usedMs: 600, readyMs: 2 * lengthMs }),
    ...standing({ instanceMs: lengthMs, busyMs: 740, most: 1, fewest: 1, starts: 0 }),
  },
  // A span has its hops, the station has not: 150 + 250 + 150 inside. Busy 215-465 and 585-735.
  'bench,service,stock': {
    ...answered([170, 170, 270]),
    ...stationed({ spans: 3, waitedMs: 0, insideMs: 550, usedMs: 150, readyMs: lengthMs }),
    ...standing({ instanceMs: lengthMs, busyMs: 250 + 150, most: 1, fewest: 1, starts: 0 }),
  },
  'bench,database,shelf': {
    ...answered([100, 100, 200]),
    ...stationed({ ...query, waitedMs: 100, insideMs: 400 }),
  },
  'functions,platform,': {
    ...answered([580, 680, 780]),
    ...stationed({ spans: 6, waitedMs: 600, insideMs: 2010 + 1050, usedMs: 750, readyMs: 2 * 4710 + 3750 }),
    ...standing({ instanceMs: 5010 + 4050, busyMs: 1710 + 750, most: 6, fewest: 0, starts: 6 }),
  },
  'functions,traffic,groups': answered([580, 680, 780]),
  // An environment is there from the start of its cold start to a second after its last request; ready 100 ms less.
  'functions,service,shop': {
    ...answered([570, 670, 770]),
    ...stationed({ spans: 3, waitedMs: 300, insideMs: 2010, usedMs: 600, readyMs: 2 * (5010 - 300) }),
    ...standing({ instanceMs: 1570 + 1670 + 1770, busyMs: 470 + 570 + 670, most: 3, fewest: 0, starts: 3 }),
  },
  'functions,service,stock': {
    ...answered([270, 370, 470]),
    ...stationed({ spans: 3, waitedMs: 300, insideMs: 250 + 350 + 450, usedMs: 150, readyMs: 4050 - 300 }),
    ...standing({ instanceMs: 1250 + 1350 + 1450, busyMs: 150 + 250 + 350, most: 3, fewest: 0, starts: 3 }),
  },
  'functions,database,shelf': {
    ...answered([100, 200, 300]),
    ...stationed({ ...query, waitedMs: 300, insideMs: 600 }),
  },
};

test.each(Object.entries(expected))('%s: every row is what the pencil says', (key, wanted) => {
  const own = rows.filter(([platform, scope, name]) => `${platform},${scope},${name}` === key);
  const found = Object.fromEntries(own.map(([, , , metric = '', , mean]) => [metric, Number(mean)]));
  for (const [metric, value] of Object.entries(wanted)) {
    // Quantiles are read from buckets that are right to half a percent.
    const tolerance = metric.startsWith('latency_p') ? 0.005 * value : 1e-9 * Math.max(1, value);
    expect(Math.abs((found[metric] ?? Number.NaN) - value), metric).toBeLessThanOrEqual(tolerance);
  }
  // Nothing is left that was not worked out, but money and what is said of the platform as a whole.
  const others = own.map(([, , , metric = '']) => metric).filter((metric) => !(metric in wanted));
  expect(others.filter((metric) => !/^(cost_|serverless_|nodes_|decisions_)/.test(metric))).toEqual([]);
});
