/**
 * Calls and messages: a walker asks another service and waits, or sends and forgets.
 */
import type { StepModel } from '../../src/model/contract.js';
import { type Outcome, outcomes } from '../../src/observation/contract.js';
import { drawsAt, hashName, placeOf, sampledUs } from './chance.js';
import { cancel, giveUp, orphan } from './leaving.js';
import { backoffUs } from './retries.js';
import { Span } from './span.js';
import type { Standing } from './steps.js';

export class CallInProgress {
  private readonly step: Extract<StepModel, { kind: 'call' }>;
  private readonly at: Standing;
  private attempt = 0;

  constructor(step: Extract<StepModel, { kind: 'call' }>, at: Standing) {
    this.step = step;
    this.at = at;
  }

  /** Make the attempt that is due. */
  ask(): void {
    const { step, at } = this;
    const { walker } = at;
    const { visitor, depth, world } = walker.span;
    const path = this.pathOfAttempt();
    const span = new Span(visitor, world.services[step.service]!, step.operation, {
      path,
      depth: depth + 1,
      asker: { kind: 'call', answered: (outcome) => this.answered(outcome) },
    });
    walker.breakOff = (cancelsBelow) => (cancelsBelow ? cancel(span) : orphan(span));
    span.begin();
    if (step.timeout) {
      const { timeout } = step;
      const draws = drawsAt(visitor.key, placeOf(path, hashName('timeout'), 0));
      span.isPatientOnceBegun = timeout.isWhileQueued;
      span.patience = world.agenda.after(sampledUs(timeout.after, draws), 'timeout', () => {
        giveUp(span, timeout);
        this.answered(outcomes.timedOut);
      });
    }
    span.setOut();
  }

  private pathOfAttempt(): number {
    return placeOf(this.at.path, hashName(this.at.name), this.attempt);
  }

  /** The attempt ended so: go on, try again, or fail. */
  private answered(outcome: Outcome): void {
    const { walker } = this.at;
    const { retries, isOptional } = this.step;
    if (outcome === outcomes.completed) walker.goOnInTurn();
    else if (retries && this.attempt < retries.attempts) {
      this.attempt++;
      const draws = drawsAt(walker.span.visitor.key, placeOf(this.pathOfAttempt(), hashName('backoff'), 0));
      const wait = walker.agenda.after(backoffUs(retries, this.attempt, draws), 'completion', () => this.ask());
      walker.breakOff = () => void walker.agenda.callOff(wait);
    } else if (isOptional) walker.goOnInTurn();
    else walker.goOn(false);
  }
}

/** The message leaves; nobody waits. */
export function sendMessage(step: Extract<StepModel, { kind: 'send' }>, { walker, name, path }: Standing): void {
  const { visitor, depth, world } = walker.span;
  const span = new Span(visitor, world.services[step.service]!, step.operation, {
    path: placeOf(path, hashName(name), 0),
    depth: depth + 1,
    asker: { kind: 'message', attempt: 0 },
  });
  span.begin();
  span.setOut();
}
