/**
 * An oracle's scenario through the product: text, parser, model, engine, recorders, metrics. One call is one
 * replication, and what it gives back is what the metrics of `metrics.ts` are read from.
 */
import type { BillingPlan, Invoice, Usage } from '../../../src/billing/contract.js';
import { writeInvoice } from '../../../src/billing/invoice.js';
import { startMeters } from '../../../src/billing/meterSet.js';
import { startRun } from '../../../src/engine/run.js';
import { measure, type ReplicationNumbers } from '../../../src/experiment/measures.js';
import { incidentPlans } from '../../../src/experiment/replication.js';
import { compileModel } from '../../../src/model/compile.js';
import type { Model } from '../../../src/model/contract.js';
import { type IncidentFacts, Incidents } from '../../../src/observation/incidents.js';
import { StateRecorder } from '../../../src/observation/stateRecorder.js';
import { Tally } from '../../../src/observation/tally.js';
import { parseScenario } from '../../../src/scenario/parse.js';
import { type Issue, printIssue } from '../../../src/units/issue.js';
import { Facts } from './facts.js';
import type { Oracle } from './oracle.js';
import { watchedUntil } from './watched.js';
import { type World, worldOf } from './world.js';

/** A scenario ready to run: how long it is watched, and how often a replication runs it. */
export interface Prepared {
  readonly world: World;
  readonly model: Model;
  readonly billing: BillingPlan;
  readonly cutUs: number;
  readonly runCount: number;
  /** Places of the case's stations among the services of the model. */
  readonly stations: readonly number[];
}

/** One run as it was seen. */
export interface Seen {
  readonly prepared: Prepared;
  readonly numbers: ReplicationNumbers;
  readonly tally: Tally;
  readonly facts: Facts;
  readonly incidents: readonly IncidentFacts[];
  readonly usage: Usage;
  readonly watchedS: number;
}

/**
 * @param requestCount of one replication, warm-up included
 * @throws Error with the product's own words when it refuses the scenario
 */
export function prepare(oracle: Oracle, seed: string, requestCount: number): Prepared {
  const world = worldOf(oracle);
  const cutUs = Math.round(world.horizonS(requestCount) * 1e6);
  const warmupUs = world.hasWarmup ? Math.round(cutUs / 10) : 0;
  const run = {
    warmup: `${warmupUs}us`,
    duration: `${cutUs - warmupUs + Math.ceil(world.tailS * 1e6)}us`,
    window: `${cutUs}us`,
    month: `${oracle.parameters.number('hours', 730)}h`,
  };
  const text = JSON.stringify({ windtunnel: 1, seed, run, ...world.sections });
  const parsed = parseScenario(text, `${oracle.id}.yaml`);
  if (!parsed.ok) throw new Error(firstOf(parsed.issues));
  const compiled = compileModel(parsed.value);
  if (!compiled.ok) throw new Error(firstOf(compiled.issues));
  const [{ model, billing }] = compiled.value.platforms as [(typeof compiled.value.platforms)[number]]; // It has one.
  return {
    world,
    model,
    billing: roundedLike(oracle, billing),
    cutUs,
    runCount: world.runCount(requestCount),
    stations: world.stations.map((name) => model.services.findIndex((service) => service.name === name)),
  };
}

/** As the product says it; of many alike the first two. */
function firstOf(issues: readonly Issue[]): string {
  const errors = issues.filter(({ severity }) => severity === 'error');
  const more = errors.length > 2 ? [`and ${errors.length - 2} more`] : [];
  return [...errors.slice(0, 2).map(printIssue), ...more].join('; ');
}

/** The bare platform's meter with the case's own rounding and minimum: each provider has his, this one has none. */
function roundedLike({ parameters }: Oracle, billing: BillingPlan): BillingPlan {
  const roundToS = parameters.number('round_to_s', null);
  const minimumS = parameters.number('minimum_s', 0);
  if (roundToS === null && minimumS === 0) return billing;
  // Without steps the smallest there is: the clock's microsecond.
  const steps = { granularityMs: (roundToS ?? 1e-6) * 1e3, minimumMs: minimumS * 1e3 };
  return {
    ...billing,
    charges: billing.charges.map((charge) =>
      charge.meter.kind === 'invocation-time' ? { ...charge, meter: { ...charge.meter, ...steps } } : charge,
    ),
  };
}

export function simulate(prepared: Prepared, replicationIndex: number): Seen {
  const { model, billing, world, cutUs } = prepared;
  const isCounted = model.traffic.map((source) => source.isCounted);
  const tally = new Tally();
  const states = new StateRecorder(model.services.map(({ dispatch }) => dispatch.kind === 'environments'));
  const facts = new Facts(world.moments);
  const incidents = new Incidents(incidentPlans(model));
  const meters = startMeters(billing);
  const observers = [tally, states, facts, incidents, meters].map((observer) => watchedUntil(cutUs, observer));
  const run = startRun(model, { replicationIndex }, observers);
  while (!run.advance().isDone);
  if (run.stopped) throw new Error(`${run.stopped.code}: ${run.stopped.message}`);
  return {
    prepared,
    numbers: measure({ tally, states, lengthUs: states.platform.measuredUs, isCounted, withinNames: [] }),
    tally,
    facts,
    incidents: incidents.facts(),
    usage: meters.usage(),
    watchedS: states.platform.measuredUs / 1e6,
  };
}

export function invoiceOf({ prepared: { billing }, usage }: Seen): Invoice {
  return writeInvoice(billing, [usage], null);
}
