/**
 * Every visitor of the measured time in one row: what requests.csv tells. Its own file because it is the recorder whose
 * memory grows with the visitors, and so runs only where it was asked for (`--requests`).
 */
import type { Observer, VisitorFact } from './contract.js';

/** What stands for the outcome of a visitor who was still inside when the run ended. */
export const stillInside = 4;

/** One entry a visitor, in the order in which they left; who has not stands last, with the end of the run. */
export interface RequestColumns {
  readonly source: readonly number[];
  readonly number: readonly number[];
  readonly beganUs: readonly number[];
  readonly endedUs: readonly number[];
  readonly outcome: readonly number[];
  readonly attemptCount: readonly number[];
}

export class RequestLog implements Observer {
  private readonly source: number[] = [];
  private readonly number: number[] = [];
  private readonly beganUs: number[] = [];
  private readonly endedUs: number[] = [];
  private readonly outcome: number[] = [];
  private readonly attemptCount: number[] = [];

  visitorEnded(fact: VisitorFact): void {
    if (fact.isMeasured) this.write(fact, fact.outcome);
  }

  visitorInFlight(fact: VisitorFact): void {
    if (fact.isMeasured) this.write(fact, stillInside);
  }

  private write(fact: VisitorFact, outcome: number): void {
    this.source.push(fact.source);
    this.number.push(fact.visitorNumber);
    this.beganUs.push(fact.beganUs);
    this.endedUs.push(fact.endedUs);
    this.outcome.push(outcome);
    this.attemptCount.push(fact.attemptCount);
  }

  columns(): RequestColumns {
    const { source, number, beganUs, endedUs, outcome, attemptCount } = this;
    return { source, number, beganUs, endedUs, outcome, attemptCount };
  }
}
