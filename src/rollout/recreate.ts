/**
 * Recreate: every old instance goes, and when the last has ended every new one starts. The service is away in between.
 */
import type { Rollout } from './contract.js';
import { lateness } from './rolling.js';

export interface RecreateOptions {
  readonly minReadyUs: number;
  readonly progressDeadlineUs: number;
  readonly rollsBack: boolean;
}

/** The strategy with these options; it waits for `oldDrainingCount`, too, before the first new instance. */
export function recreate({ minReadyUs, ...deadline }: RecreateOptions): Rollout {
  return {
    kind: 'recreate',
    source: 'kubernetes pkg/controller/deployment/recreate.go',
    minReadyUs,
    undoes: true,
    decide(view) {
      const { desiredCount, newCount, newAvailableCount, oldCount, oldDrainingCount = 0 } = view;
      if (oldCount > 0) return { newCount, oldCount: 0, isComplete: false, because: 'old ones go' };
      if (oldDrainingCount > 0)
        return { newCount, oldCount: 0, isComplete: false, because: 'waits for old ones to end' };
      const isComplete = newCount === desiredCount && newAvailableCount >= desiredCount;
      const late = lateness(view, isComplete, deadline);
      if (isComplete) return { newCount, oldCount: 0, isComplete, because: 'complete' };
      if (newCount !== desiredCount)
        return { newCount: desiredCount, oldCount: 0, isComplete, ...late, because: 'new ones start' };
      const because = late.isStalled ? 'progress deadline exceeded' : 'waits for new ones to be available';
      return { newCount, oldCount: 0, isComplete, ...late, because };
    },
  };
}
