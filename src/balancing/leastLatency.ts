/**
 * Least latency: of two different instances drawn, the one with the lower cost: its recent response time, quick to
 * rise and slow to fall (a peak-sensitive mean with a time constant of 10 s), times its requests in flight plus one.
 * Finagle's and Linkerd's peak EWMA.
 *
 * An instance nobody has had an answer from costs nothing until it holds a request, then nearly everything: one request
 * at a time explores it. The means decay when looked at, so silence heals and nothing runs by the clock. O(1).
 */
import type { Balancer, BalancerMemory, KnownInstance } from './contract.js';
import { InstanceList } from './instanceList.js';

/** Finagle's Balancers.p2cPeakEwma: decayTime 10 s. */
const decayUs = 10_000_000;
/** The cost of one without any answer that already holds a request: beyond any time. */
const penalty = Number.MAX_SAFE_INTEGER / 2;

interface Estimate {
  loadCount: number;
  costUs: number;
  stampUs: number;
}

class LeastLatencyMemory implements BalancerMemory {
  private readonly known = new InstanceList();
  private readonly estimates = new Map<number, Estimate>();

  add(instance: number, outstandingCount: number, _weight: number, known?: KnownInstance): void {
    if (!this.known.add(instance)) {
      this.estimates.get(instance)!.loadCount = outstandingCount;
      return;
    }
    this.estimates.set(instance, { loadCount: outstandingCount, costUs: 0, stampUs: known?.nowUs ?? 0 });
  }

  remove(instance: number): void {
    if (this.known.remove(instance)) this.estimates.delete(instance);
  }

  loadChanged(instance: number, outstandingCount: number): void {
    const estimate = this.estimates.get(instance);
    if (estimate) estimate.loadCount = outstandingCount;
  }

  answered(instance: number, tookUs: number, nowUs: number): void {
    const estimate = this.estimates.get(instance);
    if (estimate) observe(estimate, tookUs, nowUs);
  }

  pick(drawA: number, drawB: number, _key: number, nowUs = 0): number {
    const { count } = this.known;
    if (count < 2) return this.known.drawn(drawA);
    const positionA = Math.floor(drawA * count);
    const drawnB = Math.floor(drawB * (count - 1));
    const first = this.known.at(positionA);
    const second = this.known.at(drawnB < positionA ? drawnB : drawnB + 1);
    return this.costOf(second, nowUs) < this.costOf(first, nowUs) ? second : first;
  }

  private costOf(instance: number, nowUs: number): number {
    const estimate = this.estimates.get(instance)!;
    observe(estimate, 0, nowUs);
    const { costUs, loadCount } = estimate;
    return costUs === 0 && loadCount > 0 ? penalty + loadCount : costUs * (loadCount + 1);
  }
}

/** A longer time counts at once and in full; a shorter one pulls the mean down as old as the last look is. */
function observe(estimate: Estimate, tookUs: number, nowUs: number): void {
  if (tookUs > estimate.costUs) estimate.costUs = tookUs;
  else {
    const keep = Math.exp(-Math.max(0, nowUs - estimate.stampUs) / decayUs);
    estimate.costUs = estimate.costUs * keep + tookUs * (1 - keep);
  }
  estimate.stampUs = nowUs;
}

export const leastLatency: Balancer = {
  kind: 'least-latency',
  source: 'Finagle PeakEwma.scala (p2cPeakEwma, decayTime 10 s); Linkerd load balancing',
  usesLoad: true,
  usesLatency: true,
  drawCount: 2,
  start: () => new LeastLatencyMemory(),
};
