/**
 * Nodes: placing instances on them, adding nodes for what fits nowhere, taking under-used ones away.
 */
import { eventKinds } from './eventKinds.js';
import { beginPlacement, drainInstance, reconcile } from './instances.js';
import { instanceStates } from './instanceTable.js';
import type { NodeState } from './nodeFleet.js';
import type { ServiceState } from './services.js';
import type { RunState } from './state.js';

/** Find the instance a node and reserve what it requests there. False: it fits nowhere now. */
export function takePlace(s: RunState, state: ServiceState, row: number): boolean {
  const node = s.nodes.best(state.spec, state.balanced!.nodePools);
  if (!node) return false;
  occupy(s, state, row, node);
  return true;
}

function occupy(s: RunState, state: ServiceState, row: number, node: NodeState): void {
  s.measures.settlePool(node.pool, s.nowUs);
  s.measures.nodeRequested[node.pool]! += state.spec.vCpuRequest;
  s.nodes.reserve(state.spec, node);
  s.instances.node[row] = node.index;
}

/** The instance is no more: its reservation is free. */
export function leaveNode(s: RunState, state: ServiceState, row: number): void {
  const index = s.instances.node[row]!;
  if (index < 0) {
    const at = s.nodes.pendingRows.indexOf(row);
    if (at >= 0) s.nodes.pendingRows.splice(at, 1);
    return;
  }
  const node = s.nodes.nodes[index]!;
  s.measures.settlePool(node.pool, s.nowUs);
  s.measures.nodeRequested[node.pool]! -= state.spec.vCpuRequest;
  s.nodes.release(state.spec, node);
  s.instances.node[row] = -1;
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
  const node = s.nodes.add(pool, 'ready');
  s.measures.countNode(pool, 1, s.nowUs);
  s.tellNode(pool, node.index, 'booting');
  s.tellNode(pool, node.index, 'ready');
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

/** Event: the cluster autoscaler looks at a pool: nodes for what is pending, fewer where they stand idle. */
export function nodesDecide(s: RunState, index: number): void {
  const pool = s.nodes.pools[index]!;
  const rules = pool.autoscaler!;
  s.schedule(eventKinds.nodesDecide, index, s.nowUs + rules.scanUs);
  if (s.nodes.pendingRows.length > 0) addForPending(s, index);
  if (s.nowUs - s.nodes.lastAddUs[index]! >= rules.delayAfterAddUs) removeUnneeded(s, index);
}

/** As many nodes as hold what is pending, packed one after another, counting those that boot already. */
function addForPending(s: RunState, index: number): void {
  const pool = s.nodes.pools[index]!;
  const free = s.nodes.nodes
    .filter((node) => node.pool === index && node.state === 'booting')
    .map(() => ({ cpu: pool.vCpu, memoryMb: pool.memoryMb }));
  let count = s.nodes.countOf(index);
  for (const row of s.nodes.pendingRows) {
    const state = s.services[s.instances.service[row]!]!;
    const { vCpuRequest, memoryRequestMb } = state.spec;
    if (growablePoolOrBooting(s, state) !== index) continue;
    let slot = free.find(({ cpu, memoryMb }) => vCpuRequest <= cpu + 1e-9 && memoryRequestMb <= memoryMb + 1e-9);
    if (!slot) {
      if (count >= pool.maxCount) continue;
      count++;
      slot = { cpu: pool.vCpu, memoryMb: pool.memoryMb };
      free.push(slot);
      bootNode(s, index);
    }
    slot.cpu -= vCpuRequest;
    slot.memoryMb -= memoryRequestMb;
  }
}

/** The first of the service's pools whose nodes could hold it. */
function growablePoolOrBooting(s: RunState, state: ServiceState): number {
  return state.balanced!.nodePools.find((index) => s.nodes.couldFit(state.spec, s.nodes.pools[index]!)) ?? -1;
}

function bootNode(s: RunState, index: number): void {
  const node = s.nodes.add(index, 'booting');
  s.nodes.lastAddUs[index] = s.nowUs;
  s.measures.countNode(index, 1, s.nowUs);
  s.tellNode(index, node.index, 'booting');
  s.note('node-added', -1, -1, `node ${node.index} of ${s.nodes.pools[index]!.name} boots`);
  const bootUs = Math.round(s.nodes.pools[index]!.boot.sample(s.nodes.bootDraws));
  s.schedule(eventKinds.nodeReady, node.index, s.nowUs + bootUs);
}

/** Event: a node has booted. */
export function nodeReady(s: RunState, index: number): void {
  const node = s.nodes.nodes[index]!;
  node.state = 'ready';
  s.tellNode(node.pool, index, 'ready');
  s.note('node-ready', -1, -1, `node ${index} of ${s.nodes.pools[node.pool]!.name}`);
  placePending(s);
}

/** Take away one node whose requested share has been low for long enough and whose instances fit elsewhere. */
function removeUnneeded(s: RunState, index: number): void {
  const pool = s.nodes.pools[index]!;
  const rules = pool.autoscaler!;
  for (const node of s.nodes.nodes) {
    if (node.pool !== index || node.state !== 'ready') continue;
    const share = Math.max(node.cpuRequested / pool.vCpu, node.memoryRequestedMb / pool.memoryMb);
    if (share >= rules.threshold || !canMoveAway(s, node)) node.unneededSinceUs = Number.POSITIVE_INFINITY;
    else if (node.unneededSinceUs === Number.POSITIVE_INFINITY) node.unneededSinceUs = s.nowUs;
  }
  const victim = s.nodes.nodes.find(
    (node) => node.pool === index && node.state === 'ready' && s.nowUs - node.unneededSinceUs >= rules.unneededUs,
  );
  if (victim && s.nodes.countOf(index) > pool.minCount) drainNode(s, victim);
}

/** Whether every instance of `node` would fit on the other ready nodes, one after another. */
function canMoveAway(s: RunState, node: NodeState): boolean {
  const others = s.nodes.nodes
    .filter((other) => other !== node && other.state === 'ready')
    .map((other) => ({
      pool: other.pool,
      cpu: s.nodes.pools[other.pool]!.vCpu - other.cpuRequested,
      memoryMb: s.nodes.pools[other.pool]!.memoryMb - other.memoryRequestedMb,
    }));
  return rowsOn(s, node).every((row) => {
    const { spec, balanced } = s.services[s.instances.service[row]!]!;
    const slot = others.find(
      ({ pool, cpu, memoryMb }) =>
        balanced!.nodePools.includes(pool) && spec.vCpuRequest <= cpu + 1e-9 && spec.memoryRequestMb <= memoryMb + 1e-9,
    );
    if (!slot) return false;
    slot.cpu -= spec.vCpuRequest;
    slot.memoryMb -= spec.memoryRequestMb;
    return true;
  });
}

function rowsOn(s: RunState, node: NodeState): number[] {
  const rows: number[] = [];
  for (const state of s.services) {
    for (let row = state.firstInstance; row >= 0; row = s.instances.listNext[row]!) {
      if (s.instances.node[row] === node.index) rows.push(row);
    }
  }
  return rows;
}

/** Nothing new is placed on the node; what is there is drained and replaced elsewhere; then the node goes. */
function drainNode(s: RunState, node: NodeState): void {
  node.state = 'leaving';
  s.note('node-drained', -1, -1, `node ${node.index} of ${s.nodes.pools[node.pool]!.name}: under-used`);
  for (const row of rowsOn(s, node)) {
    const state = s.services[s.instances.service[row]!]!;
    const isStillThere = s.instances.isTaken(row) && s.instances.node[row] === node.index;
    if (!isStillThere || s.instances.state[row] === instanceStates.draining) continue;
    s.measures.replacementCount[state.index]!++;
    drainInstance(s, state, row);
    reconcile(s, state);
  }
  if (node.instanceCount === 0 && node.state === 'leaving') removeNode(s, node);
}

function removeNode(s: RunState, node: NodeState): void {
  node.state = 'gone';
  s.measures.countNode(node.pool, -1, s.nowUs);
  s.tellNode(node.pool, node.index, 'gone');
  s.note('node-removed', -1, -1, `node ${node.index} of ${s.nodes.pools[node.pool]!.name}`);
}
