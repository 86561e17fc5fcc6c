/**
 * Idle spells: environments without a request, in the order in which they became idle, and the timer that ends them.
 *
 * With one fixed idle time the spells end in the order in which they began, so a single timer a service is enough: it
 * is set for the longest idle and, when it comes too early, set again. Pending events then follow the number of
 * services,
 * not rate x idle time. Where the time is drawn for each spell, each spell has its own event.
 */
import { eventKinds } from './eventKinds.js';
import { removeInstance } from './instances.js';
import type { ServiceState } from './services.js';
import type { RunState } from './state.js';

/** Environment `row` holds no request from now on. Provisioned ones have no idle spells. */
export function becomesIdle(s: RunState, state: ServiceState, row: number): void {
  const { instances } = s;
  if (instances.isProvisioned[row] === 1) return;
  const { idleTimeout } = state.environments!;
  instances.isInIdle[row] = 1;
  instances.idleSinceUs[row] = s.nowUs;
  const tail = state.idleTail;
  instances.idleNext[row] = -1;
  instances.idlePrevious[row] = tail;
  if (tail < 0) state.idleHead = row;
  else instances.idleNext[tail] = row;
  state.idleTail = row;
  state.idleCount++;
  const { maxIdleCount } = state.environments!;
  if (maxIdleCount !== undefined && state.idleCount > maxIdleCount)
    s.schedule(eventKinds.idleSpellEnds, state.index * 2, s.nowUs);
  if (idleTimeout.kind === 'constant') armIdle(s, state);
  else {
    const dueUs = s.nowUs + Math.round(idleTimeout.sample(state.idleDraws));
    instances.idleTicket[row] = s.schedule(eventKinds.idleSpellEnds, row * 2 + 1, dueUs);
    // One that was kept although its time is over may go now that another one is idle.
    if (state.overdueCount > 0 && state.idleTicket < 0)
      state.idleTicket = s.schedule(eventKinds.idleSpellEnds, state.index * 2, s.nowUs);
  }
}

/** Environment `row` has a request again, or is gone. */
export function becomesUsed(s: RunState, state: ServiceState, row: number): void {
  const { instances } = s;
  if (instances.isInIdle[row] === 0) return;
  if (instances.isInIdle[row] === 2) state.overdueCount--;
  instances.isInIdle[row] = 0;
  instances.idleTicket[row] = -1;
  state.idleCount--;
  const next = instances.idleNext[row]!;
  const previous = instances.idlePrevious[row]!;
  if (previous < 0) state.idleHead = next;
  else instances.idleNext[previous] = next;
  if (next < 0) state.idleTail = previous;
  else instances.idlePrevious[next] = previous;
}

function armIdle(s: RunState, state: ServiceState): void {
  if (state.idleTicket >= 0 || state.idleHead < 0) return;
  const timeoutUs = state.environments!.idleTimeout.mean;
  if (timeoutUs === Number.POSITIVE_INFINITY) return;
  const dueUs = Math.max(s.nowUs, s.instances.idleSinceUs[state.idleHead]! + Math.round(timeoutUs));
  state.idleTicket = s.schedule(eventKinds.idleSpellEnds, state.index * 2, dueUs);
}

/** Event: some spell may be over. Even: the longest of service `packed / 2`; odd: the one of row `(packed - 1) / 2`. */
export function idleSpellEnds(s: RunState, packed: number): void {
  const { instances } = s;
  if (packed % 2 === 1) {
    const row = (packed - 1) / 2;
    if (s.queue.takenTicket !== instances.idleTicket[row]) return;
    const state = s.services[instances.service[row]!]!;
    instances.idleTicket[row] = -1;
    instances.isInIdle[row] = 2;
    state.overdueCount++;
    removeOverdue(s, state);
    return;
  }
  const state = s.services[packed / 2]!;
  removeSurplus(s, state);
  if (s.queue.takenTicket !== state.idleTicket) return; // It came for the surplus alone.
  state.idleTicket = -1;
  if (state.environments!.idleTimeout.kind !== 'constant') {
    removeOverdue(s, state);
    return;
  }
  const timeoutUs = Math.round(state.environments!.idleTimeout.mean);
  while (state.idleHead >= 0 && s.nowUs - instances.idleSinceUs[state.idleHead]! >= timeoutUs) {
    if (!mayGo(state)) return;
    removeInstance(s, state, state.idleHead);
  }
  armIdle(s, state);
}

/** More idle ones than the platform keeps go, the longest idle first. */
function removeSurplus(s: RunState, state: ServiceState): void {
  const { maxIdleCount } = state.environments!;
  if (maxIdleCount === undefined) return;
  while (state.idleCount > maxIdleCount && mayGo(state)) removeInstance(s, state, state.idleHead);
}

/** Those whose own time is over go, the longest idle first, as far as they may. */
function removeOverdue(s: RunState, state: ServiceState): void {
  const { instances } = s;
  while (state.overdueCount > 0 && mayGo(state)) {
    let row = state.idleHead;
    while (instances.isInIdle[row] !== 2) row = instances.idleNext[row]!;
    removeInstance(s, state, row);
  }
}

/** Platforms may keep some idle ones however long. */
function mayGo(state: ServiceState): boolean {
  return state.idleCount > state.environments!.minIdleCount;
}
