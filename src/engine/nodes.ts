/**
 * Nodes: placing instances on them; a node comes, is ready, goes. Who decides that is `clusterAutoscaler.ts`.
 */
import { eventKinds } from './eventKinds.js';
import { beginPlacement } from './instances.js';
import { instanceStates } from './instanceTable.js';
import type { KeptRoom, NodeState } from './nodeFleet.js';
import { joinShares, leaveShares } from './nodeShares.js';
import { priorityOf } from './preemption.js';
import type { ServiceState } from './services.js';
import { awaitInterruption } from './spotNodes.js';
import type { RunState } from './state.js';

/** Find the instance a node and reserve what it requests there. False: it fits nowhere now. */
export function takePlace(s: RunState, state: ServiceState, row: number): boolean {
  const { nodePools, spreadsZones } = state.balanced!;
  const zoneCounts = spreadsZones ? zoneCountsOf(s, state) : null;
  const node = s.nodes.best(state.spec, nodePools, zoneCounts, keptFrom(s, state, row));
  if (!node) return false;
  occupy(s, state, row, node);
  return true;
}

/** Instances of the service by zone, without those that are leaving. */
function zoneCountsOf(s: RunState, state: ServiceState): number[] {
  const { instances, nodes } = s;
  const counts: number[] = [];
  for (let row = state.firstInstance; row >= 0; row = instances.listNext[row]!) {
    const node = instances.node[row]!;
    if (node < 0 || instances.state[row] === instanceStates.draining) continue;
    const { zone } = nodes.nodes[node]!;
    counts[zone] = (counts[zone] ?? 0) + 1;
  }
  return counts;
}

const none: ReadonlyMap<number, KeptRoom> = new Map();

/**
 * What is held for other instances, of a priority not below, for which room is being made (Kubernetes' nominated
 * pods: they count as if they were there, RunFilterPluginsWithNominatedPods).
 */
function keptFrom(s: RunState, state: ServiceState, row: number): ReadonlyMap<number, KeptRoom> {
  const { nominated } = s.nodes;
  if (nominated.size === 0) return none;
  const kept = new Map<number, KeptRoom>();
  for (const [other, node] of nominated) {
    const its = s.services[s.instances.service[other]!]!;
    if (other === row || priorityOf(its) < priorityOf(state)) continue;
    const { vCpu, memoryMb } = kept.get(node) ?? { vCpu: 0, memoryMb: 0 };
    kept.set(node, { vCpu: vCpu + its.spec.vCpuRequest, memoryMb: memoryMb + its.spec.memoryRequestMb });
  }
  return kept;
}

/** The instance waits for a place: before those of lower priority, after those of its own. */
export function awaitPlace(s: RunState, state: ServiceState, row: number): void {
  const { pendingRows } = s.nodes;
  const priority = priorityOf(state);
  let at = pendingRows.length;
  while (at > 0 && priorityOf(s.services[s.instances.service[pendingRows[at - 1]!]!]!) < priority) at--;
  pendingRows.splice(at, 0, row);
  s.note('pending', state.index, row, 'no node has room for what it requests');
}

function occupy(s: RunState, state: ServiceState, row: number, node: NodeState): void {
  s.measures.settlePool(node.pool, s.nowUs);
  s.measures.nodeRequested[node.pool]! += state.spec.vCpuRequest;
  s.nodes.reserve(state.spec, node);
  s.instances.node[row] = node.index;
  if (s.nodeShares !== null) joinShares(s, s.nodeShares, row);
  s.nodes.nominated.delete(row);
  node.changedUs = s.nowUs;
}

/** The instance is no more: its reservation is free. */
export function leaveNode(s: RunState, state: ServiceState, row: number): void {
  const index = s.instances.node[row]!;
  if (index < 0) {
    const at = s.nodes.pendingRows.indexOf(row);
    s.nodes.nominated.delete(row);
    if (at >= 0) s.nodes.pendingRows.splice(at, 1);
    return;
  }
  const node = s.nodes.nodes[index]!;
  if (s.nodeShares !== null) leaveShares(s, s.nodeShares, row);
  s.measures.settlePool(node.pool, s.nowUs);
  s.measures.nodeRequested[node.pool]! -= state.spec.vCpuRequest;
  s.nodes.release(state.spec, node);
  s.instances.node[row] = -1;
  node.changedUs = s.nowUs;
  if (node.state === 'leaving' && node.instanceCount === 0) removeNode(s, node);
}

/** At clock 0: the lower end of every pool, and as many more as the first instances need. */
export function beginNodes(s: RunState): void {
  s.nodes.pools.forEach((pool, index) => {
    for (let count = 0; count < pool.initialCount; count++) readyNode(s, index);
    if (pool.autoscaler) s.schedule(eventKinds.nodesDecide, index, pool.autoscaler.scanUs);
  });
}

function readyNode(s: RunState, pool: number): NodeState {
  const node = s.nodes.add(pool, 'ready', s.nowUs);
  s.measures.countNode(pool, 1, s.nowUs);
  s.tellNode(pool, node.index, 'booting');
  s.tellNode(pool, node.index, 'ready');
  awaitInterruption(s, node);
  return node;
}

/** Place an instance at clock 0, on a node added for it where none has room; false when no pool may grow. */
export function placeAtStart(s: RunState, state: ServiceState, row: number): boolean {
  if (!takePlace(s, state, row)) {
    const pool = growablePool(s, state);
    if (pool < 0) return false;
    readyNode(s, pool);
    if (!takePlace(s, state, row)) return false;
  }
  s.nodes.nodes[s.instances.node[row]!]!.images.add(state.index);
  return true;
}

/** The first of the service's pools that may have a node more which could hold an instance of it; -1 when none. */
function growablePool(s: RunState, state: ServiceState): number {
  return (
    state.balanced!.nodePools.find((index) => {
      const pool = s.nodes.pools[index]!;
      return s.nodes.couldFit(state.spec, pool) && s.nodes.countOf(index) < pool.maxCount;
    }) ?? -1
  );
}

/** Try again to place what fitted nowhere, in the order in which it was wanted. */
export function placePending(s: RunState): void {
  const { pendingRows } = s.nodes;
  if (pendingRows.length === 0) return;
  for (let i = 0; i < pendingRows.length; ) {
    const row = pendingRows[i]!;
    const state = s.services[s.instances.service[row]!]!;
    if (takePlace(s, state, row)) {
      pendingRows.splice(i, 1);
      beginPlacement(s, state, row);
    } else i++;
  }
}

/** A node more of pool `index`, on order. */
export function bootNode(s: RunState, index: number): void {
  const node = s.nodes.add(index, 'booting', s.nowUs);
  s.nodes.lastAddUs[index] = s.nowUs;
  s.measures.countNode(index, 1, s.nowUs);
  s.tellNode(index, node.index, 'booting');
  s.note('node-added', -1, -1, `${s.nodes.nameOf(node)} boots`);
  const bootUs = Math.round(s.nodes.pools[index]!.boot.sample(s.nodes.bootDraws));
  s.schedule(eventKinds.nodeReady, node.index, s.nowUs + bootUs);
}

/** Event: a node has booted. */
export function nodeReady(s: RunState, index: number): void {
  const node = s.nodes.nodes[index]!;
  node.state = 'ready';
  node.changedUs = s.nowUs;
  awaitInterruption(s, node);
  s.tellNode(node.pool, index, 'ready');
  placePending(s);
}

export function removeNode(s: RunState, node: NodeState): void {
  node.state = 'gone';
  s.measures.countNode(node.pool, -1, s.nowUs);
  s.tellNode(node.pool, node.index, 'gone');
  s.note('node-removed', -1, -1, s.nodes.nameOf(node));
}
