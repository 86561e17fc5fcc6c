/**
 * Time of each call by itself, rounded up by itself: what Lambda, Cloud Functions and Azure Consumption bill. Its own
 * file because it runs for every call: no allocation, plain whole numbers. Start-up is added before rounding where it is billed.
 */
import type { InvocationFact } from '../../observation/contract.js';
import type { Meter } from '../contract.js';
import { billedUs } from '../pieces.js';
import { WholeSum } from '../wholeSum.js';
import { type MeterFrame, type MeterMember, placeOf, type RunningMeter, usPerSecond } from './contract.js';

type InvocationTimeMeter = Extract<Meter, { readonly kind: 'invocation-time' }>;

export const invocationTime: MeterMember<'invocation-time'> = {
  kind: 'invocation-time',
  hears: ['invocations'],
  partsPerMeasure: usPerSecond,
  start: (meter, frame) => new InvocationTime(meter, frame),
};

class InvocationTime implements RunningMeter {
  readonly subject: number;
  private readonly meter: InvocationTimeMeter;
  private readonly frame: MeterFrame;
  private readonly billed = new WholeSum();
  private readonly worked = new WholeSum();
  private readonly waiting = new WholeSum();

  constructor(meter: InvocationTimeMeter, frame: MeterFrame) {
    this.subject = placeOf(meter.service, frame.run.serviceNames, 'service');
    this.meter = meter;
    this.frame = frame;
  }

  invocationEnded(fact: InvocationFact): void {
    const { meter } = this;
    if (!fact.isMeasured || !this.frame.provisioned.counts(meter.watched, this.subject, fact.instance)) return;
    const workedUs = fact.endedUs - fact.beganUs;
    const startUs = meter.billsStart ? Math.max(0, fact.startUs - meter.startUnbilledUs) : 0;
    this.billed.add(billedUs(workedUs + startUs, meter));
    this.worked.add(workedUs);
    this.waiting.add(fact.waitingUs);
  }

  quantity(): bigint {
    return this.billed.value();
  }

  workedUs = (): bigint => this.worked.value();
  waitingUs = (): bigint => this.waiting.value();
}
