/**
 * Environments: platforms where requests start instances.
 *
 * A request takes a ready environment with a free slot, by the platform's preference; else a free slot of one that is
 * starting, the oldest first; else it starts one and is bound to it; else the platform's limit is reached and
 * `overflow` decides. Those who wait form one line a service, served by whatever slot is free first. An environment
 * idle for long enough goes.
 */
import type { EnvironmentModel } from '../../src/model/contract.js';
import { outcomes } from '../../src/observation/contract.js';
import type { Draws } from '../../src/random/draws.js';
import type { Appointment } from './agenda.js';
import { sampledUs } from './chance.js';
import type { Instance } from './instance.js';
import { RunningService } from './service.js';
import type { Span } from './span.js';
import { TokenBucket } from './tokenBucket.js';
import type { World } from './world.js';

interface IdleSpell {
  readonly end: Appointment | null;
  isOver: boolean;
}

export class Environments extends RunningService {
  readonly restartsInPlace = false;
  private readonly dispatch: EnvironmentModel;
  private readonly starts: TokenBucket | null;
  private readonly pickDraws: Draws;
  private readonly idleDraws: Draws;
  /** Ready environments with a free slot, the last used last. For chance: whoever leaves, the last takes his place. */
  private readonly free: Instance[] = [];
  /** Those kept ready, where they come first. */
  private readonly freeKept: Instance[] = [];
  /** Environments without a request, the longest idle first. Provisioned ones have no idle spells. */
  private readonly idle = new Map<Instance, IdleSpell>();

  constructor(world: World, index: number, dispatch: EnvironmentModel) {
    super(world, index);
    this.dispatch = dispatch;
    this.pickDraws = this.stream('pick');
    this.idleDraws = this.stream('idle');
    const { startLimit } = dispatch;
    this.starts = startLimit && new TokenBucket(world.agenda, startLimit, () => this.startForWaiting());
  }

  open(): void {
    for (let count = 0; count < this.dispatch.provisionedCount; count++) this.newKept().becomeReady();
  }

  /** An environment kept ready: it claims its part of the account as long as it is there. */
  private newKept(): Instance {
    this.world.accountInFlight++;
    return this.newInstance(true);
  }

  private hasAccountRoom(): boolean {
    return this.world.accountInFlight < this.world.model.accountConcurrency;
  }

  /** What is kept ready has claimed its part of the account. */
  private mayUse(instance: Instance): boolean {
    return instance.isProvisioned || this.hasAccountRoom();
  }

  private mayStart(): boolean {
    return this.dispatch.startsOnDemand && this.instances.length < this.dispatch.maxCount;
  }

  // Requests.

  arrive(span: Span): void {
    const ready = this.pick();
    if (ready && this.mayUse(ready)) {
      span.enter();
      this.use(ready, span);
      return;
    }
    if (!ready && this.hasAccountRoom()) {
      const starting = this.dispatch.startsOnDemand ? this.oldestStarting() : undefined;
      if (starting) {
        span.coldKind = 2;
        this.bind(span, starting);
        return;
      }
      if (this.mayStart() && (!this.starts || this.starts.take())) {
        this.startFor(span);
        return;
      }
    }
    this.overflow(span);
  }

  private pick(): Instance | undefined {
    const free = this.freeKept.length > 0 ? this.freeKept : this.free;
    if (free.length === 0) return undefined;
    const byAge = (): Instance[] => [...free].sort((one, other) => one.number - other.number);
    switch (this.dispatch.pick) {
      case 'most-recently-used':
        return free.at(-1);
      case 'least-recently-used':
        return free[0];
      case 'newest':
        return byAge().at(-1);
      case 'oldest':
        return byAge()[0];
      case 'random':
        return free[Math.floor(this.pickDraws.uniform() * free.length)];
    }
  }

  private offerNoMore(instance: Instance): void {
    const free = this.freeLike(instance);
    const position = free.indexOf(instance);
    if (position < 0) return;
    if (this.dispatch.pick !== 'random') {
      free.splice(position, 1);
      return;
    }
    const last = free.pop()!;
    if (last !== instance) free[position] = last;
  }

  /** Used just now: on offer if it has a slot left. */
  private used(instance: Instance): void {
    this.offerNoMore(instance);
    if (instance.hasSlot) this.freeLike(instance).push(instance);
  }

  private freeLike({ isProvisioned }: Instance): Instance[] {
    return isProvisioned && this.dispatch.isKeptFirst ? this.freeKept : this.free;
  }

  private use(instance: Instance, span: Span): void {
    if (!instance.isProvisioned) this.world.accountInFlight++;
    this.endIdleSpell(instance);
    span.start(instance);
    this.used(instance);
  }

  private oldestStarting(): Instance | undefined {
    const isOpen = ({ phase, isRetired, line }: Instance): boolean =>
      phase !== 'ready' && !isRetired && line.length < this.spec.concurrency;
    return this.instances.find(isOpen);
  }

  /** The span waits for this start, even if another environment is free sooner. */
  private bind(span: Span, instance: Instance): void {
    span.enter();
    if (!instance.isProvisioned) this.world.accountInFlight++;
    span.instance = instance;
    span.instanceNumber = instance.number;
    instance.line.push(span);
  }

  private startFor(span: Span): void {
    const instance = this.newInstance();
    span.coldKind = 1;
    this.bind(span, instance);
    instance.beginStartUp();
  }

  private overflow(span: Span): void {
    const { overflowWaitUs } = this.dispatch;
    if (overflowWaitUs === 0) {
      span.answer(outcomes.rejected);
      return;
    }
    span.enter();
    this.waiting.push(span);
    if (overflowWaitUs < Number.POSITIVE_INFINITY) {
      span.overflowWait = this.world.agenda.after(overflowWaitUs, 'timeout', () => {
        span.leaveLine();
        span.answer(outcomes.rejected);
      });
    }
    if (this.mayStart()) this.starts?.await();
  }

  private takeWaiting(): Span {
    const span = this.waiting.shift()!;
    span.overflowWait = this.world.agenda.callOff(span.overflowWait);
    return span;
  }

  // Slots.

  becameReady(instance: Instance): void {
    for (const span of instance.line.splice(0)) span.start(instance);
    if (instance.isRetired) this.world.agenda.onceQuiet(() => instance.goIfEmpty());
    else this.serveWaitingAt(instance);
  }

  slotFreed(instance: Instance): void {
    if (!instance.isProvisioned) this.world.accountInFlight--;
    if (instance.phase === 'ready') {
      if (instance.isRetired) this.world.agenda.onceQuiet(() => instance.goIfEmpty());
      else this.serveWaitingAt(instance);
    } else if (instance.phase !== 'gone' && !instance.isRetired) this.joinFromLine();
    if (this.world.model.accountConcurrency < Number.POSITIVE_INFINITY) this.serveOtherServices();
  }

  /** The first in line joins a start that has a slot. */
  private joinFromLine(): void {
    const starting = this.oldestStarting();
    if (this.waiting.length === 0 || !this.dispatch.startsOnDemand || !this.hasAccountRoom() || !starting) return;
    const span = this.takeWaiting();
    span.coldKind = 2;
    this.bind(span, starting);
  }

  /** Whoever waits takes its free slots; what is left goes on offer. */
  private serveWaitingAt(instance: Instance): void {
    while (this.waiting.length > 0 && instance.hasSlot && this.mayUse(instance)) {
      const span = this.takeWaiting();
      if (span.coldKind === 0 && instance.readyUs === this.world.agenda.nowUs) span.coldKind = 2;
      this.use(instance, span);
    }
    this.used(instance);
    if (instance.inService.size === 0 && !this.idle.has(instance)) this.beginIdleSpell(instance);
  }

  /** The account's limit has room again: the lines of other services may move. */
  private serveOtherServices(): void {
    for (const service of this.world.services) {
      if (service !== this && service instanceof Environments && service.waiting.length > 0) service.accountHasRoom();
    }
  }

  private accountHasRoom(): void {
    while (this.waiting.length > 0 && this.hasAccountRoom()) {
      const instance = this.pick();
      if (!instance) break;
      this.use(instance, this.takeWaiting());
    }
    this.startForWaiting();
  }

  /** Start environments for those in line, as far as the limits let it. */
  private startForWaiting(): void {
    while (this.waiting.length > 0 && this.hasAccountRoom() && this.mayStart()) {
      if (this.starts && !this.starts.take()) {
        this.starts.await();
        return;
      }
      this.startFor(this.takeWaiting());
    }
  }

  // Going.

  private beginIdleSpell(instance: Instance): void {
    if (instance.isProvisioned) return;
    const { idleTimeout } = this.dispatch;
    const idleUs = sampledUs(idleTimeout, this.idleDraws);
    const end =
      idleUs < Number.POSITIVE_INFINITY
        ? this.world.agenda.after(idleUs, 'decision', () => {
            this.idle.get(instance)!.isOver = true;
            this.removeIdle();
          })
        : null;
    this.idle.set(instance, { end, isOver: false });
    if ([...this.idle.values()].some(({ isOver }) => isOver)) {
      this.world.agenda.after(0, 'decision', () => this.removeIdle());
    }
  }

  private endIdleSpell(instance: Instance): void {
    this.world.agenda.callOff(this.idle.get(instance)?.end ?? null);
    this.idle.delete(instance);
  }

  /** Those idle for long enough go, the longest idle first; some may be kept. */
  private removeIdle(): void {
    for (const [instance, { isOver }] of [...this.idle]) {
      if (this.idle.size <= this.dispatch.minIdleCount) return;
      if (isOver && this.idle.has(instance)) instance.remove();
    }
  }

  instanceGone(instance: Instance): void {
    if (instance.isProvisioned) this.world.accountInFlight--;
    this.offerNoMore(instance);
    this.endIdleSpell(instance);
    this.startForWaiting();
  }

  /** A provisioned environment that crashed is replaced. */
  crashedForGood(instance: Instance): void {
    if (instance.isProvisioned && !instance.isRetired) this.newKept().beginStartUp();
  }

  /** New requests meet the new version at once; idle old ones go now, busy ones when they have finished. */
  release(): void {
    const old = [...this.instances];
    const provisionedCount = old.filter(({ isProvisioned, isRetired }) => isProvisioned && !isRetired).length;
    for (const instance of old) {
      instance.isRetired = true;
      this.offerNoMore(instance);
    }
    for (let count = 0; count < provisionedCount; count++) this.newKept().beginStartUp();
    for (const instance of old) if (instance.phase === 'ready' && instance.inService.size === 0) instance.remove();
  }

  goneForCallers(): void {}

  mayProgress(): void {}

  requestLeft(): void {}
}
