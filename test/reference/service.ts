/**
 * What both ways of running a service have in common: instances in order of creation, versions, faults in force, and the
 * platform's streams of chance for it.
 */
import type { ServiceModel } from '../../src/model/contract.js';
import type { Sampler } from '../../src/random/contract.js';
import type { Draws } from '../../src/random/draws.js';
import { openStream } from '../../src/random/streams.js';
import { sampledUs } from './chance.js';
import { Instance } from './instance.js';
import { isNeverShared } from './ownCpu.js';
import type { Span } from './span.js';
import type { Service, World } from './world.js';

export interface Version {
  readonly cpuFactor: number;
  readonly failChance: number;
  readonly application: Sampler | null;
}

export abstract class RunningService {
  readonly world: World;
  readonly index: number;
  readonly spec: ServiceModel;
  /** Not gone, in order of creation. */
  readonly instances: Instance[] = [];
  readonly versions: Version[] = [{ cpuFactor: 1, failChance: 0, application: null }];
  /** Spans that wait at the service itself, first come first served. */
  readonly waiting: Span[] = [];
  /** Spans at the service: in a line or in service. */
  presentCount = 0;
  /** Made by the faults in force. */
  slowness = 1;
  errorChance = 0;
  /** Whether jobs on one instance ever share its CPUs. */
  readonly isCpuShared: boolean;
  readonly startDraws: Draws;
  readonly restartDraws: Draws;
  private readonly faultDraws: Draws;
  private createdCount = 0;

  /** A crashed instance comes back; else it is gone. */
  abstract readonly restartsInPlace: boolean;

  constructor(world: World, index: number) {
    this.world = world;
    this.index = index;
    this.spec = world.model.services[index]!;
    const isEverSlowed = world.model.faults.some((fault) => fault.kind === 'slow' && fault.service === index);
    this.isCpuShared = !isNeverShared(this.spec, isEverSlowed);
    this.startDraws = this.stream('start');
    this.restartDraws = this.stream('restart');
    this.faultDraws = this.stream('faults');
  }

  protected stream(purpose: string): Draws {
    const { model, replicationIndex } = this.world;
    return openStream(model.seed, replicationIndex, model.platformName, this.spec.name, purpose);
  }

  /** What stands at clock 0. */
  abstract open(): void;
  abstract arrive(span: Span): void;
  /** The instance holds one request less. */
  /** `instance` has answered one whose asker was still there, after `tookUs` at the service. */
  heard(_instance: Instance, _tookUs: number): void {}
  abstract slotFreed(instance: Instance): void;
  abstract becameReady(instance: Instance): void;
  /** It left, crashed, or is no longer for new requests: callers learn of it some time. */
  abstract goneForCallers(instance: Instance): void;
  abstract instanceGone(instance: Instance): void;
  abstract crashedForGood(instance: Instance): void;
  /** A release may go on. */
  abstract mayProgress(): void;
  /** A request has left the service, served or not. */
  abstract requestLeft(): void;
  /** A release begins; its version is the last of `versions`. */
  abstract release(position: number): void;

  protected newInstance(isProvisioned = false): Instance {
    const self = this as unknown as Service;
    const instance = new Instance(self, this.createdCount++, this.versions.length - 1, isProvisioned);
    this.instances.push(instance);
    return instance;
  }

  /** Whether a request that begins on `instance` gets an error instead of work: its version's, or a fault's. */
  drawsError(instance: Instance): boolean {
    const { failChance } = this.versions[instance.version]!;
    if (failChance > 0 && this.faultDraws.uniform() < failChance) return true;
    return this.errorChance > 0 && this.faultDraws.uniform() < this.errorChance;
  }

  /** Until an instance that has just got ready crashes by its own clock: the first of all causes. */
  drawnTimeToCrashUs(): number {
    let timeUs = Number.POSITIVE_INFINITY;
    for (const fault of this.world.model.faults) {
      if (fault.kind !== 'crash-at-random' || fault.service !== this.index) continue;
      timeUs = Math.min(timeUs, sampledUs(fault.mtbf, this.faultDraws));
    }
    return timeUs;
  }

  /** The faults in force make this of the service. */
  setFaults(slowness: number, errorChance: number): void {
    this.errorChance = errorChance;
    this.slowness = slowness;
    for (const instance of this.instances) instance.cpu.setSlowness(slowness);
  }
}
