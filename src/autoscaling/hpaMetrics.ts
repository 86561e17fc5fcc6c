/**
 * The HorizontalPodAutoscaler's metrics: from what our pipelines show of a service to each one's proposal, and the
 * largest of them; the same in words.
 *
 * Its own file because KEDA's scaler has metrics of its own and the same controller behind them. The arithmetic is in
 * `hpaReplicas.ts`, which instances count in `hpaPods.ts`.
 */
import type { InstanceSignal, ScalerExplanation, ScalerOptions, ScalerView, ServiceMetricTarget } from './contract.js';
import { podGroup } from './hpaPods.js';
import {
  averageValue,
  type Proposal,
  podsAverageValue,
  resourceUtilization,
  type Tolerance,
  totalValue,
} from './hpaReplicas.js';

/** Flags of kube-controller-manager, at their defaults: 5 minutes, 30 s. */
const cpuInitializationUs = 300_000_000;
const initialReadinessDelayUs = 30_000_000;

/** One metric of the specification: utilisation in percent of the request, or a value per instance in thousandths. */
export type Metric =
  | { readonly name: 'cpu' | 'memory'; readonly targetPercent: number }
  | { readonly name: 'requests' | 'concurrency'; readonly targetMilli: number }
  | { readonly name: 'external' | 'object'; readonly ofService: ServiceMetricTarget };

export interface MetricSpec {
  readonly metrics: readonly Metric[];
  readonly tolerance: Tolerance;
}

/** The metrics asked for; none: CPU at 80% of the request, as the API fills in. */
export function metricsOf(options: ScalerOptions): readonly Metric[] {
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
  for (const name of ['external', 'object'] as const) {
    const ofService = options[name] as ServiceMetricTarget | undefined;
    if (ofService !== undefined) metrics.push({ name, ofService });
  }
  return metrics.length > 0 ? metrics : [{ name: 'cpu', targetPercent: 80 }];
}

export function targetOf(metric: Metric): number {
  if ('targetPercent' in metric) return metric.targetPercent;
  return 'targetMilli' in metric ? metric.targetMilli : metric.ofService.amount;
}

/** Whether it counts messages in queues. */
export function readsMessages(metric: Metric): boolean {
  return 'ofService' in metric && ['messages', 'message-age'].includes(metric.ofService.metric);
}

/** The metric that asks for most; null when none is known, or an unknown one might ask for more than we have. */
export function largestProposal(
  spec: MetricSpec,
  view: ScalerView,
): { readonly count: number; readonly metric: string } | null {
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

export function proposalOf(metric: Metric, tolerance: Tolerance, view: ScalerView): Proposal {
  if ('ofService' in metric) return serviceProposal(metric.ofService, tolerance, view);
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

/** An object or external metric: one number for the whole service. */
function serviceProposal(of: ServiceMetricTarget, tolerance: Tolerance, view: ScalerView): Proposal {
  const { currentCount, readyCount } = view;
  const valueMilli = Math.round(serviceValue(of, view) * 1000);
  const targetMilli = Math.round(of.amount * 1000);
  if (of.target === 'value') {
    const { replicaCount } = totalValue({ currentCount, valueMilli, targetMilli, readyCount, tolerance });
    return { ok: true, replicaCount, averageMilli: valueMilli };
  }
  return { ok: true, ...averageValue({ currentCount, valueMilli, targetMilli, tolerance }) };
}

/** Requests a second and in flight as means over a minute; messages not done yet, as KEDA counts them; seconds. */
export function serviceValue({ metric }: ServiceMetricTarget, view: ScalerView): number {
  switch (metric) {
    case 'requests':
      return view.requestRateMeans[0] ?? 0;
    case 'concurrency':
      return view.concurrencyMeans[0] ?? 0;
    case 'messages':
      return view.queuedCount + view.receivedCount;
    case 'message-age':
      return view.oldestMessageUs / 1e6;
  }
}

/** What each metric shows and asks for. */
export function explained(spec: MetricSpec, view: ScalerView): ScalerExplanation {
  const seen = spec.metrics.map((metric) => words(metric, spec.tolerance, view));
  const asked = seen.flatMap(({ asked: count }) => (count === null ? [] : [count]));
  return {
    observed: seen.map(({ observed }) => observed).join('; '),
    formula: seen.map(({ formula }) => formula).join('; '),
    askedCount: asked.length === 0 ? null : Math.max(...asked),
  };
}

interface Words {
  readonly observed: string;
  readonly formula: string;
  readonly asked: number | null;
}

function words(metric: Metric, tolerance: Tolerance, view: ScalerView): Words {
  const proposal = proposalOf(metric, tolerance, view);
  const { name } = metric;
  if (!proposal.ok) return { observed: `${name}: ${proposal.fault}`, formula: 'nothing to compute with', asked: null };
  const asked = proposal.replicaCount;
  if ('ofService' in metric) return wordsOfService(metric.ofService, asked, tolerance, view);
  const isShare = 'targetPercent' in metric;
  const unit = isShare ? '%' : '';
  const value = isShare ? (proposal.utilizationPercent ?? 0) : round(proposal.averageMilli / 1000);
  const target = isShare ? metric.targetPercent : metric.targetMilli / 1000;
  const readyCount = view.instances.filter(({ isReady, isDeleted }) => isReady && !isDeleted).length;
  const ratio = value / target;
  const formula = `ceil(${readyCount} x ${value}${unit} / ${target}${unit})`;
  return {
    observed: `${name} ${value}${unit} of ${readyCount} ready`,
    formula: `${formula}${outcome({ plain: Math.ceil(readyCount * ratio), ratio, asked, tolerance })}`,
    asked,
  };
}

function wordsOfService(
  of: ServiceMetricTarget,
  asked: number,
  tolerance: Tolerance,
  { readyCount, currentCount, ...view }: ScalerView,
): Words {
  const value = round(serviceValue(of, { readyCount, currentCount, ...view }));
  const isTotal = of.target === 'value';
  const plain = Math.ceil(isTotal ? (readyCount * value) / of.amount : value / of.amount);
  const ratio = value / of.amount / (isTotal ? 1 : Math.max(1, currentCount));
  const formula = isTotal ? `ceil(${readyCount} x ${value} / ${of.amount})` : `ceil(${value} / ${of.amount})`;
  return {
    observed: `${of.metric} ${value}`,
    formula: `${formula}${outcome({ plain, ratio, asked, tolerance })}`,
    asked,
  };
}

const round = (value: number): number => Number(value.toPrecision(4));

/** ` = 2`; or why it is another number than the formula's own. */
function outcome(result: {
  readonly plain: number;
  readonly ratio: number;
  readonly asked: number;
  readonly tolerance: Tolerance;
}): string {
  const { plain, ratio, asked, tolerance } = result;
  if (plain === asked) return ` = ${asked}`;
  const isWithin = 1 - tolerance.down <= ratio && ratio <= 1 + tolerance.up;
  return `: ${asked}, ${isWithin ? 'within the tolerance' : 'with missing and unready ones counted'}`;
}
