/**
 * The deployment strategies there are, one line each, and what is wrong with their options. Options have the names of
 * the scenario language, with parsed values: microseconds, counts, and "25%" as text.
 */
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
}

const makers: ReadonlyMap<string, (options: RolloutOptions) => MadeRollout> = new Map([
  ['rolling', makeRolling],
  ['recreate', makeRecreate],
]);

/** Their names as scenarios write them. */
export const rolloutKinds: readonly string[] = [...makers.keys()];

/** Names the scenario language knows whose strategy is not in the table; to be refused as "not supported yet". */
export const unbuiltRolloutKinds: readonly string[] = ['blueGreen', 'canary'];

/**
 * Rules of real releases as functions, for rehearsing them and for the conformance cases: what no scenario can choose
 * yet (ECS' limits, scaling in the middle of a release), and what the rolling strategy goes by.
 */
export const rolloutRules = { kubernetesFencePosts, ecsFencePosts, rollingSequence, proportionalSizes } as const;

/** The strategy a scenario calls `kind`, with these options; missing ones are Kubernetes' defaults. */
export function makeRollout(kind: string, options: RolloutOptions = {}): MadeRollout {
  const make = makers.get(kind);
  if (make) return make(options);
  if (unbuiltRolloutKinds.includes(kind)) return { ok: false, fault: `${kind} is not supported yet` };
  return { ok: false, fault: `there is no strategy ${kind}` };
}

function makeRolling(options: RolloutOptions): MadeRollout {
  const filled = { ...rollingDefaults, ...options };
  for (const option of ['maxSurge', 'maxUnavailable'] as const) {
    const ofHundred = scaledCount(filled[option], 100, Math.ceil);
    if (ofHundred === undefined || ofHundred < 0)
      return { ok: false, option, fault: `${filled[option]} is neither a number of instances nor a whole percentage` };
  }
  if (scaledCount(filled.maxSurge, 100, Math.ceil) === 0 && scaledCount(filled.maxUnavailable, 100, Math.ceil) === 0)
    return { ok: false, option: 'maxUnavailable', fault: 'with maxSurge and maxUnavailable both 0 nothing can move' };
  if (typeof filled.maxUnavailable === 'string' && scaledCount(filled.maxUnavailable, 100, Math.ceil)! > 100)
    return { ok: false, option: 'maxUnavailable', fault: 'more than 100% cannot be unavailable' };
  return timesFault(filled) ?? { ok: true, value: rolling(filled) };
}

function makeRecreate(options: RolloutOptions): MadeRollout {
  for (const option of ['maxSurge', 'maxUnavailable'] as const)
    if (options[option] !== undefined) return { ok: false, option, fault: 'recreate has no such option' };
  const { minReadyUs = rollingDefaults.minReadyUs, progressDeadlineUs = rollingDefaults.progressDeadlineUs } = options;
  const times = { minReadyUs, progressDeadlineUs };
  return timesFault(times) ?? { ok: true, value: recreate(times) };
}

function timesFault(times: { readonly minReadyUs: number; readonly progressDeadlineUs: number }): MadeRollout | null {
  if (!(times.minReadyUs >= 0)) return { ok: false, option: 'minReady', fault: 'a time of 0 or more is needed' };
  if (!(times.progressDeadlineUs > times.minReadyUs))
    return { ok: false, option: 'progressDeadline', fault: 'must be longer than minReady' };
  return null;
}
