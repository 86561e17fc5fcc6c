/**
 * The steps of Kubernetes' rolling update, as pure functions of the numbers in its status: how far the new set may
 * grow, and which old sets shrink by how much. `rolling.ts` walks them; they stand apart to be held to the deployment
 * controller's own tests, which know several old sets where our services have one.
 */
import type { FencePosts } from './fencePosts.js';

/** One set of instances of one version. */
export interface SetSize {
  readonly count: number;
  readonly availableCount: number;
}

export interface NewSetView {
  readonly desiredCount: number;
  readonly surge: number;
  /** All instances of all versions, the new one's included. */
  readonly totalCount: number;
  readonly newCount: number;
}

/** How many the new set may have now: as many as fit under desired + surge, never more than desired. */
export function newCountAllowed({ desiredCount, surge, totalCount, newCount }: NewSetView): number {
  const room = desiredCount + surge - totalCount;
  if (room <= 0) return newCount;
  return newCount + Math.min(room, desiredCount - newCount);
}

/** What one reconciliation makes of the new set: down to desired when it has more, else what is allowed. */
export function reconciledNewCount(view: NewSetView): number {
  return view.newCount >= view.desiredCount ? view.desiredCount : newCountAllowed(view);
}

/** How many may be unavailable of `desiredCount`: none of none, and never more than there should be. */
function unavailableLimit({ unavailable }: FencePosts, desiredCount: number): number {
  return Math.min(unavailable, desiredCount);
}

/** Takes up to `limitCount` instances that are not available out of the old sets, the oldest set first. */
export function withoutUnhealthy(
  old: readonly SetSize[],
  limitCount: number,
): { readonly old: readonly SetSize[]; readonly removedCount: number } {
  let removedCount = 0;
  const after = old.map((set) => {
    const unhealthyCount = Math.max(0, set.count - set.availableCount);
    const removed = Math.max(0, Math.min(limitCount - removedCount, unhealthyCount));
    removedCount += removed;
    return { ...set, count: set.count - removed };
  });
  return { old: after, removedCount };
}

/** Takes from the old sets, the oldest first, what is available beyond the number that must be. */
export function scaledDownOld(
  old: readonly SetSize[],
  view: { readonly desiredCount: number; readonly posts: FencePosts; readonly availableTotalCount: number },
): readonly SetSize[] {
  const minAvailable = view.desiredCount - unavailableLimit(view.posts, view.desiredCount);
  let spareCount = Math.max(0, view.availableTotalCount - minAvailable);
  return old.map((set) => {
    const removed = Math.min(set.count, spareCount);
    spareCount -= removed;
    return { ...set, count: set.count - removed };
  });
}

export interface OldSetsView {
  readonly desiredCount: number;
  readonly posts: FencePosts;
  /** The oldest first. */
  readonly old: readonly SetSize[];
  readonly newSet: SetSize;
}

/**
 * What one reconciliation leaves of the old sets: as long as there are more instances than must be available and than
 * the new set is still waiting for, first the unhealthy ones go, then healthy ones beyond the minimum.
 */
export function reconciledOld({ desiredCount, posts, old, newSet }: OldSetsView): readonly SetSize[] {
  const sumOf = (pick: (set: SetSize) => number) => old.reduce((sum, set) => sum + pick(set), 0);
  const minAvailable = desiredCount - unavailableLimit(posts, desiredCount);
  const oldCount = sumOf((set) => set.count);
  if (oldCount === 0) return old;
  const budget = oldCount + newSet.count - minAvailable - (newSet.count - newSet.availableCount);
  if (budget <= 0) return old;
  const availableTotalCount = sumOf((set) => set.availableCount) + newSet.availableCount;
  return scaledDownOld(withoutUnhealthy(old, budget).old, { desiredCount, posts, availableTotalCount });
}

/** A deployment is complete when every instance there is, is new, and as many as desired are available. */
export function isRolloutComplete(status: {
  readonly desiredCount: number;
  readonly totalCount: number;
  readonly newCount: number;
  readonly availableCount: number;
}): boolean {
  return (
    status.newCount === status.desiredCount &&
    status.totalCount === status.desiredCount &&
    status.availableCount >= status.desiredCount
  );
}

/** One step of a release in which every new instance is available before the next step: `new+3`, `old-2`. */
export function rollingSequence(desiredCount: number, posts: FencePosts): readonly string[] {
  const steps: string[] = [];
  let newCount = 0;
  let oldCount = desiredCount;
  for (;;) {
    const grown = reconciledNewCount({ desiredCount, surge: posts.surge, totalCount: newCount + oldCount, newCount });
    if (grown !== newCount) {
      steps.push(`new+${grown - newCount}`);
      newCount = grown;
      continue;
    }
    const old = [{ count: oldCount, availableCount: oldCount }];
    const newSet = { count: newCount, availableCount: newCount };
    const left = reconciledOld({ desiredCount, posts, old, newSet })[0]!.count;
    if (left === oldCount) return steps;
    steps.push(`old-${oldCount - left}`);
    oldCount = left;
  }
}
