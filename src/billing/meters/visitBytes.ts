/**
 * Bytes that a balancer or gateway carries both ways: of every attempt what comes in, of every completed visitor what
 * goes out. Its own file because `visits` weighs one direction, and a load balancer's data price knows none.
 * Checked in test/billing/platformCharges.test.ts.
 */
import { outcomes, type VisitorFact } from '../../observation/contract.js';
import type { Meter } from '../contract.js';
import { WholeSum } from '../wholeSum.js';
import { type MeterFrame, type MeterMember, placeOf, type RunningMeter } from './contract.js';

type VisitBytesMeter = Extract<Meter, { readonly kind: 'visit-bytes' }>;

export const visitBytes: MeterMember<'visit-bytes'> = {
  kind: 'visit-bytes',
  hears: ['visits'],
  partsPerMeasure: 1n,
  start: (meter, frame) => new VisitBytes(meter, frame),
};

class VisitBytes implements RunningMeter {
  readonly subject = -1;
  private readonly inBytes: number[];
  private readonly outBytes: number[];
  private readonly sum = new WholeSum();

  constructor({ bytes }: VisitBytesMeter, { run }: MeterFrame) {
    this.inBytes = run.sourceNames.map(() => 0);
    this.outBytes = run.sourceNames.map(() => 0);
    for (const { source, inBytes, outBytes } of bytes) {
      const place = placeOf(source, run.sourceNames, 'source');
      this.inBytes[place] = inBytes;
      this.outBytes[place] = outBytes;
    }
  }

  visitorArrived(source: number, _nowUs: number, isMeasured: boolean): void {
    if (isMeasured) this.sum.add(this.inBytes[source]!);
  }

  visitorEnded({ source, outcome, isMeasured }: VisitorFact): void {
    if (isMeasured && outcome === outcomes.completed) this.sum.add(this.outBytes[source]!);
  }

  quantity(): bigint {
    return this.sum.value();
  }
}
