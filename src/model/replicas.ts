/**
 * Services that run as replicas behind a balancer: how many, what scales them, whether a request wakes them.
 */

import type { Scaler, ScalerOptions } from '../autoscaling/contract.js';
import type { BalancedFigures } from '../platforms/contract.js';
import type { CountRange, KindSpec } from '../scenario/choices.js';
import { readOption } from '../scenario/options.js';
import type { Path } from '../scenario/positions.js';
import { printDuration } from '../units/print.js';
import { takeBalancing } from './balancing.js';
import type { BalancedModel } from './contract.js';
import { takeDisruption } from './disruption.js';
import { checkScaling } from './idleWords.js';
import { chosen, type Place, refuseMisplaced } from './place.js';
import { bindScaler } from './plugins.js';
import { bindRollout } from './rollouts.js';
import { byDefault, cited, fromPreset, type Taken, written } from './taken.js';

/** Scalers that are one provider's own. */
const scalersOfProviders: readonly string[] = [
  'appEngine',
  'azureFunctions',
  'azurePremium',
  'cloudRun',
  'basic',
  'manual',
];

/**
 * @param nodePools places of the pools it may run on; none where nodes are the provider's
 * @param slots requests an instance works on at once. Null after an issue.
 */
export function compileReplicas(
  place: Place,
  figures: BalancedFigures,
  nodePools: readonly number[],
  slots: number,
): BalancedModel | null {
  const { preset, findings } = place;
  refuseMisplaced(
    place,
    ['coldStart', 'pick', 'maxInstances', 'provisioned', 'overflowWaitUs'],
    'it is for platforms where requests start instances',
  );
  const byHand = figures.scalesByHand ? takeManual(place) : null;
  const replicas = byHand ?? takeReplicas(place, figures);
  const scalers = byHand ? [] : takeScalers(place, figures, slots);
  const isHeld = scalers?.some(({ decidesOnWait }) => decidesOnWait) === true;
  const wakes = isHeld ? byDefault(false) : takeWake(place, figures);
  const idle = takeIdle(place, figures, wakes.value);
  const at = pathOf(place);
  const balancing = takeBalancing(place, figures, at);
  if (isHeld) warnNoLocality(place);
  const rollout = bindRollout(chosen(place, 'rollout'), findings, figures.rolling?.value, replicas.value.min);
  if (!balancing || !rollout || !scalers) return null;
  const { min, max } = replicas.value;
  if (!byHand) checkScaling(place, replicas.value);
  if (min === 0 && !wakes.value && !scalers.some(({ scalesToZero }) => scalesToZero)) warnNeverWakes(place, replicas);
  place.taken.add(
    [...at, 'replicas'],
    min === max ? `${min}` : `${min}..${max === Infinity ? '' : max}`,
    '',
    replicas.origin,
  );
  place.taken.add(
    [...at, 'scale'],
    scalers.map(({ kind }) => kind).join(', ') || (byHand ? 'manual' : 'none'),
    '',
    scaleOrigin(place, figures),
  );
  const rolls = chosen(place, 'rollout');
  const { rolling } = figures;
  const rollOrigin: Taken<null>['origin'] = rolling ? fromPreset(rolling, preset).origin : 'default';
  place.taken.add([...at, 'rollout'], rollout.kind, '', rolls ? { path: rolls.path } : rollOrigin);
  if (wakes.value) {
    place.taken.add([...at, 'wakeOnRequest'], 'true', '', wakes.origin);
    place.taken.add([...at, 'idleTimeout'], printDuration(idle.value), '', idle.origin);
  }
  return {
    kind: 'balanced',
    ...balancing,
    initialCount: Math.min(max, Math.max(min, ...scalers.map(({ startCount = 0 }) => startCount))),
    minCount: min,
    maxCount: max,
    // What scales without a word has nothing to decide between equal limits.
    scalers: min === max && !chosen(place, 'scale') ? [] : scalers,
    wakesOnRequest: wakes.value,
    idleTimeoutUs: idle.value,
    launchLimit: figures.launchLimit?.value ?? null,
    rollout,
    nodePools,
    ...takeDisruption(place, nodePools.length > 0, min),
  };

  function scaleOrigin({ service }: Place, { scaler }: BalancedFigures): Taken<null>['origin'] {
    const own = chosen(place, 'scale');
    if (own) return { path: own.path };
    return scaler && service ? fromPreset(scaler, preset).origin : 'default';
  }
}

export function pathOf({ platform, service }: Place): Path {
  return ['platforms', platform.name, 'services', service.name];
}

function takeReplicas(place: Place, figures: BalancedFigures): Taken<CountRange> {
  const choice = chosen(place, 'replicas');
  const most = figures.maxInstances.value;
  if (!choice) return fromPreset(figures.replicas, place.preset);
  const { min, max } = choice.value;
  const finiteMax = max === Number.POSITIVE_INFINITY ? most : max;
  if (Math.max(min, finiteMax) > most) {
    const message = `is more than ${place.preset.name} runs of one service, ${most}`;
    place.findings.error({
      path: choice.path,
      code: 'range',
      message,
      hint: `at most ${most}${cited(figures.maxInstances)}`,
    });
  }
  const least = figures.leastInstances;
  if (least && min < least.value)
    place.findings.error({
      path: choice.path,
      code: 'range',
      message: `is fewer than ${place.preset.name} runs of one service, ${least.value}, got ${min}`,
      hint: `at least ${least.value}${cited(least)}`,
    });
  const kept = figures.mostKept;
  if (kept && min > kept.value)
    place.findings.error({
      path: choice.path,
      code: 'range',
      message: `keeps more instances ready than ${place.preset.name} does for one app, ${kept.value}, got ${min}`,
      hint: `begin at ${kept.value} at most${cited(kept)}`,
    });
  return written({ min, max: finiteMax }, choice.path);
}

/** `{manual: N}`, App Engine's: N run all the time, and nothing scales. Null where nothing of it is written. */
function takeManual(place: Place): Taken<CountRange> | null {
  const choice = chosen(place, 'scale');
  const spec = choice?.value.find(({ kind }) => kind === 'manual');
  if (!choice || !spec) return null;
  const { findings, preset } = place;
  const path = [...choice.path, 'manual'];
  const second = choice.value.find(({ kind }) => kind !== 'manual');
  const replicas = chosen(place, 'replicas');
  const other = second ? [...choice.path, second.kind] : replicas?.path;
  if (other) {
    const message = `stands beside manual: a service of ${preset.name} has one way of scaling`;
    findings.error({ path: other, code: 'conflict', message, hint: 'leave one out', part: 'key' });
  }
  const count = readOption(spec.options, { min: 1, isWhole: true });
  if (!count.ok) findings.error({ path, ...count });
  const value = count.ok ? count.value : 1;
  return written({ min: value, max: value }, path);
}

function takeWake(place: Place, { wakeOnRequest }: BalancedFigures): Taken<boolean> {
  const choice = chosen(place, 'wakeOnRequest');
  return choice ? written(choice.value, choice.path) : fromPreset(wakeOnRequest, place.preset);
}

function takeIdle(place: Place, { idleTimeoutMs }: BalancedFigures, wakes: boolean): Taken<number> {
  const choice = chosen(place, 'idleTimeout');
  if (!choice) return { ...fromPreset(idleTimeoutMs, place.preset), value: idleTimeoutMs.value * 1000 };
  const { value, path } = choice;
  if (value === 'measured') {
    const message = `is not known as measured on ${place.preset.name}`;
    place.findings.error({ path, code: 'reference', message, hint: 'give a duration' });
    return byDefault(0);
  }
  if (!wakes) {
    const message = 'says nothing without wakeOnRequest: no instance goes for want of requests';
    place.findings.error({ path, code: 'conflict', message, hint: 'add wakeOnRequest: true', part: 'key' });
  }
  return written(value, path);
}

/** The scalers, the preset's own where none is written; null after an issue. */
function takeScalers(place: Place, { scaler }: BalancedFigures, slots: number): readonly Scaler[] | null {
  const choice = chosen(place, 'scale');
  const { findings } = place;
  if (!choice) {
    if (!scaler) return [];
    const own = bindScaler(specOf(scaler.value), [], findings, {
      ...scaler.value.options,
      ...filledIn(scaler.value.kind, slots),
    });
    return own ? [own] : null;
  }
  const bound = choice.value.map((spec: KindSpec) => {
    const path = [...choice.path, spec.kind];
    const isOwn = spec.kind === scaler?.value.kind;
    if (isOwn || !scalersOfProviders.includes(spec.kind))
      return bindScaler(spec, path, findings, filledIn(spec.kind, slots));
    const message = `is no scaler of ${place.preset.name}, whose services run as replicas`;
    findings.error({ path, code: 'conflict', message, hint: 'use hpa or targetTracking', part: 'key' });
    return null;
  });
  return bound.every((each) => each !== null) ? (bound as Scaler[]) : null;
}

/** What Knative's and Azure's scalers know of the service besides their options: how much an instance takes at once. */
function filledIn(kind: string, slots: number): ScalerOptions {
  return (kind === 'kpa' || kind === 'azurePremium') && slots < Number.POSITIVE_INFINITY ? { slots } : {};
}

export const specOf = ({ kind }: { readonly kind: string }): KindSpec => ({ kind, options: { kind: 'empty' } });

/** Knative's activator and its ingress choose among all instances. */
function warnNoLocality(place: Place): void {
  const written = chosen(place, 'locality');
  if (!written || written.value === 'none') return;
  const message = 'holds only while the activator is out of the path: it hands requests to instances in any zone';
  const hint = 'kpa: {targetBurstCapacity: 0} takes it out while there are instances';
  place.findings.warn({ path: written.path, code: 'no-effect', message, hint });
}

function warnNeverWakes(place: Place, { origin }: Taken<CountRange>): void {
  const path = typeof origin === 'object' && 'path' in origin ? origin.path : pathOf(place);
  const { service, preset } = place;
  const message = `may leave ${service.name} without an instance, and no request starts one on ${preset.name}`;
  place.findings.warn({ path, code: 'never-wakes', message, hint: 'write wakeOnRequest: true, or replicas from 1' });
}
