/**
 * Health probes as the kubelet counts them: when a run of results changes what an instance is held for.
 *
 * Pure steps and a timeline made of them; asking the instance is the engine's. Times are in any one unit. Held to the
 * kubelet's own worker tests.
 */

import type { ProbeMemory } from './contract.js';

export type ProbeKind = 'startup' | 'readiness' | 'liveness';
export type ProbeState = 'success' | 'failure' | 'unknown';
export type ProbeResult = 'success' | 'failure';

export interface Thresholds {
  /** So many results of one kind in a row change the state; >= 1. */
  readonly successCount: number;
  readonly failureCount: number;
}

const initialStates: Readonly<Record<ProbeKind, ProbeState>> = {
  startup: 'unknown',
  readiness: 'failure',
  liveness: 'success',
};

export function probeStart(kind: ProbeKind): ProbeMemory {
  return { state: initialStates[kind], lastResult: null, runCount: 0, isOnHold: false };
}

/** A new container has taken the old one's place: the state is the initial one, and results count again. */
export function probeRenewed(memory: ProbeMemory, kind: ProbeKind): ProbeMemory {
  return { ...memory, state: initialStates[kind], isOnHold: false };
}

/** One more result. */
export function probeStep(
  memory: ProbeMemory,
  result: ProbeResult,
  kind: ProbeKind,
  thresholds: Thresholds,
): ProbeMemory {
  if (memory.isOnHold) return memory;
  const runCount = memory.lastResult === result ? memory.runCount + 1 : 1;
  const needed = result === 'success' ? thresholds.successCount : thresholds.failureCount;
  if (runCount < needed) return { ...memory, lastResult: result, runCount };
  const restarts = result === 'failure' && kind !== 'readiness';
  return { state: result, lastResult: result, runCount: restarts ? 0 : runCount, isOnHold: restarts };
}

export interface ProbeSchedule extends Thresholds {
  /** Probes run at whole multiples of `period` after the start, none before `initialDelay`. */
  readonly initialDelay: number;
  readonly period: number;
}

export type ProbeEvent = 'started' | 'ready' | 'unready' | 'restart';

export interface ProbeTimelineInput {
  readonly probes: Readonly<Partial<Record<ProbeKind, ProbeSchedule>>>;
  /** What the instance would answer at `at`; answering takes no time. */
  answers(kind: ProbeKind, at: number): boolean;
  /** The last moment looked at. */
  readonly until: number;
}

/** At one moment the kubelet's workers run in this order. */
const kinds: readonly ProbeKind[] = ['startup', 'readiness', 'liveness'];

/**
 * What the probes do to one instance from its start, at 0, to its first restart or to `until`. With a startup probe the
 * other two wait for its success, and it never runs again.
 */
export function probeTimeline(input: ProbeTimelineInput): readonly (readonly [number, ProbeEvent])[] {
  const events: (readonly [number, ProbeEvent])[] = [];
  const memories = new Map(kinds.map((kind) => [kind, probeStart(kind)]));
  let isStarted = input.probes.startup === undefined;
  for (const { at, kind, schedule } of ticks(input)) {
    if ((kind === 'startup') === isStarted) continue;
    const before = memories.get(kind)!;
    const after = probeStep(before, input.answers(kind, at) ? 'success' : 'failure', kind, schedule);
    memories.set(kind, after);
    if (after.state === before.state) continue;
    if (after.isOnHold) return [...events, [at, 'restart']];
    if (kind === 'startup') isStarted = true;
    if (kind !== 'liveness') events.push([at, eventOf(kind, after.state)]);
  }
  return events;
}

function eventOf(kind: ProbeKind, state: ProbeState): ProbeEvent {
  if (kind === 'startup') return 'started';
  return state === 'success' ? 'ready' : 'unready';
}

interface Tick {
  readonly at: number;
  readonly kind: ProbeKind;
  readonly schedule: ProbeSchedule;
}

/** Every moment a probe may run, in order of time, then of kind. */
function ticks({ probes, until }: ProbeTimelineInput): readonly Tick[] {
  const all: Tick[] = [];
  for (const kind of kinds) {
    const schedule = probes[kind];
    if (!schedule) continue;
    for (let k = Math.ceil(schedule.initialDelay / schedule.period); k * schedule.period <= until; k++)
      all.push({ at: k * schedule.period, kind, schedule });
  }
  return all.sort((a, b) => a.at - b.at || kinds.indexOf(a.kind) - kinds.indexOf(b.kind));
}
