/**
 * What a deployment strategy is: given how many instances of the old and the new version there are and how many of
 * them are available, it says how many of each there should be next. Pure; the engine starts, drains and waits.
 */

export interface RolloutView {
  readonly desiredCount: number;
  readonly newCount: number;
  readonly newAvailableCount: number;
  readonly oldCount: number;
  readonly oldAvailableCount: number;
  /** Old instances told to go that are still there, not among `oldCount`; 0 when left out. */
  readonly oldDrainingCount?: number;
  /** Since the release began, and since the number of available new instances last grew; microseconds. */
  readonly elapsedUs: number;
  readonly stalledUs: number;
}

export interface RolloutDecision {
  readonly newCount: number;
  readonly oldCount: number;
  /** Nothing is left to do: every instance is new and available. */
  readonly isComplete: boolean;
  /** The progress deadline has passed without progress. The release goes on waiting; nothing is rolled back. */
  readonly isStalled?: boolean;
  readonly because: string;
}

/** A strategy bound to its options. */
export interface Rollout {
  readonly kind: string;
  readonly source: string;
  /** How long a new instance must have been ready before it counts as available, microseconds. */
  readonly minReadyUs: number;
  decide(view: RolloutView): RolloutDecision;
}

/** A strategy bound to its options, or what is wrong with them; `option` is the guilty one, as scenarios name it. */
export type MadeRollout =
  | { readonly ok: true; readonly value: Rollout }
  | { readonly ok: false; readonly fault: string; readonly option?: string };
