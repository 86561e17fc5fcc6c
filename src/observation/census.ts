/**
 * A census of what exists: the fewest and the most instances (and nodes) at any instant, of each service and of the
 * whole platform. Its own file because extremes cannot be read from integrals, and those of the platform cannot be had
 * from those of its services. What comes and goes within one instant was never there: only a number that held for some
 * time counts. Memory is that of what exists now.
 */
import type { InstanceFact, NodeFact } from './contract.js';

/** The smallest and the largest value that held for any time since the last restart. */
export class Extremes {
  private now = 0;
  private sinceUs = 0;
  private fewest = Number.POSITIVE_INFINITY;
  private most = Number.NEGATIVE_INFINITY;

  /** The value seen when nothing has held for any time yet is the present one. */
  get min(): number {
    return this.fewest === Number.POSITIVE_INFINITY ? this.now : this.fewest;
  }

  get max(): number {
    return this.most === Number.NEGATIVE_INFINITY ? this.now : this.most;
  }

  change(by: number, nowUs: number): void {
    this.settle(nowUs);
    this.now += by;
  }

  /** The present value has held until `nowUs`. */
  settle(nowUs: number): void {
    if (nowUs <= this.sinceUs) return;
    this.fewest = Math.min(this.fewest, this.now);
    this.most = Math.max(this.most, this.now);
    this.sinceUs = nowUs;
  }

  /** Forgets what was; the present value begins to hold at `nowUs`. */
  restart(nowUs: number): void {
    this.sinceUs = nowUs;
    this.fewest = Number.POSITIVE_INFINITY;
    this.most = Number.NEGATIVE_INFINITY;
  }
}

export class InstanceCensus {
  readonly ofPlatform = new Extremes();
  readonly ofServices: readonly Extremes[];
  private readonly startsByRequest: readonly boolean[];
  private readonly counted: readonly Set<number>[];

  /**
   * @param startsByRequest of each service: whether its instances count from the start of their cold start, or only
   * when ready
   */
  constructor(startsByRequest: readonly boolean[]) {
    this.startsByRequest = startsByRequest;
    this.ofServices = startsByRequest.map(() => new Extremes());
    this.counted = startsByRequest.map(() => new Set());
  }

  hear({ service, instance, phase, nowUs }: InstanceFact): void {
    const there = this.counted[service]!;
    if (phase === 'gone' || phase === 'crashed') {
      if (there.delete(instance)) this.change(service, -1, nowUs);
      return;
    }
    const counts = phase === 'ready' || phase === 'draining' || this.startsByRequest[service]!;
    if (counts && !there.has(instance)) {
      there.add(instance);
      this.change(service, 1, nowUs);
    }
  }

  settle(nowUs: number): void {
    this.ofPlatform.settle(nowUs);
    for (const extremes of this.ofServices) extremes.settle(nowUs);
  }

  restart(nowUs: number): void {
    this.ofPlatform.restart(nowUs);
    for (const extremes of this.ofServices) extremes.restart(nowUs);
  }

  private change(service: number, by: number, nowUs: number): void {
    this.ofPlatform.change(by, nowUs);
    this.ofServices[service]!.change(by, nowUs);
  }
}

/** Nodes from the start of their boot (they are paid for from then) until they go. */
export class NodeCensus {
  readonly extremes = new Extremes();
  private readonly there = new Map<number, Set<number>>();

  hear({ pool, node, phase, nowUs }: NodeFact): void {
    const nodes = this.there.get(pool) ?? new Set<number>();
    this.there.set(pool, nodes);
    if (phase === 'gone') {
      if (nodes.delete(node)) this.extremes.change(-1, nowUs);
    } else if (!nodes.has(node)) {
      nodes.add(node);
      this.extremes.change(1, nowUs);
    }
  }

  settle(nowUs: number): void {
    this.extremes.settle(nowUs);
  }

  restart(nowUs: number): void {
    this.extremes.restart(nowUs);
  }
}
