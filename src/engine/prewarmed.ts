/**
 * Prewarmed instances: ready, and kept from the requests until the platform makes them active (Azure's Premium plan).
 * Its own file because the scaler's decision, an instance that gets ready and a release all end here. While a release
 * is under way nobody is kept back: its new instances must be seen to answer.
 */
import { callersWillForget, callersWillLearn } from './discovery.js';
import { instanceStates } from './instanceTable.js';
import { loadChanged } from './routing.js';
import type { ServiceState } from './services.js';
import type { RunState } from './state.js';

/** See that all ready instances but those prewarmed take requests: the oldest do. */
export function settlePrewarmed(s: RunState, state: ServiceState): void {
  const kept = state.prewarmed!;
  const { instances } = s;
  const activeCount = state.release ? Number.POSITIVE_INFINITY : state.desiredCount - kept.wantedCount;
  for (let row = state.firstInstance; row >= 0; row = instances.listNext[row]!) {
    if (state.readyCount >= activeCount) break;
    if (instances.state[row] === instanceStates.ready && kept.rows.delete(row)) activate(s, state, row);
  }
  for (let row = state.lastInstance; row >= 0; row = instances.listPrevious[row]!) {
    if (state.readyCount <= activeCount) break;
    if (instances.state[row] === instanceStates.ready && instances.isUnready[row] === 0) keepBack(s, state, row);
  }
}

function keepBack(s: RunState, state: ServiceState, row: number): void {
  state.prewarmed!.rows.add(row);
  s.instances.isUnready[row] = 1;
  state.freeSlots?.set(row, false);
  state.readyCount--;
  s.measures.countReady(state.index, -1, 0, true, s.nowUs);
  callersWillForget(s, state, row);
}

function activate(s: RunState, state: ServiceState, row: number): void {
  if (s.instances.isUnready[row] === 0) return; // A probe brought it in.
  s.instances.isUnready[row] = 0;
  loadChanged(s, state, row);
  state.readyCount++;
  s.measures.countReady(state.index, 1, 0, true, s.nowUs);
  callersWillLearn(s, state, row, true);
}
