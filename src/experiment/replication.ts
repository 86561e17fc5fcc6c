/**
 * One replication of one platform: the engine runs, the recorders and meters listen, and what they hold becomes plain
 * numbers. Its own file because this is the unit of work that goes to another thread: what comes back is small,
 * survives `structuredClone`, and is the same wherever it was made.
 */
import type { BillingPlan } from '../billing/contract.js';
import { startMeters } from '../billing/meterSet.js';
import { type RunWarning, startRun } from '../engine/run.js';
import type { Model } from '../model/contract.js';
import type { Observer } from '../observation/contract.js';
import type { EdgeLatency } from '../observation/edgeLatencies.js';
import { EventLog, type LoggedEvent } from '../observation/eventLog.js';
import { faultTotals } from '../observation/faultTotals.js';
import { type IncidentFacts, type IncidentPlan, Incidents } from '../observation/incidents.js';
import { LatencySeries } from '../observation/latencySeries.js';
import { QueueTally } from '../observation/queueTally.js';
import { hearTogether } from '../observation/recorders.js';
import { type RequestColumns, RequestLog } from '../observation/requestLog.js';
import { type ServiceStates, StateRecorder } from '../observation/stateRecorder.js';
import { Tally } from '../observation/tally.js';
import { type TimelineColumns, TimelineRecorder } from '../observation/timelineRecorder.js';
import { type TracedVisit, TraceRecorder } from '../observation/traceRecorder.js';
import { ZoneTally } from '../observation/zoneTally.js';
import type { ObjectiveSpec } from '../scenario/contract.js';
import type { MeteredRun } from './bill.js';
import { measure, type ReplicationNumbers } from './measures.js';
import { queueNumbers } from './queueNumbers.js';
import { eventsUntilLook, limitReached } from './runLimits.js';
import { ObjectiveWatch } from './timedObjectives.js';
import type { LatencyStretches } from './warmupCheck.js';
import { withZones } from './zoneNumbers.js';

/** What is run: a platform's model, how it is billed, and the durations that objectives name with `within(...)`. */
export interface ReplicationPlan {
  readonly model: Model;
  readonly billing: BillingPlan;
  readonly within: readonly { readonly name: string; readonly us: number }[];
  /** Objectives that hold from a moment on, or by windows. */
  readonly timed?: readonly ObjectiveSpec[];
}

export interface ReplicationOptions {
  /** 0, 1, 2 … */
  readonly replicationIndex: number;
  /** Record the timeline and the events too. */
  readonly withTimeline: boolean;
  /** Keep a row for every visitor of the measured time. */
  readonly withRequests?: boolean;
  /** Called every few hundred thousand events with the share of simulated time that is done; false stops the run. */
  readonly onSlice?: (doneShare: number) => boolean;
}

export interface ReplicationResult {
  readonly replicationIndex: number;
  readonly eventCount: number;
  readonly requestCount: number;
  readonly spanCount: number;
  readonly warnings: readonly RunWarning[];
  /** Why the run did not reach its end; there is then nothing measured. */
  readonly stopped: RunWarning | null;
  readonly measured: MeasuredReplication | null;
}

export interface MeasuredReplication {
  readonly numbers: ReplicationNumbers;
  readonly stretches: LatencyStretches;
  readonly metered: MeteredRun;
  /** By service: by how many its backlog grew over the measured time (`backlogGrowth`), and how many were offered. */
  readonly backlogs: readonly { readonly grownBy: number; readonly offered: number }[];
  /** In the order of `incidentPlans`. */
  readonly incidents: readonly IncidentFacts[];
  /** Of each timed objective its metric by spell; null where it has no value. */
  readonly timedValues: readonly (readonly (number | null)[])[];
  readonly timeline: TimelineColumns | null;
  readonly events: { readonly rows: readonly LoggedEvent[]; readonly omittedCount: number } | null;
  /** Single visitors of the first replication: one whose latency is the median, and the slowest who was answered. */
  readonly requests: RequestColumns | null;
  /** Of the first replication: how long completed calls took, by who called whom. */
  readonly edges: readonly EdgeLatency[] | null;
  readonly visits: { readonly median: TracedVisit | null; readonly slowest: TracedVisit | null } | null;
}

const eventsPerSlice = 250_000;

export function runReplication(plan: ReplicationPlan, options: ReplicationOptions): ReplicationResult {
  const slices = replicate(plan, options);
  let slice = slices.next();
  while (!slice.done) slice = slices.next(options.onSlice?.(slice.value) !== false);
  return slice.value;
}

/**
 * The same in slices, for threads that must listen in between: yields the share of simulated time that is done, and
 * goes on only when it is answered `true`.
 */
export function* replicate(
  plan: ReplicationPlan,
  options: Omit<ReplicationOptions, 'onSlice'>,
): Generator<number, ReplicationResult, boolean> {
  const { model, billing, within } = plan;
  const isCounted = model.traffic.map((source) => source.isCounted);
  const tally = new Tally({
    thresholdsUs: within.map(({ us }) => us),
    ...(options.withTimeline && { timelineOf: isCounted }),
  });
  const states = new StateRecorder(model.services.map(({ dispatch }) => dispatch.kind === 'environments'));
  const series = new LatencySeries(isCounted);
  const incidents = new Incidents(
    incidentPlans(model),
    model.services.map(({ name }) => name),
  );
  const meters = startMeters(billing);
  const queues = model.queues && model.queues.length > 0 ? new QueueTally() : null;
  const zones = model.services.some(({ betweenZones }) => betweenZones) ? new ZoneTally() : null;
  const timeline = options.withTimeline ? new TimelineRecorder(tally, isCounted) : null;
  const log = options.withTimeline ? new EventLog() : null;
  const traces = options.withTimeline && options.replicationIndex === 0 ? new TraceRecorder({ isCounted }) : null;
  const requests = options.withRequests ? new RequestLog() : null;
  const observers: Observer[] = [
    ...hearTogether({ tally, states, series, incidents, timeline, traces }),
    ...[meters, queues, zones, log, requests].filter((observer) => observer !== null),
  ];
  const watches = (plan.timed ?? []).map((objective) => new ObjectiveWatch(objective, model));
  observers.push(...watches.map(({ spells }) => spells));
  const { replicationIndex } = options;
  const run = startRun(model, { replicationIndex }, observers);
  let stopped: RunWarning | null = null;
  let nextSlice = eventsPerSlice;
  const eventLimit = eventsUntilLook(model);
  while (!run.advance({ eventLimit }).isDone) {
    stopped = limitReached(run, model);
    if (stopped) break;
    if (run.eventCount < nextSlice) continue;
    nextSlice = run.eventCount + eventsPerSlice;
    if (!(yield run.nowUs / (model.warmupUs + model.durationUs))) {
      stopped = { code: 'interrupted', message: `stopped at ${(run.nowUs / 1e6).toFixed(3)} s of simulated time` };
      break;
    }
  }
  stopped ??= run.stopped && limitReached(run, model);
  const { eventCount, requestCount, spanCount, warnings } = run;
  const counts = { replicationIndex, eventCount, requestCount, spanCount, warnings: [...warnings] };
  if (stopped) return { ...counts, stopped, measured: null };
  const measured = measure({
    tally,
    states,
    lengthUs: model.durationUs,
    isCounted,
    withinNames: within.map(({ name }) => name),
  });
  const zoned = zones ? withZones(measured, zones) : measured;
  const numbers = queues ? { ...zoned, queues: queueNumbers(queues) } : zoned;
  return {
    ...counts,
    stopped: null,
    measured: {
      numbers,
      stretches: { sumUs: Array.from(series.sumUs), count: Array.from(series.count) },
      metered: {
        usage: meters.usage(),
        completedCount: numbers.completedCount,
        completedByService: numbers.services.map((service) => service['requests_completed'] ?? 0),
      },
      backlogs: states.services.map((state, service) => ({
        grownBy: backlogGrowth(state),
        offered: numbers.services[service]!['requests_offered']!,
      })),
      incidents: incidents.facts(),
      timedValues: watches.map((watch) => watch.values()),
      timeline: timeline?.columns() ?? null,
      events: log && { rows: [...log.rows, ...totalsOf(model, incidents, run.nowUs)], omittedCount: log.omittedCount },
      requests: requests?.columns() ?? null,
      edges: traces?.edges.all() ?? null,
      visits: traces && {
        median: traces.nearest(1000 * (numbers.platform['latency_p50'] ?? 0)),
        slowest: traces.slowest,
      },
    },
  };
}

/** CPU that is used up to so little: what comes beyond it only piles up. */
const usedUpShare = 0.99;

/**
 * By how many more a service is behind with its work: those that wait; and, where its CPU was never free, those it
 * works on too, for without a limit to `concurrency` nobody waits in a queue and all share the CPU. (A caller who is
 * held up by another service has spans inside as well, and CPU to spare.)
 */
function backlogGrowth({ waitingGrowth, insideGrowth, cpuUsedUs, cpuReadyUs }: ServiceStates): number {
  return cpuUsedUs >= usedUpShare * cpuReadyUs && cpuReadyUs > 0
    ? Math.max(waitingGrowth, insideGrowth)
    : waitingGrowth;
}

/** The last rows of the log: what each fault came to. */
function totalsOf(model: Model, incidents: Incidents, nowUs: number): LoggedEvent[] {
  const hasReplicas = ({ services }: IncidentPlan): boolean =>
    services.some((service) => model.services[service]!.dispatch.kind === 'balanced');
  return faultTotals(incidentPlans(model), incidents.facts(), hasReplicas, nowUs);
}

/** The scenario's releases, then its faults, as the recorder of incidents wants them. */
export function incidentPlans(model: Model): IncidentPlan[] {
  return [
    ...model.releases.map(({ name, service, atUs }) => ({ kind: 'release' as const, name, services: [service], atUs })),
    ...model.faults.map((fault) => ({
      kind: fault.kind,
      name: fault.name,
      services: 'service' in fault ? [fault.service] : fault.services,
      atUs: fault.kind === 'crash-at-random' ? 0 : fault.atUs,
    })),
  ];
}
