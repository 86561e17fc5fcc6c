/**
 * Cases about Knative's autoscaler: its decision step by step, what is applied, its windows and its breaker.
 */
import { applyKpaScale } from '../../src/autoscaling/kpaApply.js';
import {
  breakerCapacity,
  breakerFinish,
  breakerRequest,
  breakerReserve,
  breakerStart,
} from '../../src/autoscaling/kpaBreaker.js';
import { type KpaMemory, type KpaSpec, kpaScale, kpaStart } from '../../src/autoscaling/kpaScale.js';
import {
  recorded,
  type WindowMemory,
  windowAverage,
  windowStart,
  windowWeightedAverage,
} from '../../src/autoscaling/kpaWindows.js';
import { type CaseFields, functionOf, operationOf } from './caseFields.js';

type Outcome = (input: CaseFields) => unknown;

export function kpa(input: CaseFields): unknown {
  return functionOf(functions, input.text('fn'))(input);
}

const functions: ReadonlyMap<string, Outcome> = new Map<string, Outcome>([
  ['scale', scale],
  ['applyScale', applyScale],
  ['windowAverage', (input) => windowOutcome(input, windowAverage)],
  ['windowWeightedAverage', (input) => windowOutcome(input, windowWeightedAverage)],
  ['breaker', breaker],
]);

/** Knative's autoscaler ticks every 2 s. */
const tickSeconds = 2;

function scale(input: CaseFields): unknown {
  let spec = specOf(input.fields('spec'));
  const start = kpaStart(input.number('readyPodsAtStart'), 0, {
    scaleDownDelay: input.fields('spec').number('scaleDownDelaySeconds', 0),
    tick: tickSeconds,
  });
  let memory = overridden(start, input);
  const steps = input.all('steps').map((step) => {
    if (step.raw('spec') !== undefined) spec = specOf(step.fields('spec'));
    if (step.raw('error')) return { valid: false };
    const view = {
      now: step.number('t'),
      readyCount: step.number('readyPods'),
      stableValue: step.number('stable'),
      panicValue: step.number('panic'),
    };
    const decision = kpaScale(view, memory, spec);
    memory = decision.memory;
    return {
      valid: true,
      desired: decision.desiredCount,
      excessBurstCapacity: decision.excessBurstCapacity,
      panicking: memory.panicSince !== null,
      panicSince: memory.panicSince,
      maxPanicPods: memory.maxPanicCount,
    };
  });
  return { steps, startsPanicking: start.panicSince !== null, startMaxPanicPods: start.maxPanicCount };
}

function specOf(spec: CaseFields): KpaSpec {
  return {
    targetValue: spec.number('targetValue'),
    totalValue: spec.number('totalValue'),
    targetBurstCapacity: spec.number('targetBurstCapacity'),
    panicThreshold: spec.number('panicThreshold'),
    maxScaleUpRate: spec.number('maxScaleUpRate'),
    maxScaleDownRate: spec.number('maxScaleDownRate'),
    stableWindow: spec.number('stableWindowSeconds'),
    activationScale: spec.number('activationScale', 0),
    isReachable: spec.flag('reachable', true),
  };
}

/** A case may say where panic stands before the first step. */
function overridden(start: KpaMemory, input: CaseFields): KpaMemory {
  if (input.raw('state') === undefined) return start;
  const state = input.fields('state');
  return {
    ...start,
    panicSince: state.raw('panicSince') === undefined ? start.panicSince : state.number('panicSince', null),
    maxPanicCount: state.number('maxPanicPods', start.maxPanicCount),
  };
}

function applyScale(input: CaseFields): unknown {
  const status = input.text('status');
  if (status !== 'activating' && status !== 'active' && status !== 'inactive')
    throw input.fault('status', 'activating, active or inactive');
  const view = {
    desiredCount: input.number('desired'),
    currentCount: input.number('current'),
    hasReachedInitialScale: input.flag('initialized'),
    isUnreachable: input.text('reachability', 'unknown') === 'unreachable',
    status,
    statusFor: input.number('statusForSeconds'),
    proxyFor: input.number('proxyForSeconds'),
    isActivatorInPath: input.flag('activatorInPath'),
  } as const;
  const { count, isPatched } = applyKpaScale(view, {
    minScale: input.number('minScale'),
    maxScale: input.number('maxScale'),
    initialScale: input.number('initialScale', 1),
    isScaleToZeroOn: input.flag('enableScaleToZero', true),
    stableWindow: input.number('stableWindowSeconds'),
    gracePeriod: input.number('gracePeriodSeconds'),
    podRetention: input.number('podRetentionSeconds'),
    progressDeadline: input.number('progressDeadlineSeconds'),
    activationTimeoutBuffer: input.number('activationTimeoutBufferSeconds'),
  });
  return { replicas: count, patched: isPatched };
}

function windowOutcome(input: CaseFields, averageOf: (memory: WindowMemory, now: number) => number): unknown {
  let memory = windowStart(input.number('windowSeconds'), input.number('granularitySeconds'));
  const averages: number[] = [];
  for (const written of input.list('ops')) {
    const { name, numbers } = operationOf(written);
    const [at, value] = numbers;
    if (name === 'record' && at !== undefined && value !== undefined) memory = recorded(memory, at, value);
    else if (name === 'average' && at !== undefined) averages.push(averageOf(memory, at));
    else throw new Error(`malformed: operation ${JSON.stringify(written)}`);
  }
  return { averages };
}

function breaker(input: CaseFields): unknown {
  let memory = breakerStart(
    input.number('queueDepth'),
    input.number('maxConcurrency'),
    input.number('initialCapacity', input.number('maxConcurrency')),
  );
  const results = input.list('ops').map((written) => {
    const { name, numbers } = operationOf(written);
    if (name === 'finish') {
      memory = breakerFinish(memory);
      return 'finished';
    }
    if (name === 'capacity' && numbers[0] !== undefined) {
      memory = breakerCapacity(memory, numbers[0]);
      return 'capacity';
    }
    if (name !== 'request' && name !== 'reserve') throw new Error(`malformed: operation ${JSON.stringify(written)}`);
    const step = name === 'request' ? breakerRequest(memory) : breakerReserve(memory);
    memory = step.memory;
    return step.answer;
  });
  return { results };
}
