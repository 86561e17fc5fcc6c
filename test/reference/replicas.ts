/**
 * Replicas behind a balancer: callers choose among the instances they know, each with its slots and its line.
 *
 * Callers learn and forget with a delay; the latest news of an instance replaces news still on its way. Where the platform
 * wakes by request, a request that finds nobody starts one instance and waits for it, and after a time without any request
 * the service sleeps.
 */
import type { BalancerMemory } from '../../src/balancing/contract.js';
import type { BalancedModel } from '../../src/model/contract.js';
import { outcomes } from '../../src/observation/contract.js';
import type { Draws } from '../../src/random/draws.js';
import type { Appointment } from './agenda.js';
import { sampledUs } from './chance.js';
import type { Instance } from './instance.js';
import { RolloutInProgress } from './releases.js';
import { RunningService } from './service.js';
import type { Span } from './span.js';
import { TokenBucket } from './tokenBucket.js';
import type { World } from './world.js';

export class Replicas extends RunningService {
  readonly restartsInPlace = true;
  readonly dispatch: BalancedModel;
  desiredCount = 0;
  private readonly balancer: BalancerMemory;
  private readonly balancerDraws: Draws;
  private readonly discoveryDraws: Draws;
  private readonly launches: TokenBucket | null;
  /** Instances that wait for a launch. */
  private readonly toLaunch: Instance[] = [];
  /** By number, for the balancer. */
  private readonly known = new Map<number, Instance>();
  private rollout: RolloutInProgress | null = null;
  private sleep: Appointment | null = null;
  private isOpening = false;

  constructor(world: World, index: number, dispatch: BalancedModel) {
    super(world, index);
    this.dispatch = dispatch;
    this.balancer = dispatch.balancer.start();
    this.balancerDraws = this.stream('balancing');
    this.discoveryDraws = this.stream('discovery');
    const { launchLimit } = dispatch;
    this.launches = launchLimit && new TokenBucket(world.agenda, launchLimit, () => this.launchWaiting());
  }

  open(): void {
    this.desiredCount = this.dispatch.initialCount;
    this.isOpening = true;
    for (let count = 0; count < this.desiredCount; count++) this.newInstance().becomeReady();
    this.isOpening = false;
  }

  // Requests.

  arrive(span: Span): void {
    this.putOffSleep();
    const instance = this.choose(span);
    if (instance) this.offer(instance, span);
    else if (!this.dispatch.wakesOnRequest) span.answer(outcomes.rejected);
    else {
      span.enter();
      this.waiting.push(span);
      span.coldKind = this.desiredCount === 0 ? 1 : 2;
      if (this.desiredCount === 0) this.setDesired(1);
    }
  }

  private choose(span: Span): Instance | undefined {
    const { drawCount } = this.dispatch.balancer;
    const drawA = drawCount > 0 ? this.balancerDraws.uniform() : 0;
    const drawB = drawCount > 1 ? this.balancerDraws.uniform() : 0;
    const { nowUs } = this.world.agenda;
    return this.known.get(this.balancer.pick(drawA, drawB, span.visitor.balancingKey, nowUs));
  }

  override heard(instance: Instance, tookUs: number): void {
    if (!instance.isKnown || !this.dispatch.balancer.usesLatency) return;
    this.balancer.answered!(instance.number, tookUs, this.world.agenda.nowUs);
  }

  private offer(instance: Instance, span: Span): void {
    span.instanceNumber = instance.number;
    if (!instance.isUp)
      span.answer(outcomes.failed); // Nobody there: connection refused.
    else if (instance.refuses || this.isFull(instance)) span.answer(outcomes.rejected);
    else {
      span.enter();
      if (instance.hasSlot && instance.line.length === 0) span.start(instance);
      else {
        span.instance = instance;
        instance.line.push(span);
      }
      this.tellLoad(instance);
    }
  }

  private isFull({ hasSlot, line }: Instance): boolean {
    const mustWait = !hasSlot || line.length > 0;
    return mustWait && line.length >= this.spec.queueLimit;
  }

  slotFreed(instance: Instance): void {
    const next = instance.line[0];
    if (next && instance.isUp && instance.hasSlot) {
      instance.line.shift();
      next.start(instance);
    }
    this.tellLoad(instance);
    this.world.agenda.onceQuiet(() => instance.goIfEmpty());
  }

  private tellLoad(instance: Instance): void {
    if (instance.isKnown) this.balancer.loadChanged(instance.number, instance.loadCount);
  }

  // Discovery.

  becameReady(instance: Instance): void {
    this.announce(instance, this.isOpening ? 0 : this.drawnDelayUs(), () => this.learn(instance));
  }

  goneForCallers(instance: Instance): void {
    if (instance.phase === 'gone' && !instance.isKnown) return;
    this.announce(instance, this.drawnDelayUs(), () => this.forget(instance));
  }

  private drawnDelayUs(): number {
    return sampledUs(this.spec.discoveryDelay, this.discoveryDraws);
  }

  private announce(instance: Instance, delayUs: number, act: () => void): void {
    if (delayUs > 0) {
      this.world.agenda.callOff(instance.news);
      instance.news = this.world.agenda.after(delayUs, 'ready', act);
    } else act();
  }

  private learn(instance: Instance): void {
    instance.news = this.world.agenda.callOff(instance.news);
    if (instance.phase !== 'ready' || instance.isKnown) return;
    instance.isKnown = true;
    this.known.set(instance.number, instance);
    const { nowUs } = this.world.agenda;
    this.balancer.add(instance.number, instance.loadCount, 1, { number: instance.number, nowUs });
    this.serveWaiting();
  }

  private forget(instance: Instance): void {
    instance.news = this.world.agenda.callOff(instance.news);
    if (instance.isKnown) {
      instance.isKnown = false;
      this.known.delete(instance.number);
      this.balancer.remove(instance.number);
    }
    instance.goIfEmpty();
  }

  /** Those who waited for the service to wake go where there is somebody. */
  private serveWaiting(): void {
    for (const span of [...this.waiting]) {
      const instance = this.choose(span);
      if (!instance) return;
      if (this.isFull(instance)) {
        span.instanceNumber = instance.number;
        span.leaveLine();
        span.answer(outcomes.rejected);
      } else {
        this.waiting.splice(this.waiting.indexOf(span), 1);
        this.offer(instance, span);
      }
    }
  }

  // Instances.

  startOne(): void {
    const instance = this.newInstance();
    if (this.launches && !this.launches.take()) {
      this.toLaunch.push(instance);
      this.launches.await();
    } else instance.beginStartUp();
  }

  private launchWaiting(): void {
    for (let next = this.toLaunch[0]; next; next = this.toLaunch[0]) {
      const isWanted = next.phase === 'requested';
      if (isWanted && !this.launches!.take()) {
        this.launches!.await();
        return;
      }
      this.toLaunch.shift();
      if (isWanted) next.beginStartUp();
    }
  }

  instanceGone(): void {}

  crashedForGood(): void {}

  private setDesired(count: number): void {
    this.desiredCount = count;
    if (this.rollout) this.mayProgress();
    else this.reconcile();
  }

  private reconcile(): void {
    const countStaying = (): number => this.instances.filter(({ phase }) => phase !== 'draining').length;
    for (let count = countStaying(); count < this.desiredCount; count++) this.startOne();
    for (let count = countStaying(); count > this.desiredCount; count--) this.leastMissed(() => true)!.drain();
  }

  /** The instance to take out next: one not ready before a ready one, the newest first. */
  leastMissed(isMeant: (instance: Instance) => boolean): Instance | undefined {
    const candidates = this.instances.filter((one) => one.phase !== 'draining' && isMeant(one)).reverse();
    return candidates.find(({ phase }) => phase !== 'ready') ?? candidates[0];
  }

  release(position: number): void {
    this.rollout = new RolloutInProgress(this, this.world.model.releases[position]!);
    this.progress();
  }

  mayProgress(): void {
    if (this.rollout) this.world.agenda.onceQuiet(() => this.progress());
  }

  /** Ask the rollout under way. */
  progress(): void {
    const { rollout } = this;
    if (rollout?.progress() && this.rollout === rollout) this.rollout = null;
  }

  // Sleep.

  requestLeft(): void {
    this.putOffSleep();
  }

  /** The service sleeps when nobody has been there for the idle time. */
  private putOffSleep(): void {
    const { wakesOnRequest, minCount, idleTimeoutUs } = this.dispatch;
    if (!wakesOnRequest || minCount > 0 || idleTimeoutUs === Number.POSITIVE_INFINITY) return;
    this.sleep = this.world.agenda.callOff(this.sleep);
    this.sleep = this.world.agenda.after(Math.round(idleTimeoutUs), 'decision', () => {
      if (this.presentCount === 0 && this.desiredCount > 0) this.setDesired(0);
    });
  }
}
