/**
 * Services whose instances are started by requests: how long idle ones live, what a request gets when there is no
 * room, and, from the files beside this one, how many there may be and what scales them.
 */
import type { EnvironmentFigures } from '../platforms/contract.js';
import { percentiles } from '../platforms/spans.js';
import { idleReclaim } from '../platforms/tables/idleReclaim.js';
import type { DistributionSpec } from '../random/contract.js';
import { makeSampler } from '../random/registry.js';
import type { EnvironmentModel } from './contract.js';
import { type Counts, takeCounts, takeRequestLimit } from './environmentCounts.js';
import { type Scaling, takeScaling } from './environmentScaling.js';
import { chosen, type Place, refuseMisplaced, warnMisplaced } from './place.js';
import { pathOf } from './replicas.js';
import { fromPreset, type Origin, type Taken, written } from './taken.js';

/** `concurrency` is the slots of one environment, which some platforms' scaler sets itself. */
export interface EnvironmentsTaken {
  readonly model: EnvironmentModel;
  readonly concurrency: number;
  /** Concurrency set aside for the service; null where it shares the account's. */
  readonly reserved: number | null;
}

/** Settings of replicas that change nothing here, and what holds instead. */
const withoutEffect = [
  ['queue', 'requests wait for a slot as `overflow` says, not at an instance'],
  ['restart', 'an environment that ends is not started again; the next request starts another'],
  ['drain', 'an environment goes when it holds no request'],
  ['discovery', 'the platform itself hands each request to an environment'],
] as const;

/** Null after an issue. */
export function compileEnvironments(
  place: Place,
  figures: EnvironmentFigures,
  concurrency: number,
): EnvironmentsTaken | null {
  const { preset, findings } = place;
  refuseMisplaced(
    place,
    ['balancer', 'rollout', 'slowStartUs', 'outlierDetection', 'locality', 'disruptionBudget', 'priority', 'spread'],
    'requests start instances there',
  );
  for (const [key, why] of withoutEffect) warnMisplaced(place, key, why);
  const waking = chosen(place, 'wakeOnRequest');
  if (waking && !waking.value) {
    const message = `cannot be switched off on ${preset.name}: every request may start an instance`;
    findings.error({ path: waking.path, code: 'conflict', message, hint: 'leave it out' });
  }
  const scaling = takeScaling(place, figures, concurrency);
  const counts = countsOf(place, figures, scaling);
  const idle = takeIdle(place, figures, scaling);
  if (!scaling || !idle) return null;
  checkIdle(place, scaling, counts);
  const overflowWaitUs = chosen(place, 'overflowWaitUs')?.value ?? figures.overflowWaitMs.value * 1000;
  record(place, figures, { counts, scaling, idle, overflowWaitUs });
  const requestLimit = takeRequestLimit(place, figures, counts);
  return {
    concurrency: scaling.concurrency,
    reserved: counts.reserved?.value ?? null,
    model: {
      kind: 'environments',
      pick: chosen(place, 'pick')?.value ?? 'most-recently-used',
      idleTimeout: makeSampler(idle.value),
      provisionedCount: counts.provisioned.value,
      minIdleCount: scaling.minIdle,
      maxCount: counts.most.value,
      startsOnDemand: figures.startsOnDemand || scaling.byHand?.always === null,
      startLimit: figures.startLimit?.value ?? null,
      overflowWaitUs,
      pending: scaling.pending,
      scaler: scaling.scaler,
      ...(figures.keptFirst?.value ? { isKeptFirst: true } : {}),
      ...(counts.provisioning ? { provisioning: counts.provisioning } : {}),
      ...(scaling.maxIdle === undefined ? {} : { maxIdleCount: scaling.maxIdle }),
      ...(counts.reserved ? { isReserved: true } : {}),
      ...(requestLimit ? { requestLimit } : {}),
    },
  };
}

/** Idle instances that are always kept are among those that may run. */
function checkIdle(place: Place, { minIdle, kind }: Scaling, { provisioned, most }: Counts): void {
  const kept = minIdle + provisioned.value;
  const scale = chosen(place, 'scale');
  if (minIdle === 0 || kept <= most.value || !scale) return;
  const message = `keeps ${kept} instances where at most ${most.value} may run`;
  const path = [...scale.path, kind, 'minIdle'];
  place.findings.error({ path, code: 'conflict', message, hint: 'lower it, or raise maxInstances' });
}

/** Who scales by hand says how many; other words on it would say it twice. */
function countsOf(place: Place, figures: EnvironmentFigures, scaling: Scaling | null): Counts {
  const byHand = scaling?.byHand;
  if (!byHand) return takeCounts(place, figures);
  refuseMisplaced(place, ['replicas', 'maxInstances', 'provisioned', 'reserved'], `${scaling.kind} says how many`);
  const none = fromPreset(figures.provisioned, place.preset);
  return { provisioned: byHand.always ?? none, most: byHand.most, provisioning: null, reserved: null };
}

function takeIdle(place: Place, figures: EnvironmentFigures, scaling: Scaling | null): Taken<DistributionSpec> | null {
  const { preset, findings } = place;
  const choice = chosen(place, 'idleTimeout');
  if (scaling?.byHand && choice) {
    const message = `says nothing with ${scaling.kind} scaling`;
    const hint = scaling.byHand.always ? 'leave it out' : 'write {basic: {idleTimeout: 10m, max: 5}}';
    findings.error({ path: choice.path, code: 'conflict', message, hint, part: 'key' });
    return null;
  }
  const ofHand = scaling?.byHand?.idleUs;
  if (ofHand) return { ...ofHand, value: { kind: 'constant', value: ofHand.value } };
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

interface EnvironmentsFound {
  readonly counts: Counts;
  readonly scaling: Scaling;
  readonly idle: Taken<DistributionSpec>;
  readonly overflowWaitUs: number;
}

function record(place: Place, figures: EnvironmentFigures, found: EnvironmentsFound): void {
  const { counts, scaling, idle, overflowWaitUs } = found;
  const { preset, taken } = place;
  const at = pathOf(place);
  const pick = chosen(place, 'pick');
  const overflow = chosen(place, 'overflowWaitUs');
  const { provisioning, provisioned } = counts;
  const changing = provisioning?.kind === 'target' ? `${provisioning.minCount}..${provisioning.maxCount}` : 'scheduled';
  taken.add([...at, 'provisioned'], provisioning ? changing : provisioned.value, '', provisioned.origin);
  taken.add([...at, 'maxInstances'], counts.most.value, '', counts.most.origin);
  if (counts.reserved) taken.add([...at, 'reserved'], counts.reserved.value, '', counts.reserved.origin);
  taken.add([...at, 'idleTimeout'], idle.value, '', idle.origin);
  taken.add([...at, 'pick'], pick?.value ?? 'most-recently-used', '', pick ? { path: pick.path } : 'default');
  const overflowOrigin: Origin = overflow ? { path: overflow.path } : { figure: figures.overflowWaitMs, preset };
  taken.add(
    [...at, 'overflow'],
    overflowWaitUs === 0 ? 'reject' : overflowWaitUs === Infinity ? 'wait' : `wait ${overflowWaitUs / 1e6}s`,
    '',
    overflowOrigin,
  );
  if (figures.scaler) taken.add([...at, 'scale'], scaling.kind, '', scaling.origin);
}
