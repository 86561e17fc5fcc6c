/**
 * Releases: when each begins, and what becomes of replicas while their rollout is under way.
 */
import type { ReleaseModel } from '../../src/model/contract.js';
import type { Instance } from './instance.js';
import type { Replicas } from './replicas.js';
import type { World } from './world.js';

export function beginReleases(world: World): void {
  for (const [position, { atUs, service, cpuFactor, failChance, application }] of world.model.releases.entries()) {
    world.agenda.after(atUs, 'decision', () => {
      world.services[service]!.versions.push({ cpuFactor, failChance, application });
      world.services[service]!.release(position);
    });
  }
}

/** One rollout under way: asked again whenever something it looks at has changed. */
export class RolloutInProgress {
  readonly spec: ReleaseModel;
  private readonly replicas: Replicas;
  private readonly version: number;
  private readonly beganUs: number;
  private lastProgressUs: number;
  private availableCount = 0;

  constructor(replicas: Replicas, spec: ReleaseModel) {
    this.replicas = replicas;
    this.spec = spec;
    this.version = replicas.versions.length - 1;
    this.beganUs = replicas.world.agenda.nowUs;
    this.lastProgressUs = this.beganUs;
  }

  /** Ask the strategy and do what it says until it wants nothing more; true when the release is complete. */
  progress(): boolean {
    const { replicas } = this;
    for (;;) {
      const staying = replicas.instances.filter(({ phase }) => phase !== 'draining');
      const newOnes = staying.filter(({ version }) => version === this.version);
      const oldOnes = staying.filter(({ version }) => version !== this.version);
      const leaving = replicas.instances.filter((one) => one.phase === 'draining' && one.version !== this.version);
      const newAvailableCount = this.countAvailable(newOnes);
      const { nowUs } = replicas.world.agenda;
      if (newAvailableCount > this.availableCount) this.lastProgressUs = nowUs;
      this.availableCount = newAvailableCount;
      const decision = replicas.dispatch.rollout.decide({
        desiredCount: replicas.desiredCount,
        newCount: newOnes.length,
        newAvailableCount,
        oldCount: oldOnes.length,
        oldAvailableCount: oldOnes.filter(({ phase }) => phase === 'ready').length,
        oldDrainingCount: leaving.length,
        elapsedUs: nowUs - this.beganUs,
        stalledUs: nowUs - this.lastProgressUs,
      });
      if (decision.isComplete) return true;
      if (decision.newCount === newOnes.length && decision.oldCount === oldOnes.length) return false;
      for (let count = newOnes.length; count < decision.newCount; count++) replicas.startOne();
      for (let count = newOnes.length; count > decision.newCount; count--) {
        replicas.leastMissed(({ version }) => version === this.version)?.drain();
      }
      for (let count = oldOnes.length; count > decision.oldCount; count--) this.oldToGo()?.drain();
    }
  }

  /** Ready for as long as the strategy asks; who isn't yet is looked at again when he is. */
  private countAvailable(newOnes: readonly Instance[]): number {
    const { replicas } = this;
    const { agenda } = replicas.world;
    const { minReadyUs } = replicas.dispatch.rollout;
    const ready = newOnes.filter(({ phase }) => phase === 'ready');
    const tooYoung = ready.filter(({ readyUs }) => readyUs + minReadyUs > agenda.nowUs);
    if (tooYoung.length > 0) {
      const nextUs = Math.min(...tooYoung.map(({ readyUs }) => readyUs + minReadyUs));
      agenda.after(nextUs - agenda.nowUs, 'decision', () => replicas.progress());
    }
    return ready.length - tooYoung.length;
  }

  /** An old instance that isn't ready first, else the oldest. */
  private oldToGo(): Instance | undefined {
    const old = this.replicas.instances.filter((one) => one.version !== this.version && one.phase !== 'draining');
    return old.find(({ phase }) => phase !== 'ready') ?? old[0];
  }
}
