/**
 * Zones of a platform as calls meet them: whether they make any difference, and what a way from one to another takes.
 *
 * Its own file because three places ask: the network, the balancer and the bill. Zones make a difference where the
 * scenario says so, by `network.crossZone` or a `locality`; else nobody counts the ways between them.
 * Checked by test/model/zones.test.ts.
 */
import type { DistributionSpec } from '../random/contract.js';
import { makeSampler } from '../random/registry.js';
import type { ServiceModel, StepModel } from './contract.js';
import { chosen, type Place } from './place.js';
import type { Origin } from './taken.js';

/** `zones` as written for the platform, else the preset's. */
export function zoneCountOf({ platform, preset }: Place): number {
  return platform.zones ?? preset.zones.value;
}

/**
 * The ways between zones for calls made to the service, where they make a difference.
 *
 * @param hops what a way within a zone takes: the way between zones is as long, unless `crossZone` says otherwise
 */
export function takeWays(
  place: Place,
  hops: { readonly out: DistributionSpec; readonly back: DistributionSpec },
): Pick<ServiceModel, 'betweenZones'> {
  const { platform, scenario, preset, taken } = place;
  const across = platform.network.crossZone ?? scenario.network.crossZone;
  const path = platform.network.crossZone ? ['platforms', platform.name, 'network'] : ['network'];
  const crossPath = [...path, 'crossZone'];
  if (preset.dispatch.kind !== 'balanced' || !zonesMatter(place)) return {};
  if (zoneCountOf(place) === 1) {
    if (across) warnOneZone(place, crossPath);
    return {};
  }
  const at = ['platforms', platform.name, 'network', 'crossZone'];
  const origin: Origin = across ? { path: crossPath } : 'default';
  taken.add(at, across ?? 'as hop', '', origin);
  return {
    betweenZones: { hopOut: makeSampler(across ?? hops.out), hopBack: makeSampler(across ?? hops.back) },
  };
}

/** How the service keeps to its callers' zones; null where it does not, or cannot. */
export function takeLocality(place: Place, at: readonly (string | number)[]): 'prefer' | 'strict' | null {
  const written = chosen(place, 'locality');
  if (!written) return null;
  place.taken.add([...at, 'locality'], written.value, '', { path: written.path });
  if (written.value === 'none') return null;
  if (zoneCountOf(place) > 1) return written.value;
  warnOneZone(place, written.path);
  return null;
}

/** Places of the services that some step calls, or sends something to past any queue. */
export function calledServices(services: readonly ServiceModel[]): ReadonlySet<number> {
  const called = new Set<number>();
  const visit = (steps: readonly StepModel[]): void => {
    for (const step of steps) {
      if (step.kind === 'call' || (step.kind === 'send' && step.queue === undefined)) called.add(step.service);
      else if (step.kind === 'parallel') step.branches.forEach(visit);
      else if (step.kind === 'choose') for (const branch of step.branches) visit(branch.steps);
      else if (step.kind === 'repeat') visit(step.steps);
    }
  };
  for (const { operations } of services) for (const { steps } of operations) visit(steps);
  return called;
}

/** A word about zones, where there is only one. */
export function warnOneZone({ platform, findings }: Place, path: readonly (string | number)[]): void {
  const message = `says nothing on ${platform.name}: all its instances stand in one zone`;
  findings.warn({ path, code: 'no-effect', message, hint: 'write zones: 3 there, or leave it out', part: 'key' });
}

function zonesMatter({ platform, scenario }: Place): boolean {
  const localities = [platform.defaults, ...platform.services].map(({ locality }) => locality ?? 'none');
  return (
    (platform.network.crossZone ?? scenario.network.crossZone) !== undefined ||
    localities.some((locality) => locality !== 'none')
  );
}
