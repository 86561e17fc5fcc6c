/**
 * Rolling release: new instances come and old ones go side by side, between the fence posts, as Kubernetes' deployment
 * controller does it. A version that never gets ready stalls here and leaves the old one standing.
 */
import type { Rollout, RolloutDecision, RolloutView } from './contract.js';
import { type FencePosts, type IntOrPercent, kubernetesFencePosts } from './fencePosts.js';
import { proportionalSizes } from './proportional.js';
import { isRolloutComplete, reconciledNewCount, reconciledOld } from './rollingSteps.js';

export interface RollingOptions {
  readonly maxSurge: IntOrPercent;
  readonly maxUnavailable: IntOrPercent;
  readonly minReadyUs: number;
  readonly progressDeadlineUs: number;
  /** Whether a release that makes no progress is undone; Kubernetes itself only reports it. */
  readonly rollsBack: boolean;
}

/** What Kubernetes fills in. */
export const rollingDefaults: RollingOptions = {
  maxSurge: '25%',
  maxUnavailable: '25%',
  minReadyUs: 0,
  progressDeadlineUs: 600_000_000,
  rollsBack: false,
};

/**
 * The strategy with these options. Each decision is where the controller comes to rest with the availability seen: it
 * reconciles new and old in turn, at once, until neither moves. So ask again whenever availability or counts change.
 *
 * @throws RangeError when a fence post cannot be read; `makeRollout` has checked that before
 */
export function rolling(options: RollingOptions): Rollout {
  return {
    kind: 'rolling',
    source: 'kubernetes pkg/controller/deployment/rolling.go and util/deployment_util.go (ResolveFenceposts)',
    minReadyUs: options.minReadyUs,
    undoes: true,
    decide(view) {
      const posts = kubernetesFencePosts(options.maxSurge, options.maxUnavailable, view.desiredCount);
      if (!posts) throw new RangeError(`fence posts ${options.maxSurge}, ${options.maxUnavailable}`);
      const scaled = scaledTogether(view, options);
      if (scaled) return { ...scaled, isComplete: false, because: 'both versions are scaled' };
      return explained(view, settled(view, posts), options);
    },
  };
}

/**
 * Scaled in the middle of the release: both versions in proportion, before anything else (`sync` in the controller's
 * deployment_controller.go, whenever `isScalingEvent`). Null when that is not so, or changes nothing.
 */
function scaledTogether(
  view: RolloutView,
  { maxSurge, maxUnavailable }: RollingOptions,
): { readonly newCount: number; readonly oldCount: number } | null {
  const { desiredCount, desiredBeforeCount = desiredCount, newCount, oldCount } = view;
  if (desiredBeforeCount === desiredCount || newCount === 0 || oldCount === 0) return null;
  const before = kubernetesFencePosts(maxSurge, maxUnavailable, desiredBeforeCount)!;
  const recorded = {
    recordedMaxCount: desiredBeforeCount + before.surge,
    recordedDesiredCount: desiredBeforeCount,
  };
  const sizes = proportionalSizes({
    desiredCount,
    surge: kubernetesFencePosts(maxSurge, maxUnavailable, desiredCount)!.surge,
    sets: [
      { name: 'new', count: newCount, createdAt: 1, isNew: true, availableCount: view.newAvailableCount, ...recorded },
      { name: 'old', count: oldCount, createdAt: 0, isNew: false, availableCount: view.oldAvailableCount, ...recorded },
    ],
  });
  const next = { newCount: sizes.get('new')!, oldCount: sizes.get('old')! };
  return next.newCount === newCount && next.oldCount === oldCount ? null : next;
}

/**
 * Both counts once neither reconciliation moves anything. The old ones that go first are those that are unavailable.
 */
function settled(view: RolloutView, posts: FencePosts): { readonly newCount: number; readonly oldCount: number } {
  const { desiredCount, newAvailableCount } = view;
  let { newCount, oldCount } = view;
  for (;;) {
    const grown = reconciledNewCount({ desiredCount, surge: posts.surge, totalCount: newCount + oldCount, newCount });
    const old = [{ count: oldCount, availableCount: Math.min(view.oldAvailableCount, oldCount) }];
    const newSet = { count: grown, availableCount: Math.min(newAvailableCount, grown) };
    const left = reconciledOld({ desiredCount, posts, old, newSet })[0]!.count;
    if (grown === newCount && left === oldCount) return { newCount, oldCount };
    newCount = grown;
    oldCount = left;
  }
}

function explained(
  view: RolloutView,
  next: { readonly newCount: number; readonly oldCount: number },
  { progressDeadlineUs, rollsBack }: RollingOptions,
): RolloutDecision {
  const isComplete = isRolloutComplete({
    desiredCount: view.desiredCount,
    totalCount: view.newCount + view.oldCount,
    newCount: view.newCount,
    availableCount: view.newAvailableCount + view.oldAvailableCount,
  });
  const late = lateness(view, isComplete, { progressDeadlineUs, rollsBack });
  return { ...next, ...late, isComplete, because: reasonFor(view, next, { isComplete, isStalled: late.isStalled }) };
}

/** What follows from the time without progress: stalled, or asked again when it would be; taken back, once. */
export function lateness(
  view: RolloutView,
  isComplete: boolean,
  { progressDeadlineUs, rollsBack }: Pick<RollingOptions, 'progressDeadlineUs' | 'rollsBack'>,
): { readonly isStalled: boolean; readonly aborts: boolean; readonly askAgainInUs?: number } {
  const isStalled = !isComplete && view.stalledUs > progressDeadlineUs;
  const aborts = isStalled && rollsBack && !view.isAborted;
  if (isComplete || isStalled) return { isStalled, aborts };
  return { isStalled, aborts, askAgainInUs: progressDeadlineUs - view.stalledUs + 1 };
}

function reasonFor(
  view: RolloutView,
  next: { readonly newCount: number; readonly oldCount: number },
  state: { readonly isComplete: boolean; readonly isStalled: boolean },
): string {
  if (state.isComplete) return 'complete';
  const grows = next.newCount > view.newCount;
  const shrinks = next.oldCount < view.oldCount;
  if (grows && shrinks) return 'new ones start, old ones go';
  if (grows) return 'new ones start';
  if (shrinks) return 'old ones go';
  return state.isStalled ? 'progress deadline exceeded' : 'waits for new ones to be available';
}
