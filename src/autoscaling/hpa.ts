/**
 * Kubernetes' HorizontalPodAutoscaler: every 15 s, 5 s after the metrics server's scrape, the largest proposal of its
 * metrics, held within limits and stabilised. The steps are in `hpaPods`, `hpaReplicas` and `hpaBehavior`; here they
 * are put in the controller's order and fed from what our metrics pipeline shows.
 */
import type { MadeScaler, Scaler, ScalerDecision, ScalerFamily, ScalerView } from './contract.js';
import {
  type Limited,
  legacyLimited,
  legacyStabilized,
  type Recommendation,
  rateLimited,
  type ScaleEvent,
  stabilized,
  withEvent,
} from './hpaBehavior.js';
import { explained, largestProposal, type Metric, metricsOf, readsMessages, targetOf } from './hpaMetrics.js';
import type { Tolerance } from './hpaReplicas.js';
import { type DirectionRules, readRules, scaleDownDefaults, scaleUpDefaults } from './hpaRules.js';

/** A flag of kube-controller-manager, at its default. */
const downscaleWindowUs = 300_000_000;
/** Requests and requests in flight come from a metrics adapter, as means over a minute. */
const podMetricWindowUs = 60_000_000;

export interface HpaMemory {
  readonly recommendations: readonly Recommendation[];
  readonly up: readonly ScaleEvent[];
  readonly down: readonly ScaleEvent[];
}

export interface HpaSpec {
  readonly metrics: readonly Metric[];
  readonly tolerance: Tolerance;
  /** Null without a `behavior`: then the older rules hold. */
  readonly behavior: { readonly scaleUp: DirectionRules; readonly scaleDown: DirectionRules } | null;
}

export const hpa: ScalerFamily = {
  kind: 'hpa',
  options: {
    cpu: 'share',
    memory: 'share',
    requests: 'rate',
    concurrency: 'number',
    external: 'service-metric',
    object: 'service-metric',
    tolerance: 'share',
    syncPeriod: 'duration',
    scaleUp: 'behavior',
    scaleDown: 'behavior',
  },
  make(options): MadeScaler {
    const metrics = metricsOf(options);
    const zero = metrics.find((metric) => !(targetOf(metric) > 0));
    if (zero) return { ok: false, option: zero.name, fault: 'a target above 0 is needed' };
    const syncUs = (options['syncPeriod'] as number | undefined) ?? 15_000_000;
    if (syncUs < 1) return { ok: false, option: 'syncPeriod', fault: 'a time above 0 is needed' };
    const scaleUp = readRules('scaleUp', options['scaleUp'], scaleUpDefaults);
    if (!scaleUp.ok) return scaleUp;
    const scaleDown = readRules('scaleDown', options['scaleDown'], scaleDownDefaults);
    if (!scaleDown.ok) return scaleDown;
    const tolerance = (options['tolerance'] as number | undefined) ?? 0.1;
    const spec: HpaSpec = {
      metrics,
      tolerance: { down: scaleDown.value.tolerance ?? tolerance, up: scaleUp.value.tolerance ?? tolerance },
      behavior:
        options['scaleUp'] === undefined && options['scaleDown'] === undefined
          ? null
          : { scaleUp: scaleUp.value, scaleDown: scaleDown.value },
    };
    return { ok: true, value: bound(spec, syncUs) };
  },
};

function bound(spec: HpaSpec, syncUs: number): Scaler<HpaMemory> {
  return {
    kind: 'hpa',
    source: 'kubernetes pkg/controller/podautoscaler: horizontal.go, replica_calculator.go (autoscaling/v2)',
    everyUs: syncUs,
    offsetUs: 5_000_000,
    windowsUs: spec.metrics.some((metric) => !('targetPercent' in metric)) ? [podMetricWindowUs] : [],
    ...(spec.metrics.some(readsMessages) ? { readsQueues: true as const } : {}),
    start: hpaStart,
    decide: (view, memory) => decided(spec, view, memory),
    explain: (view) => explained(spec, view),
  };
}

export const hpaStart: HpaMemory = { recommendations: [], up: [], down: [] };

/**
 * One sync of the controller. The first one takes the count it finds for a recommendation (horizontal.go,
 * `recordInitialRecommendation`): windows hold back what follows from then on.
 */
export function decided(spec: HpaSpec, view: ScalerView, known: HpaMemory): ScalerDecision<HpaMemory> {
  const { currentCount, minCount, maxCount, nowUs } = view;
  const isFirst = known.recommendations.length === 0 && currentCount > 0;
  const memory = isFirst ? { ...known, recommendations: [{ count: currentCount, at: nowUs }] } : known;
  const keep = (because: string) => ({ wantedCount: currentCount, because, memory });
  if (currentCount === 0) return keep('scaling is off at 0');
  if (currentCount > maxCount) return acted(spec, view, memory, { count: maxCount, because: 'TooManyReplicas' });
  if (currentCount < minCount) return acted(spec, view, memory, { count: minCount, because: 'TooFewReplicas' });
  const proposed = largestProposal(spec, view);
  if (proposed === null) return keep('no metrics');
  return normalized(spec, view, memory, proposed);
}

/** Stabilised first, then limited, by the behavior where there is one. */
function normalized(
  spec: HpaSpec,
  view: ScalerView,
  memory: HpaMemory,
  proposed: { readonly count: number; readonly metric: string },
) {
  const { currentCount, minCount, maxCount, nowUs: now } = view;
  const { behavior } = spec;
  const counts = { currentCount, desiredCount: proposed.count };
  const steady = behavior
    ? stabilized(
        counts,
        { now, upWindow: behavior.scaleUp.windowUs, downWindow: behavior.scaleDown.windowUs },
        memory.recommendations,
      )
    : legacyStabilized(proposed.count, { now, downWindow: downscaleWindowUs }, memory.recommendations);
  const asked = { currentCount, desiredCount: steady.count, minCount, maxCount };
  const limited = behavior
    ? rateLimited(asked, behavior, { now, up: memory.up, down: memory.down })
    : legacyLimited(asked);
  const because = reasonFor(proposed, steady.count, limited, limited.count === currentCount);
  return acted(spec, view, { ...memory, recommendations: steady.recommendations }, { count: limited.count, because });
}

/**
 * What held the proposal back, as the controller's conditions say it: the window, the limits, or the limits after the
 * window, where without that they would not have been reached.
 */
function reasonFor(
  proposed: { readonly count: number; readonly metric: string },
  steadyCount: number,
  { count, reason }: Limited,
  isUnchanged: boolean,
): string {
  const isTop = reason === 'TooManyReplicas' || reason === 'ScaleUpLimit';
  const isBottom = reason === 'TooFewReplicas' || reason === 'ScaleDownLimit';
  const held: string[] = [];
  if (steadyCount > proposed.count && proposed.count < count && !isBottom) held.push('ScaleDownStabilized');
  if (steadyCount < proposed.count && proposed.count > count && !isTop) held.push('ScaleUpStabilized');
  if (isTop || isBottom) held.push(reason);
  if (held.length > 0) return held.join('; ');
  return isUnchanged ? 'within tolerance' : proposed.metric;
}

/** The decision, with the change written down for the policies to count. */
function acted(
  { behavior }: HpaSpec,
  { currentCount, nowUs: at }: ScalerView,
  memory: HpaMemory,
  { count, because }: { readonly count: number; readonly because: string },
) {
  const change = Math.abs(count - currentCount);
  if (!behavior || change === 0) return { wantedCount: count, because, memory };
  const periodsOf = (rules: DirectionRules) => rules.policies.map(({ period }) => period);
  const after =
    count > currentCount
      ? { ...memory, up: withEvent(memory.up, { change, at }, periodsOf(behavior.scaleUp)) }
      : { ...memory, down: withEvent(memory.down, { change, at }, periodsOf(behavior.scaleDown)) };
  return { wantedCount: count, because, memory: after };
}
