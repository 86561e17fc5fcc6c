/**
 * Knative's autoscaler (KPA): every 2 s, on the stable and the panic window of requests in flight or requests a second;
 * bounds; the long way down to zero; and whether the activator stands before the instances.
 *
 * Its own file: it puts `kpaScale` and `kpaApply` in the controller's order and keeps what that one keeps between two
 * looks. Options are those of `config-autoscaler` in camelCase, and what a revision's annotations set.
 */
import type { MadeScaler, Scaler, ScalerFamily, ScalerOptions, ScalerView } from './contract.js';
import { applyKpaScale, type KpaApplySpec } from './kpaApply.js';
import { type KpaMemory, type KpaSpec, kpaScale, kpaStart } from './kpaScale.js';

/** `tickInterval` of the autoscaler; one sample a second would be its granularity, our means are exact. */
const tickUs = 2_000_000;
/** Deadlines of a revision that never gets ready: progress-deadline 600 s, and the controller's buffer. */
const progressDeadlineUs = 600_000_000;
const activationTimeoutBufferUs = 10_000_000;

type Status = 'activating' | 'active' | 'inactive';

export interface KpaScalerMemory {
  /** Null before the first look. */
  readonly scale: KpaMemory | null;
  readonly status: Status;
  readonly statusSinceUs: number;
  /** Since when the activator answers for it; null while it is not in the path. */
  readonly proxySinceUs: number | null;
  readonly hasReachedInitialScale: boolean;
}

interface Spec {
  readonly metric: 'concurrency' | 'requests';
  readonly scale: KpaSpec;
  readonly apply: KpaApplySpec;
  readonly scaleDownDelayUs: number;
  readonly startCount: number | undefined;
}

export const kpa: ScalerFamily = {
  kind: 'kpa',
  options: {
    concurrency: 'number',
    requests: 'rate',
    targetUtilizationPercentage: 'percent',
    containerConcurrencyTargetPercentage: 'percent',
    containerConcurrencyTargetDefault: 'number',
    requestsPerSecondTargetDefault: 'number',
    targetBurstCapacity: 'signed',
    stableWindow: 'duration',
    panicWindowPercentage: 'percent',
    panicThresholdPercentage: 'percent',
    maxScaleUpRate: 'number',
    maxScaleDownRate: 'number',
    enableScaleToZero: 'flag',
    scaleToZeroGracePeriod: 'duration',
    scaleToZeroPodRetentionPeriod: 'duration',
    scaleDownDelay: 'duration',
    initialScale: 'count',
    activationScale: 'count',
    minScale: 'count',
    maxScale: 'count',
    /** The service's own limit on requests at once, where it has one; filled in by the platform. */
    slots: 'number',
  },
  make(options): MadeScaler {
    const fault = faultIn(options);
    if (fault) return fault;
    const number = (name: string, byDefault: number): number => (options[name] as number | undefined) ?? byDefault;
    const stableWindowUs = number('stableWindow', 60_000_000);
    const target = targetOf(options);
    const spec: Spec = {
      metric: target.metric,
      scale: {
        targetValue: target.value,
        totalValue: target.total,
        targetBurstCapacity: number('targetBurstCapacity', 200),
        panicThreshold: number('panicThresholdPercentage', 200) / 100,
        maxScaleUpRate: number('maxScaleUpRate', 1000),
        maxScaleDownRate: number('maxScaleDownRate', 2),
        stableWindow: stableWindowUs,
        activationScale: number('activationScale', 1),
        isReachable: true,
      },
      apply: {
        minScale: number('minScale', 0),
        maxScale: number('maxScale', 0),
        initialScale: number('initialScale', 1),
        isScaleToZeroOn: options['enableScaleToZero'] !== false,
        stableWindow: stableWindowUs,
        gracePeriod: number('scaleToZeroGracePeriod', 30_000_000),
        podRetention: number('scaleToZeroPodRetentionPeriod', 0),
        progressDeadline: progressDeadlineUs,
        activationTimeoutBuffer: activationTimeoutBufferUs,
      },
      scaleDownDelayUs: number('scaleDownDelay', 0),
      startCount: options['initialScale'] as number | undefined,
    };
    const panicWindowUs = (stableWindowUs * number('panicWindowPercentage', 10)) / 100;
    return { ok: true, value: bound(spec, stableWindowUs, panicWindowUs) };
  },
};

/**
 * What an instance should hold and what it can: Knative's ResolveMetricTarget. A target asked for is not above the
 * instance's own limit; the share of it that is aimed for is 70%.
 */
function targetOf(options: ScalerOptions): { metric: Spec['metric']; value: number; total: number } {
  const number = (name: string): number | undefined => options[name] as number | undefined;
  const slots = number('slots') ?? Number.POSITIVE_INFINITY;
  const isRequests = options['requests'] !== undefined;
  const limit = slots === Number.POSITIVE_INFINITY ? (number('containerConcurrencyTargetDefault') ?? 100) : slots;
  const total = isRequests
    ? number('requests')!
    : Math.min(number('concurrency') ?? limit, slots === Number.POSITIVE_INFINITY ? Infinity : slots);
  const percent =
    number('targetUtilizationPercentage') ?? (isRequests ? 70 : (number('containerConcurrencyTargetPercentage') ?? 70));
  // Up to 1 it is a share already, as in the config map: "0.7".
  const share = percent > 1 ? percent / 100 : percent;
  return { metric: isRequests ? 'requests' : 'concurrency', value: Math.max(0.01, total * share), total };
}

/** As Knative's config validation refuses it. */
function faultIn(options: ScalerOptions): Extract<MadeScaler, { ok: false }> | null {
  const refuse = (option: string, fault: string) => ({ ok: false as const, option, fault });
  const number = (name: string): number | undefined => options[name] as number | undefined;
  if (options['concurrency'] !== undefined && options['requests'] !== undefined)
    return refuse('requests', 'it stands beside concurrency: a revision scales on one metric');
  for (const name of ['concurrency', 'requests', 'containerConcurrencyTargetDefault'])
    if (number(name) !== undefined && number(name)! < 0.01) return refuse(name, 'a target of 0.01 or more is needed');
  for (const name of ['targetUtilizationPercentage', 'containerConcurrencyTargetPercentage'])
    if (number(name) !== undefined && !(number(name)! > 0 && number(name)! <= 100))
      return refuse(name, 'a percentage above 0 and up to 100 is needed');
  const stable = number('stableWindow');
  if (stable !== undefined && (stable < 6_000_000 || stable > 3_600_000_000))
    return refuse('stableWindow', 'a time from 6s to 1h is needed');
  const panic = number('panicWindowPercentage');
  if (panic !== undefined && !(panic >= 1 && panic <= 100))
    return refuse('panicWindowPercentage', 'a percentage from 1 to 100 is needed');
  const threshold = number('panicThresholdPercentage');
  if (threshold !== undefined && !(threshold >= 110 && threshold <= 1000))
    return refuse('panicThresholdPercentage', 'a percentage from 110 to 1000 is needed');
  for (const name of ['maxScaleUpRate', 'maxScaleDownRate'])
    if (number(name) !== undefined && !(number(name)! > 1)) return refuse(name, 'a number above 1 is needed');
  const burst = number('targetBurstCapacity');
  if (burst !== undefined && burst < 0 && burst !== -1)
    return refuse('targetBurstCapacity', '-1 (always), 0 (never) or more is needed');
  const grace = number('scaleToZeroGracePeriod');
  if (grace !== undefined && grace < 6_000_000)
    return refuse('scaleToZeroGracePeriod', 'at least 6s are needed, for routes to change meanwhile');
  const [least, most] = [number('minScale') ?? 0, number('maxScale') ?? 0];
  return most > 0 && least > most ? refuse('minScale', 'it is above maxScale') : null;
}

function bound(spec: Spec, stableWindowUs: number, panicWindowUs: number): Scaler<KpaScalerMemory> {
  return {
    kind: 'kpa',
    source: 'knative/serving pkg/autoscaler/scaling/autoscaler.go, pkg/reconciler/autoscaling/kpa/{kpa,scaler}.go',
    everyUs: tickUs,
    offsetUs: 0,
    scalesToZero: true,
    decidesOnWait: true,
    ...(spec.startCount === undefined ? {} : { startCount: spec.startCount }),
    windowsUs: [stableWindowUs, panicWindowUs],
    start: {
      scale: null,
      status: 'active',
      statusSinceUs: 0,
      proxySinceUs: 0,
      hasReachedInitialScale: false,
    },
    decide: (view, memory) => decided(view, memory, spec),
    explain(view, memory) {
      const { stableValue, panicValue } = seen(view, spec);
      const { targetValue } = spec.scale;
      const result = scaled(view, memory, spec);
      const unit = spec.metric === 'requests' ? 'requests/s' : 'in flight';
      const round = (value: number) => Number(value.toPrecision(4));
      const part = (value: number) => `ceil(${round(value)} / ${round(targetValue)})`;
      const parts = `${part(stableValue)}, panic ${part(panicValue)}`;
      const mode = result.memory.panicSince === null ? 'stable' : 'panic';
      return {
        observed: `${round(stableValue)} ${unit} (stable), ${round(panicValue)} (panic), ${view.readyCount} ready`,
        formula: `${parts}: ${mode} mode, excess burst capacity ${result.excessBurstCapacity}`,
        askedCount: result.desiredCount,
      };
    },
  };
}

/** Both means. What woke a service from zero is seen at once: the activator tells the autoscaler of it. */
function seen(view: ScalerView, { metric }: Spec): { readonly stableValue: number; readonly panicValue: number } {
  const [stable = 0, panic = 0] = metric === 'requests' ? view.requestRateMeans : view.concurrencyMeans;
  if (view.currentCount > 0) return { stableValue: stable, panicValue: panic };
  return { stableValue: Math.max(stable, view.waitingCount), panicValue: Math.max(panic, view.waitingCount) };
}

function scaled(view: ScalerView, memory: KpaScalerMemory, spec: Spec) {
  const own =
    memory.scale ?? kpaStart(view.readyCount, view.nowUs, { scaleDownDelay: spec.scaleDownDelayUs, tick: tickUs });
  return kpaScale({ now: view.nowUs, readyCount: view.readyCount, ...seen(view, spec) }, own, spec.scale);
}

function decided(view: ScalerView, before: KpaScalerMemory, spec: Spec) {
  const { nowUs, currentCount, readyCount } = view;
  // One that begins with none has nothing to wait for.
  const memory = before.scale === null && currentCount === 0 ? { ...before, status: 'inactive' as const } : before;
  const result = scaled(view, memory, spec);
  const minScale = Math.max(view.minCount, spec.apply.minScale);
  const most = Math.min(view.maxCount, spec.apply.maxScale || Number.POSITIVE_INFINITY);
  const hasReachedInitialScale = memory.hasReachedInitialScale || readyCount >= spec.apply.initialScale;
  const applied = applyKpaScale(
    {
      desiredCount: result.desiredCount,
      currentCount,
      hasReachedInitialScale,
      isUnreachable: false,
      status: memory.status,
      statusFor: nowUs - memory.statusSinceUs,
      proxyFor: memory.proxySinceUs === null ? 0 : nowUs - memory.proxySinceUs,
      isActivatorInPath: memory.proxySinceUs !== null,
    },
    { ...spec.apply, minScale, maxScale: most === Number.POSITIVE_INFINITY ? 0 : Math.max(1, most) },
  );
  const status = statusAfter(applied.count, view, memory.status);
  const holdsRequests =
    applied.count === 0 || result.excessBurstCapacity < 0 || (applied.count < 0 && status === 'inactive');
  const wantedCount = applied.isPatched ? Math.min(applied.count, view.maxCount) : currentCount;
  return {
    wantedCount,
    because: reasonFor(result.desiredCount, applied.count, {
      ...applied,
      currentCount,
      isPanic: result.memory.panicSince !== null,
    }),
    holdsRequests,
    memory: {
      scale: result.memory,
      status,
      statusSinceUs: status === memory.status ? memory.statusSinceUs : nowUs,
      proxySinceUs: holdsRequests ? (memory.proxySinceUs ?? nowUs) : null,
      hasReachedInitialScale,
    },
  };
}

/** The revision's Active condition: nothing wanted: inactive; enough of it ready: active; else on its way. */
function statusAfter(count: number, { readyCount }: ScalerView, before: Status): Status {
  if (count === 0) return 'inactive';
  if (readyCount >= 1) return count > 0 || before !== 'inactive' ? 'active' : before;
  return count > 0 ? 'activating' : before;
}

function reasonFor(
  desired: number,
  count: number,
  { isPatched, currentCount, isPanic }: { isPatched: boolean; currentCount: number; isPanic: boolean },
): string {
  if (desired === 0 && currentCount > 0 && !isPatched) return 'waits before scaling to zero';
  if (count > desired) return desired === 0 ? 'the last one stays' : 'at the minimum';
  if (count >= 0 && count < desired) return 'at the maximum';
  return isPanic ? 'panic window' : 'stable window';
}
