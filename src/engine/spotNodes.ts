/**
 * Spot nodes: the provider says that it will take a node back, and two minutes later it does.
 *
 * Its own file because it is the one thing that happens to nodes by chance. Source: Amazon EC2, "Spot Instance
 * interruption notices" (two minutes); what is done with the notice is the AWS Node Termination Handler's and
 * Karpenter's: the node takes nothing new and is drained, and the pool's lower end is kept by a new one (capacity
 * rebalancing of managed node groups). Checked by test/engine/evictions.test.ts.
 */

import { reconcile } from './desired.js';
import { callersWillForget } from './discovery.js';
import { eventKinds } from './eventKinds.js';
import { drainNode, rowsOn } from './evictions.js';
import { removeInstance } from './instances.js';
import type { NodeState } from './nodeFleet.js';
import { bootNode, removeNode } from './nodes.js';
import type { ServiceState } from './services.js';
import type { RunState } from './state.js';

/** The node has just got ready: when the provider will want it back. */
export function awaitInterruption(s: RunState, node: NodeState): void {
  const { spot } = s.nodes.pools[node.pool]!;
  node.reclaimUs = Number.POSITIVE_INFINITY;
  if (!spot) return;
  node.spotTicket = s.schedule(
    eventKinds.spotCalls,
    node.index,
    s.nowUs + Math.round(spot.untilNotice.sample(s.nodes.spotDraws)),
  );
}

/** Event: the provider gives notice of a node, or takes it. */
export function spotCalls(s: RunState, index: number): void {
  const node = s.nodes.nodes[index]!;
  if (node.spotTicket !== s.queue.takenTicket || (node.state !== 'ready' && node.state !== 'leaving')) return;
  if (node.reclaimUs <= s.nowUs) takeNode(s, node);
  else giveNotice(s, node);
}

function giveNotice(s: RunState, node: NodeState): void {
  const pool = s.nodes.pools[node.pool]!;
  const { noticeUs } = pool.spot!;
  s.note('spot-notice', -1, -1, `${s.nodes.nameOf(node)} goes in ${noticeUs / 1e6} s`);
  node.reclaimUs = s.nowUs + noticeUs;
  node.spotTicket = s.schedule(eventKinds.spotCalls, node.index, node.reclaimUs);
  if (node.state === 'leaving') return;
  node.state = 'leaving'; // It counts no more, before the pool is counted.
  if (s.nodes.countOf(node.pool) < pool.minCount) bootNode(s, node.pool);
  drainNode(s, node, 'spot interruption');
}

/** Whoever is still there ends at once, and others start elsewhere. */
function takeNode(s: RunState, node: NodeState): void {
  const { instances } = s;
  s.note('spot-taken', -1, -1, s.nodes.nameOf(node));
  const services = new Set<ServiceState>();
  for (const row of rowsOn(s, node)) {
    if (!instances.isTaken(row) || instances.node[row] !== node.index) continue;
    const state = s.services[instances.service[row]!]!;
    s.tellInstance(row, 'crashed');
    s.measures.replacementCount[state.index]!++;
    callersWillForget(s, state, row);
    if (!instances.isTaken(row) || instances.node[row] !== node.index) continue; // It was empty, and has gone.
    removeInstance(s, state, row);
    services.add(state);
  }
  for (const state of services) reconcile(s, state);
  if (node.state === 'leaving') removeNode(s, node);
}
