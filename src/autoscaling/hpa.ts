/**
 * Kubernetes' HorizontalPodAutoscaler: every 15 s, 5 s after the metrics server's scrape, the largest proposal of its
 * metrics, held within limits and stabilised. The steps are in `hpaPods`, `hpaReplicas` and `hpaBehavior`; here they
 * are put in the controller's order and fed from what our metrics pipeline shows.
 */
import type { InstanceSignal, MadeScaler, Scaler, ScalerFamily, ScalerOptions, ScalerView } from './contract.js';
import {
  legacyLimited,
  legacyStabilized,
  type Recommendation,
  rateLimited,
  type ScaleEvent,
  stabilized,
  withEvent,
} from './hpaBehavior.js';
import { podGroup } from './hpaPods.js';
import { type Proposal, podsAverageValue, resourceUtilization, type Tolerance } from './hpaReplicas.js';
import { type DirectionRules, readRules, scaleDownDefaults, scaleUpDefaults } from './hpaRules.js';

/** Flags of kube-controller-manager, at their defaults: 5 minutes, 30 s, 5 minutes. */
const cpuInitializationUs = 300_000_000;
const initialReadinessDelayUs = 30_000_000;
const downscaleWindowUs = 300_000_000;
/** Requests and requests in flight come from a metrics adapter, as means over a minute. */
const podMetricWindowUs = 60_000_000;

export interface HpaMemory {
  readonly recommendations: readonly Recommendation[];
  readonly up: readonly ScaleEvent[];
  readonly down: readonly ScaleEvent[];
}

/** One metric of the specification: utilisation in percent of the request, or a value per instance in thousandths. */
type Metric =
  | { readonly name: 'cpu' | 'memory'; readonly targetPercent: number }
  | { readonly name: 'requests' | 'concurrency'; readonly targetMilli: number };

interface HpaSpec {
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
    external: 'unbuilt',
    object: 'unbuilt',
    tolerance: 'share',
    syncPeriod: 'duration',
    scaleUp: 'behavior',
    scaleDown: 'behavior',
  },
  make(options): MadeScaler {
    const metrics = metricsOf(options);
    const zero = metrics.find(
      (metric) => !(('targetPercent' in metric ? metric.targetPercent : metric.targetMilli) > 0),
    );
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

/** The metrics asked for; none: CPU at 80% of the request, as the API fills in. */
function metricsOf(options: ScalerOptions): readonly Metric[] {
  const metrics: Metric[] = [];
  for (const name of ['cpu', 'memory'] as const) {
    const share = options[name] as number | undefined;
    // Percent of a share in decimal notation: 0.57 x 100 is 56.99999999999999 in binary.
    if (share !== undefined) metrics.push({ name, targetPercent: Number((share * 100).toPrecision(12)) });
  }
  for (const name of ['requests', 'concurrency'] as const) {
    const target = options[name] as number | undefined;
    if (target !== undefined) metrics.push({ name, targetMilli: target * 1000 });
  }
  return metrics.length > 0 ? metrics : [{ name: 'cpu', targetPercent: 80 }];
}

function bound(spec: HpaSpec, syncUs: number): Scaler<HpaMemory> {
  return {
    kind: 'hpa',
    source: 'kubernetes pkg/controller/podautoscaler: horizontal.go, replica_calculator.go (autoscaling/v2)',
    everyUs: syncUs,
    offsetUs: 5_000_000,
    windowsUs: spec.metrics.some((metric) => 'targetMilli' in metric) ? [podMetricWindowUs] : [],
    start: { recommendations: [], up: [], down: [] },
    decide(view, memory) {
      const { currentCount, minCount, maxCount } = view;
      const keep = (because: string) => ({ wantedCount: currentCount, because, memory });
      if (currentCount === 0) return keep('scaling is off at 0');
      if (currentCount > maxCount) return acted(spec, view, memory, { count: maxCount, because: 'TooManyReplicas' });
      if (currentCount < minCount) return acted(spec, view, memory, { count: minCount, because: 'TooFewReplicas' });
      const proposed = largestProposal(spec, view);
      if (proposed === null) return keep('no metrics');
      return normalized(spec, view, memory, proposed);
    },
  };
}

/** The metric that asks for most; null when none is known, or an unknown one might ask for more than we have. */
function largestProposal(spec: HpaSpec, view: ScalerView): { readonly count: number; readonly metric: string } | null {
  let largest: { readonly count: number; readonly metric: string } | null = null;
  let unknownCount = 0;
  for (const metric of spec.metrics) {
    const proposal = proposalOf(metric, spec.tolerance, view);
    if (!proposal.ok) unknownCount++;
    else if (largest === null || proposal.replicaCount > largest.count)
      largest = { count: proposal.replicaCount, metric: metric.name };
  }
  if (largest !== null && unknownCount > 0 && largest.count < view.currentCount) return null;
  return largest;
}

function proposalOf(metric: Metric, tolerance: Tolerance, view: ScalerView): Proposal {
  const { currentCount, instances, nowUs } = view;
  const groupOf = (signal: InstanceSignal, isSampled: boolean) =>
    podGroup(
      {
        isPending: signal.phase === 'pending',
        isFailed: signal.phase === 'failed',
        isDeleted: signal.isDeleted,
        startedAt: signal.startedAtUs,
        isReady: signal.isReady,
        readyChangedAt: signal.readyChangedAtUs,
        sample: isSampled ? { at: signal.sampledAtUs, window: signal.sampleWindowUs } : null,
      },
      {
        resource: metric.name,
        now: nowUs,
        cpuInitialization: cpuInitializationUs,
        initialReadinessDelay: initialReadinessDelayUs,
      },
    );
  if ('targetPercent' in metric) {
    const isCpu = metric.name === 'cpu';
    const pods = instances.map((signal) => {
      const usage = isCpu ? signal.cpuUsedMilli : signal.memoryUsedMb;
      const request = isCpu ? signal.cpuRequestMilli : signal.memoryRequestMb;
      // Memory in thousandths of a megabyte: only the ratio counts, and cut off it should lose nothing.
      const scale = isCpu ? 1 : 1000;
      return {
        group: groupOf(signal, usage !== null),
        usageMilli: usage === null ? null : usage * scale,
        requestMilli: request > 0 ? request * scale : null,
      };
    });
    return resourceUtilization({ currentCount, targetPercent: metric.targetPercent, tolerance, pods });
  }
  const isRequests = metric.name === 'requests';
  const pods = instances.map((signal) => {
    // Such metrics come with the instance's first scrape, as its CPU does.
    const isSampled = signal.cpuUsedMilli !== null;
    const value = isRequests ? signal.requestsPerSecond : signal.concurrencyMean;
    return { group: groupOf(signal, isSampled), usageMilli: isSampled ? value * 1000 : null };
  });
  return podsAverageValue({ currentCount, targetMilli: metric.targetMilli, tolerance, pods });
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
  const because = reasonFor(proposed, steady.count, limited.reason, limited.count === currentCount);
  return acted(spec, view, { ...memory, recommendations: steady.recommendations }, { count: limited.count, because });
}

function reasonFor(
  proposed: { readonly count: number; readonly metric: string },
  steadyCount: number,
  limit: string,
  isUnchanged: boolean,
): string {
  if (limit !== 'DesiredWithinRange') return limit;
  if (steadyCount > proposed.count) return 'ScaleDownStabilized';
  if (steadyCount < proposed.count) return 'ScaleUpStabilized';
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
