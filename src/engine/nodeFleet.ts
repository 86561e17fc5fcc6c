/**
 * The nodes that the user owns: what each offers, what its instances have asked for, which images it holds.
 *
 * Only state and the choice of a node; who adds and removes nodes is `nodes.ts`. Scoring is the model's (the
 * scheduler's rule travels in it); filtering is here: an instance fits where its requests do.
 */
import type { Model, NodePoolModel, ServiceModel } from '../model/contract.js';
import type { Draws } from '../random/draws.js';
import { openStream } from '../random/streams.js';
import { NodeGroups } from './nodeGroups.js';
import { NodeScores } from './nodeScores.js';

export interface NodeState {
  readonly index: number;
  readonly pool: number;
  /** Nodes of a pool stand in its zones in turn. */
  readonly zone: number;
  state: 'booting' | 'ready' | 'leaving' | 'lost' | 'gone';
  cpuRequested: number;
  memoryRequestedMb: number;
  instanceCount: number;
  readonly images: Set<number>;
  /** Since when its requested share has been below the autoscaler's threshold; Infinity while it is needed. */
  unneededSinceUs: number;
  /** When an instance last came or went. */
  changedUs: number;
  /** Leaving, and a disruption budget keeps some instance there. */
  isHeld: boolean;
  /** When the provider takes it back, once it has said so; Infinity. And the ticket of its next word. */
  reclaimUs: number;
  spotTicket: number;
  /** Of the control plane's next look at it once it is lost; -1. */
  lossTicket: number;
}

/** Scores of resources are 0 to 100: one instance fewer in the zone outweighs any. */
const beyondAnyScore = 1000;

/** Room for rounding when fractions of vCPUs are added up. */
const tolerance = 1e-9;

/** What instances that are not there yet will request on a node. */
export interface KeptRoom {
  readonly vCpu: number;
  readonly memoryMb: number;
}

/** What is requested on a node, or on each of a group of nodes alike. */
type Amounts = Pick<NodeState, 'pool' | 'zone' | 'cpuRequested' | 'memoryRequestedMb'>;

const nothingKept: KeptRoom = { vCpu: 0, memoryMb: 0 };

export class NodeFleet {
  readonly pools: readonly NodePoolModel[];
  readonly nodes: NodeState[] = [];
  /** Instances (rows) that fit nowhere yet, in order. */
  readonly pendingRows: number[] = [];
  /** Nodes on which instances (by row) are making room for a pending one of higher priority. */
  readonly nominated = new Map<number, number>();
  readonly lastAddUs: number[];
  readonly bootDraws: Draws;
  readonly spotDraws: Draws;
  private readonly scores: NodeScores;
  private readonly groups = new NodeGroups();
  private readonly countByPool: number[];

  constructor(model: Model, replicationIndex: number) {
    this.pools = model.nodePools;
    this.scores = new NodeScores(model.nodePools);
    this.countByPool = this.pools.map(() => 0);
    this.lastAddUs = this.pools.map(() => Number.NEGATIVE_INFINITY);
    this.bootDraws = openStream(model.seed, replicationIndex, model.platformName, '', 'nodes');
    this.spotDraws = openStream(model.seed, replicationIndex, model.platformName, '', 'spot');
  }

  /** A new node of `pool`, holding nothing. */
  add(pool: number, state: 'booting' | 'ready', nowUs: number): NodeState {
    const node: NodeState = {
      index: this.nodes.length,
      pool,
      zone: this.countByPool[pool]!++ % this.pools[pool]!.zoneCount,
      state,
      cpuRequested: 0,
      memoryRequestedMb: 0,
      instanceCount: 0,
      images: new Set(),
      unneededSinceUs: Number.POSITIVE_INFINITY,
      changedUs: nowUs,
      isHeld: false,
      reclaimUs: Number.POSITIVE_INFINITY,
      spotTicket: -1,
      lossTicket: -1,
    };
    this.nodes.push(node);
    this.groups.settle(node);
    return node;
  }

  /** As notes call it; a pool without a name is the only one. */
  nameOf({ index, pool }: NodeState): string {
    const { name } = this.pools[pool]!;
    return name === '' ? `node ${index}` : `node ${index} of ${name}`;
  }

  /** Nodes of `pool` that are there or coming. */
  countOf(pool: number): number {
    return this.nodes.filter((node) => node.pool === pool && (node.state === 'ready' || node.state === 'booting'))
      .length;
  }

  /**
   * The node the scheduler likes best of those where an instance of `service` fits, or null. Ties: the oldest node.
   *
   * @param zoneCounts instances of the service by zone, where the one with fewest is to be preferred; else null
   * @param kept what is held for others, by node; usually none
   */
  best(
    service: ServiceModel,
    poolIndexes: readonly number[],
    zoneCounts: readonly number[] | null,
    kept: ReadonlyMap<number, KeptRoom>,
  ): NodeState | null {
    if (kept.size > 0) return this.bestOfAll(service, poolIndexes, zoneCounts, kept);
    let best: NodeState | null = null;
    let bestScore = Number.NEGATIVE_INFINITY;
    for (const group of this.groups.all) {
      if (!poolIndexes.includes(group.pool) || !this.fits(service, group)) continue;
      const score = this.scoreOf(service, group, zoneCounts);
      if (score < bestScore) continue;
      const first = this.groups.firstReady(group);
      if (first === null || (score === bestScore && first.index > best!.index)) continue;
      best = first;
      bestScore = score;
    }
    return best;
  }

  /** The same where room is held on some nodes: they differ from others that hold as much. */
  private bestOfAll(
    service: ServiceModel,
    poolIndexes: readonly number[],
    zoneCounts: readonly number[] | null,
    kept: ReadonlyMap<number, KeptRoom>,
  ): NodeState | null {
    let best: NodeState | null = null;
    let bestScore = Number.NEGATIVE_INFINITY;
    for (const node of this.nodes) {
      if (node.state !== 'ready' || !poolIndexes.includes(node.pool)) continue;
      if (!this.fits(service, node, kept.get(node.index))) continue;
      const score = this.scoreOf(service, node, zoneCounts);
      if (score > bestScore) {
        best = node;
        bestScore = score;
      }
    }
    return best;
  }

  private scoreOf(service: ServiceModel, on: Amounts, zoneCounts: readonly number[] | null): number {
    const inZone = zoneCounts === null ? 0 : (zoneCounts[on.zone] ?? 0);
    const cpu = Math.round((on.cpuRequested + service.vCpuRequest) * 1000);
    const resourceScore = this.scores.of(on.pool, cpu, on.memoryRequestedMb + service.memoryRequestMb);
    return resourceScore - inZone * beyondAnyScore;
  }

  /** Whether the requests of an instance of `service` fit into what `node` has left, less what is kept for others. */
  fits(service: ServiceModel, node: Amounts, kept: KeptRoom = nothingKept): boolean {
    const pool = this.pools[node.pool]!;
    return (
      node.cpuRequested + kept.vCpu + service.vCpuRequest <= pool.vCpu + tolerance &&
      node.memoryRequestedMb + kept.memoryMb + service.memoryRequestMb <= pool.memoryMb + tolerance
    );
  }

  /** Whether an empty node of `pool` could hold an instance of `service` at all. */
  couldFit(service: ServiceModel, pool: NodePoolModel): boolean {
    return service.vCpuRequest <= pool.vCpu + tolerance && service.memoryRequestMb <= pool.memoryMb + tolerance;
  }

  reserve(service: ServiceModel, node: NodeState): void {
    node.cpuRequested += service.vCpuRequest;
    node.memoryRequestedMb += service.memoryRequestMb;
    node.instanceCount++;
    this.groups.settle(node);
  }

  release(service: ServiceModel, node: NodeState): void {
    node.instanceCount--;
    if (node.instanceCount === 0) {
      node.cpuRequested = 0; // Exactly: sums of fractions need not come back to zero.
      node.memoryRequestedMb = 0;
    } else {
      node.cpuRequested -= service.vCpuRequest;
      node.memoryRequestedMb -= service.memoryRequestMb;
    }
    this.groups.settle(node);
  }
}
