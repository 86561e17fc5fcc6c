/**
 * Releases that cannot get through as they are written: no room for one instance more where none may be missing, a
 * progress deadline that is over before an instance can be ready, fence posts that round to none.
 *
 * Its own file because each needs the release, the service's start, its roll-out and the nodes at once. The strategy
 * itself is asked what it would do first, so nothing is told twice of how one works. What is certain is told, no more.
 * Checked by test/model/releaseDoubts.test.ts.
 */
import { makeSampler } from '../random/registry.js';
import type { Rollout, RolloutView } from '../rollout/contract.js';
import { kubernetesFencePosts } from '../rollout/fencePosts.js';
import type { RolloutOptions } from '../rollout/registry.js';
import { rollingDefaults } from '../rollout/rolling.js';
import type { ReleaseSpec } from '../scenario/contract.js';
import type { Path } from '../scenario/positions.js';
import { printDuration } from '../units/print.js';
import type { BalancedModel, ServiceModel } from './contract.js';
import type { Findings } from './findings.js';
import type { PoolTaken } from './nodes.js';
import { slotCount } from './placement.js';
import type { ServiceTaken } from './services.js';

interface Released {
  readonly release: ReleaseSpec;
  readonly path: Path;
  readonly service: ServiceTaken;
  readonly dispatch: BalancedModel;
}

/** Warns of what stops a release of this platform. */
export function checkReleases(
  releases: readonly ReleaseSpec[],
  platform: string,
  services: readonly ServiceTaken[],
  pools: readonly PoolTaken[],
  findings: Findings,
): void {
  for (const [index, release] of releases.entries()) {
    if (release.on !== null && !release.on.includes(platform)) continue;
    const service = services.find(({ model }) => model.name === release.service);
    if (service) warnTooLarge(release, ['releases', index, 'memory'], service.model, findings);
    if (service?.model.dispatch.kind !== 'balanced' || service.model.dispatch.minCount === 0) continue;
    const released = { release, path: ['releases', index], service, dispatch: service.model.dispatch };
    warnNoRoom(released, pools, findings);
    warnTooSoon(released, findings);
  }
}

/** Every old instance is well, and none is new yet. */
function outset(count: number, stalledUs = 0): RolloutView {
  const counts = { desiredCount: count, newCount: 0, newAvailableCount: 0, oldCount: count, oldAvailableCount: count };
  return { ...counts, elapsedUs: stalledUs, stalledUs, inStageUs: stalledUs };
}

function warnNoRoom({ path, service, dispatch }: Released, pools: readonly PoolTaken[], findings: Findings): void {
  const { rollout, minCount, nodePools } = dispatch;
  if (nodePools.length === 0) return;
  const next = rollout.decide(outset(minCount));
  const room = slotCount(service.model, dispatch, pools);
  if (next.oldCount < minCount || next.newCount === 0 || room < minCount || room > minCount) return;
  const { name } = service.model;
  findings.warn({
    path,
    code: 'never-rolls-out',
    message: `finds no room: all nodes hold ${room} instances of ${name}, and ${rollout.kind} starts new ones first`,
    hint: 'allow one more node, or let one be missing, as in {rolling: {maxSurge: 0, maxUnavailable: 1}}',
    part: 'key',
  });
}

function warnTooLarge({ memoryFactor }: ReleaseSpec, path: Path, model: ServiceModel, findings: Findings): void {
  const takesMb = Math.round(model.memoryUsedMb * memoryFactor);
  if (memoryFactor <= 1 || takesMb <= model.memoryMb) return;
  findings.warn({
    path,
    code: 'memory-too-small',
    message: `lets an instance take ${takesMb}MB before any request, and it has ${model.memoryMb}MB`,
    hint: 'give the service more memory: it is killed whenever it starts',
  });
}

function warnTooSoon({ release, path, service, dispatch }: Released, findings: Findings): void {
  const { whole, runtime, application } = service.model.start;
  const own = release.startup ? makeSampler(release.startup).mean : application.mean;
  const startUs = whole ? whole.mean : runtime.mean + own;
  const readyUs = Math.round(startUs + dispatch.rollout.minReadyUs);
  if (!isOverBy(dispatch.rollout, dispatch.minCount, readyUs)) return;
  findings.warn({
    path,
    code: 'never-rolls-out',
    message: `makes no progress in time: an instance takes ${printDuration(readyUs)}, longer than progressDeadline`,
    hint: 'give progressDeadline more than minReady and the start together',
    part: 'key',
  });
}

/** Whether the deadline has passed when the first new instance has been starting for so long. */
function isOverBy(rollout: Rollout, count: number, readyUs: number): boolean {
  const { isStalled, aborts } = rollout.decide({ ...outset(count, readyUs), newCount: 1, oldCount: 0 });
  return isStalled === true || aborts === true;
}

/** Percentages of few instances: both round to none, and then Kubernetes lets one be missing after all. */
export function warnRoundsToNone(options: RolloutOptions, fewest: number, path: Path, findings: Findings): void {
  const { maxSurge, maxUnavailable } = { ...rollingDefaults, ...options };
  const posts = kubernetesFencePosts(maxSurge, maxUnavailable, fewest);
  if (fewest === 0 || posts?.surge !== 0 || posts.unavailable !== 1 || maxUnavailable === 1) return;
  if (typeof maxUnavailable === 'string' && Math.floor((Number.parseInt(maxUnavailable, 10) * fewest) / 100) > 0)
    return;
  findings.warn({
    path: [...path, 'maxUnavailable'],
    code: 'no-effect',
    message: `of ${maxUnavailable} rounds to none of ${fewest}, and one will be missing during a release`,
    hint: 'write how many, as in {maxSurge: 1, maxUnavailable: 0}, to lose none',
  });
}
