/**
 * CPUs of a node that its instances ask more of than it has: they share it by what they requested.
 *
 * An instance asks for a vCPU a job, up to its limit. While all of a node's instances together ask for no more than it
 * offers, each gets that. Beyond it the kernel's scheduler divides by weight, and what one does not use the others get:
 * weighted max-min. A weight is the request (`cpu.shares`, in cgroups v2 `cpu.weight`), so whoever keeps within his
 * request is never slowed: requests on a node sum to no more than it offers.
 *
 * Its own file because only nodes with instances whose limit is above their request can be short of CPU. A change of
 * what one instance asks looks at the instances of its node alone. Source: Kubernetes, "Resource Management for Pods
 * and Containers" (how requests and limits are applied); kubernetes/kubernetes pkg/kubelet/cm/helpers_linux.go
 * (MilliCPUToShares); Linux, Documentation/scheduler/sched-design-CFS.
 * Checked by test/engine/nodeShares.test.ts.
 */

import type { Model } from '../model/contract.js';
import { machineFields } from './instanceTable.js';
import { arm, settleMachine } from './machines.js';
import type { RunState } from './state.js';

/** Rounding of sums of fractions of a vCPU. */
const tolerance = 1e-9;

interface NodeDemand {
  readonly rows: number[];
  /** vCPUs asked for by all of them. */
  askedVCpu: number;
  isShort: boolean;
}

export class NodeShares {
  readonly byNode: NodeDemand[] = [];
  /** By row: what it asks for now. */
  readonly asked: number[] = [];

  /** Null where no instance may use more than it requested. */
  static of(model: Model): NodeShares | null {
    return model.services.some((_, index) => mayBeShort(model, index)) ? new NodeShares() : null;
  }

  ofNode(node: number): NodeDemand {
    this.byNode[node] ??= { rows: [], askedVCpu: 0, isShort: false };
    return this.byNode[node];
  }
}

/** Whether instances of the service stand on nodes together with some that may use more than they requested. */
export function mayBeShort({ services }: Model, index: number): boolean {
  const pools = poolsOf(services[index]!);
  return services.some(
    (other) => other.vCpu > other.vCpuRequest && poolsOf(other).some((pool) => pools.includes(pool)),
  );
}

function poolsOf({ dispatch }: Model['services'][number]): readonly number[] {
  return dispatch.kind === 'balanced' ? dispatch.nodePools : [];
}

/** Instance `row` stands on its node from now on: its limit is at most the whole of it. */
export function joinShares(s: RunState, shares: NodeShares, row: number): void {
  const node = s.instances.node[row]!;
  shares.ofNode(node).rows.push(row);
  shares.asked[row] = 0;
  s.instances.machine[(row << 3) | machineFields.vCpu] = limitOf(s, row);
}

/** Instance `row` leaves its node, on which it still stands, with nothing at work. */
export function leaveShares(s: RunState, shares: NodeShares, row: number): void {
  const { rows } = shares.ofNode(s.instances.node[row]!);
  askChanged(s, shares, row);
  rows.splice(rows.indexOf(row), 1);
}

/** What instance `row` asks for may have changed: whoever shares its node gets more, or less. */
export function askChanged(s: RunState, shares: NodeShares, row: number): void {
  const { instances } = s;
  const node = instances.node[row]!;
  if (node < 0) return;
  const demand = shares.ofNode(node);
  const asked =
    instances.isHung[row] === 1
      ? 0
      : Math.min(instances.machine[(row << 3) | machineFields.jobCount]!, limitOf(s, row));
  demand.askedVCpu += asked - shares.asked[row]!;
  shares.asked[row] = asked;
  const offeredVCpu = s.nodes.pools[s.nodes.nodes[node]!.pool]!.vCpu;
  const isShort = demand.askedVCpu > offeredVCpu + tolerance;
  if (isShort) divide(s, shares, demand, offeredVCpu);
  else if (demand.isShort) for (const each of demand.rows) give(s, each, limitOf(s, each));
  demand.isShort = isShort;
}

/** Who asks for less than his share of what is left gets that; the rest is divided anew among the others. */
function divide(s: RunState, shares: NodeShares, { rows }: NodeDemand, offeredVCpu: number): void {
  let leftVCpu = offeredVCpu;
  let leftWeight = 0;
  for (const row of rows) if (shares.asked[row]! > 0) leftWeight += weightOf(s, row);
  let perWeight = leftVCpu / leftWeight;
  for (let isSettled = false; !isSettled; ) {
    isSettled = true;
    leftVCpu = offeredVCpu;
    leftWeight = 0;
    for (const row of rows) {
      const asked = shares.asked[row]!;
      const weight = weightOf(s, row);
      if (asked <= perWeight * weight + tolerance) leftVCpu -= asked;
      else leftWeight += weight;
    }
    const next = leftWeight > 0 ? leftVCpu / leftWeight : perWeight;
    if (next > perWeight + tolerance) isSettled = false;
    perWeight = Math.max(perWeight, next);
  }
  for (const row of rows) {
    const isWithin = shares.asked[row]! <= perWeight * weightOf(s, row) + tolerance;
    give(s, row, isWithin ? limitOf(s, row) : perWeight * weightOf(s, row));
  }
}

function give(s: RunState, row: number, vCpu: number): void {
  const { instances } = s;
  if (instances.machine[(row << 3) | machineFields.vCpu] === vCpu) return;
  settleMachine(s, row);
  instances.machine[(row << 3) | machineFields.vCpu] = vCpu;
  arm(s, row);
}

const weightOf = (s: RunState, row: number): number => s.services[s.instances.service[row]!]!.spec.vCpuRequest;

function limitOf(s: RunState, row: number): number {
  const { vCpu } = s.services[s.instances.service[row]!]!.spec;
  return Math.min(vCpu, s.nodes.pools[s.nodes.nodes[s.instances.node[row]!]!.pool]!.vCpu);
}
