/**
 * Consolidation: nodes whose instances fit elsewhere go soon, rather than after ten minutes of low use.
 *
 * Its own file because it is another autoscaler's rule. Source: Karpenter v1, "Disruption" (consolidationPolicy,
 * consolidateAfter since the last pod event, budgets: 10% of nodes by default, rounded up) and karpenter-core
 * pkg/controllers/disruption (a look every 10 s, emptiness first, then the node that costs least disruption; validated
 * again after 15 s). It removes nodes; it replaces none by cheaper ones. Checked by test/engine/evictions.test.ts.
 */
import type { ConsolidationModel } from '../model/contract.js';
import { canMoveAway } from './clusterAutoscaler.js';
import { drainNode } from './evictions.js';
import type { NodeState } from './nodeFleet.js';
import type { RunState } from './state.js';

const lookUs = 10_000_000;
const validationUs = 15_000_000;

/** One look at pool `index`: every 10 s. */
export function consolidate(s: RunState, index: number, rules: ConsolidationModel): void {
  if (s.nowUs % lookUs !== 0) return;
  const pool = s.nodes.pools[index]!;
  const nodes = s.nodes.nodes.filter((node) => node.pool === index && isThere(node));
  const leavingCount = nodes.filter(({ state }) => state === 'leaving').length;
  const { budget } = rules;
  const most = budget.kind === 'count' ? budget.count : Math.ceil(budget.share * nodes.length - 1e-9);
  const spareCount = Math.min(most - leavingCount, s.nodes.countOf(index) - pool.minCount);
  const candidates = nodes.filter((node) => isCandidate(s, node, rules));
  for (const node of nodes) if (!candidates.includes(node)) node.unneededSinceUs = Number.POSITIVE_INFINITY;
  for (const node of candidates) node.unneededSinceUs = Math.min(node.unneededSinceUs, s.nowUs);
  if (spareCount <= 0) return;
  const sure = candidates.filter(({ unneededSinceUs }) => s.nowUs - unneededSinceUs >= validationUs);
  const empty = sure.filter(({ instanceCount }) => instanceCount === 0);
  if (empty.length > 0) {
    for (const node of empty.slice(0, spareCount)) drainNode(s, node, 'empty');
    return;
  }
  const [least] = sure.sort((a, b) => a.instanceCount - b.instanceCount || a.index - b.index);
  if (least) drainNode(s, least, 'its instances fit elsewhere');
}

const isThere = ({ state }: NodeState): boolean => state === 'ready' || state === 'leaving' || state === 'booting';

function isCandidate(s: RunState, node: NodeState, { includesUnderused, afterUs }: ConsolidationModel): boolean {
  if (node.state !== 'ready' || s.nowUs - node.changedUs < afterUs) return false;
  return node.instanceCount === 0 || (includesUnderused && canMoveAway(s, node));
}
