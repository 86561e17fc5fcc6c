/**
 * Recreate: every old instance goes, and when the last has ended every new one starts. The service is away in between.
 */
import type { Rollout } from './contract.js';

export interface RecreateOptions {
  readonly minReadyUs: number;
  readonly progressDeadlineUs: number;
}

/** The strategy with these options; it waits for `oldDrainingCount`, too, before the first new instance. */
export function recreate({ minReadyUs, progressDeadlineUs }: RecreateOptions): Rollout {
  return {
    kind: 'recreate',
    source: 'kubernetes pkg/controller/deployment/recreate.go',
    minReadyUs,
    decide(view) {
      const { desiredCount, newCount, newAvailableCount, oldCount, oldDrainingCount = 0 } = view;
      if (oldCount > 0) return { newCount, oldCount: 0, isComplete: false, because: 'old ones go' };
      if (oldDrainingCount > 0)
        return { newCount, oldCount: 0, isComplete: false, because: 'waits for old ones to end' };
      const isComplete = newCount === desiredCount && newAvailableCount >= desiredCount;
      const isStalled = !isComplete && view.stalledUs > progressDeadlineUs;
      if (isComplete) return { newCount, oldCount: 0, isComplete, because: 'complete' };
      if (newCount !== desiredCount)
        return { newCount: desiredCount, oldCount: 0, isComplete, isStalled, because: 'new ones start' };
      const because = isStalled ? 'progress deadline exceeded' : 'waits for new ones to be available';
      return { newCount, oldCount: 0, isComplete, isStalled, because };
    },
  };
}
