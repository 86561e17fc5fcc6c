/**
 * Walkers: whatever goes through steps, a span or a branch of `parallel`. What the steps do is in `steps.ts`, as
 * generators: they yield whenever something takes time.
 */
import type { StepModel } from '../../src/model/contract.js';
import type { Agenda } from './agenda.js';
import type { Span } from './span.js';
import { walk } from './steps.js';

/** Begin to wait for something: it lets the walker go on, well or not, and says how to break the wait off. */
export type Halt = (walker: Walker) => void;

/** Steps under way; true when they ended well. */
export type Steps = Generator<Halt, boolean, boolean>;

export class Walker {
  readonly span: Span;
  private readonly steps: Steps;
  private readonly whenOver: (isWell: boolean) => void;
  /** Ends the wait at hand. `cancelsBelow`: calls in flight are cancelled, too; else they go on for nobody. */
  breakOff: (cancelsBelow: boolean) => void = () => undefined;

  constructor(
    span: Span,
    steps: readonly StepModel[],
    name: string,
    path: number,
    whenOver: (isWell: boolean) => void,
  ) {
    this.span = span;
    this.whenOver = whenOver;
    this.steps = walk(this, steps, name, path);
    this.goOnInTurn();
  }

  get agenda(): Agenda {
    return this.span.world.agenda;
  }

  /** Go on now: what was waited for ended well, or not. */
  goOn(isWell: boolean): void {
    this.breakOff = () => undefined;
    const { done, value } = this.steps.next(isWell);
    if (done) this.whenOver(value);
    else value(this);
  }

  /** Go on at this instant, after those who have a turn already. */
  goOnInTurn(): void {
    const turn = this.agenda.turn(() => this.goOn(true));
    this.breakOff = () => void this.agenda.callOff(turn);
  }
}
