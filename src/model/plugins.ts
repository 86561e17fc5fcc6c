/**
 * Policies by name: what a scenario writes under `scale`, `balancer`, `restart` becomes a bound policy of its room's
 * registry, or an issue at the place where it is written. One file because all are refused alike: unknown, known but
 * not built, wrong options. Roll-outs, which have more to say, are in `rollouts.ts`.
 */

import type { Scaler, ScalerOptions } from '../autoscaling/contract.js';
import { findScaler, makeScaler, scalerKinds } from '../autoscaling/registry.js';
import type { Balancer } from '../balancing/contract.js';
import { balancerKinds, findBalancer } from '../balancing/registry.js';
import type { RestartRule } from '../healing/contract.js';
import { makeRestart } from '../healing/registry.js';
import { makeSampler } from '../random/registry.js';
import type { KindSpec, RestartSpec } from '../scenario/choices.js';
import { suggest } from '../scenario/nearest.js';
import type { Path } from '../scenario/positions.js';
import type { Findings } from './findings.js';
import { readScalerOptions } from './scalerOptions.js';

/** The balancer called `kind`; null when there is none, which has then been reported at `path`. */
export function bindBalancer(kind: string, path: Path, findings: Findings): Balancer | null {
  const balancer = findBalancer(kind);
  if (balancer) return balancer;
  refuseKind(kind, { path, findings, noun: 'balancer', built: balancerKinds, unbuilt: [] });
  return null;
}

/**
 * The scaler called `spec.kind` with its options; null after an issue.
 *
 * @param added options that the platform fills in itself where the scenario doesn't write them
 */
export function bindScaler(spec: KindSpec, path: Path, findings: Findings, added: ScalerOptions = {}): Scaler | null {
  const family = findScaler(spec.kind);
  if (!family) {
    refuseKind(spec.kind, { path, findings, noun: 'scaler', built: scalerKinds, unbuilt: [] });
    return null;
  }
  const read = readScalerOptions(spec.options, family, path, findings);
  if (!read) return null;
  const metrics = ['cpu', 'memory', 'requests', 'concurrency', 'external', 'object'];
  if (spec.kind === 'hpa' && !metrics.some((name) => name in read)) {
    const hint = `give one of ${metrics.join(', ')}, as in {cpu: 60%}`;
    findings.error({ path, code: 'missing', message: 'has no metric', hint, part: 'key' });
    return null;
  }
  const made = makeScaler(spec.kind, { ...added, ...read });
  if (made.ok) return made.value;
  const at = [...path, ...(made.option ? [made.option] : []), ...(made.path ?? [])];
  findings.error({ path: at, code: 'range', message: sentence(made.fault) });
  return null;
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
