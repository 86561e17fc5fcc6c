/**
 * Canary: a share of the requests goes to the new version, then a larger one, as long as what is watched of it stays
 * well; else all go back to the old one. The old version stays at full strength until the new one has everything.
 *
 * It is Argo Rollouts' canary with traffic routing: at each step the new set is scaled to ceil(weight x desired), and
 * when those are available the weight is set; after the last step the new set is scaled to all, gets all, and the old
 * one goes after a delay. What is watched is looked at once an interval and at each step's end, as Flagger does.
 */
import type { Rollout, RolloutDecision, RolloutView, WatchedMetric } from './contract.js';

export interface CanaryStep {
  /** Share of the requests, in (0, 1], and how long at least before the next step. */
  readonly weight: number;
  readonly forUs: number;
}

/** Taken back when the watched value compares so with the limit. */
export interface AbortRule {
  readonly watches: WatchedMetric;
  readonly op: '<' | '<=' | '>' | '>=' | '==' | '!=';
  readonly limit: number;
  readonly text: string;
}

export interface CanaryOptions {
  /** Rising weights; none: all at once (blue/green). */
  readonly steps: readonly CanaryStep[];
  readonly abortIf: AbortRule | null;
  /** How often what is watched is looked at. */
  readonly intervalUs: number;
  readonly minReadyUs: number;
  readonly progressDeadlineUs: number;
  /** Whether a release that makes no progress is taken back. */
  readonly rollsBack: boolean;
  /** How long instances stay that get no more requests. */
  readonly scaleDownDelayUs: number;
}

/**
 * Argo Rollouts' scaleDownDelaySeconds and abortScaleDownDelaySeconds (30 s), progressDeadlineSeconds (600 s);
 * Flagger's interval (60 s).
 */
export const canaryDefaults = {
  intervalUs: 60_000_000,
  minReadyUs: 0,
  progressDeadlineUs: 600_000_000,
  scaleDownDelayUs: 30_000_000,
} as const;

/**
 * The strategy with these options. Its stages: 2k while step k's instances start, 2k + 1 while it is held; then the
 * same for everything.
 */
export function canary(options: CanaryOptions, kind = 'canary'): Rollout {
  const { abortIf, minReadyUs } = options;
  return {
    kind,
    source:
      'Argo Rollouts v1.8, docs/features/canary.md, bluegreen.md, scaledown-aborted-rs.md; Flagger, "How it works"',
    minReadyUs,
    ...(abortIf ? { watches: abortIf.watches } : {}),
    decide: (view) => (view.isAborted ? takenBack(view, options) : forward(view, options)),
  };
}

/** Everything goes to the old version; the new one's instances stay for the delay, for callers who do not know yet. */
function takenBack(view: RolloutView, { scaleDownDelayUs }: CanaryOptions): RolloutDecision {
  const { desiredCount, newCount, inStageUs = 0, oldAvailableCount } = view;
  const leftUs = scaleDownDelayUs - inStageUs;
  const isOver = leftUs <= 0;
  const isDone = oldAvailableCount >= desiredCount;
  return {
    newCount: isOver ? 0 : newCount,
    oldCount: desiredCount,
    isComplete: isOver && newCount === 0 && view.oldCount === desiredCount && isDone,
    isDone,
    newShare: 0,
    ...(isOver ? {} : { askAgainInUs: leftUs }),
    because: 'taken back',
  };
}

function forward(view: RolloutView, options: CanaryOptions): RolloutDecision {
  const { steps, abortIf, rollsBack } = options;
  const { stage = 0, inStageUs = 0 } = view;
  const step = stage >> 1;
  const isHolding = (stage & 1) === 1;
  const isLast = step >= steps.length;
  const verdict = isHolding && isLast ? 'wait' : judge(view, options);
  if (verdict === 'abort') return aborting(view, `${abortIf!.text}: taken back`);
  const looked = verdict === 'look' ? { hasLooked: true } : {};
  if (isHolding && isLast) return promoted(view, options);
  const share = weightAt(steps, isHolding ? step : step - 1);
  const held = isHolding && inStageUs >= steps[step]!.forUs;
  const at = held ? step + 1 : step;
  const newCount = Math.min(view.desiredCount, Math.ceil(weightAt(steps, at) * view.desiredCount - 1e-9));
  const common = { newCount, oldCount: view.desiredCount, isComplete: false, ...looked };
  if (isHolding && !held) {
    const again = askAgainUs(view, options, steps[step]!.forUs - inStageUs);
    return { ...common, stage, newShare: share, askAgainInUs: again, because: `holds ${percent(share)}` };
  }
  if (view.newCount === newCount && view.newAvailableCount >= newCount) return entering(view, options, at, common);
  const stalledUs = held ? 0 : Math.min(view.stalledUs, inStageUs);
  if (stalledUs > options.progressDeadlineUs) {
    if (rollsBack) return aborting(view, 'progress deadline exceeded: taken back');
    return { ...common, stage, newShare: share, isStalled: true, because: 'progress deadline exceeded' };
  }
  const again = askAgainUs(view, options, options.progressDeadlineUs - stalledUs + 1);
  return { ...common, stage: 2 * at, newShare: share, askAgainInUs: again, because: startsFor(steps, at) };
}

/** Step `at`'s instances are there: it gets its weight. */
function entering(
  view: RolloutView,
  options: CanaryOptions,
  at: number,
  common: Pick<RolloutDecision, 'newCount' | 'oldCount' | 'isComplete'>,
): RolloutDecision {
  const newShare = weightAt(options.steps, at);
  const isLast = at >= options.steps.length;
  const waitUs = isLast ? options.scaleDownDelayUs : askAgainUs(view, options, options.steps[at]!.forUs, 0);
  return {
    ...common,
    stage: 2 * at + 1,
    newShare,
    hasLooked: true,
    askAgainInUs: waitUs,
    isDone: isLast,
    because: isLast ? 'all requests to the new version' : `${percent(newShare)} of the requests to the new version`,
  };
}

/** The new version has everything; the old one's instances go after the delay. */
function promoted(view: RolloutView, { steps, scaleDownDelayUs }: CanaryOptions): RolloutDecision {
  const { desiredCount, newCount, newAvailableCount, oldCount, oldDrainingCount = 0, inStageUs = 0 } = view;
  const leftUs = scaleDownDelayUs - inStageUs;
  const isOver = leftUs <= 0;
  return {
    newCount: desiredCount,
    oldCount: isOver ? 0 : oldCount,
    isComplete:
      isOver && oldCount + oldDrainingCount === 0 && newCount === desiredCount && newAvailableCount >= desiredCount,
    isDone: true,
    stage: 2 * steps.length + 1,
    newShare: 1,
    ...(isOver ? {} : { askAgainInUs: leftUs }),
    because: 'old ones go',
  };
}

function aborting(view: RolloutView, because: string): RolloutDecision {
  const { desiredCount: oldCount, newCount } = view;
  return { newCount, oldCount, isComplete: false, aborts: true, newShare: 0, because };
}

/** Looked at once an interval, and when a step has been held for its time; nothing before the first has its weight. */
function judge(view: RolloutView, { abortIf, intervalUs, steps }: CanaryOptions): 'abort' | 'look' | 'wait' {
  const { stage = 0, inStageUs = 0, unwatchedUs = 0, watchedValue = null } = view;
  if (!abortIf || stage === 0) return 'wait';
  const isStepOver = (stage & 1) === 1 && inStageUs >= steps[stage >> 1]!.forUs;
  if (unwatchedUs < intervalUs && !(isStepOver && unwatchedUs > 0)) return 'wait';
  return watchedValue !== null && compares[abortIf.op](watchedValue, abortIf.limit) ? 'abort' : 'look';
}

const compares: Readonly<Record<AbortRule['op'], (value: number, limit: number) => boolean>> = {
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
  '==': (value, limit) => value === limit,
  '!=': (value, limit) => value !== limit,
};

/** The sooner of `waitUs` and the next look. */
function askAgainUs(view: RolloutView, options: CanaryOptions, waitUs: number, since = view.unwatchedUs ?? 0): number {
  const { abortIf, intervalUs } = options;
  if (!abortIf || (view.stage === 0 && since > 0)) return waitUs;
  return Math.min(waitUs, since >= intervalUs ? intervalUs : intervalUs - since);
}

const weightAt = (steps: readonly CanaryStep[], step: number): number =>
  step < 0 ? 0 : step >= steps.length ? 1 : steps[step]!.weight;

const percent = (share: number): string => `${Number((share * 100).toPrecision(12))}%`;

function startsFor(steps: readonly CanaryStep[], step: number): string {
  return step >= steps.length
    ? 'new ones start for all requests'
    : `new ones start for ${percent(weightAt(steps, step))}`;
}
