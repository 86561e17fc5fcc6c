/**
 * Knative's autoscaler, the deed: bounds, and the long way down to zero. Held to Knative's scaler_test.go.
 *
 * Its own file because scaling to zero is a small protocol between scaler and activator, with a clock of its own, and
 * has nothing to do with the metric. Times are in any one unit.
 */

export interface KpaApplySpec {
  readonly minScale: number;
  /** 0: no upper bound. */
  readonly maxScale: number;
  /** Instances a new revision starts with; counts until it has been reached once. */
  readonly initialScale: number;
  readonly isScaleToZeroOn: boolean;
  readonly stableWindow: number;
  readonly gracePeriod: number;
  readonly podRetention: number;
  readonly progressDeadline: number;
  readonly activationTimeoutBuffer: number;
}

export interface KpaApplyView {
  /** What the decision asked for; negative while there are no metrics yet. */
  readonly desiredCount: number;
  readonly currentCount: number;
  readonly hasReachedInitialScale: boolean;
  readonly isUnreachable: boolean;
  readonly status: 'activating' | 'active' | 'inactive';
  /** For how long it has had that status, and for how long the activator has been answering for it. */
  readonly statusFor: number;
  readonly proxyFor: number;
  readonly isActivatorInPath: boolean;
}

/** The count reported, -1 when unknown, and whether the deployment is told: not while it must still wait, or has it. */
export interface KpaApplied {
  readonly count: number;
  readonly isPatched: boolean;
}

/** What becomes of the desired count now. A result of 0 that is not patched makes an active revision inactive. */
export function applyKpaScale(view: KpaApplyView, spec: KpaApplySpec): KpaApplied {
  if (view.desiredCount < 0 && view.status !== 'activating') return { count: view.desiredCount, isPatched: false };
  const bounded = withinBounds(view, spec);
  const { count, isApplied } = bounded === 0 ? towardsZero(view, spec) : { count: bounded, isApplied: true };
  return { count, isPatched: isApplied && count !== view.currentCount };
}

function withinBounds({ desiredCount, hasReachedInitialScale, isUnreachable }: KpaApplyView, spec: KpaApplySpec) {
  let minScale = isUnreachable ? 0 : spec.minScale;
  if (spec.initialScale > 1 && !hasReachedInitialScale && !isUnreachable)
    minScale = Math.max(minScale, spec.initialScale);
  if (desiredCount < minScale) return minScale;
  return spec.maxScale !== 0 && desiredCount > spec.maxScale ? spec.maxScale : desiredCount;
}

interface Step {
  readonly count: number;
  readonly isApplied: boolean;
}

function towardsZero(view: KpaApplyView, spec: KpaApplySpec): Step {
  if (!spec.isScaleToZeroOn) return { count: 1, isApplied: true };
  if (view.status === 'activating') {
    const hasTimedOut = view.statusFor > spec.progressDeadline + spec.activationTimeoutBuffer;
    return hasTimedOut ? { count: 0, isApplied: true } : { count: -1, isApplied: false };
  }
  if (view.status === 'active')
    return view.statusFor >= spec.stableWindow ? { count: 0, isApplied: false } : { count: 1, isApplied: true };
  return { count: 0, isApplied: isLastOneDone(view, spec) };
}

/** Inactive: whether the last instance may go. The activator must be in the path, and have been for long enough. */
function isLastOneDone(view: KpaApplyView, { gracePeriod, podRetention }: KpaApplySpec): boolean {
  if (!view.isActivatorInPath) return false;
  const retention = view.isUnreachable ? 0 : podRetention;
  if (view.statusFor >= Math.max(gracePeriod, retention)) return true;
  if (view.statusFor < retention) return false;
  return view.proxyFor >= gracePeriod;
}
