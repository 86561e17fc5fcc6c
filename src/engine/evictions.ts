/**
 * Evictions: emptying a node on purpose. Its instances drain and are replaced elsewhere, no more of a service at once
 * than its disruption budget lets go; what may not go yet is tried again.
 *
 * Its own file because the cluster autoscaler, consolidation, the provider and an operator's drain all do the same.
 * Source: Kubernetes, "Safely Drain a Node" and kubectl pkg/drain (a refused eviction is tried again after 5 s); what
 * is not ready may always go (policy/v1 eviction of pending pods). Checked by test/engine/evictions.test.ts.
 */

import { reconcile } from './desired.js';
import { eventKinds } from './eventKinds.js';
import { drainInstance } from './instances.js';
import { instanceStates } from './instanceTable.js';
import type { NodeState } from './nodeFleet.js';
import { removeNode } from './nodes.js';
import type { ServiceState } from './services.js';
import type { RunState } from './state.js';

const retryUs = 5_000_000;

/** Instances on `node`, by service and in order of creation. */
export function rowsOn(s: RunState, node: NodeState): number[] {
  const rows: number[] = [];
  for (const state of s.services) {
    if (!state.balanced) continue;
    for (let row = state.firstInstance; row >= 0; row = s.instances.listNext[row]!)
      if (s.instances.node[row] === node.index) rows.push(row);
  }
  return rows;
}

/** Nothing new is placed on the node; what is there is drained and replaced elsewhere; then the node goes. */
export function drainNode(s: RunState, node: NodeState, why: string): void {
  node.state = 'leaving';
  s.note('node-drained', -1, -1, `${s.nodes.nameOf(node)}: ${why}`);
  evictFrom(s, node);
}

/** Event: try again to evict what had to stay on a node. */
export function evictAgain(s: RunState, index: number): void {
  const node = s.nodes.nodes[index]!;
  if (node.state === 'leaving') evictFrom(s, node);
}

function evictFrom(s: RunState, node: NodeState): void {
  const { instances } = s;
  let heldCount = 0;
  for (const row of rowsOn(s, node)) {
    const state = s.services[instances.service[row]!]!;
    const isStillThere = instances.isTaken(row) && instances.node[row] === node.index;
    if (!isStillThere || instances.state[row] === instanceStates.draining) continue;
    if (!mayGo(s, state, row)) {
      if (heldCount++ === 0 && !node.isHeld) s.note('eviction-refused', state.index, row, 'its disruption budget');
      continue;
    }
    s.measures.replacementCount[state.index]!++;
    s.note('evicted', state.index, row, `from node ${node.index}`);
    drainInstance(s, state, row);
    reconcile(s, state);
  }
  node.isHeld = heldCount > 0;
  if (node.isHeld) s.schedule(eventKinds.evictAgain, node.index, s.nowUs + retryUs);
  else if (node.instanceCount === 0 && node.state === 'leaving') removeNode(s, node);
}

const isServing = (s: RunState, row: number): boolean =>
  s.instances.state[row] === instanceStates.ready && s.instances.isUnready[row] === 0;

function mayGo(s: RunState, state: ServiceState, row: number): boolean {
  return !isServing(s, row) || allowedCount(state) > 0;
}

/** How many ready instances of the service may be taken away now. */
export function allowedCount({ balanced, desiredCount, readyCount }: ServiceState): number {
  const budget = balanced?.disruptionBudget;
  return budget ? budget.allowedCount(desiredCount, readyCount) : Number.POSITIVE_INFINITY;
}

/** Whether the budgets let all of these instances go at once. */
export function mayAllGo(s: RunState, rows: readonly number[]): boolean {
  return violationCount(s, rows) === 0;
}

/** How many of these instances are more than their services' budgets let go at once. */
export function violationCount(s: RunState, rows: readonly number[]): number {
  const counts = new Map<ServiceState, number>();
  for (const row of rows) {
    const state = s.services[s.instances.service[row]!]!;
    if (isServing(s, row)) counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  let count = 0;
  for (const [state, going] of counts) count += Math.max(0, going - allowedCount(state));
  return count;
}
