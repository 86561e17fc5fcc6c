/**
 * The deployment strategies there are, one line each, and what is wrong with their options. Options have the names of
 * the scenario language, with parsed values: microseconds, counts, and "25%" as text.
 */
import { blueGreen } from './blueGreen.js';
import { type AbortRule, type CanaryStep, canary, canaryDefaults } from './canary.js';
import type { MadeRollout } from './contract.js';
import { ecsFencePosts, type IntOrPercent, kubernetesFencePosts, scaledCount } from './fencePosts.js';
import { proportionalSizes } from './proportional.js';
import { recreate } from './recreate.js';
import { rolling, rollingDefaults } from './rolling.js';
import { rollingSequence } from './rollingSteps.js';

export interface RolloutOptions {
  readonly maxSurge?: IntOrPercent;
  readonly maxUnavailable?: IntOrPercent;
  readonly minReadyUs?: number;
  readonly progressDeadlineUs?: number;
  /** Left out: only where a deadline is written. Kubernetes itself reports and goes on waiting. */
  readonly rollsBack?: boolean;
  readonly scaleDownDelayUs?: number;
  readonly steps?: readonly CanaryStep[];
  readonly abortIf?: AbortRule;
  readonly intervalUs?: number;
}

const names: Readonly<Record<keyof RolloutOptions, string>> = {
  maxSurge: 'maxSurge',
  maxUnavailable: 'maxUnavailable',
  minReadyUs: 'minReady',
  progressDeadlineUs: 'progressDeadline',
  rollsBack: 'rollback',
  scaleDownDelayUs: 'scaleDownDelay',
  steps: 'steps',
  abortIf: 'abortIf',
  intervalUs: 'interval',
};

const timesOfAll = ['minReadyUs', 'progressDeadlineUs', 'rollsBack'] as const;

interface Strategy {
  /** Its options; others are refused. */
  readonly takes: readonly (keyof RolloutOptions)[];
  make(options: RolloutOptions): MadeRollout;
}

const strategies: ReadonlyMap<string, Strategy> = new Map<string, Strategy>([
  ['rolling', { takes: ['maxSurge', 'maxUnavailable', ...timesOfAll], make: makeRolling }],
  ['recreate', { takes: timesOfAll, make: makeRecreate }],
  ['blueGreen', { takes: [...timesOfAll, 'scaleDownDelayUs'], make: makeBlueGreen }],
  ['canary', { takes: [...timesOfAll, 'scaleDownDelayUs', 'steps', 'abortIf', 'intervalUs'], make: makeCanary }],
]);

/** Their names as scenarios write them. */
export const rolloutKinds: readonly string[] = [...strategies.keys()];

/** Names of the options of strategy `kind`, as scenarios write them; [] for one that there is not. */
export function rolloutOptionNames(kind: string): readonly string[] {
  return (strategies.get(kind)?.takes ?? []).map((key) => names[key]);
}

/**
 * Rules of real releases as functions, for rehearsing them and for the conformance cases: what no scenario can choose
 * yet (ECS' limits), and what the rolling strategy goes by.
 */
export const rolloutRules = { kubernetesFencePosts, ecsFencePosts, rollingSequence, proportionalSizes } as const;

/** The strategy a scenario calls `kind`, with these options; missing ones are Kubernetes' (Argo Rollouts') defaults. */
export function makeRollout(kind: string, options: RolloutOptions = {}): MadeRollout {
  const strategy = strategies.get(kind);
  if (!strategy) return { ok: false, fault: `there is no strategy ${kind}` };
  for (const [key, value] of Object.entries(options) as [keyof RolloutOptions, unknown][])
    if (value !== undefined && !strategy.takes.includes(key))
      return { ok: false, option: names[key], fault: `${kind} has no such option` };
  return timesFault({ ...rollingDefaults, ...options }) ?? strategy.make(options);
}

const rollsBackOf = ({ rollsBack, progressDeadlineUs }: RolloutOptions): boolean =>
  rollsBack ?? progressDeadlineUs !== undefined;

function makeRolling(options: RolloutOptions): MadeRollout {
  const filled = { ...rollingDefaults, ...options, rollsBack: rollsBackOf(options) };
  for (const option of ['maxSurge', 'maxUnavailable'] as const) {
    const ofHundred = scaledCount(filled[option], 100, Math.ceil);
    if (ofHundred === undefined || ofHundred < 0)
      return { ok: false, option, fault: `${filled[option]} is neither a number of instances nor a whole percentage` };
  }
  if (scaledCount(filled.maxSurge, 100, Math.ceil) === 0 && scaledCount(filled.maxUnavailable, 100, Math.ceil) === 0)
    return {
      ok: false,
      option: 'maxUnavailable',
      fault: 'with maxSurge and maxUnavailable both 0 nothing can move',
      hint: 'allow one more or one less, as in {maxSurge: 1, maxUnavailable: 0}',
    };
  if (typeof filled.maxUnavailable === 'string' && scaledCount(filled.maxUnavailable, 100, Math.ceil)! > 100)
    return { ok: false, option: 'maxUnavailable', fault: 'more than 100% cannot be unavailable' };
  return { ok: true, value: rolling(filled) };
}

function makeRecreate(options: RolloutOptions): MadeRollout {
  const { minReadyUs, progressDeadlineUs } = { ...rollingDefaults, ...options };
  return { ok: true, value: recreate({ minReadyUs, progressDeadlineUs, rollsBack: rollsBackOf(options) }) };
}

function makeBlueGreen(options: RolloutOptions): MadeRollout {
  return { ok: true, value: blueGreen({ ...canaryDefaults, ...options, rollsBack: rollsBackOf(options) }) };
}

function makeCanary({ steps = [], abortIf, ...options }: RolloutOptions): MadeRollout {
  if (steps.length === 0)
    return { ok: false, fault: 'has no steps', hint: 'write as in {steps: [{weight: 10%, for: 5m}]}, or blueGreen' };
  for (const [index, { weight }] of steps.entries()) {
    const before = index === 0 ? 0 : steps[index - 1]!.weight;
    const at = { ok: false, option: 'steps', path: [index, 'weight'] } as const;
    if (!(weight > 0 && weight <= 1))
      return { ...at, fault: 'is no share of the requests', hint: 'above 0%, up to 100%' };
    if (weight <= before)
      return { ...at, fault: 'is not above the step before', hint: 'let the weights rise from step to step' };
  }
  const { intervalUs = canaryDefaults.intervalUs } = options;
  if (!(intervalUs > 0)) return { ok: false, option: 'interval', fault: 'a time above 0 is needed' };
  const rule = { steps, abortIf: abortIf ?? null, rollsBack: rollsBackOf(options) };
  return { ok: true, value: canary({ ...canaryDefaults, ...options, ...rule }) };
}

function timesFault(times: { readonly minReadyUs: number; readonly progressDeadlineUs: number }): MadeRollout | null {
  if (!(times.minReadyUs >= 0)) return { ok: false, option: 'minReady', fault: 'a time of 0 or more is needed' };
  if (!(times.progressDeadlineUs > times.minReadyUs))
    return { ok: false, option: 'progressDeadline', fault: 'must be longer than minReady' };
  return null;
}
