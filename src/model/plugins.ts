/**
 * Policies by name: what a scenario writes under `scale`, `balancer`, `restart` becomes a bound policy of its room's
 * registry, or an issue at the place where it is written. One file because all are refused alike: unknown, known but
 * not built, wrong options. Roll-outs, which have more to say, are in `rollouts.ts`.
 */

import type { Scaler, ScalerOptions, ScalerOptionUnit } from '../autoscaling/contract.js';
import { findScaler, makeScaler, scalerKinds, unbuiltScalerKinds } from '../autoscaling/registry.js';
import type { Balancer } from '../balancing/contract.js';
import { balancerKinds, findBalancer } from '../balancing/registry.js';
import type { RestartRule } from '../healing/contract.js';
import { makeRestart } from '../healing/registry.js';
import { makeSampler } from '../random/registry.js';
import type { KindSpec, RestartSpec } from '../scenario/choices.js';
import { suggest } from '../scenario/nearest.js';
import { type OptionKind, type OptionValue, readOption } from '../scenario/options.js';
import type { Path } from '../scenario/positions.js';
import type { Findings } from './findings.js';

/** The balancer called `kind`; null when there is none, which has then been reported at `path`. */
export function bindBalancer(kind: string, path: Path, findings: Findings): Balancer | null {
  const balancer = findBalancer(kind);
  if (balancer) return balancer;
  refuseKind(kind, { path, findings, noun: 'balancer', built: balancerKinds, unbuilt: [] });
  return null;
}

const optionKinds: Partial<Record<ScalerOptionUnit, OptionKind>> = {
  share: 'share',
  duration: 'duration',
  rate: 'rate',
  number: {},
  count: { min: 0, isWhole: true },
};

/**
 * The scaler called `spec.kind` with its options; null after an issue.
 *
 * @param added options that the platform fills in itself where the scenario doesn't write them
 */
export function bindScaler(spec: KindSpec, path: Path, findings: Findings, added: ScalerOptions = {}): Scaler | null {
  const family = findScaler(spec.kind);
  if (!family) {
    refuseKind(spec.kind, { path, findings, noun: 'scaler', built: scalerKinds, unbuilt: unbuiltScalerKinds });
    return null;
  }
  const read = readScalerOptions(spec.options, family.options, path, findings);
  if (!read) return null;
  if (spec.kind === 'hpa' && !['cpu', 'memory', 'requests', 'concurrency'].some((name) => name in read)) {
    const hint = 'give one of cpu, memory, requests, concurrency, as in {cpu: 60%}';
    findings.error({ path, code: 'missing', message: 'has no metric', hint, part: 'key' });
    return null;
  }
  const made = makeScaler(spec.kind, { ...added, ...read });
  if (made.ok) return made.value;
  const at = [...path, ...(made.option ? [made.option] : []), ...(made.path ?? [])];
  const isUnbuilt = made.fault.includes('not supported yet');
  findings.error({ path: at, code: isUnbuilt ? 'not-supported-yet' : 'range', message: sentence(made.fault) });
  return null;
}

/** What is written, as the family's options say it is to be read; null after an issue. */
export function readScalerOptions(
  value: OptionValue,
  units: Readonly<Record<string, ScalerOptionUnit>>,
  path: Path,
  findings: Findings,
): Record<string, unknown> | null {
  const known = Object.keys(units);
  const issueCount = findings.errors.length;
  const read: Record<string, unknown> = {};
  if (value.kind !== 'map' && value.kind !== 'empty')
    findings.error({ path, code: 'type', message: 'must be a mapping', hint: `its keys: ${known.join(', ')}` });
  for (const { name, value: option } of value.kind === 'map' ? value.entries : []) {
    const at = [...path, name];
    const unit = Object.hasOwn(units, name) ? units[name] : undefined;
    if (unit === undefined) {
      const hint = suggest(name, known);
      findings.error({ path: at, code: 'unknown-key', message: 'is not a known setting', hint, part: 'key' });
    } else if (unit === 'unbuilt') {
      findings.error({
        path: at,
        code: 'not-supported-yet',
        message: 'is not supported yet',
        hint: 'leave it out',
        part: 'key',
      });
    } else if (unit === 'behavior') read[name] = plainValue(option);
    else if (unit === 'flag') {
      const text = option.kind === 'text' ? option.text : '';
      if (text === 'true' || text === 'false') read[name] = text === 'true';
      else findings.error({ path: at, code: 'type', message: 'must be true or false' });
    } else {
      const reading = readOption(option, optionKinds[unit]!);
      if (reading.ok) read[name] = reading.value;
      else findings.error({ path: at, ...reading });
    }
  }
  return findings.errors.length > issueCount ? null : read;
}

/** Kubernetes' own object as it stands in the file: numbers as numbers, the rest as text. */
function plainValue(value: OptionValue): unknown {
  if (value.kind === 'text') return /^-?\d+(\.\d+)?$/.test(value.text) ? Number(value.text) : value.text;
  if (value.kind === 'list') return value.items.map(plainValue);
  if (value.kind === 'empty') return null;
  const plain: Record<string, unknown> = Object.create(null);
  for (const { name, value: inner } of value.entries) plain[name] = plainValue(inner);
  return plain;
}

/** The restart rule as written; without a word Kubernetes' crash-loop back-off. Null after an issue. */
export function bindRestart(
  written: { readonly value: RestartSpec; readonly path: Path } | undefined,
  findings: Findings,
): RestartRule | null {
  if (!written) return mustMake(makeRestart());
  const { value: spec, path } = written;
  if (spec.kind === 'after') {
    const sampler = makeSampler(spec.after);
    return mustMake(makeRestart({ quantileUs: (share) => sampler.quantile(share) }));
  }
  const { kind: _, ...times } = spec;
  const made = makeRestart(times);
  if (made.ok) return made.value;
  const option = made.option?.replace(/Us$/, '');
  findings.error({ path: option ? [...path, option] : path, code: 'range', message: sentence(made.fault) });
  return null;
}

export function mustMake<Value>(
  made: { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly fault: string },
): Value {
  if (!made.ok) throw new Error(`a default policy was refused: ${made.fault}`);
  return made.value;
}

interface KindRefusal {
  readonly path: Path;
  readonly findings: Findings;
  readonly noun: string;
  readonly built: readonly string[];
  readonly unbuilt: readonly string[];
}

/** Unknown, or known and not built. */
export function refuseKind(kind: string, { path, findings, noun, built, unbuilt }: KindRefusal): void {
  if (unbuilt.includes(kind)) {
    const message = `is not supported yet: the ${noun} ${kind}`;
    findings.error({ path, code: 'not-supported-yet', message, hint: `use one of ${built.join(', ')}` });
    return;
  }
  findings.error({
    path,
    code: 'reference',
    message: `names no ${noun}: ${JSON.stringify(kind.slice(0, 60))}`,
    hint: suggest(kind, built),
  });
}

/** A registry's fault as a clause behind a path. */
export function sentence(fault: string): string {
  return `is refused: ${fault}`;
}
