/**
 * Scaling in the middle of a rolling release: Kubernetes spreads the change over the sets of all versions, each by its
 * size, so that a release that stands still does not send all growth to one version. Held to the controller's
 * TestScale.
 */

export interface ReplicaSet {
  readonly name: string;
  readonly count: number;
  /** Greater is newer. */
  readonly createdAt: number;
  readonly isNew: boolean;
  /** What the controller wrote on the set when it last scaled: desired + surge (0: nothing yet), and desired. */
  readonly recordedMaxCount: number;
  readonly recordedDesiredCount: number;
  readonly availableCount: number;
}

export interface ProportionalInput {
  readonly desiredCount: number;
  /** The resolved fence post. */
  readonly surge: number;
  readonly sets: readonly ReplicaSet[];
}

/** The sets' sizes by name once the desired count has changed to `desiredCount`. */
export function proportionalSizes({ desiredCount, surge, sets }: ProportionalInput): ReadonlyMap<string, number> {
  const sizes = new Map(sets.map(({ name, count }) => [name, count]));
  const active = sets.filter(({ count }) => count > 0);
  const newSet = sets.find(({ isNew }) => isNew);
  const only = onlyOne(sets, active, newSet);
  if (only) return sizes.set(only.name, desiredCount);
  if (newSet && isSaturated(newSet, desiredCount)) {
    for (const { name, isNew } of sets) if (!isNew) sizes.set(name, 0);
    return sizes;
  }
  const allowedCount = desiredCount > 0 ? desiredCount + surge : 0;
  const totalCount = active.reduce((sum, { count }) => sum + count, 0);
  const changeCount = allowedCount - totalCount;
  if (changeCount === 0) return sizes;
  let leftCount = changeCount;
  const ordered = inOrder(active, changeCount > 0);
  for (const set of ordered) {
    const share = clipped(ownShare(set, { desiredCount, allowedCount, totalCount }), leftCount);
    sizes.set(set.name, set.count + share);
    leftCount -= share;
  }
  const first = ordered[0]!.name;
  sizes.set(first, Math.max(0, sizes.get(first)! + leftCount));
  return sizes;
}

/** The set that takes the whole count when at most one is active: that one, or without any the new or the newest. */
function onlyOne(
  sets: readonly ReplicaSet[],
  active: readonly ReplicaSet[],
  newSet: ReplicaSet | undefined,
): ReplicaSet | undefined {
  if (active.length > 1) return undefined;
  return active[0] ?? newSet ?? [...sets].sort((a, b) => b.createdAt - a.createdAt)[0];
}

function isSaturated(set: ReplicaSet, desiredCount: number): boolean {
  return set.count === desiredCount && set.recordedDesiredCount === desiredCount && set.availableCount === desiredCount;
}

/** The largest first; among equals the newest when adding, the oldest when removing. */
function inOrder(sets: readonly ReplicaSet[], isAdding: boolean): readonly ReplicaSet[] {
  const age = isAdding ? -1 : 1;
  return [...sets].sort((a, b) => b.count - a.count || age * (a.createdAt - b.createdAt));
}

/** By how many the set would change to keep its share of what it was recorded with, else of all there are. */
function ownShare(
  { count, recordedMaxCount }: ReplicaSet,
  counts: { readonly desiredCount: number; readonly allowedCount: number; readonly totalCount: number },
): number {
  if (counts.desiredCount === 0) return -count;
  return roundedHalfAway((count * counts.allowedCount) / (recordedMaxCount || counts.totalCount)) - count;
}

function clipped(share: number, leftCount: number): number {
  if (leftCount === 0) return 0;
  return leftCount > 0 ? Math.min(share, leftCount) : Math.max(share, leftCount);
}

function roundedHalfAway(x: number): number {
  return Math.sign(x) * Math.floor(Math.abs(x) + 0.5);
}
