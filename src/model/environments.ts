/**
 * Services whose instances are started by requests: how many there may be, which are kept, how long idle ones live,
 * what
 * a request gets when there is no room.
 */
import type { Scaler } from '../autoscaling/contract.js';
import { findScaler } from '../autoscaling/registry.js';
import type { EnvironmentFigures } from '../platforms/contract.js';
import { percentiles } from '../platforms/spans.js';
import { idleReclaim } from '../platforms/tables/idleReclaim.js';
import type { DistributionSpec } from '../random/contract.js';
import { makeSampler } from '../random/registry.js';
import type { Path } from '../scenario/positions.js';
import type { EnvironmentModel, PendingModel } from './contract.js';
import { chosen, type Place, refuseMisplaced } from './place.js';
import { bindScaler, readScalerOptions } from './plugins.js';
import { printDistribution } from './printDistribution.js';
import { pathOf, specOf } from './replicas.js';
import { fromPreset, type Origin, type Taken, written } from './taken.js';

/** `concurrency` is the slots of one environment, which some platforms' scaler sets itself. */
export interface EnvironmentsTaken {
  readonly model: EnvironmentModel;
  readonly concurrency: number;
}

interface Counts {
  readonly provisioned: Taken<number>;
  readonly most: Taken<number>;
}

/** Null after an issue. */
export function compileEnvironments(
  place: Place,
  figures: EnvironmentFigures,
  concurrency: number,
): EnvironmentsTaken | null {
  const { preset, findings } = place;
  refuseMisplaced(
    place,
    ['balancer', 'rollout', 'slowStartUs', 'outlierDetection', 'locality'],
    'requests start instances there',
  );
  const waking = chosen(place, 'wakeOnRequest');
  if (waking && !waking.value) {
    const message = `cannot be switched off on ${preset.name}: every request may start an instance`;
    findings.error({ path: waking.path, code: 'conflict', message, hint: 'leave it out' });
  }
  const counts = takeCounts(place, figures);
  const idle = takeIdle(place, figures);
  const scaling = takeScaling(place, figures, concurrency);
  if (!scaling || !idle) return null;
  const pick = chosen(place, 'pick');
  const overflow = chosen(place, 'overflowWaitUs');
  const overflowWaitUs = overflow?.value ?? figures.overflowWaitMs.value * 1000;
  const at = pathOf(place);
  const { taken } = place;
  taken.add([...at, 'provisioned'], counts.provisioned.value, '', counts.provisioned.origin);
  taken.add([...at, 'maxInstances'], counts.most.value, '', counts.most.origin);
  taken.add([...at, 'idleTimeout'], printDistribution(idle.value), '', idle.origin);
  taken.add([...at, 'pick'], pick?.value ?? 'most-recently-used', '', pick ? { path: pick.path } : 'default');
  const overflowOrigin: Origin = overflow ? { path: overflow.path } : { figure: figures.overflowWaitMs, preset };
  taken.add(
    [...at, 'overflow'],
    overflowWaitUs === 0 ? 'reject' : overflowWaitUs === Infinity ? 'wait' : `wait ${overflowWaitUs / 1e6}s`,
    '',
    overflowOrigin,
  );
  if (figures.scaler) taken.add([...at, 'scale'], figures.scaler.value.kind, '', scaling.origin);
  return {
    concurrency: scaling.concurrency,
    model: {
      kind: 'environments',
      pick: pick?.value ?? 'most-recently-used',
      idleTimeout: makeSampler(idle.value),
      provisionedCount: counts.provisioned.value,
      minIdleCount: scaling.minIdle,
      maxCount: counts.most.value,
      startsOnDemand: figures.startsOnDemand,
      startLimit: figures.startLimit?.value ?? null,
      overflowWaitUs,
      pending: scaling.pending,
      scaler: scaling.scaler,
    },
  };
}

/** `replicas: a..b` is short for `provisioned: a` and `maxInstances: b`. */
function takeCounts(place: Place, figures: EnvironmentFigures): Counts {
  const { preset, platform, findings } = place;
  const replicas = chosen(place, 'replicas');
  const provisioned = chosen(place, 'provisioned');
  const most = chosen(place, 'maxInstances');
  const account = figures.accountConcurrency ? platform.account?.concurrency : undefined;
  const accountPath: Path = ['platforms', platform.name, 'account', 'concurrency'];
  const platformMost = account === undefined ? fromPreset(figures.maxInstances, preset) : written(account, accountPath);
  const takenProvisioned = provisioned
    ? written(provisioned.value.kind === 'fixed' ? provisioned.value.count : 0, provisioned.path)
    : replicas
      ? written(replicas.value.min, replicas.path)
      : fromPreset(figures.provisioned, preset);
  const isOpen = !most && (!replicas || replicas.value.max === Number.POSITIVE_INFINITY);
  const takenMost = isOpen
    ? platformMost
    : most
      ? written(most.value, most.path)
      : written(replicas!.value.max, replicas!.path);
  if (provisioned && provisioned.value.kind !== 'fixed') {
    const message = 'is not supported yet: a changing number of provisioned instances';
    findings.error({ path: provisioned.path, code: 'not-supported-yet', message, hint: 'write a whole number' });
  }
  checkCounts(place, figures, { provisioned: takenProvisioned, most: takenMost }, platformMost.value);
  return { provisioned: takenProvisioned, most: takenMost };
}

function checkCounts(
  place: Place,
  figures: EnvironmentFigures,
  { provisioned, most }: Counts,
  platformMost: number,
): void {
  const { preset, findings } = place;
  if (figures.accountConcurrency && most.value > platformMost)
    findings.error({
      path: pathIn(most, place),
      code: 'range',
      message: `is more than the account runs at once, ${platformMost}, got ${most.value}`,
      hint: `write at most ${platformMost}, or raise account: {concurrency: ${most.value}}`,
    });
  if (provisioned.value > most.value)
    findings.error({
      path: pathIn(provisioned, place),
      code: 'conflict',
      message: `keeps ${provisioned.value} instances ready where at most ${most.value} may run`,
      hint: 'lower it, or raise maxInstances',
    });
  if (provisioned.value > 0 && !preset.sellsProvisioned)
    findings.error({
      path: pathIn(provisioned, place),
      code: 'not-supported-yet',
      message: `is not supported yet: instances kept ready on ${preset.name}, which have no price in the price book`,
      hint: 'begin at 0',
    });
}

const pathIn = ({ origin }: Taken<number>, place: Place): Path =>
  typeof origin === 'object' && 'path' in origin ? origin.path : pathOf(place);

function takeIdle(place: Place, figures: EnvironmentFigures): Taken<DistributionSpec> | null {
  const { preset, findings } = place;
  const choice = chosen(place, 'idleTimeout');
  if (!choice) {
    const { value } = figures.idleTimeoutMs;
    return { ...fromPreset(figures.idleTimeoutMs, preset), value: { kind: 'constant', value: value * 1000 } };
  }
  if (choice.value !== 'measured') return written({ kind: 'constant', value: choice.value }, choice.path);
  if (figures.measuredIdle === null) {
    const message = `is not known as measured on ${preset.name}`;
    findings.error({ path: choice.path, code: 'reference', message, hint: 'give a duration' });
    return null;
  }
  const curve = idleReclaim[figures.measuredIdle];
  const spec = percentiles(curve.value);
  return { ...fromPreset(curve, preset), value: spec.kind === 'quantiles' ? { ...spec, isLog: false } : spec };
}

interface Scaling {
  readonly scaler: Scaler | null;
  readonly pending: PendingModel | null;
  readonly concurrency: number;
  readonly minIdle: number;
  readonly origin: Origin;
}

/** The platform's own scaler, with the options that the scenario writes. Null after an issue. */
function takeScaling(place: Place, figures: EnvironmentFigures, concurrency: number): Scaling | null {
  const { preset, findings } = place;
  const own = figures.scaler;
  const choice = chosen(place, 'scale');
  const foreign = choice?.value.find(({ kind }) => kind !== own?.value.kind);
  if (choice && foreign) {
    const isUnbuilt = own?.value.kind === 'appEngine' && ['basic', 'manual'].includes(foreign.kind);
    const message = isUnbuilt ? `is not supported yet` : `is no scaler of ${preset.name}, which scales by itself`;
    const code = isUnbuilt ? 'not-supported-yet' : 'conflict';
    findings.error({ path: [...choice.path, foreign.kind], code, message, hint: 'leave it out', part: 'key' });
    return null;
  }
  if (!own) return { scaler: null, pending: null, concurrency, minIdle: 0, origin: 'default' };
  if (choice && choice.value.length === 0) {
    const message = `cannot be none on ${preset.name}: nothing else would start an instance`;
    findings.error({ path: choice.path, code: 'conflict', message, hint: 'leave it out' });
    return null;
  }
  const spec = choice?.value[0] ?? specOf(own.value);
  const path = choice ? [...choice.path, spec.kind] : pathOf(place);
  const origin: Origin = choice ? { path } : { figure: own, preset };
  if (own.value.kind === 'appEngine')
    return appEngineScaling(place, spec, path, own.value.options, concurrency, origin);
  const slots = own.value.kind === 'cloudRun' ? { concurrency } : {};
  const scaler = bindScaler(spec, path, findings, { ...own.value.options, ...slots });
  return scaler && { scaler, pending: null, concurrency, minIdle: 0, origin };
}

/** App Engine: which request goes where and when an instance is started is the engine's pending queue. */
function appEngineScaling(
  place: Place,
  spec: ReturnType<typeof specOf>,
  path: Path,
  figures: Readonly<Record<string, number>>,
  concurrency: number,
  origin: Origin,
): Scaling | null {
  const { findings } = place;
  const read = readScalerOptions(spec.options, findScaler('appEngine')!.options, path, findings);
  if (!read) return null;
  if ('maxIdle' in read) {
    findings.error({
      path: [...path, 'maxIdle'],
      code: 'not-supported-yet',
      message: 'is not supported yet',
      part: 'key',
    });
    return null;
  }
  const defaults = {
    ...figures,
    ...pendingDefaults(figures, read as Record<string, number>),
    maxConcurrent: concurrency,
  };
  const options = { ...defaults, ...(read as Record<string, number>) };
  if (!bindScaler(spec, path, findings, defaults)) return null;
  const option = (name: string): number => (options as Record<string, number | undefined>)[name] ?? 0;
  return {
    scaler: null,
    pending: {
      softSlots: option('maxConcurrent') * option('targetThroughput'),
      targetCpu: option('targetCpu'),
      minPendingUs: option('minPendingLatency'),
      maxPendingUs: option('maxPendingLatency'),
    },
    concurrency: option('maxConcurrent'),
    minIdle: option('minIdle'),
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
