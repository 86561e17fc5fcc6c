/**
 * A place: one service on one platform, and what the scenario says of it there. Own words of the service win over the
 * platform's `defaults`, key by key; what `services` says is a need and stands apart from both.
 */
import type { Preset } from '../platforms/contract.js';
import type { PlatformSpec, ServiceChoices } from '../scenario/choices.js';
import type { Scenario, ServiceSpec } from '../scenario/contract.js';
import type { Path } from '../scenario/positions.js';
import type { Findings } from './findings.js';
import type { TakenList } from './taken.js';

export interface Place {
  readonly scenario: Scenario;
  readonly platform: PlatformSpec;
  readonly service: ServiceSpec;
  readonly preset: Preset;
  /** Runs on another preset than its platform: of `defaults` only what means the same everywhere holds. */
  readonly isForeign: boolean;
  readonly findings: Findings;
  readonly taken: TakenList;
}

/** What was written, and where. */
export interface Written<Value> {
  readonly value: Value;
  readonly path: Path;
}

type ChoiceKey = Exclude<keyof ServiceChoices, 'preset'>;

/** Settings whose meaning doesn't hang on the platform's kind or price list. */
const meantEverywhere: readonly ChoiceKey[] = ['pool', 'startup', 'drain', 'restart', 'queue', 'discovery', 'arch'];

/** Keys as files write them, where the checked scenario's own name differs. */
const writtenKeys: Partial<Record<ChoiceKey, string>> = {
  overflowWaitUs: 'overflow',
  requestTimeoutUs: 'requestTimeout',
  slowStartUs: 'slowStart',
  ephemeralStorageMb: 'ephemeralStorage',
  balancerWeights: 'balancer',
};

/** What the platform chooses for the service under `key`; undefined when it says nothing. */
export function chosen<Key extends ChoiceKey>(
  place: Place,
  key: Key,
): Written<NonNullable<ServiceChoices[Key]>> | undefined {
  const { platform, service, isForeign } = place;
  const own = platform.services.find(({ name }) => name === service.name)?.[key];
  const written = writtenKeys[key] ?? key;
  if (own !== undefined && own !== null)
    return {
      value: own as NonNullable<ServiceChoices[Key]>,
      path: ['platforms', platform.name, 'services', service.name, written],
    };
  if (isForeign && !meantEverywhere.includes(key)) return undefined;
  const shared = platform.defaults[key];
  if (shared === undefined || shared === null) return undefined;
  return {
    value: shared as NonNullable<ServiceChoices[Key]>,
    path: ['platforms', platform.name, 'defaults', written],
  };
}

/** What `services` says the service needs under `key`. */
export function needed<Key extends 'cpu' | 'memory' | 'concurrency' | 'queue' | 'pool' | 'startup' | 'language'>(
  place: Place,
  key: Key,
): Written<NonNullable<ServiceSpec[Key]>> | undefined {
  const value = place.service[key];
  if (value === undefined || value === null) return undefined;
  return { value: value as NonNullable<ServiceSpec[Key]>, path: ['services', place.service.name, key] };
}

/** Refuse settings that say nothing on this kind of platform. */
export function refuseMisplaced(place: Place, keys: readonly ChoiceKey[], why: string): void {
  for (const key of keys) {
    const found = chosen(place, key);
    if (!found) continue;
    const message = `says nothing on ${place.preset.name}: ${why}`;
    place.findings.error({ path: found.path, code: 'conflict', message, hint: 'leave it out', part: 'key' });
  }
}

/** Warn of a setting that is harmless and does nothing on this kind of platform; `defaults` meant for other services
 * of a mixed platform are let pass. */
export function warnMisplaced(place: Place, key: ChoiceKey, why: string): void {
  const found = chosen(place, key);
  if (!found || (place.isForeign && found.path.includes('defaults'))) return;
  const message = `says nothing on ${place.preset.name}: ${why}`;
  place.findings.warn({ path: found.path, code: 'says-nothing', message, hint: 'leave it out', part: 'key' });
}
