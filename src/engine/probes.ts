/**
 * Probes: asking instances after their health, and what follows.
 *
 * A healthy instance answers every probe, so none of its probes is an event. What an instance answers while it starts
 * is known when its start-up is (the policy's `startUp`). Only of one that may fail (hung, dead unseen, full, or with
 * more at work than a probe's patience allows) are probes asked one by one, at whole multiples of their period since
 * its start, until all of them have succeeded again. Held to closed forms of the time to detect by
 * test/engine/probes.test.ts.
 */
import type { ProbeMemory, ProbeRule, RunningProbe } from '../healing/contract.js';
import { callersWillForget, callersWillLearn } from './discovery.js';
import { eventKinds } from './eventKinds.js';
import { crashInstance, restartByRule } from './instances.js';
import { instanceStates, machineFields } from './instanceTable.js';
import { loadChanged } from './routing.js';
import type { ServiceState } from './services.js';
import type { RunState } from './state.js';

/** What answering a probe takes: a slot, and so long on a vCPU of its own. An assumption: a handler of little work. */
const probeWorkUs = 1000;

const runningKinds: readonly RunningProbe[] = ['readiness', 'liveness'];

/** One probe of an instance that may fail it. */
interface Watch {
  memory: ProbeMemory;
  /** Ticket of its next event: the next question, or the end of its patience with the last. */
  ticket: number;
  /** Requests that must leave the instance before the question asked last is answered; 0 when none is. */
  aheadCount: number;
}

/** The instances of a service under suspicion, by row. */
export class Watches {
  private readonly byRow = new Map<number, Partial<Record<RunningProbe, Watch>>>();

  of(row: number): Partial<Record<RunningProbe, Watch>> | undefined {
    return this.byRow.get(row);
  }

  open(row: number): Partial<Record<RunningProbe, Watch>> {
    const watches = this.byRow.get(row) ?? {};
    this.byRow.set(row, watches);
    return watches;
  }

  close(row: number): void {
    this.byRow.delete(row);
  }

  /** A request has left instance `row`. */
  requestLeft(row: number): void {
    const watches = this.byRow.get(row);
    if (!watches) return;
    for (const kind of runningKinds) {
      const watch = watches[kind];
      if (watch && watch.aheadCount > 0) watch.aheadCount--;
    }
  }
}

/** Instance `row` may fail a probe from now on: ask it at its next ones. */
export function suspect(s: RunState, state: ServiceState, row: number): void {
  const health = state.spec.health;
  if (!health || s.instances.state[row] === instanceStates.draining) return;
  const watches = state.watches!.open(row);
  for (const kind of runningKinds) {
    const rule = health[kind];
    if (!rule || watches[kind]) continue;
    const watch = { memory: health.healthy(kind), ticket: -1, aheadCount: 0 };
    watches[kind] = watch;
    armNext(s, row, kind, rule, watch);
  }
}

/** Whether instance `row` would fail some probe now: worth asking. Called when it takes one request or job more. */
export function suspectIfPressed(s: RunState, state: ServiceState, row: number): void {
  const { instances } = s;
  const health = state.spec.health;
  if (!health || instances.state[row] !== instanceStates.ready) return;
  const isPressed = isFull(s, state, row) || runningKinds.some((kind) => isTooSlow(s, row, health[kind]));
  if (isPressed) suspect(s, state, row);
}

function isFull(s: RunState, state: ServiceState, row: number): boolean {
  return s.instances.inService[row]! >= state.concurrency;
}

/** Whether the jobs on the instance's CPUs leave a probe too little of them to answer in time. */
function isTooSlow({ instances }: RunState, row: number, rule: ProbeRule | undefined): boolean {
  if (!rule) return false;
  const sharedBy = Math.max(
    1,
    (instances.machine[(row << 3) | machineFields.jobCount]! + 1) / instances.machine[(row << 3) | machineFields.vCpu]!,
  );
  return probeWorkUs * sharedBy * instances.machine[(row << 3) | machineFields.slowness]! > rule.timeoutUs;
}

/** Probes run at whole multiples of their period since the container started, none before the initial delay. */
function armNext(s: RunState, row: number, kind: RunningProbe, rule: ProbeRule, watch: Watch): void {
  const startedUs = s.instances.startedUs[row]!;
  const sinceUs = Math.max(s.nowUs - startedUs, rule.initialDelayUs);
  let dueUs = startedUs + Math.ceil(sinceUs / rule.everyUs) * rule.everyUs;
  if (dueUs <= s.nowUs) dueUs += rule.everyUs;
  watch.ticket = s.schedule(eventKinds.probeRuns, packed(row, kind), dueUs);
}

const packed = (row: number, kind: RunningProbe): number => row * 2 + (kind === 'readiness' ? 0 : 1);

/** Event: a probe of an instance under suspicion is due. */
export function probeRuns(s: RunState, index: number): void {
  const found = unpack(s, index);
  if (!found) return;
  const { state, row, kind, rule, watch } = found;
  const { instances } = s;
  if (instances.state[row] === instanceStates.crashed) {
    resultIs(s, found, false, 'connection refused');
    return;
  }
  const mustWait = isFull(s, state, row) || instances.queued[row]! > 0;
  if (mustWait && instances.isHung[row] === 0 && instances.queued[row]! >= state.spec.queueLimit) {
    resultIs(s, found, false, 'refused: no slot is free');
    return;
  }
  if (instances.isHung[row] === 0 && !mustWait && !isTooSlow(s, row, rule)) {
    resultIs(s, found, true, '');
    return;
  }
  watch.aheadCount = mustWait ? instances.queued[row]! + 1 : 0;
  watch.ticket = s.schedule(eventKinds.probeEnds, packed(row, kind), s.nowUs + rule.timeoutUs);
}

/** Event: a probe's patience is over. */
export function probeEnds(s: RunState, index: number): void {
  const found = unpack(s, index);
  if (!found) return;
  const { row, rule, watch } = found;
  const { instances } = s;
  const isDead = instances.state[row] === instanceStates.crashed;
  const isLate = instances.isHung[row] === 1 || watch.aheadCount > 0 || isTooSlow(s, row, rule);
  watch.aheadCount = 0;
  resultIs(s, found, !isDead && !isLate, 'no answer in time');
}

interface Found {
  readonly state: ServiceState;
  readonly row: number;
  readonly kind: RunningProbe;
  readonly rule: ProbeRule;
  readonly watch: Watch;
}

function unpack(s: RunState, index: number): Found | null {
  const row = index >> 1;
  const kind: RunningProbe = (index & 1) === 0 ? 'readiness' : 'liveness';
  if (!s.instances.isTaken(row)) return null;
  const state = s.services[s.instances.service[row]!]!;
  const watch = state.watches?.of(row)?.[kind];
  if (watch?.ticket !== s.queue.takenTicket) return null;
  return { state, row, kind, rule: state.spec.health![kind]!, watch };
}

function resultIs(s: RunState, { state, row, kind, rule, watch }: Found, isGood: boolean, why: string): void {
  const before = watch.memory;
  const after = state.spec.health!.answered(kind, before, isGood);
  watch.memory = after;
  // One that goes on failing after its verdict fails no more than all of them.
  const failedCount = after.isOnHold ? rule.failureCount : Math.min(after.runCount, rule.failureCount);
  if (!isGood) s.note('probe-failed', state.index, row, `${kind}: ${why}; ${failedCount} of ${rule.failureCount}`);
  if (after.state !== before.state) {
    if (kind === 'liveness') {
      kill(s, state, row);
      return;
    }
    if (after.state === 'failure') becomeUnready(s, state, row);
    else becomeReadyAgain(s, state, row);
  }
  if (!s.instances.isTaken(row) || state.watches!.of(row)?.[kind] !== watch) return;
  if (mustStillBeAsked(s, state, row, rule, after)) armNext(s, row, kind, rule, watch);
  else calmDown(state, row, kind);
}

function mustStillBeAsked(
  s: RunState,
  state: ServiceState,
  row: number,
  rule: ProbeRule,
  memory: ProbeMemory,
): boolean {
  const { instances } = s;
  if (memory.state !== 'success' || memory.lastResult !== 'success') return true;
  if (instances.state[row] === instanceStates.crashed || instances.isHung[row] === 1) return true;
  return isFull(s, state, row) || isTooSlow(s, row, rule);
}

function calmDown(state: ServiceState, row: number, kind: RunningProbe): void {
  const watches = state.watches!.of(row)!;
  delete watches[kind];
  if (runningKinds.every((each) => watches[each] === undefined)) state.watches!.close(row);
}

/** Callers shall not know the instance; it stays, and finishes what it has. */
function becomeUnready(s: RunState, state: ServiceState, row: number): void {
  s.note('unready', state.index, row, 'its readiness probe failed');
  if (s.instances.state[row] === instanceStates.crashed) {
    callersWillForget(s, state, row);
    if (!state.spec.health!.liveness) restartByRule(s, state, row);
    return;
  }
  s.instances.isUnready[row] = 1;
  s.services[s.instances.service[row]!]!.freeSlots?.set(row, false);
  s.instances.readyChangedUs[row] = s.nowUs;
  state.readyCount--;
  s.measures.countReady(state.index, -1, 0, true, s.nowUs);
  callersWillForget(s, state, row);
  if (state.release) s.releasesToAsk.push(state);
}

function becomeReadyAgain(s: RunState, state: ServiceState, row: number): void {
  if (s.instances.state[row] !== instanceStates.ready || s.instances.isUnready[row] === 0) return;
  s.note('ready-again', state.index, row, 'its readiness probe succeeds');
  s.instances.isUnready[row] = 0;
  loadChanged(s, s.services[s.instances.service[row]!]!, row);
  s.instances.readyChangedUs[row] = s.nowUs;
  state.readyCount++;
  s.measures.countReady(state.index, 1, 0, true, s.nowUs);
  callersWillLearn(s, state, row, false);
  if (state.release) s.releasesToAsk.push(state);
}

/** The liveness probe has lost patience: the container is killed and starts again; one that is dead is found so. */
function kill(s: RunState, state: ServiceState, row: number): void {
  if (s.instances.state[row] !== instanceStates.crashed) {
    crashInstance(s, state, row, 'killed: its liveness probe failed', true);
    return;
  }
  s.note('unready', state.index, row, 'its liveness probe failed');
  callersWillForget(s, state, row);
  restartByRule(s, state, row);
}
