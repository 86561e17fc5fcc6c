/**
 * What the HorizontalPodAutoscaler does with a proposal before it acts: rate limits and stabilisation.
 *
 * Two generations live side by side, as in the controller: with a `behavior` the policies of the API decide, without
 * one the older fixed rules do. Times are in any one unit. Held to the tables of the controller's horizontal_test.go.
 */

export interface ScalingPolicy {
  readonly type: 'Pods' | 'Percent';
  readonly value: number;
  /** Over so long the policy counts. */
  readonly period: number;
}

export interface ScalingRules {
  /** Among several policies: the greatest change, the smallest, or no scaling at all this way. */
  readonly select: 'Max' | 'Min' | 'Disabled';
  readonly policies: readonly ScalingPolicy[];
}

/** A change made once: by how many (always positive), and when. */
export interface ScaleEvent {
  readonly change: number;
  readonly at: number;
}

/** A count once recommended, and when. */
export interface Recommendation {
  readonly count: number;
  readonly at: number;
}

export type LimitReason =
  | 'DesiredWithinRange'
  | 'ScaleUpLimit'
  | 'ScaleDownLimit'
  | 'TooManyReplicas'
  | 'TooFewReplicas';

export interface Limited {
  readonly count: number;
  readonly reason: LimitReason;
}

export interface CountLimits {
  readonly currentCount: number;
  readonly desiredCount: number;
  readonly minCount: number;
  readonly maxCount: number;
}

/** The sum of the changes younger than `period` at `now`. */
export function changeWithin(events: readonly ScaleEvent[], now: number, period: number): number {
  return events.reduce((sum, event) => (now - event.at < period ? sum + event.change : sum), 0);
}

export interface History {
  readonly now: number;
  readonly up: readonly ScaleEvent[];
  readonly down: readonly ScaleEvent[];
}

/** How many there may be now at most: the policies are counted from the number at the start of their period. */
export function scaleUpLimit(currentCount: number, rules: ScalingRules, history: History): number {
  const limit = selected(
    rules,
    currentCount,
    rules.select === 'Max' ? Math.max : Math.min,
    ({ type, value, period }) => {
      const start = countAgo(currentCount, history, period);
      return type === 'Pods' ? start + value : Math.ceil(start * (1 + value / 100));
    },
  );
  return Math.max(limit, currentCount);
}

/** How few there may be now at least. */
export function scaleDownLimit(currentCount: number, rules: ScalingRules, history: History): number {
  const limit = selected(
    rules,
    currentCount,
    rules.select === 'Max' ? Math.min : Math.max,
    ({ type, value, period }) => {
      const start = countAgo(currentCount, history, period);
      return type === 'Pods' ? start - value : Math.trunc(start * (1 - value / 100));
    },
  );
  return Math.min(limit, currentCount);
}

function countAgo(currentCount: number, { now, up, down }: History, period: number): number {
  return currentCount - changeWithin(up, now, period) + changeWithin(down, now, period);
}

function selected(
  { select, policies }: ScalingRules,
  currentCount: number,
  better: (a: number, b: number) => number,
  limitOf: (policy: ScalingPolicy) => number,
): number {
  if (select === 'Disabled' || policies.length === 0) return currentCount;
  return policies.map(limitOf).reduce((a, b) => better(a, b));
}

/** The desired count within minimum, maximum and what the policies allow now. Equal to the current one it passes. */
export function rateLimited(
  { currentCount, desiredCount, minCount, maxCount }: CountLimits,
  rules: { readonly scaleUp: ScalingRules; readonly scaleDown: ScalingRules },
  history: History,
): Limited {
  if (desiredCount > currentCount) {
    const limit = scaleUpLimit(currentCount, rules.scaleUp, history);
    if (desiredCount > Math.min(maxCount, limit))
      return maxCount > limit
        ? { count: limit, reason: 'ScaleUpLimit' }
        : { count: maxCount, reason: 'TooManyReplicas' };
  } else if (desiredCount < currentCount) {
    const limit = scaleDownLimit(currentCount, rules.scaleDown, history);
    if (desiredCount < Math.max(minCount, limit))
      return minCount < limit
        ? { count: limit, reason: 'ScaleDownLimit' }
        : { count: minCount, reason: 'TooFewReplicas' };
  }
  return { count: desiredCount, reason: 'DesiredWithinRange' };
}

/** Without a behavior: at most double, or 4, per step; down to the minimum at once. */
export function legacyLimited({ currentCount, desiredCount, minCount, maxCount }: CountLimits): Limited {
  const limit = Math.max(2 * currentCount, 4);
  if (desiredCount < minCount) return { count: minCount, reason: 'TooFewReplicas' };
  if (desiredCount > Math.min(maxCount, limit))
    return maxCount > limit ? { count: limit, reason: 'ScaleUpLimit' } : { count: maxCount, reason: 'TooManyReplicas' };
  return { count: desiredCount, reason: 'DesiredWithinRange' };
}

export interface Stabilized {
  readonly count: number;
  readonly recommendations: readonly Recommendation[];
}

/**
 * The current count moved no further than all recommendations within the windows agree on: up to the least of those
 * younger than `upWindow`, down to the greatest of those younger than `downWindow`. The desired count is recorded, in
 * the place of the last entry older than both windows where there is one.
 */
export function stabilized(
  counts: { readonly currentCount: number; readonly desiredCount: number },
  windows: { readonly now: number; readonly upWindow: number; readonly downWindow: number },
  recommendations: readonly Recommendation[],
): Stabilized {
  const { now, upWindow, downWindow } = windows;
  let least = counts.desiredCount;
  let greatest = counts.desiredCount;
  for (const { count, at } of recommendations) {
    if (now - at < upWindow) least = Math.min(least, count);
    if (now - at < downWindow) greatest = Math.max(greatest, count);
  }
  const isOld = ({ at }: Recommendation) => now - at > upWindow && now - at > downWindow;
  const entry = { count: counts.desiredCount, at: now };
  return {
    count: Math.min(Math.max(counts.currentCount, least), greatest),
    recommendations: withEntry(recommendations, recommendations.findLastIndex(isOld), entry),
  };
}

/** Without a behavior: the greatest recommendation no older than the window; upwards nothing is held back. */
export function legacyStabilized(
  desiredCount: number,
  { now, downWindow }: { readonly now: number; readonly downWindow: number },
  recommendations: readonly Recommendation[],
): Stabilized {
  const isOld = ({ at }: Recommendation) => now - at > downWindow;
  const count = recommendations.reduce((max, it) => (isOld(it) ? max : Math.max(max, it.count)), desiredCount);
  const entry = { count: desiredCount, at: now };
  return { count, recommendations: withEntry(recommendations, recommendations.findLastIndex(isOld), entry) };
}

/** The events with one more, which takes the place of the last one older than every policy looks back. */
export function withEvent(
  events: readonly ScaleEvent[],
  event: ScaleEvent,
  periods: readonly number[],
): readonly ScaleEvent[] {
  return withEntry(
    events,
    events.findLastIndex(({ at }) => isOutdated(at, event.at, periods)),
    event,
  );
}

/** Whether an event of time `at` is older at `now` than the longest of `periods`. */
export function isOutdated(at: number, now: number, periods: readonly number[]): boolean {
  return now - at > Math.max(0, ...periods);
}

function withEntry<T>(entries: readonly T[], placeIndex: number, entry: T): readonly T[] {
  return placeIndex < 0 ? [...entries, entry] : entries.with(placeIndex, entry);
}
