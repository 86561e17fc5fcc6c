/**
 * Fence posts: between which numbers of instances a rolling release may move, for Kubernetes and for ECS.
 *
 * Their own file because the rule of rounding is all there is to say, and everybody gets it wrong: Kubernetes' surge
 * rounds up, its unavailability down; ECS' lower limit rounds up, its upper one down. Held to Kubernetes' own table.
 */

/** A number of instances, or a whole percentage of the desired number as Kubernetes writes it ("25%"); null is 0. */
export type IntOrPercent = number | string | null;

export interface FencePosts {
  /** How many instances there may be beyond the desired number, and how many may be missing from it. */
  readonly surge: number;
  readonly unavailable: number;
}

/**
 * The count that `value` means of `desiredCount`; undefined when it is neither a whole number nor a whole percentage.
 */
export function scaledCount(
  value: IntOrPercent,
  desiredCount: number,
  round: (x: number) => number,
): number | undefined {
  if (value === null) return 0;
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined;
  const match = /^([+-]?\d+)%$/.exec(value);
  return match ? round((Number(match[1]) * desiredCount) / 100) : undefined;
}

/**
 * Kubernetes' ResolveFenceposts: surge rounds up, unavailability down; where both come out as 0 one instance may be
 * unavailable, or nothing could ever move. Undefined when one of the two cannot be read.
 */
export function kubernetesFencePosts(
  maxSurge: IntOrPercent,
  maxUnavailable: IntOrPercent,
  desiredCount: number,
): FencePosts | undefined {
  const surge = scaledCount(maxSurge, desiredCount, Math.ceil);
  const unavailable = scaledCount(maxUnavailable, desiredCount, Math.floor);
  if (surge === undefined || unavailable === undefined) return undefined;
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
}

/** How many instances an ECS service keeps at least and has at most while it deploys; percentages are numbers. */
export function ecsFencePosts(
  desiredCount: number,
  limits: { readonly minimumHealthyPercent: number; readonly maximumPercent: number },
): { readonly lowerCount: number; readonly upperCount: number } {
  return {
    lowerCount: Math.ceil((desiredCount * limits.minimumHealthyPercent) / 100),
    upperCount: Math.floor((desiredCount * limits.maximumPercent) / 100),
  };
}
