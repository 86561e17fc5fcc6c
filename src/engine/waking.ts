/**
 * Falling asleep: where a request wakes a service of replicas, the last one goes after a time without any.
 */

import { setDesired } from './desired.js';
import { eventKinds } from './eventKinds.js';
import type { ServiceState } from './services.js';
import type { RunState } from './state.js';

/**
 * Watch for a quiet spell, where the service may go down to none. One event a service, set again when it comes too
 * early.
 */
export function armWakeUp(s: RunState, state: ServiceState): void {
  const balanced = state.balanced;
  if (!balanced?.wakesOnRequest || balanced.minCount > 0 || state.waitTicket >= 0) return;
  if (balanced.idleTimeoutUs === Number.POSITIVE_INFINITY) return;
  const dueUs = Math.max(s.nowUs + 1, state.lastRequestUs + Math.round(balanced.idleTimeoutUs));
  state.waitTicket = s.schedule(eventKinds.quietEnds, state.index, dueUs);
}

/** Event: perhaps nobody has come for long enough: then the service sleeps. */
export function maySleep(s: RunState, state: ServiceState): void {
  state.waitTicket = -1;
  if (state.desiredCount === 0) return; // Asleep already: the next request arms this again.
  const quietUs = s.nowUs - Math.max(state.lastRequestUs, state.lastLeftUs);
  const isBusy = s.measures.inside[state.index]! > 0;
  if (!isBusy && quietUs >= Math.round(state.balanced!.idleTimeoutUs)) {
    setDesired(s, state, 0, 'no request for the idle time');
    return;
  }
  if (isBusy) state.lastLeftUs = s.nowUs;
  const from = Math.max(state.lastRequestUs, state.lastLeftUs);
  state.waitTicket = s.schedule(
    eventKinds.quietEnds,
    state.index,
    Math.max(s.nowUs + 1, from + Math.round(state.balanced!.idleTimeoutUs)),
  );
}
