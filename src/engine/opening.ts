/**
 * The opening: what stands at clock 0. The lower end of `replicas` is ready and warm with images pulled, on as many
 * nodes
 * as it needs; provisioned environments are warm, and idle ones that are always kept; nothing else exists.
 */
import type { EnvironmentModel } from '../model/contract.js';
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
    else openEnvironments(s, state, state.environments!);
  }
}

function openEnvironments(s: RunState, state: ServiceState, env: EnvironmentModel): void {
  for (let i = 0; i < env.provisionedCount; i++) openNow(s, state, requestInstance(s, state, true));
  if (env.pending) openReserve(s, state, env);
}

/** Idle instances to be kept. All of them are asked for before the first is ready: then none seems to be missing. */
function openReserve(s: RunState, state: ServiceState, { minIdleCount }: EnvironmentModel): void {
  const rows: number[] = [];
  for (let i = 0; i < minIdleCount; i++) rows.push(requestInstance(s, state));
  for (const row of rows) openNow(s, state, row);
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
  for (let i = 0; i < count; i++) openReplica(s, state);
}

function openReplica(s: RunState, state: ServiceState): void {
  const row = requestInstance(s, state);
  if (state.balanced && state.balanced.nodePools.length > 0 && !placeAtStart(s, state, row)) {
    awaitPlace(s, state, row);
    return;
  }
  openNow(s, state, row);
}

function openNow(s: RunState, state: ServiceState, row: number): void {
  isWarmAlready(s, state, row);
  becomeReady(s, state, row, true);
}
