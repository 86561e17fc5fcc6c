/**
 * Kubernetes' `behavior` object, read: checked field by field as the API server does, missing fields filled with its
 * defaults. Its own file because scenarios carry the object as Kubernetes writes it, so only here is its form known.
 */
import type { MadeScaler } from './contract.js';
import type { ScalingPolicy, ScalingRules } from './hpaBehavior.js';

/** One direction's rules; the window in microseconds, the tolerance a share, null where the scaler's own holds. */
export interface DirectionRules extends ScalingRules {
  readonly windowUs: number;
  readonly tolerance: number | null;
}

/** What the API fills in: up by 4 or 100% in 15 s, at once; down by 100% in 15 s, after 5 minutes. */
export const scaleUpDefaults: DirectionRules = {
  select: 'Max',
  policies: [
    { type: 'Pods', value: 4, period: 15_000_000 },
    { type: 'Percent', value: 100, period: 15_000_000 },
  ],
  windowUs: 0,
  tolerance: null,
};

export const scaleDownDefaults: DirectionRules = {
  select: 'Max',
  policies: [{ type: 'Percent', value: 100, period: 15_000_000 }],
  windowUs: 300_000_000,
  tolerance: null,
};

type Fault = Extract<MadeScaler, { readonly ok: false }>;
type Read<T> = { readonly ok: true; readonly value: T } | Fault;

const fields = ['stabilizationWindowSeconds', 'selectPolicy', 'policies', 'tolerance'];

/** `written` is the object under `scaleUp` or `scaleDown` (`option`); undefined reads as `{}`. */
export function readRules(option: string, written: unknown, defaults: DirectionRules): Read<DirectionRules> {
  if (written === undefined) return { ok: true, value: defaults };
  if (!isObject(written)) return { ok: false, option, fault: `an object with ${fields.join(', ')} is needed` };
  const fault = (path: readonly (string | number)[], text: string): Fault => ({ ok: false, option, path, fault: text });
  for (const name of Object.keys(written))
    if (!fields.includes(name)) return fault([name], `no such field; Kubernetes has ${fields.join(', ')}`);
  const { stabilizationWindowSeconds: seconds, selectPolicy = 'Max', policies, tolerance } = written;
  if (seconds !== undefined && !isWhole(seconds, 0, 3600))
    return fault(['stabilizationWindowSeconds'], 'a whole number from 0 to 3600 is needed');
  if (selectPolicy !== 'Max' && selectPolicy !== 'Min' && selectPolicy !== 'Disabled')
    return fault(['selectPolicy'], 'one of Max, Min, Disabled is needed');
  if (tolerance !== undefined && !(typeof tolerance === 'number' && tolerance >= 0 && tolerance <= 1))
    return fault(['tolerance'], 'a number from 0 to 1 is needed');
  const read = policies === undefined ? undefined : readPolicies(policies, fault);
  if (read && !read.ok) return read;
  return {
    ok: true,
    value: {
      select: selectPolicy,
      policies: read?.value ?? defaults.policies,
      windowUs: seconds === undefined ? defaults.windowUs : seconds * 1_000_000,
      tolerance: tolerance ?? null,
    },
  };
}

function readPolicies(
  written: unknown,
  fault: (path: readonly (string | number)[], text: string) => Fault,
): Read<readonly ScalingPolicy[]> {
  if (!Array.isArray(written) || written.length === 0) return fault(['policies'], 'a list with a policy is needed');
  const policies: ScalingPolicy[] = [];
  for (const [index, policy] of written.entries()) {
    const at = (field: string, text: string) => fault(['policies', index, field], text);
    if (!isObject(policy)) return fault(['policies', index], 'an object with type, value, periodSeconds is needed');
    const unknown = Object.keys(policy).find((name) => !['type', 'value', 'periodSeconds'].includes(name));
    if (unknown !== undefined) return at(unknown, 'no such field; a policy has type, value, periodSeconds');
    const { type, value, periodSeconds } = policy;
    if (type !== 'Pods' && type !== 'Percent') return at('type', 'Pods or Percent is needed');
    if (!isWhole(value, 1, Number.MAX_SAFE_INTEGER)) return at('value', 'a whole number of 1 or more is needed');
    if (!isWhole(periodSeconds, 1, 1800)) return at('periodSeconds', 'a whole number from 1 to 1800 is needed');
    policies.push({ type, value, period: periodSeconds * 1_000_000 });
  }
  return { ok: true, value: policies };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isWhole(value: unknown, least: number, most: number): value is number {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
}
