/**
 * Which instances the HorizontalPodAutoscaler counts as ready, unready, missing or not at all.
 *
 * Its own file because the rule for CPU is a page by itself: samples from before an instance was ready, and from its
 * first minutes, must not scale anything. Times are in any one unit. Held to Kubernetes' TestGroupPods.
 */
import type { PodGroup } from './hpaReplicas.js';

export interface PodState {
  readonly isPending: boolean;
  readonly isFailed: boolean;
  readonly isDeleted: boolean;
  /** When it started; null before. */
  readonly startedAt: number | null;
  /** Its Ready condition, null while it has none, and since when that is so; null: since ever. */
  readonly isReady: boolean | null;
  readonly readyChangedAt: number | null;
  /** Its newest sample: when taken, over how long; null without one. */
  readonly sample: { readonly at: number; readonly window: number } | null;
}

export interface ReadinessRule {
  readonly resource: string;
  readonly now: number;
  /** So long after its start a sample counts only if all of it is from after the instance got ready. */
  readonly cpuInitialization: number;
  /** An instance that became unready so soon after its start was never ready. */
  readonly initialReadinessDelay: number;
}

/** The group of one instance. Readiness is looked at for `cpu` only. */
export function podGroup(pod: PodState, rule: ReadinessRule): PodGroup {
  if (pod.isDeleted || pod.isFailed) return 'ignored';
  if (pod.isPending) return 'unready';
  if (pod.sample === null) return 'missing';
  return rule.resource === 'cpu' && isUnreadyForCpu(pod, pod.sample, rule) ? 'unready' : 'ready';
}

function isUnreadyForCpu(
  pod: PodState,
  sample: { readonly at: number; readonly window: number },
  { now, cpuInitialization, initialReadinessDelay }: ReadinessRule,
): boolean {
  const { startedAt, isReady } = pod;
  if (isReady === null || startedAt === null) return true;
  const readyChangedAt = pod.readyChangedAt ?? Number.NEGATIVE_INFINITY;
  if (startedAt + cpuInitialization > now) return !isReady || sample.at < readyChangedAt + sample.window;
  return !isReady && startedAt + initialReadinessDelay > readyChangedAt;
}
