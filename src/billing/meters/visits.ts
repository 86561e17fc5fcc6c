/**
 * Visits at the entries, weighed by their source: requests at a gateway (attempts), bytes sent out (completed
 * visitors). Its own file because what a visit weighs (chunks, bytes) is the traffic's, not the service's.
 */
import { outcomes, type VisitorFact } from '../../observation/contract.js';
import type { Meter } from '../contract.js';
import { WholeSum } from '../wholeSum.js';
import { type MeterFrame, type MeterMember, placeOf, type RunningMeter } from './contract.js';

type VisitsMeter = Extract<Meter, { readonly kind: 'visits' }>;

export const visits: MeterMember<'visits'> = {
  kind: 'visits',
  hears: ['visits'],
  partsPerMeasure: 1n,
  start: (meter, frame) => new Visits(meter, frame),
};

class Visits implements RunningMeter {
  readonly subject = -1;
  private readonly countsArrivals: boolean;
  private readonly weights: number[];
  private readonly sum = new WholeSum();

  constructor({ when, weights }: VisitsMeter, { run }: MeterFrame) {
    this.countsArrivals = when === 'arrived';
    this.weights = run.sourceNames.map(() => 1);
    for (const { source, weight } of weights) this.weights[placeOf(source, run.sourceNames, 'source')] = weight;
  }

  visitorArrived(source: number, _nowUs: number, isMeasured: boolean): void {
    if (this.countsArrivals && isMeasured) this.sum.add(this.weights[source]!);
  }

  visitorEnded({ source, outcome, isMeasured }: VisitorFact): void {
    if (!this.countsArrivals && isMeasured && outcome === outcomes.completed) this.sum.add(this.weights[source]!);
  }

  quantity(): bigint {
    return this.sum.value();
  }
}
