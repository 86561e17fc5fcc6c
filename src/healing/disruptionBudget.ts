/**
 * Disruption budgets: how many ready instances a node drain may take away at once.
 *
 * Its own file because the rounding is all there is to say: Kubernetes rounds both of its percentages up, so
 * `maxUnavailable: 30%` of four lets two go. Source: Kubernetes pkg/controller/disruption/disruption.go
 * (getExpectedPodCount, updatePdbStatus); documentation "Specifying a Disruption Budget for your Application".
 */
import type { DisruptionBudget } from './contract.js';

/** A number of instances, or a share of the desired number. */
export type BudgetLimit =
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'share'; readonly share: number };

/** At least so many stay ready, or at most so many are missing. */
export interface BudgetOptions {
  readonly rule: 'minAvailable' | 'maxUnavailable';
  readonly limit: BudgetLimit;
}

/** The budget with these options. */
export function disruptionBudget({ rule, limit }: BudgetOptions): DisruptionBudget {
  return {
    allowedCount(desiredCount, readyCount) {
      const limitCount = countOf(limit, desiredCount);
      const mustBeReady = rule === 'minAvailable' ? limitCount : Math.max(0, desiredCount - limitCount);
      return Math.max(0, readyCount - mustBeReady);
    },
  };
}

/** Rounded up; the product may exceed a whole number by its last bit, which must not count as one more. */
function countOf(limit: BudgetLimit, desiredCount: number): number {
  return limit.kind === 'count' ? limit.count : Math.ceil(limit.share * desiredCount - 1e-9);
}
