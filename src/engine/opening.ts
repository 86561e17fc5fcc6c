/**
 * The opening: what stands at clock 0. The lower end of `replicas` is ready and warm with images pulled, on as many
 * nodes
 * as it needs; provisioned environments are warm; nothing else exists.
 */
import { becomeReady, requestInstance } from './instances.js';
import { beginNodes, placeAtStart } from './nodes.js';
import { RequestBucket } from './requestRates.js';
import type { ServiceState } from './services.js';
import type { RunState } from './state.js';
import { isWarmAlready } from './warming.js';

export function beginServices(s: RunState): void {
  beginNodes(s);
  shareRequestLimit(s);
  for (const state of s.services) {
    if (state.balanced) openReplicas(s, state, state.balanced.initialCount);
    else for (let i = 0; i < state.environments!.provisionedCount; i++) openInstance(s, state, true);
  }
}

/** Services that share the account's limit of requests a second draw from one bucket. */
function shareRequestLimit(s: RunState): void {
  let shared: RequestBucket | null = null;
  for (const state of s.services) {
    const limit = state.environments?.requestLimit;
    if (!limit?.isShared) continue;
    shared ??= new RequestBucket(limit);
    state.requestBucket = shared;
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
  isWarmAlready(s, state, row);
  becomeReady(s, state, row, true);
}
