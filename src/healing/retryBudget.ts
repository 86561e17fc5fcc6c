/**
 * Retry budgets: retries under way may be at most a share of all calls under way, so that a failing service gets a
 * little more load and not a multiple of it. Envoy's retry_budget; three at once are always allowed, its
 * min_retry_concurrency. Pure; checked in test/healing by hand.
 */

import type { RetryBudget } from './contract.js';

const alwaysAllowedCount = 3;

/** @param share of the calls under way, [0, 1] */
export function retryBudget(share: number): RetryBudget {
  return {
    source: 'Envoy circuit_breakers.thresholds.retry_budget, budget_percent and min_retry_concurrency 3',
    allows: (retryCount, callCount) => retryCount < Math.max(alwaysAllowedCount, share * callCount),
  };
}
