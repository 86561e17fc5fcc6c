/**
 * Lost nodes and zones: machines go, and all that is on them. Where they are the user's, nobody else knows until the
 * control plane has missed the node for long enough; then callers forget its instances, and later they are replaced
 * elsewhere. Where they are the provider's, a share of the instances goes and the provider starts others.
 *
 * Source: Kubernetes, "Nodes" (node heartbeats, 40 s) and "Taints and Tolerations" (taint-based evictions, 300 s).
 * Checked by test/engine/lostPlaces.test.ts.
 */
import type { PlaceFaultModel } from '../model/contract.js';
import { reconcile } from './desired.js';
import { callersWillForget } from './discovery.js';
import { eventKinds } from './eventKinds.js';
import { drainNode, rowsOn } from './evictions.js';
import { crashInstance, loseInstance, removeInstance } from './instances.js';
import { instanceStates } from './instanceTable.js';
import type { NodeState } from './nodeFleet.js';
import { placePending } from './nodes.js';
import type { ServiceState } from './services.js';
import { awaitInterruption } from './spotNodes.js';
import type { RunState } from './state.js';

type LossModel = Extract<PlaceFaultModel, { kind: 'lose-node' | 'lose-zone' | 'drain-node' }>;

export function losePlaces(s: RunState, index: number, fault: LossModel): void {
  if (fault.kind === 'drain-node') {
    drainNodes(s, index, fault.count);
    return;
  }
  const lost = s.nodes.nodes.filter(({ state }) => state === 'ready' || state === 'leaving').filter(standsIn(fault));
  const nodes = fault.kind === 'lose-node' ? lost.slice(0, fault.count) : lost;
  s.lostNodes.set(index, nodes);
  for (const state of s.services) if (!ownsNodes(state)) loseShare(s, state, fault.count, fault.name);
  for (const node of nodes) loseNode(s, node);
}

/** An operator empties the oldest nodes; those come back when he has done. */
function drainNodes(s: RunState, index: number, count: number): void {
  const nodes = s.nodes.nodes.filter(({ state }) => state === 'ready').slice(0, count);
  s.lostNodes.set(index, nodes);
  for (const node of nodes) drainNode(s, node, 'an operator drains it');
}

const ownsNodes = (state: ServiceState): boolean => (state.balanced?.nodePools.length ?? 0) > 0;

function standsIn({ kind, count }: LossModel): (node: NodeState) => boolean {
  return ({ zone }) => kind === 'lose-node' || zone < count;
}

/** The provider's machines: of its zones' share of the instances, by number, everything ends; others start. */
function loseShare(s: RunState, state: ServiceState, count: number, why: string): void {
  const { instances } = s;
  const zoneCount = state.spec.zoneCount;
  const rows: number[] = [];
  for (let row = state.firstInstance; row >= 0; row = instances.listNext[row]!)
    if (instances.number[row]! % zoneCount < count) rows.push(row);
  for (const row of rows) {
    if (!instances.isTaken(row) || instances.state[row] === instanceStates.gone) continue;
    if (state.environments) crashInstance(s, state, row, why, true);
    else {
      s.tellInstance(row, 'crashed');
      s.note('crash', state.index, row, why);
      callersWillForget(s, state, row);
      s.measures.replacementCount[state.index]!++;
      removeInstance(s, state, row);
    }
  }
  if (state.balanced) reconcile(s, state);
}

function loseNode(s: RunState, node: NodeState): void {
  const pool = s.nodes.pools[node.pool]!;
  node.state = 'lost';
  s.measures.countNode(node.pool, -1, s.nowUs);
  s.tellNode(node.pool, node.index, 'gone');
  s.note('node-lost', -1, -1, s.nodes.nameOf(node));
  for (const row of rowsOn(s, node)) loseInstance(s, s.services[s.instances.service[row]!]!, row, 'its node is lost');
  node.lossTicket = s.schedule(eventKinds.lostNodeSeen, node.index, s.nowUs + pool.lossNoticedUs);
}

/** Event: the control plane has missed a node for long enough; or what was on it is to be replaced. */
export function lostNodeSeen(s: RunState, index: number): void {
  const node = s.nodes.nodes[index]!;
  const pool = s.nodes.pools[node.pool]!;
  if (s.queue.takenTicket !== node.lossTicket) return; // Its zone came back, unnoticed.
  if (node.state === 'lost') {
    node.state = 'gone';
    s.note('node-not-ready', -1, -1, `${s.nodes.nameOf(node)} has not been heard of`);
    for (const row of rowsOn(s, node)) {
      const state = s.services[s.instances.service[row]!]!;
      s.note('unready', state.index, row, 'its node has not been heard of');
      callersWillForget(s, state, row);
    }
    node.lossTicket = s.schedule(eventKinds.lostNodeSeen, index, s.nowUs + pool.evictionUs);
    return;
  }
  evict(s, node);
}

function evict(s: RunState, node: NodeState): void {
  const states = new Set<ServiceState>();
  for (const row of rowsOn(s, node)) {
    const state = s.services[s.instances.service[row]!]!;
    if (s.instances.state[row] !== instanceStates.crashed) continue;
    s.note('evicted', state.index, row, `from node ${node.index}`);
    s.measures.replacementCount[state.index]!++;
    // Back before anybody had missed it: only now do callers hear of it.
    if (s.instances.isKnown[row] === 1 && s.instances.discoveryTicket[row]! < 0) callersWillForget(s, state, row);
    removeInstance(s, state, row);
    states.add(state);
  }
  for (const state of states) reconcile(s, state);
}

/** A zone is there again: its nodes come back empty, and whatever was still held for theirs starts there again. */
export function placesReturn(s: RunState, index: number): void {
  const nodes = s.lostNodes.get(index) ?? [];
  for (const node of nodes) comeBack(s, node);
  for (const node of nodes) evict(s, node);
  s.lostNodes.delete(index);
  placePending(s);
}

function comeBack(s: RunState, node: NodeState): void {
  const isStillThere = node.state === 'leaving';
  node.state = 'ready';
  node.lossTicket = -1;
  node.isHeld = false;
  if (isStillThere) return;
  awaitInterruption(s, node);
  s.measures.countNode(node.pool, 1, s.nowUs);
  s.tellNode(node.pool, node.index, 'ready');
  s.note('node-back', -1, -1, s.nodes.nameOf(node));
}
