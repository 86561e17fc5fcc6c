/**
 * Scores of nodes, remembered: a pool's nodes are alike, so a thousand of them hold few different amounts, and most
 * hold what the one before them holds. Its own file because a scheduler asks for a score of every node at every
 * placement.
 *
 * What is remembered follows the different amounts that were met, up to a limit. Checked through the placement families
 * of the conformance cases and test/engine: a remembered score is the model's own.
 */
import type { NodePoolModel } from '../model/contract.js';

/** Scores kept for each pool before all are forgotten. */
const mostKept = 10_000;

export class NodeScores {
  private readonly pools: readonly NodePoolModel[];
  /** By pool: score by memory, by CPU. */
  private readonly known: readonly Map<number, Map<number, number>>[];
  private readonly knownCount: number[];
  private lastPool = -1;
  private lastCpu = 0;
  private lastMemory = 0;
  private lastScore = 0;

  constructor(pools: readonly NodePoolModel[]) {
    this.pools = pools;
    this.known = pools.map(() => new Map());
    this.knownCount = pools.map(() => 0);
  }

  /** The score of a node of `pool` on which so much would be requested: thousandths of vCPUs, and MB. */
  of(pool: number, cpu: number, memory: number): number {
    if (pool === this.lastPool && cpu === this.lastCpu && memory === this.lastMemory) return this.lastScore;
    this.lastPool = pool;
    this.lastCpu = cpu;
    this.lastMemory = memory;
    this.lastScore = this.known[pool]!.get(cpu)?.get(memory) ?? this.ask(pool, cpu, memory);
    return this.lastScore;
  }

  private ask(index: number, cpu: number, memory: number): number {
    const pool = this.pools[index]!;
    const score = pool.score({ cpu: Math.round(pool.vCpu * 1000), memory: pool.memoryMb }, { cpu, memory });
    const byCpu = this.known[index]!;
    if (this.knownCount[index] === mostKept) {
      byCpu.clear();
      this.knownCount[index] = 0;
    }
    const byMemory = byCpu.get(cpu) ?? new Map<number, number>();
    byCpu.set(cpu, byMemory.set(memory, score));
    this.knownCount[index]!++;
    return score;
  }
}
