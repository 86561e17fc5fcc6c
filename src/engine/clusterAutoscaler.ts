/**
 * The cluster autoscaler: nodes for what is pending, fewer where they stand idle.
 *
 * Its own file because who adds and removes nodes is a matter apart from placing instances on them. Source: Kubernetes
 * cluster-autoscaler FAQ (scan 10 s, unneeded 10 min, threshold 50% of CPU or memory requested, budgets respected, up
 * to ten empty nodes at once and others one by one, pods of priority below -10 are expendable). Pools grow in the order
 * in which they are written (its `priority` expander). Checked by test/engine/evictions.test.ts.
 */
import { consolidate } from './consolidation.js';
import { eventKinds } from './eventKinds.js';
import { drainNode, mayAllGo, rowsOn } from './evictions.js';
import { instanceStates } from './instanceTable.js';
import type { NodeState } from './nodeFleet.js';
import { bootNode } from './nodes.js';
import { priorityOf } from './preemption.js';
import type { ServiceState } from './services.js';
import type { RunState } from './state.js';

/** Below this priority an instance brings no node and keeps none (--expendable-pods-priority-cutoff). */
const expendablePriority = -10;
/** --max-empty-bulk-delete. */
const emptyAtOnce = 10;

/** Event: the autoscaler looks at a pool. */
export function nodesDecide(s: RunState, index: number): void {
  const pool = s.nodes.pools[index]!;
  const rules = pool.autoscaler!;
  s.schedule(eventKinds.nodesDecide, index, s.nowUs + rules.scanUs);
  if (s.nodes.pendingRows.length > 0) addForPending(s, index);
  if (pool.consolidation) consolidate(s, index, pool.consolidation);
  else removeUnneeded(s, index);
}

/** Whether lower ones are leaving a node for the pending instance `row`. */
function isMakingRoom({ nodes }: RunState, row: number): boolean {
  const node = nodes.nominated.get(row);
  return node !== undefined && nodes.nodes[node]!.state === 'ready';
}

interface Slot {
  readonly pool: number;
  cpu: number;
  memoryMb: number;
}

/** As many nodes as hold what is pending, packed one after another, counting those that boot already. */
function addForPending(s: RunState, index: number): void {
  const free: Slot[] = s.nodes.nodes
    .filter(({ state }) => state === 'booting')
    .map(({ pool }) => ({ pool, cpu: s.nodes.pools[pool]!.vCpu, memoryMb: s.nodes.pools[pool]!.memoryMb }));
  for (const row of s.nodes.pendingRows) {
    const state = s.services[s.instances.service[row]!]!;
    if (priorityOf(state) < expendablePriority || isMakingRoom(s, row)) continue;
    if (takeSlot(state, free)) continue;
    if (poolToGrow(s, state) !== index) continue;
    const { vCpu, memoryMb } = s.nodes.pools[index]!;
    bootNode(s, index);
    free.push({ pool: index, cpu: vCpu, memoryMb });
    takeSlot(state, free);
  }
}

/** Take what an instance of the service requests out of the first slot that has it; false when none has. */
function takeSlot({ spec, balanced }: ServiceState, slots: readonly Slot[]): boolean {
  const { vCpuRequest, memoryRequestMb } = spec;
  const slot = slots.find(
    ({ pool, cpu, memoryMb }) =>
      balanced!.nodePools.includes(pool) && vCpuRequest <= cpu + 1e-9 && memoryRequestMb <= memoryMb + 1e-9,
  );
  if (!slot) return false;
  slot.cpu -= vCpuRequest;
  slot.memoryMb -= memoryRequestMb;
  return true;
}

/** The first of the service's pools that may have a node more, which could hold it; -1 when none. */
function poolToGrow(s: RunState, { spec, balanced }: ServiceState): number {
  const place = balanced!.nodePools.find((index) => {
    const pool = s.nodes.pools[index]!;
    return pool.autoscaler !== null && s.nodes.couldFit(spec, pool) && s.nodes.countOf(index) < pool.maxCount;
  });
  return place ?? -1;
}

/**
 * Take away nodes whose requested share has been low for long enough and whose instances fit elsewhere. For a while
 * after a node was added none goes; how long each has been unneeded is counted on (static_autoscaler.go updates that
 * before it asks isScaleDownInCooldown).
 */
function removeUnneeded(s: RunState, index: number): void {
  const pool = s.nodes.pools[index]!;
  const rules = pool.autoscaler!;
  const victims: NodeState[] = [];
  for (const node of s.nodes.nodes) {
    if (node.pool !== index || node.state !== 'ready') continue;
    const share = Math.max(node.cpuRequested / pool.vCpu, node.memoryRequestedMb / pool.memoryMb);
    if (share >= rules.threshold || !canMoveAway(s, node)) node.unneededSinceUs = Number.POSITIVE_INFINITY;
    else if (node.unneededSinceUs === Number.POSITIVE_INFINITY) node.unneededSinceUs = s.nowUs;
    if (s.nowUs - node.unneededSinceUs >= rules.unneededUs) victims.push(node);
  }
  if (s.nowUs - s.nodes.lastAddUs[index]! < rules.delayAfterAddUs) return;
  const spareCount = s.nodes.countOf(index) - pool.minCount;
  const empty = victims.filter(({ instanceCount }) => instanceCount === 0).slice(0, Math.min(spareCount, emptyAtOnce));
  if (empty.length > 0) for (const node of empty) drainNode(s, node, 'empty');
  else if (victims[0] && spareCount > 0) drainNode(s, victims[0], 'under-used');
}

/** Whether budgets let every instance of `node` go, and all would fit on the other ready nodes, one after another. */
export function canMoveAway(s: RunState, node: NodeState): boolean {
  const staying = rowsOn(s, node).filter((row) => s.instances.state[row] !== instanceStates.draining);
  if (!mayAllGo(s, staying)) return false;
  const others: Slot[] = s.nodes.nodes
    .filter((other) => other !== node && other.state === 'ready')
    .map((other) => ({
      pool: other.pool,
      cpu: s.nodes.pools[other.pool]!.vCpu - other.cpuRequested,
      memoryMb: s.nodes.pools[other.pool]!.memoryMb - other.memoryRequestedMb,
    }));
  return staying.every((row) => {
    const state = s.services[s.instances.service[row]!]!;
    return priorityOf(state) < expendablePriority || takeSlot(state, others);
  });
}
