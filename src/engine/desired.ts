/**
 * How many instances a service should have, and what follows: starting what is missing, draining the one least missed.
 * Its own file because scalers, faults and roll-outs all end here, and none of them cares how an instance lives.
 */
import { drainInstance, startInstance } from './instances.js';
import { instanceStates } from './instanceTable.js';
import type { ServiceState } from './services.js';
import type { RunState } from './state.js';

/** The service should have `count` instances from now on, for the reason `because`. */
export function setDesired(s: RunState, state: ServiceState, count: number, because: string): void {
  const before = state.desiredCount;
  if (count === before) return;
  state.desiredCount = count;
  if (count > before) s.measures.scaleOutCount[state.index]!++;
  else s.measures.scaleInCount[state.index]!++;
  s.note(count > before ? 'scale-out' : 'scale-in', state.index, -1, `${before} to ${count}: ${because}`);
  reconcile(s, state);
}

/** Start or drain instances until as many are wanted as are there; during a release that is its rollout's to say. */
export function reconcile(s: RunState, state: ServiceState): void {
  if (state.release) {
    s.releasesToAsk.push(state);
    return;
  }
  for (let count = state.liveCount - state.drainingCount; count < state.desiredCount; count++) startInstance(s, state);
  for (let count = state.liveCount - state.drainingCount; count > state.desiredCount; count--) {
    drainInstance(s, state, leastMissed(s, state, -1));
  }
}

/** The instance to take out next: one not ready before a ready one, the newest first; of `version` only, if not -1. */
export function leastMissed(s: RunState, state: ServiceState, version: number): number {
  const { instances } = s;
  let newestReady = -1;
  for (let row = state.lastInstance; row >= 0; row = instances.listPrevious[row]!) {
    if (version >= 0 && instances.version[row] !== version) continue;
    const at = instances.state[row]!;
    if (at === instanceStates.draining) continue;
    if (at !== instanceStates.ready) return row;
    if (newestReady < 0) newestReady = row;
  }
  return newestReady;
}
