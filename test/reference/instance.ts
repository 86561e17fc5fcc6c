/**
 * The life of an instance: requested, scheduled, pulling, starting, ready; draining, gone; crashed and back.
 */

import type { RestartMemory } from '../../src/healing/contract.js';
import type { InstancePhase } from '../../src/observation/contract.js';
import { outcomes } from '../../src/observation/contract.js';
import type { Appointment } from './agenda.js';
import { sampledUs } from './chance.js';
import { OwnCpu } from './ownCpu.js';
import { type Cpu, SharedCpu } from './sharedCpu.js';
import type { Span } from './span.js';
import type { Service, World } from './world.js';

export class Instance {
  readonly service: Service;
  readonly number: number;
  readonly version: number;
  readonly isProvisioned: boolean;
  readonly cpu: Cpu;
  phase: InstancePhase = 'requested';
  /** Spans with a slot; spans in line for one, or bound to its start. */
  readonly inService = new Set<Span>();
  readonly line: Span[] = [];
  /** When its start-up last began; when it last got ready. */
  startedUs: number;
  readyUs = -1;
  /** Replicas: callers know it; it is told to end; it accepts no more. */
  isKnown = false;
  isTerminating = false;
  refuses = false;
  /** Environments: of an old version, it takes no new request. Since when it holds none; when it was last used. */
  isRetired = false;
  /** What moves it to its next phase, makes callers learn or forget, lets it crash by its own clock. */
  private nextPhase: Appointment | null = null;
  news: Appointment | null = null;
  private crashOfItself: Appointment | null = null;
  private restartMemory: RestartMemory | null = null;

  constructor(service: Service, number: number, version: number, isProvisioned: boolean) {
    this.service = service;
    this.number = number;
    this.version = version;
    this.isProvisioned = isProvisioned;
    const { spec, world, slowness } = service;
    this.cpu = service.isCpuShared
      ? new SharedCpu(world.agenda, spec.vCpu, slowness)
      : new OwnCpu(world.agenda, spec.vCpu);
    this.startedUs = service.world.agenda.nowUs;
    this.enter('requested');
  }

  private get world(): World {
    return this.service.world;
  }

  private enter(phase: InstancePhase): void {
    this.phase = phase;
    const { service, number, version, isProvisioned } = this;
    const { nowUs } = this.world.agenda;
    this.world.facts.phases.push({ service: service.index, instance: number, phase, nowUs, version, isProvisioned });
  }

  get isUp(): boolean {
    return this.phase === 'ready' || this.phase === 'draining';
  }

  get loadCount(): number {
    return this.inService.size + this.line.length;
  }

  get hasSlot(): boolean {
    return this.inService.size < this.service.spec.concurrency;
  }

  /** In `waitUs`; at once when that is nothing. */
  private moveOn(waitUs: number, act: () => void): void {
    if (waitUs > 0) this.nextPhase = this.world.agenda.after(waitUs, 'ready', act);
    else act();
  }

  /** It is placed, or needs no place. */
  beginStartUp(): void {
    const { whole, placement } = this.service.spec.start;
    if (whole) {
      this.beginStarting(sampledUs(whole, this.service.startDraws));
      return;
    }
    this.enter('scheduled');
    this.moveOn(sampledUs(placement, this.service.startDraws), () => {
      this.enter('pulling');
      this.moveOn(Math.round(this.service.spec.start.pullUs), () => this.beginStarting(this.drawnStartUpUs()));
    });
  }

  private drawnStartUpUs(): number {
    const { service } = this;
    const { runtime, application } = service.spec.start;
    const own = service.versions[this.version]!.application ?? application;
    return Math.round(runtime.sample(service.startDraws) + own.sample(service.startDraws));
  }

  private beginStarting(takesUs: number): void {
    this.startedUs = this.world.agenda.nowUs;
    this.enter('starting');
    this.moveOn(takesUs, () => this.becomeReady());
  }

  becomeReady(): void {
    const { service } = this;
    this.readyUs = this.world.agenda.nowUs;
    this.enter('ready');
    const crashInUs = service.drawnTimeToCrashUs();
    if (crashInUs < Number.POSITIVE_INFINITY)
      this.crashOfItself = this.world.agenda.after(crashInUs, 'decision', () => this.crash());
    service.becameReady(this);
    service.mayProgress();
  }

  /** It is taken out: it finishes what it holds and goes. One that isn't ready yet goes at once. */
  drain(): void {
    if (this.phase !== 'ready') {
      this.remove();
      return;
    }
    this.enter('draining');
    const { preStopUs, graceUs } = this.service.spec.drain;
    const untilTermUs = Math.min(preStopUs, graceUs);
    if (preStopUs > 0) this.nextPhase = this.world.agenda.after(untilTermUs, 'decision', () => this.terminate());
    else this.terminate();
    this.service.goneForCallers(this);
  }

  /** The process is told to end. */
  private terminate(): void {
    const { onTerm, graceUs, preStopUs } = this.service.spec.drain;
    if (onTerm === 'die') {
      this.remove();
      return;
    }
    this.isTerminating = true;
    this.refuses = onTerm === 'stop-accepting';
    const graceLeftUs = Math.max(0, graceUs - preStopUs);
    this.nextPhase = this.world.agenda.after(graceLeftUs, 'decision', () => this.remove());
    this.goIfEmpty();
  }

  /** One that is leaving goes once it is empty and no caller believes in it any more. */
  goIfEmpty(): void {
    const isLeaving = this.phase === 'draining' || (this.phase === 'ready' && this.isRetired);
    if (isLeaving && !this.isKnown && this.loadCount === 0) this.remove();
  }

  /** It ends now, whatever it does: what it still holds fails. */
  remove(): void {
    this.stopClocks();
    this.service.instances.splice(this.service.instances.indexOf(this), 1);
    this.enter('gone');
    this.failEverything();
    for (const database of this.world.databases) database.closePool(this);
    this.service.mayProgress();
    this.service.instanceGone(this);
  }

  private stopClocks(): void {
    this.nextPhase = this.world.agenda.callOff(this.nextPhase);
    this.crashOfItself = this.world.agenda.callOff(this.crashOfItself);
  }

  /** The process dies. A replica restarts in place by its rule, unless it was leaving; an environment is gone. */
  crash(): void {
    if (!this.service.restartsInPlace || this.phase === 'draining') {
      this.enter('crashed');
      this.service.crashedForGood(this);
      this.remove();
      return;
    }
    this.stopClocks();
    this.enter('crashed');
    this.failEverything();
    for (const database of this.world.databases) database.closePool(this);
    this.service.goneForCallers(this);
    const { restart } = this.service.spec;
    const draw = this.service.restartDraws.uniform();
    const decision = restart.afterCrash(this.startedUs, this.world.agenda.nowUs, this.restartMemory, draw);
    this.restartMemory = decision.memory;
    this.moveOn(Math.round(decision.waitUs), () => this.restart());
  }

  private restart(): void {
    const { restart, start } = this.service.spec;
    if (restart.coversStartUp) {
      this.startedUs = this.world.agenda.nowUs;
      this.becomeReady();
    } else this.beginStarting(start.whole ? sampledUs(start.whole, this.service.startDraws) : this.drawnStartUpUs());
  }

  /** In the order in which they came; what they had in flight below goes on for nobody. */
  private failEverything(): void {
    for (const span of [...this.inService, ...this.line]) {
      if (this.inService.has(span)) {
        span.walker!.breakOff(false);
        span.finishWork(outcomes.failed);
      } else if (this.line.includes(span)) {
        span.leaveLine();
        span.answer(outcomes.failed);
      }
    }
  }
}
