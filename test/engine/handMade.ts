/**
 * Worlds whose every moment is known by hand: visitors at given instants, scalers that only write down what they see,
 * and an observer that keeps everything a run tells.
 */
import type { Scaler, ScalerView } from '../../src/autoscaling/contract.js';
import { startRun } from '../../src/engine/run.js';
import type { Model, StepModel, TimeoutModel, TrafficModel } from '../../src/model/contract.js';
import {
  type InvocationFact,
  type NodeFact,
  type NoteFact,
  type Observer,
  outcomeNames,
  type QueryFact,
  type SpanFact,
  type StateView,
  type VisitorFact,
} from '../../src/observation/contract.js';
import type { ArrivalPlan } from '../../src/workload/contract.js';
import { constant, source } from './modelBuilder.js';

/** Visitors at exactly these instants, microseconds; equal ones come together. */
export function arrivalsAt(timesUs: readonly number[]): ArrivalPlan {
  return {
    kind: 'list',
    meanPerSecond: () => 0,
    isStationary: false,
    start() {
      let next = 0;
      return { nextUs: () => timesUs[next++] ?? Number.POSITIVE_INFINITY, entryIndex: 0, traceWaitUs: 0 };
    },
  };
}

export function visitorsAt(timesUs: readonly number[], parts: Partial<TrafficModel> = {}): TrafficModel {
  return source({ kind: 'none' }, { arrivals: arrivalsAt(timesUs), ...parts });
}

type CallStep = Extract<StepModel, { kind: 'call' }>;

export function call(service: number, parts: Partial<CallStep> = {}): CallStep {
  return { kind: 'call', service, operation: 0, timeout: null, retries: null, isOptional: false, ...parts };
}

export function send(service: number): StepModel {
  return { kind: 'send', service, operation: 0 };
}

export function query(timeUs: number, database = 0): StepModel {
  return { kind: 'query', database, time: constant(timeUs) };
}

export function timeout(afterUs: number, parts: Partial<TimeoutModel> = {}): TimeoutModel {
  return { after: constant(afterUs), isWhileQueued: false, cancels: false, ...parts };
}

/** A scaler that writes down every view and asks for what `wish` says; by default for what there is. */
export function recorder(
  parts: Partial<Scaler>,
  wish: (view: ScalerView) => number = ({ currentCount }) => currentCount,
): { readonly scaler: Scaler; readonly views: ScalerView[] } {
  const views: ScalerView[] = [];
  const scaler: Scaler = {
    kind: 'recorder',
    source: 'by hand',
    everyUs: 15_000_000,
    offsetUs: 0,
    windowsUs: [],
    start: null,
    decide(view) {
      views.push(structuredClone(view));
      return { wantedCount: wish(view), because: 'by hand', memory: null };
    },
    ...parts,
  };
  return { scaler, views };
}

export interface Told {
  readonly visitors: VisitorFact[];
  readonly spans: SpanFact[];
  readonly invocations: InvocationFact[];
  readonly queries: QueryFact[];
  readonly notes: NoteFact[];
  readonly nodes: NodeFact[];
  /** `service.instance phase @ seconds`, e.g. `0.1 ready @ 12.5`. */
  readonly life: string[];
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
  readonly windows: StateView[];
  readonly atMeasuring: StateView;
  readonly final: StateView;
}

/** Run to the end and keep everything told. */
export function tell(world: Model, replicationIndex = 0): Told {
  const told = {
    visitors: [] as VisitorFact[],
    spans: [] as SpanFact[],
    invocations: [] as InvocationFact[],
    queries: [] as QueryFact[],
    notes: [] as NoteFact[],
    nodes: [] as NodeFact[],
    life: [] as string[],
    windows: [] as StateView[],
  };
  const states: { atMeasuring?: StateView; final?: StateView } = {};
  const observer: Observer = {
    visitorEnded: (fact) => void told.visitors.push({ ...fact }),
    spanEnded: (fact) => void told.spans.push({ ...fact }),
    invocationEnded: (fact) => void told.invocations.push({ ...fact }),
    queryEnded: (fact) => void told.queries.push({ ...fact }),
    noted: (fact) => void told.notes.push({ ...fact }),
    nodeChanged: (fact) => void told.nodes.push({ ...fact }),
    instanceChanged: ({ service, instance, phase, nowUs }) =>
      void told.life.push(`${service}.${instance} ${phase} @ ${nowUs / 1e6}`),
    sampled: (state, moment) => {
      if (moment === 'window-ends') told.windows.push(structuredClone(state));
      else states[moment === 'run-ends' ? 'final' : 'atMeasuring'] = structuredClone(state);
    },
  };
  const run = startRun(world, { replicationIndex }, [observer]);
  run.advance();
  if (run.stopped) throw new Error(run.stopped.message);
  return { ...told, warnings: run.warnings, atMeasuring: states.atMeasuring!, final: states.final! };
}

/** How each ended, in the order of ending: `completed 0..20000`, microseconds. */
export function endings(
  facts: readonly { readonly outcome: 0 | 1 | 2 | 3; readonly beganUs: number; readonly endedUs: number }[],
): string[] {
  return facts.map(({ outcome, beganUs, endedUs }) => `${outcomeNames[outcome]} ${beganUs}..${endedUs}`);
}

export function outcomesOf(facts: readonly { readonly outcome: 0 | 1 | 2 | 3 }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { outcome } of facts) {
    const name = outcomeNames[outcome];
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/** The moments, in seconds, at which an instance of `service` came to `phase`. */
export function momentsOf(told: Told, phase: string, service = 0): number[] {
  return told.life
    .filter((line) => line.startsWith(`${service}.`) && line.includes(` ${phase} @`))
    .map((line) => Number(line.split('@ ')[1]));
}

/** Notes of one kind, as `detail @ seconds`. */
export function notesOf(told: Told, kind: string): string[] {
  return told.notes.filter((note) => note.kind === kind).map(({ detail, nowUs }) => `${detail} @ ${nowUs / 1e6}`);
}
