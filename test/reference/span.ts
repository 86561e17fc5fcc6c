/**
 * Spans: one operation of one service at work for one who asked. A span travels to its service, waits there, walks its
 * steps in a slot of an instance, and its answer travels back.
 *
 * How it ended is told once: to the facts when it ends for whoever asked, even if the servers go on for nobody.
 */
import { type Outcome, outcomes } from '../../src/observation/contract.js';
import type { Appointment } from './agenda.js';
import { drawsAt, hashName, placeOf, sampledUs } from './chance.js';
import type { Instance } from './instance.js';
import type { Visitor } from './visitors.js';
import { Walker } from './walker.js';
import type { Service, World } from './world.js';

/** Who asked: a visitor, a `call` that waits for the answer, or a `send` that doesn't. */
export type Asker =
  | { readonly kind: 'visitor' }
  | { readonly kind: 'call'; readonly answered: (outcome: Outcome) => void }
  | { readonly kind: 'message'; readonly attempt: number };

export interface SpanPlace {
  /** Where on the visitor's way it is: the place of its draws. */
  readonly path: number;
  /** Calls above it, itself included. */
  readonly depth: number;
  readonly asker: Asker;
}

/** Calls may stand on each other so deep; the next one fails. */
const depthLimit = 100;

export class Span {
  readonly world: World;
  readonly visitor: Visitor;
  readonly service: Service;
  readonly operation: number;
  readonly path: number;
  readonly depth: number;
  readonly asker: Asker;
  /** Whoever asked has left. */
  isAbandoned = false;
  isTold = false;
  /** How it ended, once its answer is on the way back. */
  outcome: Outcome | null = null;
  /** In a line or in service at its service; where: an instance, or null while it waits at the service itself. */
  isPresent = false;
  instance: Instance | null = null;
  walker: Walker | null = null;
  instanceNumber = -1;
  coldKind: 0 | 1 | 2 = 0;
  beganUs = -1;
  arrivedUs = -1;
  waitEndedUs = -1;
  isMeasured = false;
  /** The way out or back; the asker's patience; the platform's limit; how long it may wait at the service. */
  way: Appointment | null = null;
  patience: Appointment | null = null;
  isPatientOnceBegun = false;
  limit: Appointment | null = null;
  overflowWait: Appointment | null = null;

  constructor(visitor: Visitor, service: Service, operation: number, { path, depth, asker }: SpanPlace) {
    this.world = visitor.world;
    this.visitor = visitor;
    this.service = service;
    this.operation = operation;
    this.path = path;
    this.depth = depth;
    this.asker = asker;
  }

  /** The asker's request leaves: from here on the span counts. */
  begin(): void {
    this.beganUs = this.world.agenda.nowUs;
    this.isMeasured = this.world.isMeasuring();
  }

  /** On the wire for `takesUs`, then `there`; at once when it takes no time. */
  travel(takesUs: number, there: () => void): void {
    if (takesUs > 0) this.way = this.world.agenda.after(takesUs, 'completion', there);
    else there();
  }

  /** A visitor's request is at the entry; the way there was the visitor's alone. */
  reachEntry(): void {
    this.begin();
    if (this.isAbandoned) this.tell(outcomes.timedOut);
    this.service.arrive(this);
  }

  /** A call or a message leaves for its service. */
  setOut(): void {
    if (this.depth > depthLimit) this.answer(outcomes.failed);
    else this.travel(this.hopUs('hop out'), () => this.service.arrive(this));
  }

  private hopUs(way: 'hop out' | 'hop back'): number {
    const { hopOut, hopBack } = this.service.spec;
    const draws = drawsAt(this.visitor.key, placeOf(this.path, hashName(way), 0));
    return sampledUs(way === 'hop out' ? hopOut : hopBack, draws);
  }

  /** At its service from now on, in a line or in service. */
  enter(): void {
    if (this.isPresent) return;
    this.isPresent = true;
    this.arrivedUs = this.world.agenda.nowUs;
    this.service.presentCount++;
  }

  /** It takes a slot of `instance`: its steps begin. */
  start(instance: Instance): void {
    const { agenda } = this.world;
    const { spec } = this.service;
    this.instance = instance;
    this.instanceNumber = instance.number;
    this.waitEndedUs = agenda.nowUs;
    instance.inService.add(this);
    if (this.isPatientOnceBegun) this.patience = agenda.callOff(this.patience);
    if (this.visitor.root === this && this.visitor.spec.timeout?.isWhileQueued)
      this.visitor.patience = agenda.callOff(this.visitor.patience);
    if (spec.requestTimeoutUs < Number.POSITIVE_INFINITY)
      this.limit = agenda.after(spec.requestTimeoutUs, 'timeout', () => this.reachLimit());
    const { name, steps } = spec.operations[this.operation]!;
    const answersWithError = this.service.drawsError(instance);
    this.walker = new Walker(
      this,
      answersWithError ? [{ kind: 'fail', chance: 1 }] : steps,
      `${spec.name}.${name}`,
      this.path,
      (isWell) => this.finishWork(isWell ? outcomes.completed : outcomes.failed),
    );
  }

  private reachLimit(): void {
    this.walker!.breakOff(false);
    this.finishWork(outcomes.timedOut);
  }

  finishWork(outcome: Outcome): void {
    if (!this.isAbandoned) this.service.heard(this.instance!, this.world.agenda.nowUs - this.arrivedUs);
    this.leaveInstance();
    this.answer(outcome);
  }

  /** It gives its slot back. */
  leaveInstance(): void {
    const instance = this.instance!;
    this.limit = this.world.agenda.callOff(this.limit);
    this.walker = null;
    instance.inService.delete(this);
    this.leaveService();
    this.service.slotFreed(instance);
  }

  /** It waits no longer, wherever it stands in line. */
  leaveLine(): void {
    const { instance } = this;
    if (instance) instance.line.splice(instance.line.indexOf(this), 1);
    else this.service.waiting.splice(this.service.waiting.indexOf(this), 1);
    this.waitEndedUs = this.world.agenda.nowUs;
    this.overflowWait = this.world.agenda.callOff(this.overflowWait);
    if (instance) this.service.slotFreed(instance);
    this.leaveService();
  }

  private leaveService(): void {
    this.isPresent = false;
    this.instance = null;
    this.service.presentCount--;
    this.service.requestLeft();
  }

  /** It holds nothing any more: the answer goes to whoever waits for it. */
  answer(outcome: Outcome): void {
    this.outcome = outcome;
    if (this.isAbandoned) {
      if (!this.isTold) this.tell(outcome);
    } else if (this.asker.kind === 'message') {
      this.tell(outcome);
      if (outcome !== outcomes.completed) this.sendAgain(this.asker.attempt);
    } else if (this.asker.kind === 'visitor') {
      this.tell(outcome); // The visitor's own way home is no part of the service's latency.
      this.travel(this.visitor.hopUs('client back'), () => this.visitor.answered(outcome));
    } else {
      const { answered } = this.asker;
      this.travel(this.hopUs('hop back'), () => {
        this.tell(outcome);
        this.patience = this.world.agenda.callOff(this.patience);
        answered(outcome);
      });
    }
  }

  /** Platforms may keep messages and deliver them again. */
  private sendAgain(attempt: number): void {
    const waitUs = this.service.spec.sendRetryWaitsUs[attempt];
    if (waitUs === undefined) return;
    this.world.agenda.after(waitUs, 'completion', () => {
      const again = new Span(this.visitor, this.service, this.operation, {
        path: placeOf(this.path, hashName('backoff'), attempt + 1),
        depth: this.depth,
        asker: { kind: 'message', attempt: attempt + 1 },
      });
      again.begin();
      again.service.arrive(again);
    });
  }

  tell(outcome: Outcome): void {
    if (this.isTold) throw new Error('a span ended twice');
    this.isTold = true;
    const { nowUs } = this.world.agenda;
    this.world.facts.spans.push({
      service: this.service.index,
      outcome,
      instance: this.instanceNumber,
      beganUs: this.beganUs,
      endedUs: nowUs,
      waitUs: this.arrivedUs < 0 ? -1 : (this.waitEndedUs < 0 ? nowUs : this.waitEndedUs) - this.arrivedUs,
      coldKind: this.coldKind,
      isMeasured: this.isMeasured,
    });
  }
}
