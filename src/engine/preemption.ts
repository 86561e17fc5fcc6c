/**
 * Preemption: an instance of high priority that fits nowhere takes the place of lower ones.
 *
 * Its own file because choosing the victims is a rule of its own. Source: Kubernetes
 * pkg/scheduler/framework/preemption/preemption.go (pickOneNodeForPreemption) and plugins/defaultpreemption (all lower
 * ones are taken away, then as many as fit are let be again, those of a budget and of high priority first).
 * Checked by test/engine/preemption.test.ts.
 */

import { reconcile } from './desired.js';
import { rowsOn, violationCount } from './evictions.js';
import { drainInstance } from './instances.js';
import { instanceStates } from './instanceTable.js';
import type { NodeState } from './nodeFleet.js';
import type { ServiceState } from './services.js';
import type { RunState } from './state.js';

export const priorityOf = ({ balanced }: ServiceState): number => balanced?.priority ?? 0;

interface Offer {
  readonly node: NodeState;
  readonly victims: readonly number[];
  readonly violationCount: number;
  readonly highest: number;
  readonly sum: number;
  /** When the highest of them was created, the earliest. */
  readonly createdUs: number;
}

/** Instance `row`, which is pending, takes a place on some node from instances of lower priority, if it can. */
export function preempt(s: RunState, state: ServiceState, row: number): void {
  const offers = s.nodes.nodes.flatMap((node) => offerOf(s, state, node) ?? []);
  const best = offers.reduce<Offer | null>((least, each) => (least && !isBetter(each, least) ? least : each), null);
  if (!best) return;
  s.nodes.nominated.set(row, best.node.index);
  const services = new Set<ServiceState>();
  for (const victim of best.victims) {
    const its = s.services[s.instances.service[victim]!]!;
    s.measures.replacementCount[its.index]!++;
    s.note('preempted', its.index, victim, `for ${state.spec.name}, priority ${priorityOf(state)}`);
    services.add(its);
    drainInstance(s, its, victim);
  }
  for (const its of services) reconcile(s, its);
}

/** In order: fewest beyond budgets, lowest highest priority, lowest sum, fewest, the latest begun. */
function isBetter(one: Offer, other: Offer): boolean {
  const differences = [
    one.violationCount - other.violationCount,
    one.highest - other.highest,
    one.sum - other.sum,
    one.victims.length - other.victims.length,
    other.createdUs - one.createdUs,
  ];
  return (differences.find((difference) => difference !== 0) ?? 0) < 0;
}

/** Who would have to go from `node`; null when that does not help, or none of them has a lower priority. */
function offerOf(s: RunState, state: ServiceState, node: NodeState): Offer | null {
  const { spec, balanced } = state;
  if (node.state !== 'ready' || !balanced!.nodePools.includes(node.pool)) return null;
  const priority = priorityOf(state);
  const stateOf = (row: number): ServiceState => s.services[s.instances.service[row]!]!;
  const lower = rowsOn(s, node).filter(
    (row) => priorityOf(stateOf(row)) < priority && s.instances.state[row] !== instanceStates.draining,
  );
  if (lower.length === 0) return null;
  const pool = s.nodes.pools[node.pool]!;
  const free = { vCpu: pool.vCpu - node.cpuRequested, memoryMb: pool.memoryMb - node.memoryRequestedMb };
  const change = (row: number, sign: 1 | -1): void => {
    free.vCpu += sign * stateOf(row).spec.vCpuRequest;
    free.memoryMb += sign * stateOf(row).spec.memoryRequestMb;
  };
  const fits = (): boolean => spec.vCpuRequest <= free.vCpu + 1e-9 && spec.memoryRequestMb <= free.memoryMb + 1e-9;
  for (const row of lower) change(row, 1);
  if (!fits()) return null;
  const createdUs = (row: number): number => s.instances.createdUs[row]!;
  const isBudgeted = (row: number): number => (violationCount(s, [row]) > 0 ? 0 : 1);
  lower.sort(
    (a, b) =>
      isBudgeted(a) - isBudgeted(b) ||
      priorityOf(stateOf(b)) - priorityOf(stateOf(a)) ||
      createdUs(a) - createdUs(b) ||
      a - b,
  );
  const victims = lower.filter((row) => {
    change(row, -1);
    if (fits()) return false;
    change(row, 1);
    return true;
  });
  const priorities = victims.map((row) => priorityOf(stateOf(row)));
  const highest = Math.max(...priorities);
  return {
    node,
    victims,
    violationCount: violationCount(s, victims),
    highest,
    sum: priorities.reduce((sum, each) => sum + each, 0),
    createdUs: Math.min(...victims.filter((_, at) => priorities[at] === highest).map(createdUs)),
  };
}
