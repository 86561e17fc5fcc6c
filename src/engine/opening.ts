/**
 * The opening: what stands at clock 0. The lower end of `replicas` is ready and warm with images pulled, on as many
 * nodes
 * as it needs; provisioned environments are warm; nothing else exists.
 */
import { becomeReady, requestInstance } from './instances.js';
import { beginNodes, placeAtStart } from './nodes.js';
import type { ServiceState } from './services.js';
import type { RunState } from './state.js';

export function beginServices(s: RunState): void {
  beginNodes(s);
  for (const state of s.services) {
    if (state.balanced) openReplicas(s, state, state.balanced.initialCount);
    else for (let i = 0; i < state.environments!.provisionedCount; i++) openInstance(s, state, true);
  }
}

function openReplicas(s: RunState, state: ServiceState, count: number): void {
  state.desiredCount = count;
  for (let i = 0; i < count; i++) openInstance(s, state, false);
}

function openInstance(s: RunState, state: ServiceState, isProvisioned: boolean): void {
  const row = requestInstance(s, state, isProvisioned);
  if (state.balanced && state.balanced.nodePools.length > 0 && !placeAtStart(s, state, row)) {
    s.nodes.pendingRows.push(row);
    s.note('pending', state.index, row, 'no node has room for what it requests');
    return;
  }
  becomeReady(s, state, row, true);
}
