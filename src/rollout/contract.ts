/**
 * What a deployment strategy is: given how many instances of the old and the new version there are and how many of
 * them are available, it says how many of each there should be next. Pure; the engine starts, drains and waits.
 */

export interface RolloutView {
  readonly desiredCount: number;
  /** What that was when it was last asked; as now when left out. */
  readonly desiredBeforeCount?: number;
  readonly newCount: number;
  readonly newAvailableCount: number;
  readonly oldCount: number;
  readonly oldAvailableCount: number;
  /** Old instances told to go that are still there, not among `oldCount`; 0 when left out. */
  readonly oldDrainingCount?: number;
  /** Since the release began, and since the number of available new instances last grew; microseconds. */
  readonly elapsedUs: number;
  readonly stalledUs: number;
  /** The `stage` it said last, 0 at first, and for how long it has been there; 0 when left out. */
  readonly stage?: number;
  readonly inStageUs?: number;
  /** Of what it `watches`: the value over the time since it last looked, null without one; and how long that is. */
  readonly watchedValue?: number | null;
  readonly unwatchedUs?: number;
  /** It has decided to take the release back. Where it `undoes` that, the version that stays is now the new one. */
  readonly isAborted?: boolean;
}

export interface RolloutDecision {
  readonly newCount: number;
  readonly oldCount: number;
  /** Nothing is left to do: every instance is new and available. */
  readonly isComplete: boolean;
  /** The progress deadline has passed without progress. The release goes on waiting; nothing is rolled back. */
  readonly isStalled?: boolean;
  /** The release is to be taken back; from now on it is asked with `isAborted`. */
  readonly aborts?: boolean;
  /** Every request goes to the version that stays; only old instances are left to end. As `isComplete` if left out. */
  readonly isDone?: boolean;
  /** Where the strategy stands now; it is told so again. */
  readonly stage?: number;
  /** Share of requests that go to the new version, in [0, 1]; left out: any instance gets any request. */
  readonly newShare?: number;
  /** It has judged what it watches: begin anew. */
  readonly hasLooked?: boolean;
  /** Ask again after so long, whatever happens; microseconds. */
  readonly askAgainInUs?: number;
  readonly because: string;
}

/** What a strategy may watch of the new version's requests: a share, or a latency in microseconds. */
export type WatchedMetric =
  | { readonly kind: 'error-ratio' }
  | { readonly kind: 'success-ratio' }
  | { readonly kind: 'latency-mean' }
  | { readonly kind: 'latency-quantile'; readonly share: number };

/** A strategy bound to its options. */
export interface Rollout {
  readonly kind: string;
  readonly source: string;
  /** How long a new instance must have been ready before it counts as available, microseconds. */
  readonly minReadyUs: number;
  /** What must be measured of the new version's requests; left out: nothing. */
  readonly watches?: WatchedMetric;
  /** Taking back is the same strategy with the versions' sides changed (`kubectl rollout undo`); false if left out. */
  readonly undoes?: boolean;
  decide(view: RolloutView): RolloutDecision;
}

/** A strategy bound to its options, or what is wrong with them; `option` is the guilty one, as scenarios name it. */
export type MadeRollout =
  | { readonly ok: true; readonly value: Rollout }
  | {
      readonly ok: false;
      readonly fault: string;
      readonly option?: string;
      /** Where in the option. */
      readonly path?: readonly (string | number)[];
      /** How to mend it. */
      readonly hint?: string;
    };
