/**
 * Cases about how many instances there should be: the HorizontalPodAutoscaler's families and target tracking. Each
 * entry turns a case's input into calls of product code and names the outcome as the cases do.
 */
import {
  changeWithin,
  isOutdated,
  legacyLimited,
  legacyStabilized,
  rateLimited,
  type ScaleEvent,
  type ScalingRules,
  stabilized,
  withEvent,
} from '../../src/autoscaling/hpaBehavior.js';
import { type PodState, podGroup, type ReadinessRule } from '../../src/autoscaling/hpaPods.js';
import {
  averageValue,
  type Proposal,
  podsAverageValue,
  resourceUtilization,
  type Tolerance,
  totalValue,
} from '../../src/autoscaling/hpaReplicas.js';
import { scaleDownDefaults, scaleUpDefaults } from '../../src/autoscaling/hpaRules.js';
import { trackedAfter, trackingStart, trackTarget } from '../../src/autoscaling/targetTracking.js';
import { type CaseFields, functionOf } from './caseFields.js';

type Outcome = (input: CaseFields) => unknown;

export function hpaReplicas(input: CaseFields): unknown {
  return functionOf(replicaFunctions, input.text('fn'))(input);
}

const replicaFunctions: ReadonlyMap<string, Outcome> = new Map<string, Outcome>([
  [
    'resourceUtilization',
    (input) =>
      proposalOutcome(
        resourceUtilization({
          currentCount: input.number('currentReplicas'),
          targetPercent: input.number('targetPercent'),
          tolerance: toleranceOf(input),
          pods: input.all('pods').map((pod) => ({
            group: groupOf(pod, 'usageMilli', 'cpu'),
            usageMilli: pod.number('usageMilli', null),
            requestMilli: pod.number('requestMilli', null),
          })),
          strayCount: input.list<readonly unknown[]>('strayUsageMilli', []).length,
        }),
      ),
  ],
  [
    'podsAverageValue',
    (input) =>
      proposalOutcome(
        podsAverageValue({
          currentCount: input.number('currentReplicas'),
          targetMilli: input.number('targetMilli'),
          tolerance: toleranceOf(input),
          pods: input.all('pods').map((pod) => ({
            group: groupOf(pod, 'valueMilli', 'custom'),
            usageMilli: pod.number('valueMilli', null),
          })),
        }),
      ),
  ],
  [
    'totalValue',
    (input) => {
      const { replicaCount, valueMilli } = totalValue({
        ...valuesOf(input),
        readyCount: input.number('readyPods', 0),
      });
      return { replicas: replicaCount, valueMilli };
    },
  ],
  [
    'averageValue',
    (input) => {
      const { replicaCount, averageMilli } = averageValue(valuesOf(input));
      return { replicas: replicaCount, averageMilli };
    },
  ],
]);

function valuesOf(input: CaseFields) {
  return {
    currentCount: input.number('currentReplicas'),
    valueMilli: input.number('valueMilli'),
    targetMilli: input.number('targetMilli'),
    tolerance: toleranceOf(input),
  };
}

function toleranceOf(input: CaseFields): Tolerance {
  if (input.raw('tolerance') === undefined) return { down: 0.1, up: 0.1 };
  const tolerance = input.fields('tolerance');
  return { down: tolerance.number('down', 0.1), up: tolerance.number('up', 0.1) };
}

function proposalOutcome(proposal: Proposal): unknown {
  if (!proposal.ok) return { error: proposal.fault };
  const { replicaCount, averageMilli, utilizationPercent } = proposal;
  return { replicas: replicaCount, averageMilli, utilizationPercent };
}

/**
 * The group of a pod told by `ready` and `warming`, as moments of a clock at 0: one that is warming has just started
 * and its sample reaches back before it was ready; one that is not ready never was.
 */
function groupOf(pod: CaseFields, sampleName: string, resource: string) {
  const isWarming = pod.flag('warming', false);
  const state: PodState = {
    ...phaseOf(pod),
    startedAt: isWarming ? 0 : -10,
    isReady: pod.flag('ready', true),
    readyChangedAt: isWarming ? 0 : -10,
    sample: pod.number(sampleName, null) === null ? null : { at: 0, window: 1 },
  };
  return podGroup(state, { resource, now: 0, cpuInitialization: 5, initialReadinessDelay: 5 });
}

function phaseOf(pod: CaseFields) {
  const phase = pod.text('phase', 'Running');
  return { isPending: phase === 'Pending', isFailed: phase === 'Failed', isDeleted: pod.flag('deleted', false) };
}

export function hpaPodGroups(input: CaseFields): unknown {
  const rule: ReadinessRule = {
    resource: input.text('resource'),
    now: input.number('now'),
    cpuInitialization: input.number('cpuInitializationSeconds'),
    initialReadinessDelay: input.number('initialReadinessDelaySeconds'),
  };
  const grouped = input.all('pods').map((pod) => {
    const sample = pod.raw('sample') ? pod.fields('sample') : null;
    const state: PodState = {
      ...phaseOf(pod),
      startedAt: pod.number('startedAt', null),
      isReady: pod.flag('readyCondition', null),
      readyChangedAt: pod.number('readyTransitionAt', null),
      sample: sample && { at: sample.number('at'), window: sample.number('windowSeconds') },
    };
    return { name: pod.text('name'), group: podGroup(state, rule) };
  });
  const namesOf = (group: string) => grouped.filter((pod) => pod.group === group).map(({ name }) => name);
  return {
    readyCount: namesOf('ready').length,
    unready: namesOf('unready'),
    missing: namesOf('missing'),
    ignored: namesOf('ignored'),
  };
}

export function hpaBehavior(input: CaseFields): unknown {
  return functionOf(behaviorFunctions, input.text('fn'))(input);
}

/** Ages are told; the clock of these cases stands at 0. */
const now = 0;

const behaviorFunctions: ReadonlyMap<string, Outcome> = new Map<string, Outcome>([
  [
    'rateLimit',
    (input) => {
      const rules = {
        scaleUp: rulesOf(input, 'scaleUp', scaleUpDefaults),
        scaleDown: rulesOf(input, 'scaleDown', scaleDownDefaults),
      };
      const history = { now, up: eventsOf(input, 'scaleUpEvents'), down: eventsOf(input, 'scaleDownEvents') };
      const { count, reason } = rateLimited(limitsOf(input), rules, history);
      return { replicas: count, reason };
    },
  ],
  [
    'stabilize',
    (input) => {
      const windows = {
        now,
        upWindow: input.number('scaleUpWindowSeconds'),
        downWindow: input.number('scaleDownWindowSeconds'),
      };
      const counts = { currentCount: input.number('currentReplicas'), desiredCount: input.number('desiredReplicas') };
      const { count, recommendations } = stabilized(counts, windows, recommendationsOf(input));
      return { replicas: count, recommendationsAfter: recommendations.map((one) => one.count) };
    },
  ],
  [
    'legacyStabilize',
    (input) => {
      const window = { now, downWindow: input.number('downscaleWindowSeconds') };
      const { count, recommendations } = legacyStabilized(
        input.number('desiredReplicas'),
        window,
        recommendationsOf(input),
      );
      return { replicas: count, logLength: recommendations.length };
    },
  ],
  [
    'legacyLimit',
    (input) => {
      const { count, reason } = legacyLimited(limitsOf(input));
      return { replicas: count, reason };
    },
  ],
  [
    'storeEvent',
    (input) => {
      const events = eventsOf(input, 'events');
      const periods = input.raw('policyPeriods') === null ? null : input.numbers('policyPeriods');
      const event = { change: input.number('change'), at: now };
      const after = periods === null ? events : withEvent(events, event, periods);
      return {
        changeInLast60s: changeWithin(events, now, 60),
        eventsAfter: after.map(({ change, at }) => ({ change, outdated: isOutdated(at, now, periods ?? []) })),
      };
    },
  ],
]);

function limitsOf(input: CaseFields) {
  return {
    currentCount: input.number('currentReplicas'),
    desiredCount: input.number('desiredReplicas'),
    minCount: input.number('minReplicas'),
    maxCount: input.number('maxReplicas'),
  };
}

/** One direction's rules, Kubernetes' own where the case names none. */
function rulesOf(input: CaseFields, name: string, defaults: ScalingRules): ScalingRules {
  if ((input.raw(name) ?? null) === null) return defaultsInSeconds(defaults);
  const rules = input.fields(name);
  const select = rules.text('select', 'Max');
  if (select !== 'Max' && select !== 'Min' && select !== 'Disabled')
    throw rules.fault('select', 'Max, Min or Disabled');
  const policies = rules.all('policies', true).map((policy) => {
    const type = policy.text('type');
    if (type !== 'Pods' && type !== 'Percent') throw policy.fault('type', 'Pods or Percent');
    return { type, value: policy.number('value'), period: policy.number('periodSeconds') } as const;
  });
  return { select, policies };
}

function defaultsInSeconds({ select, policies }: ScalingRules): ScalingRules {
  return { select, policies: policies.map((policy) => ({ ...policy, period: policy.period / 1e6 })) };
}

function eventsOf(input: CaseFields, name: string): readonly ScaleEvent[] {
  return input.all(name, true).map((event) => ({
    change: event.number('change'),
    at: now - event.number('ageSeconds'),
  }));
}

function recommendationsOf(input: CaseFields) {
  return input
    .all('recommendations')
    .map((one) => ({ count: one.number('value'), at: now - one.number('ageSeconds') }));
}

export function targetTracking(input: CaseFields): unknown {
  const spec = {
    target: input.number('target'),
    minCount: input.number('min'),
    maxCount: input.number('max'),
    outCooldown: input.number('scaleOutCooldownSeconds'),
    inCooldown: input.number('scaleInCooldownSeconds'),
    isScaleInOff: input.flag('disableScaleIn', false),
    outDatapoints: input.number('outDatapoints'),
    inDatapoints: input.number('inDatapoints'),
    inFactor: input.number('inFactor'),
  };
  const period = input.number('periodSeconds');
  const datapoints = input.list('datapoints').map((value) => {
    if (value !== null && typeof value !== 'number') throw input.fault('datapoints', 'a list of numbers and nulls');
    return value;
  });
  const actions: { readonly t: number; readonly from: number; readonly to: number }[] = [];
  let memory = trackingStart;
  let currentCount = input.number('current');
  for (const k of datapoints.keys()) {
    const view = { now: (k + 1) * period, currentCount, datapoints: datapoints.slice(0, k + 1) };
    const wish = trackTarget(view, memory, spec);
    if (wish.kind === 'hold') continue;
    actions.push({ t: view.now, from: currentCount, to: wish.wantedCount });
    memory = trackedAfter(wish, view, memory, spec);
    currentCount = wish.wantedCount;
  }
  return { actions };
}
