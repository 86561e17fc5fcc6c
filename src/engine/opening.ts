/**
 * The opening: what stands at clock 0. The lower end of `replicas` is ready and warm with images pulled, on as many
 * nodes
 * as it needs; provisioned environments are warm; nothing else exists.
 */
import { becomeReady, requestInstance } from './instances.js';
import { awaitPlace, beginNodes, placeAtStart } from './nodes.js';
import { priorityOf } from './preemption.js';
import { RequestBucket } from './requestRates.js';
import type { ServiceState } from './services.js';
import type { RunState } from './state.js';
import { isWarmAlready } from './warming.js';

export function beginServices(s: RunState): void {
  beginNodes(s);
  shareRequestLimit(s);
  // The most important first, where there is room for some only.
  for (const state of [...s.services].sort((a, b) => priorityOf(b) - priorityOf(a))) {
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
    awaitPlace(s, state, row);
    return;
  }
  isWarmAlready(s, state, row);
  becomeReady(s, state, row, true);
}
