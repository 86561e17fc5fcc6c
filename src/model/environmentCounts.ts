/**
 * How many environments there may be and how many are kept ready: limits of the service and of the account, capacity
 * set aside, and a number kept ready that follows the clock or a target.
 */
import { makeScaler } from '../autoscaling/registry.js';
import type { EnvironmentFigures } from '../platforms/contract.js';
import type { Path } from '../scenario/positions.js';
import type { ProvisioningModel, RequestLimitModel } from './contract.js';
import { chosen, type Place } from './place.js';
import { pathOf } from './replicas.js';
import { cited, fromPreset, type Taken, written } from './taken.js';

export interface Counts {
  readonly provisioned: Taken<number>;
  readonly most: Taken<number>;
  readonly provisioning: ProvisioningModel | null;
  /** Concurrency set aside for the service; null where it shares the account's. */
  readonly reserved: Taken<number> | null;
}

/** `replicas: a..b` is short for `provisioned: a` and `maxInstances: b`. */
export function takeCounts(place: Place, figures: EnvironmentFigures): Counts {
  const { preset, platform } = place;
  const replicas = chosen(place, 'replicas');
  const most = chosen(place, 'maxInstances');
  const account = figures.accountConcurrency ? platform.account?.concurrency : undefined;
  const accountPath: Path = ['platforms', platform.name, 'account', 'concurrency'];
  const platformMost = account === undefined ? fromPreset(figures.maxInstances, preset) : written(account, accountPath);
  const isOpen = !most && (!replicas || replicas.value.max === Number.POSITIVE_INFINITY);
  const asked = isOpen
    ? platformMost
    : most
      ? written(most.value, most.path)
      : written(replicas!.value.max, replicas!.path);
  const reserved = takeReserved(place, figures);
  const counts = {
    provisioned: takeProvisioned(place, figures),
    most: reserved && reserved.value < asked.value ? reserved : asked,
    provisioning: takeProvisioning(place, figures),
    reserved,
  };
  checkCounts(place, figures, counts, { asked, platformMost: platformMost.value });
  return counts;
}

/** Kept ready at clock 0. */
function takeProvisioned(place: Place, figures: EnvironmentFigures): Taken<number> {
  const provisioned = chosen(place, 'provisioned');
  const replicas = chosen(place, 'replicas');
  if (!provisioned)
    return replicas ? written(replicas.value.min, replicas.path) : fromPreset(figures.provisioned, place.preset);
  const { value, path } = provisioned;
  if (value.kind === 'fixed') return written(value.count, path);
  if (value.kind === 'target') return written(value.range.min, path);
  return written(value.schedule.filter(({ atUs }) => atUs === 0).at(-1)?.count ?? 0, path);
}

/** The number kept ready as it changes; null where it doesn't, or may not. */
function takeProvisioning(place: Place, figures: EnvironmentFigures): ProvisioningModel | null {
  const { findings, preset } = place;
  const choice = chosen(place, 'provisioned');
  if (!choice || choice.value.kind === 'fixed') return null;
  const { value, path } = choice;
  if (!figures.provisionedScaler) {
    const message = `cannot change by itself on ${preset.name}: a number of instances is kept ready there`;
    findings.error({ path, code: 'conflict', message, hint: 'write a whole number' });
    return null;
  }
  if (value.kind === 'schedule') {
    const changes = value.schedule.map(({ atUs, count }) => ({ atUs, count })).sort((a, b) => a.atUs - b.atUs);
    return { kind: 'schedule', changes };
  }
  const { min, max } = value.range;
  if (min < 1 || max === Number.POSITIVE_INFINITY) {
    const message = `must run from 1 on to a largest number, got ${min}..${max === Infinity ? '' : max}`;
    findings.error({ path: [...path, 'range'], code: 'range', message, hint: 'write {target: 70%, range: 5..50}' });
    return null;
  }
  const made = makeScaler(figures.provisionedScaler.value, { cpu: value.target });
  if (made.ok) return { kind: 'target', scaler: made.value, minCount: min, maxCount: max };
  findings.error({ path: [...path, 'target'], code: 'range', message: `is refused: ${made.fault}` });
  return null;
}

function takeReserved(place: Place, figures: EnvironmentFigures): Taken<number> | null {
  const { preset, findings } = place;
  const choice = chosen(place, 'reserved');
  if (!choice) return null;
  if (!figures.unreservedLeast) {
    const message = `is not sold on ${preset.name}: capacity is set aside on lambda only`;
    findings.error({ path: choice.path, code: 'conflict', message, hint: 'use maxInstances', part: 'key' });
    return null;
  }
  return written(choice.value, choice.path);
}

function checkCounts(
  place: Place,
  figures: EnvironmentFigures,
  { provisioned, most, provisioning }: Counts,
  { asked, platformMost }: { readonly asked: Taken<number>; readonly platformMost: number },
): void {
  const { preset, findings } = place;
  if (figures.accountConcurrency && asked.value > platformMost)
    findings.error({
      path: pathIn(asked, place),
      code: 'range',
      message: `is more than the account runs at once, ${platformMost}, got ${asked.value}`,
      hint: `write at most ${platformMost}, or raise account: {concurrency: ${asked.value}}`,
    });
  const { mostInstances } = figures;
  if (mostInstances && asked.value > mostInstances.value)
    findings.error({
      path: pathIn(asked, place),
      code: 'range',
      message: `is more than ${preset.name} runs of one service, ${mostInstances.value}, got ${asked.value}`,
      hint: `write at most ${mostInstances.value}${cited(mostInstances)}`,
    });
  const kept = Math.max(provisioned.value, mostKept(provisioning));
  if (kept > most.value)
    findings.error({
      path: pathIn(provisioned, place),
      code: 'conflict',
      message: `keeps ${kept} instances ready where at most ${most.value} may run`,
      hint: 'lower it, or raise maxInstances',
    });
  if (kept > 0 && !preset.sellsProvisioned)
    findings.error({
      path: pathIn(provisioned, place),
      code: 'conflict',
      message: `is not sold on ${preset.name}: no instance is kept ready there${cited(figures.provisioned)}`,
      hint: 'begin at 0',
    });
}

function mostKept(provisioning: ProvisioningModel | null): number {
  if (!provisioning) return 0;
  if (provisioning.kind === 'target') return provisioning.maxCount;
  return Math.max(...provisioning.changes.map(({ count }) => count));
}

export const pathIn = ({ origin }: Taken<number>, place: Place): Path =>
  typeof origin === 'object' && 'path' in origin ? origin.path : pathOf(place);

/** Requests a second that are let in: of the reserved concurrency for the service alone, else of the account's. */
export function takeRequestLimit(
  { platform }: Place,
  { requestsPerSlot, accountConcurrency }: EnvironmentFigures,
  { reserved }: Counts,
): RequestLimitModel | null {
  if (!requestsPerSlot || !accountConcurrency) return null;
  const slots = reserved?.value ?? platform.account?.concurrency ?? accountConcurrency.value;
  return { perSecond: requestsPerSlot.value * slots, isShared: reserved === null };
}

/** What is left of the account's concurrency for services without a part of their own; reports too much set aside. */
export function unreservedConcurrency(
  account: number,
  services: readonly { readonly place: Place; readonly reserved: number | null }[],
): number {
  let left = account;
  for (const { place, reserved } of services) {
    if (reserved === null) continue;
    left -= reserved;
    const { dispatch } = place.preset;
    const least = dispatch.kind === 'environments' ? dispatch.unreservedLeast : undefined;
    if (!least || left >= least.value) continue;
    place.findings.error({
      path: chosen(place, 'reserved')?.path ?? pathOf(place),
      code: 'range',
      message:
        `leaves ${left} of the account's ${account} unreserved; ` + `at least ${least.value} must stay${cited(least)}`,
      hint: `set aside at most ${Math.max(0, reserved + left - least.value)}, or raise account: {concurrency: ...}`,
    });
    return left;
  }
  return left;
}
