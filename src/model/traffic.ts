/**
 * Traffic: each source's arrivals bound to the load, the rhythm of the week and its trace; its patience; its way in.
 */
import { makeSampler } from '../random/registry.js';
import type { ArrivalsSpec, RunSpec, Scenario, TraceArrivalsSpec, TrafficSpec } from '../scenario/contract.js';
import type { Path } from '../scenario/positions.js';
import type { ArrivalSpec } from '../workload/arrivalSpec.js';
import { type CalendarSpec, makeModulation, modulationFault } from '../workload/rateModulation.js';
import { arrivalFault, closedCrowd, makeArrivals } from '../workload/registry.js';
import { parseTrace } from '../workload/traces/parseTrace.js';
import type { TrafficModel } from './contract.js';
import type { Findings } from './findings.js';
import type { Directory } from './steps.js';
import { compileRetries, compileTimeout } from './steps.js';
import { refuseTraceWaits } from './traceWaits.js';

export type Arrivals = TrafficModel['arrivals'];

const dayUs = 86_400_000_000;
const none: ArrivalSpec = { kind: 'none' };

/** The arrivals of every source, by name: the same on every platform, so they are bound once. */
export function compileArrivals(scenario: Scenario, findings: Findings): ReadonlyMap<string, Arrivals> {
  const all = new Map(scenario.traffic.map((source) => [source.name, bindArrivals(source, scenario, findings)]));
  // A trace that could not be read might have had durations: its own fault is told.
  const mayCarry = ({ name, arrivals }: TrafficSpec): boolean => {
    const bound = all.get(name)!;
    if (arrivals.kind !== 'trace' || bound.kind === 'closed') return false;
    return bound.kind !== 'trace' || ('carriesWaits' in bound && bound.carriesWaits === true);
  };
  if (!scenario.traffic.some(mayCarry)) refuseTraceWaits(scenario, findings);
  return all;
}

function bindArrivals(source: TrafficSpec, { load, run }: Scenario, findings: Findings): Arrivals {
  const path: Path = ['traffic', source.name, 'arrivals'];
  const { arrivals } = source;
  if (arrivals.kind === 'closed') return bindClosed(source, arrivals, load, findings);
  const spec = arrivals.kind === 'trace' ? readTrace(source, arrivals, findings) : arrivals;
  if (!spec) return nobody();
  const calendar: CalendarSpec = { daily: source.daily, weekly: source.weekly, startsUs: startsUs(run) };
  const rhythmFault = modulationFault(calendar);
  if (rhythmFault) {
    const path = ['traffic', source.name, rhythmFault.startsWith('weekly') ? 'weekly' : 'daily'];
    findings.error({ path, code: 'range', message: `is refused: ${rhythmFault}` });
    return nobody();
  }
  const context = { load, modulation: makeModulation(calendar) };
  const fault = arrivalFault(spec, context);
  if (fault) {
    findings.error({ path, code: 'range', message: `is refused: ${fault}` });
    return nobody();
  }
  warnNotPeriodic(source, run, findings);
  return makeArrivals(spec, context);
}

const nobody = (): Arrivals => makeArrivals(none, { load: 1, modulation: null });

/** Clock 0 in microseconds after Monday 00:00. */
function startsUs({ starts }: RunSpec): number {
  return starts ? (starts.weekday ?? 0) * dayUs + starts.timeOfDayUs : 0;
}

function bindClosed(
  source: TrafficSpec,
  { users, think }: Extract<ArrivalsSpec, { kind: 'closed' }>,
  load: number,
  findings: Findings,
): Arrivals {
  const path: Path = ['traffic', source.name, 'arrivals', 'closed', 'users'];
  const fault = closedCrowd.fault(users);
  if (fault) {
    findings.error({ path, code: 'range', message: `is refused: ${fault}` });
    return nobody();
  }
  for (const key of ['daily', 'weekly'] as const)
    if (source[key]) {
      const message = 'changes a rate, and a closed crowd has none';
      findings.error({
        path: ['traffic', source.name, key],
        code: 'conflict',
        message,
        hint: 'leave it out',
        part: 'key',
      });
    }
  return { ...closedCrowd.make(users, load), think: makeSampler(think) };
}

function readTrace(source: TrafficSpec, spec: TraceArrivalsSpec, findings: Findings): ArrivalSpec | null {
  const { traceFile, traceText, format, column, speed, repeats, spread } = spec;
  const entries = source.entries.map(({ pattern }) => pattern);
  const read = parseTrace(traceText, traceFile, { format, column, entries });
  if (!read.ok) {
    findings.addAll(read.issues);
    return null;
  }
  findings.addAll(read.warnings);
  return { kind: 'trace', trace: read.value, speed, repeats, spread };
}

/** Two hours of a Friday evening are not a month. */
function warnNotPeriodic({ name, arrivals }: TrafficSpec, run: RunSpec, findings: Findings): void {
  const isOnce =
    (arrivals.kind === 'poisson-profile' && arrivals.periodUs === null && arrivals.profile.length > 1) ||
    (arrivals.kind === 'trace' && !arrivals.repeats);
  if (!isOnce || run.isRepresentsGiven) return;
  findings.warn({
    path: ['traffic', name, 'arrivals'],
    code: 'not-periodic',
    message: 'happens once, yet the bill of the month takes it for the whole month',
    hint: 'say with run: {represents: 17h, rest: 15%} how much of the month looks like this',
  });
}

/** The sources in the order of their names, bound to a platform's network. */
export function compileTraffic(
  scenario: Scenario,
  arrivals: ReadonlyMap<string, Arrivals>,
  client: TrafficModel['client'],
  directory: Directory,
): TrafficModel[] {
  const sources = [...scenario.traffic].sort((a, b) => (a.name < b.name ? -1 : 1));
  return sources.map((source) => ({
    name: source.name,
    entries: source.entries.map(({ target: { service, operation } }) => ({
      service: directory.serviceIndex(service),
      operation: directory.operationIndex(service, operation),
    })),
    arrivals: arrivals.get(source.name)!,
    timeout: compileTimeout(source.timeout),
    retries: compileRetries(source.retries),
    client: source.client ? makeSampler(source.client) : client,
    isCounted: source.isCounted,
    keys: source.key && { count: source.key.customers, zipf: source.key.zipf },
  }));
}

/**
 * The rest of the month: each source as a Poisson stream, or a crowd, of `share` of its mean over the measured time; an
 * even stream stays even, and a log's visitors ask in the same proportions for what the log asks for.
 */
export function arrivalsAtRest(arrivals: Arrivals, share: number, { warmupUs, durationUs }: RunSpec): Arrivals {
  if (arrivals.kind === 'closed') {
    const users = Math.round((arrivals as Extract<Arrivals, { userCount: number }>).userCount * share);
    return users === 0 ? nobody() : { ...(arrivals as Extract<Arrivals, { userCount: number }>), userCount: users };
  }
  const plan = arrivals as Exclude<Arrivals, { userCount: number }>;
  const ratePerSecond = plan.meanPerSecond(warmupUs, warmupUs + durationUs) * share;
  if (!(ratePerSecond > 0)) return nobody();
  const plain = { load: 1, modulation: null };
  const kind = plan.kind === 'constant' ? 'constant' : 'poisson';
  return plan.memoryless?.(ratePerSecond) ?? makeArrivals({ kind, ratePerSecond }, plain);
}

export const noArrivals = nobody;
