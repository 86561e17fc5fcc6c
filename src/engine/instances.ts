/**
 * The life of an instance: requested, placed, pulled, started, ready; draining, gone; crashed and back.
 */

import { noteSlot, slotsFreed } from './activator.js';
import { releaseProgresses } from './deploying.js';
import { callersWillForget, callersWillLearn } from './discovery.js';
import { failEverythingOn } from './endings.js';
import { environmentReady, leaveOffer, startEnvironment, startForWaiting } from './environments.js';
import { eventKinds } from './eventKinds.js';
import { scheduleRandomCrash } from './faults.js';
import { endHang } from './hangs.js';
import { instanceStates, machineFields } from './instanceTable.js';
import { launch } from './launches.js';
import { clearMachine, settleMachine } from './machines.js';
import { isKilledAtStart, watchMemory } from './memory.js';
import { leaveNode, placePending } from './nodes.js';
import { settlePrewarmed } from './prewarmed.js';
import { suspect } from './probes.js';
import { closePools } from './queries.js';
import type { ServiceState } from './services.js';
import { beginSeconds, needsSeconds } from './signals.js';
import type { RunState } from './state.js';

/** A new instance of a version of the service, wanted from now on. It is not placed yet: see `launch`. */
function createInstance(s: RunState, state: ServiceState, version: number): number {
  const { instances } = s;
  const row = instances.takeFresh(state.index, state.createdCount++, state.spec.vCpu, s.nowUs);
  instances.version[row] = version;
  instances.machine[(row << 3) | machineFields.slowness] = state.slowness;
  instances.listPrevious[row] = state.lastInstance;
  instances.listNext[row] = -1;
  if (state.lastInstance < 0) state.firstInstance = row;
  else instances.listNext[state.lastInstance] = row;
  state.lastInstance = row;
  state.liveCount++;
  state.startingCount++;
  if (state.environments) s.measures.countInstance(state.index, 1, s.nowUs);
  return row;
}

/** An instance is wanted from now on, and told of. Its start-up begins with `launch`. */
export function requestInstance(
  s: RunState,
  state: ServiceState,
  isProvisioned = false,
  version = state.version,
): number {
  const row = createInstance(s, state, version);
  s.instances.isProvisioned[row] = isProvisioned ? 1 : 0;
  if (isProvisioned) s.accountInFlight += state.accountWeight; // Claimed as long as it is kept, used or not.
  s.tellInstance(row, 'requested');
  return row;
}

/** Start an instance, of the current version unless said: it goes through its phases and gets ready. */
export function startInstance(s: RunState, state: ServiceState, version = state.version): void {
  launch(s, state, requestInstance(s, state, false, version));
}

/** The instance is placed, or needs no place: its start-up begins. */
export function beginPlacement(s: RunState, state: ServiceState, row: number): void {
  const { start } = state.spec;
  if (start.whole) {
    beginStarting(s, state, row, Math.round(start.whole.sample(state.startDraws)));
    return;
  }
  s.instances.state[row] = instanceStates.placing;
  s.tellInstance(row, 'scheduled');
  moveAfter(s, row, Math.round(start.placement.sample(state.startDraws)));
}

function beginPull(s: RunState, state: ServiceState, row: number): void {
  s.instances.state[row] = instanceStates.pulling;
  s.tellInstance(row, 'pulling');
  const node = s.instances.node[row]!;
  const images = node < 0 ? null : s.nodes.nodes[node]!.images;
  const isCached = images?.has(state.index) === true;
  images?.add(state.index);
  moveAfter(s, row, isCached ? 0 : Math.round(state.spec.start.pullUs));
}

function beginStarting(s: RunState, state: ServiceState, row: number, takesUs: number): void {
  s.instances.state[row] = instanceStates.starting;
  s.instances.startedUs[row] = s.nowUs;
  s.instances.servedCount[row] = 0;
  s.tellInstance(row, 'starting');
  const { health } = state.spec;
  if (!health) {
    moveAfter(s, row, takesUs);
    return;
  }
  const { afterUs, isDoomed } = health.startUp(takesUs);
  s.instances.isDoomed[row] = isDoomed ? 1 : 0;
  moveAfter(s, row, afterUs);
}

/** Runtime and application: what a start, and a restart in place, always takes. */
function startUpUs(s: RunState, state: ServiceState, row: number): number {
  const { runtime, application, inVainAfterUs } = state.spec.start;
  const own = state.applicationStarts[s.instances.version[row]!] ?? application;
  const takesUs = Math.round(runtime.sample(state.startDraws) + own.sample(state.startDraws));
  if (inVainAfterUs === undefined || takesUs <= inVainAfterUs || s.instances.isProvisioned[row] === 1) return takesUs;
  return inVainAfterUs + Math.min(takesUs, state.spec.requestTimeoutUs);
}

/** On to the next phase after `waitUs`; at once when that is nothing. */
function moveAfter(s: RunState, row: number, waitUs: number): void {
  if (waitUs > 0) s.instances.phaseTicket[row] = s.schedule(eventKinds.instanceMoves, row, s.nowUs + waitUs);
  else moveOn(s, row);
}

/** Event: a phase of an instance is over. */
export function instanceMoves(s: RunState, row: number): void {
  if (s.queue.takenTicket === s.instances.phaseTicket[row]) moveOn(s, row);
}

function moveOn(s: RunState, row: number): void {
  const { instances } = s;
  const state = s.services[instances.service[row]!]!;
  instances.phaseTicket[row] = -1;
  switch (instances.state[row]) {
    case instanceStates.placing:
      beginPull(s, state, row);
      break;
    case instanceStates.pulling:
      beginStarting(s, state, row, startUpUs(s, state, row));
      break;
    case instanceStates.starting:
      if (instances.isDoomed[row] === 1) crashInstance(s, state, row, 'killed: a probe failed before it was up', true);
      else if (!isKilledAtStart(s, state, row)) becomeReady(s, state, row);
      break;
    case instanceStates.crashed:
      restart(s, state, row);
      break;
  }
}

/** The instance can answer from now on; callers learn of it by discovery, or at once when `isKnownAlready`. */
export function becomeReady(s: RunState, state: ServiceState, row: number, isKnownAlready = false): void {
  const { instances, measures } = s;
  instances.state[row] = instanceStates.ready;
  instances.isUnready[row] = 0;
  instances.readyChangedUs[row] = s.nowUs;
  settleMachine(s, row);
  instances.machine[(row << 3) | machineFields.cpuSinceUs] = s.nowUs;
  if (needsSeconds(state)) beginSeconds(s, row);
  state.startingCount--;
  state.readyCount++;
  measures.countReady(state.index, 1, state.spec.vCpu, state.balanced !== null, s.nowUs);
  if (state.balanced) measures.countInstance(state.index, 1, s.nowUs);
  s.tellInstance(row, 'ready');
  scheduleRandomCrash(s, state, row);
  if (state.memoryUse !== null) watchMemory(s, state, row);
  if (state.freeSlots !== null) noteSlot(s, state, row);
  if (state.balanced) callersWillLearn(s, state, row, isKnownAlready);
  else environmentReady(s, state, row);
  if (state.prewarmed !== null) settlePrewarmed(s, state);
  if (state.freeSlots !== null) slotsFreed(s, state);
  if (state.release) s.releasesToAsk.push(state);
}

/** Take an instance out: it finishes what it holds and goes. One that isn't ready yet goes at once. */
export function drainInstance(s: RunState, state: ServiceState, row: number): void {
  const { instances, measures } = s;
  if (instances.state[row] !== instanceStates.ready) {
    removeInstance(s, state, row);
    return;
  }
  const { preStopUs, graceUs } = state.spec.drain;
  instances.state[row] = instanceStates.draining;
  instances.readyChangedUs[row] = s.nowUs;
  if (state.freeSlots !== null) noteSlot(s, state, row);
  state.drainingCount++;
  if (instances.isUnready[row] === 0) {
    state.readyCount--;
    measures.countReady(state.index, -1, 0, state.balanced !== null, s.nowUs);
  }
  state.watches?.close(row);
  s.tellInstance(row, 'draining');
  const untilTermUs = Math.min(preStopUs, graceUs); // The grace period runs from here on, the hook's time included.
  if (preStopUs > 0) instances.phaseTicket[row] = s.schedule(eventKinds.drainEnds, row, s.nowUs + untilTermUs);
  else terminate(s, state, row);
  if (instances.isTaken(row)) callersWillForget(s, state, row);
}

/** The process is told to end: what it then does with requests is the service's `drain.onTerm`. */
function terminate(s: RunState, state: ServiceState, row: number): void {
  const { onTerm, graceUs, preStopUs } = state.spec.drain;
  const { instances } = s;
  if (onTerm === 'die') {
    removeInstance(s, state, row);
    return;
  }
  instances.isTerminating[row] = 1;
  if (onTerm === 'stop-accepting') instances.refuses[row] = 1;
  instances.phaseTicket[row] = s.schedule(eventKinds.drainEnds, row, s.nowUs + Math.max(0, graceUs - preStopUs));
  drainedIfEmpty(s, state, row);
}

/** Event: a draining instance is told to end, or its grace is over. */
export function drainEnds(s: RunState, row: number): void {
  const { instances } = s;
  if (s.queue.takenTicket !== instances.phaseTicket[row]) return;
  const state = s.services[instances.service[row]!]!;
  if (instances.isTerminating[row] === 0) terminate(s, state, row);
  else removeInstance(s, state, row);
}

/** A draining instance goes once it is empty and no caller believes in it any more; a retired environment likewise. */
export function drainedIfEmpty(s: RunState, state: ServiceState, row: number): void {
  const { instances } = s;
  const at = instances.state[row]!;
  const isLeaving = at === instanceStates.draining || (at === instanceStates.ready && instances.isRetired[row] === 1);
  if (!isLeaving || instances.isKnown[row] === 1) return;
  if (instances.inService[row] === 0 && instances.queued[row] === 0) removeInstance(s, state, row);
}

/** What was put off while fibers walked: instances that emptied, releases that may go on. */
export function settleAfterwards(s: RunState): void {
  while (s.emptiedRows.length > 0) {
    const row = s.emptiedRows.shift()!;
    if (s.instances.isTaken(row)) drainedIfEmpty(s, s.services[s.instances.service[row]!]!, row);
  }
  while (s.releasesToAsk.length > 0) releaseProgresses(s, s.releasesToAsk.shift()!);
}

/** The instance ends now, whatever it does: what it still holds fails. */
export function removeInstance(s: RunState, state: ServiceState, row: number): void {
  const { instances } = s;
  leaveLife(s, state, row);
  instances.state[row] = instanceStates.gone;
  unlink(s, state, row);
  s.tellInstance(row, 'gone');
  const lostCount = failEverythingOn(s, row);
  if (lostCount > 0) s.note('requests-lost', state.index, row, `${lostCount} failed with the instance`);
  clearMachine(s, row);
  closePools(s, row);
  leaveNode(s, state, row);
  state.restartMemories.delete(row);
  if (state.environments) {
    if (instances.isProvisioned[row] === 1) s.accountInFlight -= state.accountWeight;
    s.measures.countInstance(state.index, -1, s.nowUs);
    leaveOffer(s, state, row);
  }
  if (instances.isKnown[row] === 0) instances.give(row);
  if (state.release) s.releasesToAsk.push(state); // `recreate` waits for the last old instance to end.
  // Whoever waited for what it held: last, for an instance that starts at once may set off anything.
  placePending(s);
  if (state.environments) startForWaiting(s, state);
}

/** Off the service's list, and out of its count. */
function unlink(s: RunState, state: ServiceState, row: number): void {
  const { instances } = s;
  const next = instances.listNext[row]!;
  const previous = instances.listPrevious[row]!;
  if (previous < 0) state.firstInstance = next;
  else instances.listNext[previous] = next;
  if (next < 0) state.lastInstance = previous;
  else instances.listPrevious[next] = previous;
  state.liveCount--;
}

/** Undo what the state an instance is in counts for; the state itself is the caller's to set. */
function leaveLife(s: RunState, state: ServiceState, row: number): void {
  const { instances, measures } = s;
  settleMachine(s, row);
  instances.phaseTicket[row] = -1;
  instances.crashTicket[row] = -1;
  instances.memoryTicket[row] = -1;
  state.watches?.close(row);
  state.freeSlots?.set(row, false);
  endHang(s, row);
  state.prewarmed?.rows.delete(row);
  switch (instances.state[row]) {
    case instanceStates.ready: {
      const isHeldForReady = instances.isUnready[row] === 0;
      if (isHeldForReady) state.readyCount--;
      const answers = state.balanced !== null && isHeldForReady;
      measures.countReady(state.index, -1, state.spec.vCpu, answers, s.nowUs);
      if (state.balanced) measures.countInstance(state.index, -1, s.nowUs);
      break;
    }
    case instanceStates.draining:
      state.drainingCount--;
      measures.countReady(state.index, -1, state.spec.vCpu, false, s.nowUs);
      if (state.balanced) measures.countInstance(state.index, -1, s.nowUs);
      break;
    default:
      state.startingCount--;
  }
}

/**
 * The process dies. A replica restarts in place by its rule, as soon as anybody sees it (who kills it does); an
 * environment is gone for good.
 */
export function crashInstance(s: RunState, state: ServiceState, row: number, why: string, isSeen = false): void {
  const { instances } = s;
  const wasDraining = instances.state[row] === instanceStates.draining;
  if (state.environments || wasDraining) {
    s.tellInstance(row, 'crashed');
    s.note('crash', state.index, row, why);
    if (instances.isProvisioned[row] === 1 && instances.isRetired[row] === 0) {
      s.measures.replacementCount[state.index]!++;
      startEnvironment(s, state, -1, true);
    }
    removeInstance(s, state, row);
    return;
  }
  leaveLife(s, state, row);
  state.startingCount++;
  instances.state[row] = instanceStates.crashed;
  instances.readyChangedUs[row] = s.nowUs;
  s.tellInstance(row, 'crashed');
  const lostCount = failEverythingOn(s, row);
  const isUnseen = !isSeen && state.spec.health?.isSupervised === false;
  s.note(isUnseen ? 'crash-unseen' : 'crash', state.index, row, `${why}; ${lostWords(lostCount)}`);
  clearMachine(s, row);
  closePools(s, row);
  if (isUnseen) {
    suspect(s, state, row);
    return;
  }
  callersWillForget(s, state, row);
  restartByRule(s, state, row);
}

/** The machine under it is gone: what it did fails, and nobody restarts it there. */
export function loseInstance(s: RunState, state: ServiceState, row: number, why: string): void {
  const { instances } = s;
  if (instances.state[row] === instanceStates.draining) {
    removeInstance(s, state, row);
    return;
  }
  leaveLife(s, state, row);
  state.startingCount++;
  instances.state[row] = instanceStates.crashed;
  instances.readyChangedUs[row] = s.nowUs;
  s.tellInstance(row, 'crashed');
  const lostCount = failEverythingOn(s, row);
  s.note('crash-unseen', state.index, row, `${why}; ${lostWords(lostCount)}`);
  clearMachine(s, row);
  closePools(s, row);
}

/** Somebody has seen that the process is no more: it starts again by the service's rule. */
export function restartByRule(s: RunState, state: ServiceState, row: number): void {
  const startedUs = s.instances.startedUs[row]!;
  const rule = state.spec.restart;
  const memory = state.restartMemories.get(row) ?? null;
  const decision = rule.afterCrash(startedUs, s.nowUs, memory, state.restartDraws.uniform());
  state.restartMemories.set(row, decision.memory);
  moveAfter(s, row, Math.round(decision.waitUs));
}

/** The wait after a crash is over: the instance starts again where it is. */
function restart(s: RunState, state: ServiceState, row: number): void {
  s.measures.restartCount[state.index]!++;
  s.note('restart', state.index, row, '');
  if (state.spec.restart.coversStartUp) {
    s.instances.state[row] = instanceStates.starting;
    s.instances.startedUs[row] = s.nowUs;
    s.instances.servedCount[row] = 0;
    becomeReady(s, state, row);
  } else {
    const { whole } = state.spec.start;
    const takesUs = whole ? Math.round(whole.sample(state.startDraws)) : startUpUs(s, state, row);
    beginStarting(s, state, row, takesUs);
  }
}

function lostWords(count: number): string {
  return count === 1 ? '1 request lost' : `${count} requests lost`;
}
