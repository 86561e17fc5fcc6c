/**
 * Outlier detection, Envoy's passive health check by consecutive errors: an instance that answered with so many errors
 * in a row is ejected at once, for the base time x how often it has been ejected; every interval looks who comes back.
 *
 * Of all instances at most a share is out, but one always may be. When more than half are out, callers take all again:
 * Envoy's panic threshold of 50%. A healthy interval forgives one earlier ejection. Not here: success rates,
 * failure percentages, jitter. Pure memory; checked in test/healing against the documented algorithm.
 */
import type { OutlierMemory, OutlierRule } from './contract.js';

export interface OutlierOptions {
  /** >= 1. */
  readonly consecutiveErrors: number;
  /** > 0. */
  readonly intervalUs: number;
  /** >= 0. */
  readonly baseEjectionUs: number;
  /** Share of the known instances, [0, 1]. */
  readonly maxEjected: number;
}

/** Envoy's defaults; the longest ejection is its max_ejection_time. */
export const envoyOutliers: OutlierOptions = {
  consecutiveErrors: 5,
  intervalUs: 10_000_000,
  baseEjectionUs: 30_000_000,
  maxEjected: 0.1,
};
const longestEjectionUs = 300_000_000;
const panicShare = 0.5;

interface Watched {
  errorCount: number;
  /** How often it has been ejected, less one for each healthy interval since. */
  ejectionCount: number;
  /** -1 while it is not ejected. */
  ejectedAtUs: number;
}

class ConsecutiveErrors implements OutlierMemory {
  private readonly options: OutlierOptions;
  private readonly watched = new Map<number, Watched>();
  private readonly out = new Set<number>();
  /** Instances with something to forgive or to bring back: without any there is nothing to look for. */
  private readonly marked = new Set<number>();

  constructor(options: OutlierOptions) {
    this.options = options;
  }

  get ejected(): ReadonlySet<number> {
    return this.out;
  }

  get isPanicking(): boolean {
    return this.out.size > panicShare * this.watched.size;
  }

  get needsSweeps(): boolean {
    return this.marked.size > 0;
  }

  joined(instance: number): void {
    this.left(instance);
    this.watched.set(instance, { errorCount: 0, ejectionCount: 0, ejectedAtUs: -1 });
  }

  left(instance: number): void {
    this.watched.delete(instance);
    this.out.delete(instance);
    this.marked.delete(instance);
  }

  answered(instance: number, isError: boolean, nowUs: number): boolean {
    const one = this.watched.get(instance);
    if (!one) return false;
    if (!isError) {
      one.errorCount = 0;
      return false;
    }
    if (++one.errorCount < this.options.consecutiveErrors || one.ejectedAtUs >= 0) return false;
    one.errorCount = 0;
    if (this.out.size > 0 && this.out.size >= this.options.maxEjected * this.watched.size) return false;
    one.ejectedAtUs = nowUs;
    if (one.ejectionCount * this.options.baseEjectionUs < longestEjectionUs + this.options.baseEjectionUs)
      one.ejectionCount++;
    this.out.add(instance);
    this.marked.add(instance);
    return true;
  }

  sweep(nowUs: number): readonly number[] {
    const back: number[] = [];
    for (const instance of this.marked) {
      const one = this.watched.get(instance)!;
      if (one.ejectedAtUs < 0) {
        if (--one.ejectionCount === 0) this.marked.delete(instance);
      } else if (nowUs - one.ejectedAtUs >= this.ejectionUs(one)) {
        one.ejectedAtUs = -1;
        one.errorCount = 0;
        this.out.delete(instance);
        back.push(instance);
      }
    }
    return back;
  }

  private ejectionUs({ ejectionCount }: Watched): number {
    const { baseEjectionUs } = this.options;
    return Math.min(baseEjectionUs * ejectionCount, Math.max(longestEjectionUs, baseEjectionUs));
  }
}

/** The rule with these options; missing ones are Envoy's. */
export function outlierDetection(options: Partial<OutlierOptions> = {}): OutlierRule {
  const filled = { ...envoyOutliers, ...options };
  return {
    kind: 'consecutive-errors',
    source: 'Envoy outlier detection, consecutive_5xx: arch_overview/upstream/outlier and its detector_impl.cc',
    intervalUs: filled.intervalUs,
    start: () => new ConsecutiveErrors(filled),
  };
}
