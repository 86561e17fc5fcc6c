/**
 * What scales services whose instances requests start: the provider's own scaler with the options that the scenario
 * writes, or App Engine's two ways by hand.
 */
import type { Scaler } from '../autoscaling/contract.js';
import { findScaler } from '../autoscaling/registry.js';
import type { EnvironmentFigures } from '../platforms/contract.js';
import type { KindSpec } from '../scenario/choices.js';
import { readOption } from '../scenario/options.js';
import type { Path } from '../scenario/positions.js';
import type { PendingModel } from './contract.js';
import { chosen, type Place } from './place.js';
import { bindScaler } from './plugins.js';
import { pathOf, specOf } from './replicas.js';
import { readScalerOptions } from './scalerOptions.js';
import { fromPreset, type Origin, type Taken, written } from './taken.js';

export interface Scaling {
  readonly kind: string;
  readonly scaler: Scaler | null;
  readonly pending: PendingModel | null;
  readonly concurrency: number;
  readonly minIdle: number;
  readonly maxIdle?: number;
  readonly origin: Origin;
  /** Where the user scales by hand: how many at most, how many always, how long idle. */
  readonly byHand?: {
    readonly most: Taken<number>;
    readonly always: Taken<number> | null;
    readonly idleUs: Taken<number> | null;
  };
}

/** Null after an issue. */
export function takeScaling(place: Place, figures: EnvironmentFigures, concurrency: number): Scaling | null {
  const { preset, findings } = place;
  const own = figures.scaler;
  const choice = chosen(place, 'scale');
  const first = choice?.value[0];
  if (choice && first && figures.byHand && ['basic', 'manual'].includes(first.kind))
    return scalingByHand(place, figures.byHand, choice, concurrency);
  const foreign = choice?.value.find(({ kind }) => kind !== own?.value.kind);
  if (choice && foreign) {
    const others = figures.byHand ? ', basic or manual' : '';
    const message = `is no scaler of ${preset.name}, which scales by itself`;
    const hint = own ? `leave it out, or write ${own.value.kind}${others}` : 'leave it out';
    findings.error({ path: [...choice.path, foreign.kind], code: 'conflict', message, hint, part: 'key' });
    return null;
  }
  if (!own) return { kind: 'none', scaler: null, pending: null, concurrency, minIdle: 0, origin: 'default' };
  if (choice && !first) {
    const message = `cannot be none on ${preset.name}: nothing else would start an instance`;
    findings.error({ path: choice.path, code: 'conflict', message, hint: 'leave it out' });
    return null;
  }
  const spec = first ?? specOf(own.value);
  const path = choice ? [...choice.path, spec.kind] : pathOf(place);
  const origin: Origin = choice ? { path } : { figure: own, preset };
  if (own.value.kind === 'appEngine')
    return appEngineScaling(place, spec, path, own.value.options, concurrency, origin);
  const knowsSlots = own.value.kind === 'cloudRun' || own.value.kind === 'azureFunctions';
  const slots = knowsSlots ? { concurrency } : {};
  const scaler = bindScaler(spec, path, findings, { ...own.value.options, ...slots });
  return scaler && { kind: spec.kind, scaler, pending: null, concurrency, minIdle: 0, origin };
}

/** App Engine: which request goes where and when an instance is started is the engine's pending queue. */
function appEngineScaling(
  place: Place,
  spec: KindSpec,
  path: Path,
  figures: Readonly<Record<string, number>>,
  concurrency: number,
  origin: Origin,
): Scaling | null {
  const { findings } = place;
  const read = readScalerOptions(spec.options, findScaler('appEngine')!, path, findings);
  if (!read) return null;
  const numbers = read as Record<string, number>;
  const defaults = { ...figures, ...pendingDefaults(figures, numbers), maxConcurrent: concurrency };
  const options: Readonly<Record<string, number | undefined>> = { ...defaults, ...numbers };
  if (!bindScaler(spec, path, findings, defaults)) return null;
  const option = (name: string): number => options[name] ?? 0;
  const { maxIdle } = numbers;
  if (maxIdle !== undefined && maxIdle < Math.max(1, option('minIdle'))) {
    const message = `must not be below 1 nor below minIdle, ${option('minIdle')}, got ${maxIdle}`;
    findings.error({ path: [...path, 'maxIdle'], code: 'range', message, hint: 'raise it' });
    return null;
  }
  return {
    kind: 'appEngine',
    scaler: null,
    pending: {
      // To the billionth: 3 x 0.6 is 1.8, though not in binary numbers.
      softSlots: Number((option('maxConcurrent') * option('targetThroughput')).toFixed(9)),
      targetCpu: option('targetCpu'),
      minPendingUs: option('minPendingLatency'),
      maxPendingUs: option('maxPendingLatency'),
    },
    concurrency: option('maxConcurrent'),
    minIdle: option('minIdle'),
    ...(maxIdle === undefined ? {} : { maxIdle }),
    origin,
  };
}

/** One pending latency written alone moves the other's default out of its way. */
function pendingDefaults(figures: Readonly<Record<string, number>>, read: Readonly<Record<string, number>>) {
  const { minPendingLatency: least = 0, maxPendingLatency: most = Infinity } = figures;
  const { minPendingLatency: writtenLeast, maxPendingLatency: writtenMost } = read;
  return {
    minPendingLatency: Math.min(least, writtenMost ?? Infinity),
    maxPendingLatency: Math.max(most, writtenLeast ?? 0),
  };
}

type Choice = { readonly value: readonly KindSpec[]; readonly path: Path };

/** `{basic: {idleTimeout, max}}`: a request starts an instance, up to `max`; `{manual: N}`: N run all the time. */
function scalingByHand(
  place: Place,
  figures: NonNullable<EnvironmentFigures['byHand']>,
  choice: Choice,
  concurrency: number,
): Scaling | null {
  const { findings, preset } = place;
  const [spec, second] = choice.value;
  const path = [...choice.path, spec!.kind];
  if (second) {
    const message = `stands beside ${spec!.kind}: a service of ${preset.name} has one way of scaling`;
    findings.error({
      path: [...choice.path, second.kind],
      code: 'conflict',
      message,
      hint: 'leave one out',
      part: 'key',
    });
    return null;
  }
  const shared = { kind: spec!.kind, scaler: null, pending: null, concurrency, minIdle: 0, origin: { path } };
  if (spec!.kind === 'manual') {
    const count = readOption(spec!.options, { min: 1, isWhole: true });
    if (!count.ok) {
      findings.error({ path, ...count });
      return null;
    }
    const always = written(count.value, path);
    return { ...shared, byHand: { most: always, always, idleUs: null } };
  }
  const read = readScalerOptions(spec!.options, { options: { idleTimeout: 'duration', max: 'count' } }, path, findings);
  if (!read) return null;
  const { idleTimeout, max } = read as Readonly<Record<string, number | undefined>>;
  if (max === undefined || max < 1) {
    const message = max === undefined ? 'has no max: how many instances at most?' : `must be 1 or more, got ${max}`;
    const at = max === undefined ? path : [...path, 'max'];
    findings.error({ path: at, code: max === undefined ? 'missing' : 'range', message, hint: 'write {max: 5}' });
    return null;
  }
  const ownIdle = fromPreset(figures.idleTimeoutMs, preset);
  const idleUs =
    idleTimeout === undefined
      ? { ...ownIdle, value: ownIdle.value * 1000 }
      : written(idleTimeout, [...path, 'idleTimeout']);
  return { ...shared, byHand: { most: written(max, [...path, 'max']), always: null, idleUs } };
}
