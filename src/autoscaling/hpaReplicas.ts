/**
 * The HorizontalPodAutoscaler's arithmetic: one metric -> how many instances it asks for, before limits.
 *
 * Its own file because it is the part of Kubernetes people ask about most, and the part with the most corners: what an
 * instance counts for that has no sample yet, or is not ready. Pure functions of plain numbers, "milli" are
 * thousandths. Held to the tables of the controller's replica_calculator_test.go.
 */

/** By how much the ratio of usage to target may miss 1 before anything changes; shares, 0.1 both by default. */
export interface Tolerance {
  readonly down: number;
  readonly up: number;
}

/** Which group of instances one belongs to; see `hpaPods.ts`. Ignored ones count for nothing. */
export type PodGroup = 'ready' | 'unready' | 'missing' | 'ignored';

/** One instance: its group, and its sample; null without one. */
export interface PodUsage {
  readonly group: PodGroup;
  readonly usageMilli: number | null;
}

/** With what it requests, which utilisation is counted against; null when it requests nothing. */
export interface PodResource extends PodUsage {
  readonly requestMilli: number | null;
}

export type ReplicaFault = 'no-metrics' | 'missing-request';

/** A metric's proposal, and the figure the controller shows beside it; or why it has none. */
export type Proposal =
  | {
      readonly ok: true;
      readonly replicaCount: number;
      readonly averageMilli: number;
      readonly utilizationPercent?: number;
    }
  | { readonly ok: false; readonly fault: ReplicaFault };

function isWithin(ratio: number, { down, up }: Tolerance): boolean {
  return 1 - down <= ratio && ratio <= 1 + up;
}

interface Sample {
  readonly usageMilli: number;
  readonly requestMilli: number;
}

/**
 * A Resource metric (CPU or memory) with a utilisation target, in percent of what is requested, > 0. `strayCount` is
 * how many samples belong to instances that are no longer listed: they are in no sum, yet in the number of samples.
 */
export function resourceUtilization(input: {
  readonly currentCount: number;
  readonly targetPercent: number;
  readonly tolerance: Tolerance;
  readonly pods: readonly PodResource[];
  readonly strayCount?: number;
}): Proposal {
  const { pods, currentCount, targetPercent, tolerance, strayCount = 0 } = input;
  const whole = wholeUse(pods);
  if (whole !== null) {
    const { percent, averageMilli } = whole;
    const ratio = percent / targetPercent;
    const replicaCount = isWithin(ratio, tolerance) ? currentCount : Math.ceil(ratio * pods.length);
    return { ok: true, replicaCount, averageMilli, utilizationPercent: percent };
  }
  const isSampled = (pod: PodResource) => pod.group === 'ready' && pod.usageMilli !== null;
  if (!pods.some(isSampled) && strayCount === 0) return { ok: false, fault: 'no-metrics' };
  if (pods.some(({ requestMilli }) => requestMilli === null)) return { ok: false, fault: 'missing-request' };
  const sampleOf = (pod: PodResource): Sample => ({
    usageMilli: pod.usageMilli ?? 0,
    requestMilli: pod.requestMilli ?? 0,
  });
  const sampled = pods.filter(isSampled).map(sampleOf);
  const first = utilization(sampled);
  if (first === undefined) return { ok: false, fault: 'no-metrics' };
  const fallbackPercent = Math.max(100, targetPercent);
  const replicaCount = replicasFor({
    ...input,
    sampled,
    missing: pods.filter(({ group }) => group === 'missing').map(sampleOf),
    unready: pods.filter(({ group }) => group === 'unready').map(sampleOf),
    strayCount,
    ratioOf: (samples) => (utilization(samples)?.percent ?? 0) / targetPercent,
    missingUsageMilli: ({ requestMilli }) => Math.trunc((requestMilli * fallbackPercent) / 100),
  });
  return { ok: true, replicaCount, averageMilli: first.averageMilli, utilizationPercent: first.percent };
}

/**
 * As `utilization`, where every instance is ready and sampled and requests something; else null. That is how it stands
 * nearly always, and in long quiet runs the controller's looks cost more than the requests: no list is made for it.
 */
function wholeUse(pods: readonly PodResource[]): { readonly percent: number; readonly averageMilli: number } | null {
  let used = 0;
  let requested = 0;
  for (const { group, usageMilli, requestMilli } of pods) {
    if (group !== 'ready' || usageMilli === null || requestMilli === null) return null;
    used += usageMilli;
    requested += requestMilli;
  }
  if (requested === 0) return null;
  return { percent: Math.trunc((used * 100) / requested), averageMilli: Math.trunc(used / pods.length) };
}

/** Used of requested, in whole percent cut off, and the average use; undefined when nothing is requested. */
function utilization(
  samples: readonly Sample[],
): { readonly percent: number; readonly averageMilli: number } | undefined {
  const used = sum(samples.map(({ usageMilli }) => usageMilli));
  const requested = sum(samples.map(({ requestMilli }) => requestMilli));
  if (requested === 0) return undefined;
  return { percent: Math.trunc((used * 100) / requested), averageMilli: Math.trunc(used / samples.length) };
}

/** A Pods metric (one value per instance) with an average target. Readiness is not looked at: see `hpaPods.ts`. */
export function podsAverageValue(input: {
  readonly currentCount: number;
  readonly targetMilli: number;
  readonly tolerance: Tolerance;
  readonly pods: readonly PodUsage[];
}): Proposal {
  const { pods, targetMilli } = input;
  const sampleOf = ({ usageMilli }: PodUsage): Sample => ({ usageMilli: usageMilli ?? 0, requestMilli: 0 });
  const sampled = pods.filter(({ group, usageMilli }) => group === 'ready' && usageMilli !== null).map(sampleOf);
  if (sampled.length === 0) return { ok: false, fault: 'no-metrics' };
  const averageOf = (samples: readonly Sample[]) =>
    Math.trunc(sum(samples.map(({ usageMilli }) => usageMilli)) / samples.length);
  const replicaCount = replicasFor({
    ...input,
    sampled,
    missing: pods.filter(({ group }) => group === 'missing').map(sampleOf),
    unready: pods.filter(({ group }) => group === 'unready').map(sampleOf),
    strayCount: 0,
    ratioOf: (samples) => averageOf(samples) / targetMilli,
    missingUsageMilli: () => targetMilli,
  });
  return { ok: true, replicaCount, averageMilli: averageOf(sampled) };
}

/**
 * What both have in common: the ratio over what was sampled decides, unless instances are missing or hold back a
 * scale-up; then they are filled in on the cautious side and the ratio must still point the same way.
 */
function replicasFor(input: {
  readonly currentCount: number;
  readonly tolerance: Tolerance;
  readonly sampled: readonly Sample[];
  readonly missing: readonly Sample[];
  readonly unready: readonly Sample[];
  readonly strayCount: number;
  ratioOf(samples: readonly Sample[]): number;
  /** What a missing one counts for when the others ask for less. */
  missingUsageMilli(missing: Sample): number;
}): number {
  const { currentCount, tolerance, sampled, missing, unready } = input;
  const ratio = input.ratioOf(sampled);
  const holdsBack = unready.length > 0 && ratio > 1;
  if (missing.length === 0 && !holdsBack)
    return isWithin(ratio, tolerance) ? currentCount : Math.ceil(ratio * sampled.length);
  const filled = [...sampled];
  for (const pod of missing) {
    if (ratio < 1) filled.push({ ...pod, usageMilli: input.missingUsageMilli(pod) });
    else if (ratio > 1) filled.push({ ...pod, usageMilli: 0 });
  }
  if (holdsBack) for (const pod of unready) filled.push({ ...pod, usageMilli: 0 });
  const refilled = input.ratioOf(filled);
  const turnsRound = (ratio < 1 && refilled > 1) || (ratio > 1 && refilled < 1);
  if (isWithin(refilled, tolerance) || turnsRound) return currentCount;
  const count = Math.ceil(refilled * (filled.length + input.strayCount));
  const isAgainst = (refilled < 1 && count > currentCount) || (refilled > 1 && count < currentCount);
  return isAgainst ? currentCount : count;
}

/** An Object or External metric with a Value target: one number for the whole service. From 0 instances it starts. */
export function totalValue(input: {
  readonly currentCount: number;
  readonly valueMilli: number;
  readonly targetMilli: number;
  readonly readyCount: number;
  readonly tolerance: Tolerance;
}): { readonly replicaCount: number; readonly valueMilli: number } {
  const { currentCount, valueMilli, targetMilli, readyCount, tolerance } = input;
  const ratio = valueMilli / targetMilli;
  if (currentCount === 0) return { replicaCount: Math.ceil(ratio), valueMilli };
  return { replicaCount: isWithin(ratio, tolerance) ? currentCount : Math.ceil(ratio * readyCount), valueMilli };
}

/** An Object or External metric with an AverageValue target: the number is shared among the instances. */
export function averageValue(input: {
  readonly currentCount: number;
  readonly valueMilli: number;
  readonly targetMilli: number;
  readonly tolerance: Tolerance;
}): { readonly replicaCount: number; readonly averageMilli: number } {
  const { currentCount, valueMilli, targetMilli, tolerance } = input;
  const keeps = currentCount > 0 && isWithin(valueMilli / (targetMilli * currentCount), tolerance);
  const replicaCount = keeps ? currentCount : Math.ceil(valueMilli / targetMilli);
  return {
    replicaCount,
    averageMilli: replicaCount === 0 ? 0 : Math.ceil(valueMilli / (currentCount || replicaCount)),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
