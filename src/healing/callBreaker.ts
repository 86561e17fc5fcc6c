/**
 * The circuit breaker of a call: after so many errors in a row within an interval the caller stops asking. When it has
 * been open for its time one trial is let through; its answer closes the breaker, its error opens it again.
 *
 * In each calling process, as in Resilience4j or Istio's sidecars: an instance that has seen no error goes on asking.
 * Fowler's and Nygard's states with a count of consecutive errors, as Finagle's failure accrual and Envoy count them.
 * Pure memory; checked in test/healing by hand.
 */
import type { BreakerMemory, BreakerRule } from './contract.js';

export interface BreakerOptions {
  /** Calls under way at once from one instance, and waiting for a place among them; >= 1, >= 0. */
  readonly maxRequests: number;
  readonly maxPending: number;
  /** >= 1. */
  readonly errors: number;
  /** The errors count when the first of them is no older than this; > 0. */
  readonly intervalUs: number;
  /** >= 0. */
  readonly openUs: number;
}

/** Missing limits are none; nobody waits for a place unless `maxPending` says how many. */
export const breakerDefaults: BreakerOptions = {
  maxRequests: Number.POSITIVE_INFINITY,
  maxPending: 0,
  errors: 5,
  intervalUs: 10_000_000,
  openUs: 30_000_000,
};

class ConsecutiveErrorBreaker implements BreakerMemory {
  phase: BreakerMemory['phase'] = 'closed';
  private readonly options: BreakerOptions;
  /** Moments of the latest errors in a row, the oldest first; never more than `errors`. */
  private readonly errorsAtUs: number[] = [];
  private openUntilUs = 0;
  private isTrialUnderWay = false;

  constructor(options: BreakerOptions) {
    this.options = options;
  }

  admits(nowUs: number): boolean {
    if (this.phase === 'closed') return true;
    if (nowUs < this.openUntilUs || this.isTrialUnderWay) return false;
    this.phase = 'half-open';
    this.isTrialUnderWay = true;
    return true;
  }

  answered(isError: boolean, nowUs: number): void {
    if (this.phase === 'open') return; // Of a call that left before it opened.
    if (this.phase === 'half-open') {
      this.isTrialUnderWay = false;
      if (isError) this.open(nowUs);
      else this.phase = 'closed';
      return;
    }
    if (!isError) {
      this.errorsAtUs.length = 0;
      return;
    }
    this.errorsAtUs.push(nowUs);
    if (this.errorsAtUs.length > this.options.errors) this.errorsAtUs.shift();
    const isFull = this.errorsAtUs.length === this.options.errors;
    if (isFull && nowUs - this.errorsAtUs[0]! <= this.options.intervalUs) this.open(nowUs);
  }

  brokenOff(): void {
    this.isTrialUnderWay = false;
  }

  private open(nowUs: number): void {
    this.phase = 'open';
    this.openUntilUs = nowUs + this.options.openUs;
    this.errorsAtUs.length = 0;
  }
}

/** The breaker with these options. */
export function callBreaker(options: Partial<BreakerOptions> = {}): BreakerRule {
  const filled = { ...breakerDefaults, ...options };
  return {
    kind: 'consecutive-errors',
    source: 'Nygard, Release It!, circuit breaker; Envoy max_requests and max_pending_requests',
    maxRequests: filled.maxRequests,
    maxPending: filled.maxPending,
    start: () => new ConsecutiveErrorBreaker(filled),
  };
}
