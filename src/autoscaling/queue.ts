/**
 * Scaling by the depth of queues, as KEDA does it: it wakes a service from none and puts it back to none itself, and
 * hands the queue's length to a HorizontalPodAutoscaler for everything in between.
 *
 * Its own file: two controllers with a clock each. KEDA polls every 30 s (`pollingInterval`); the HPA syncs every 15 s.
 * "Actual messages" are those waiting and those received but not done, as KEDA's SQS scaler counts by default.
 */
import type { MadeScaler, Scaler, ScalerFamily, ScalerView, ServiceMetricTarget } from './contract.js';
import { decided, type HpaMemory, type HpaSpec, hpaStart } from './hpa.js';
import { explained } from './hpaMetrics.js';
import { readRules, scaleDownDefaults, scaleUpDefaults } from './hpaRules.js';

export interface QueueMemory {
  readonly hpa: HpaMemory;
  /** When KEDA last looked, and when it last found enough messages. */
  readonly polledUs: number;
  readonly activeUs: number;
}

interface Spec {
  readonly hpa: HpaSpec;
  readonly activation: number;
  readonly pollUs: number;
  readonly cooldownUs: number;
}

export const queue: ScalerFamily = {
  kind: 'queue',
  options: {
    length: 'number',
    age: 'duration',
    activation: 'number',
    pollingInterval: 'duration',
    cooldownPeriod: 'duration',
    scaleUp: 'behavior',
    scaleDown: 'behavior',
  },
  make(options): MadeScaler {
    const number = (name: string, byDefault: number): number => (options[name] as number | undefined) ?? byDefault;
    const { length, age } = options as Readonly<Record<string, number | undefined>>;
    for (const [option, value] of [['length', length] as const, ['age', age] as const])
      if (value === 0) return { ok: false, option, fault: 'a target above 0 is needed' };
    const pollUs = number('pollingInterval', 30_000_000);
    if (pollUs < 1_000_000) return { ok: false, option: 'pollingInterval', fault: 'a second or more is needed' };
    const scaleUp = readRules('scaleUp', options['scaleUp'], scaleUpDefaults);
    if (!scaleUp.ok) return scaleUp;
    const scaleDown = readRules('scaleDown', options['scaleDown'], scaleDownDefaults);
    if (!scaleDown.ok) return scaleDown;
    const targets: ServiceMetricTarget[] = [];
    // KEDA's default where nothing is said: 5 messages a replica.
    if (length !== undefined || age === undefined)
      targets.push({ metric: 'messages', target: 'average', amount: length ?? 5 });
    if (age !== undefined) targets.push({ metric: 'message-age', target: 'average', amount: age / 1e6 });
    const behavior =
      options['scaleUp'] === undefined && options['scaleDown'] === undefined
        ? null
        : { scaleUp: scaleUp.value, scaleDown: scaleDown.value };
    const hpa: HpaSpec = {
      metrics: targets.map((ofService) => ({ name: 'external', ofService })),
      tolerance: { down: 0.1, up: 0.1 },
      behavior,
    };
    const cooldownUs = number('cooldownPeriod', 300_000_000);
    return { ok: true, value: bound({ hpa, activation: number('activation', 0), pollUs, cooldownUs }) };
  },
};

function bound(spec: Spec): Scaler<QueueMemory> {
  return {
    kind: 'queue',
    source: 'keda.sh/docs/latest/scalers/aws-sqs and concepts/scaling-deployments: activation, cooldown; then the HPA',
    everyUs: Math.min(15_000_000, spec.pollUs),
    offsetUs: 5_000_000,
    scalesToZero: true,
    readsQueues: true,
    windowsUs: [],
    start: { hpa: hpaStart, polledUs: Number.NEGATIVE_INFINITY, activeUs: 0 },
    decide(view, memory) {
      const { nowUs, currentCount, minCount } = view;
      const isPoll = nowUs - memory.polledUs >= spec.pollUs;
      const isActive = view.queuedCount + view.receivedCount > spec.activation;
      const seen = isPoll ? { ...memory, polledUs: nowUs, activeUs: isActive ? nowUs : memory.activeUs } : memory;
      if (currentCount === 0) return fromZero(view, seen, isPoll && isActive);
      if (minCount === 0 && isPoll && !isActive && nowUs - seen.activeUs >= spec.cooldownUs)
        return { wantedCount: 0, because: 'cooldownPeriod is over', memory: { ...seen, hpa: hpaStart } };
      const decision = decided(spec.hpa, { ...view, minCount: Math.max(1, minCount) }, seen.hpa);
      return { ...decision, memory: { ...seen, hpa: decision.memory } };
    },
    explain: (view) => explained(spec.hpa, view),
  };
}

/** KEDA activates to one, or to the least there should be; the HPA takes over from there. */
function fromZero({ minCount, maxCount }: ScalerView, memory: QueueMemory, isActivated: boolean) {
  if (!isActivated) return { wantedCount: 0, because: 'not activated', memory };
  return { wantedCount: Math.min(maxCount, Math.max(1, minCount)), because: 'activated', memory };
}
